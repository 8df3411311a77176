// Improvements for browsers with JavaScript; every page works without it.

// A copy button beside each code block.
for (const code of document.querySelectorAll('.prose pre > code')) {
  if (!navigator.clipboard) break
  const button = document.createElement('button')
  const setText = (text) => { button.textContent = text }
  button.type = 'button'
  button.className = 'copy'
  button.lang = 'text:language' // the post may be in another language
  button.ariaLive = 'polite' // screen readers announce the result
  setText('text:script.copy')
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code.innerText)
      .then(() => setText('text:script.copied'), () => setText('text:script.not-allowed'))
    setTimeout(setText, 2000, 'text:script.copy')
  })
  code.parentElement.before(button)
}

// Buttons after a post: one shares its address, where the system can; one copies it.
const post = document.querySelector('.post')
const address = document.querySelector('link[rel="canonical"]')?.href
if (post && address) {
  const row = document.createElement('p')
  row.className = 'share'
  row.lang = 'text:language'
  const addButton = (text, act) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'second small'
    button.textContent = text
    button.ariaLive = 'polite'
    button.addEventListener('click', () => act((result) => { button.textContent = result }))
    row.append(button)
  }
  if (navigator.share) {
    const shared = { title: document.title, url: address }
    addButton('text:script.share', () => navigator.share(shared).catch(() => {})) // rejected when cancelled
  }
  if (navigator.clipboard) {
    addButton('text:script.copy-link', (show) => navigator.clipboard.writeText(address)
      .then(() => show('text:script.copied'), () => show('text:script.not-allowed')))
  }
  if (row.firstChild) post.append(row)
}

// Whoever is signed in to the admin area in this browser sees links to edit the post and to its held comments. The
// page is the same for everybody.
let moderates
try { moderates = localStorage.getItem('moderates') } catch { /* the browser denies access to its storage */ }
if (post && moderates) {
  fetch(`/moderate/badge/${post.dataset.id}`).then(async (response) => {
    if (response.status === 403) return localStorage.removeItem('moderates')
    if (!response.ok) return
    const badge = document.createElement('p')
    badge.className = 'for-moderators'
    badge.lang = 'text:language'
    badge.innerHTML = await response.text() // encoded by the blog
    post.querySelector('header').append(badge)
  }, () => {}) // without a connection there is no badge
}

const form = document.querySelector('.comment-form')
if (form) {
  const { answers, comment, token } = form.elements

  // Requests a form token when the commenter first enters the form; the blog uses its age to recognise robots.
  // After a network failure, the next focus tries again.
  const fetchToken = () => fetch(form.action.replace(/posts\/(\w+)\/comments$/, 'api/form-token/$1'))
    .then((response) => response.ok ? response.text() : '')
    .then((text) => { token.value = text }, () => form.addEventListener('focusin', fetchToken, { once: true }))
  if (!token.value) form.addEventListener('focusin', fetchToken, { once: true })

  // Replies in place: the form moves below the comment that it replies to, and back. Without the script, the links
  // lead to a page whose form replies. Screen readers read the author's name with the text area.
  const replying = form.querySelector('.replying')
  if (replying) {
    const [whom, quote, cancel] = ['.whom', 'blockquote', '.cancel'].map((part) => replying.querySelector(part))
    const place = document.createComment('')
    const describedBy = comment.getAttribute('aria-describedby') ?? ''
    const update = () => {
      replying.hidden = !answers.value
      comment.setAttribute('aria-describedby', answers.value ? `${describedBy} your-comment-whom`.trim() : describedBy)
    }
    let followed = comment
    form.before(place)
    if (!whom.textContent) answers.value = '' // the browser may restore the number of an earlier reply
    update()
    for (const link of document.querySelectorAll('a.reply')) {
      link.addEventListener('click', (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return // opens another tab or window
        event.preventDefault()
        const article = link.closest('.comment')
        answers.value = article.id.split('-')[1]
        whom.textContent = article.querySelector('header .author').textContent
        quote.textContent = article.querySelector('.prose').innerText.slice(0, 160)
        followed = link
        update()
        article.after(form)
        comment.focus()
      })
    }
    cancel.addEventListener('click', (event) => {
      event.preventDefault()
      answers.value = ''
      update()
      place.after(form)
      followed.focus()
    })
  }

  // A preview of the comment, 400 ms after the last key. Below the buttons, and never lower than before: it must not
  // move a button that the pointer is about to press.
  const preview = document.createElement('div')
  let timer
  preview.className = 'preview prose'
  form.append(preview)
  comment.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      const body = new URLSearchParams({ comment: comment.value })
      const response = await fetch('/api/preview', { method: 'POST', body })
      if (!response.ok) return
      const html = await response.text() // sanitised by the blog, as on the page
      preview.style.minHeight = `${preview.offsetHeight}px`
      preview.innerHTML = html
    }, 400)
  })

  // Remembers name and addresses for the next comment, only in this browser, when the commenter ticks the box.
  const remembered = ['name', 'email', 'website']
  const label = document.createElement('label')
  const box = document.createElement('input')
  box.type = 'checkbox'
  label.className = 'remember'
  label.append(box, ' text:script.remember')
  form.querySelector('.buttons').before(label)
  try {
    const stored = JSON.parse(localStorage.getItem('writer') ?? 'null')
    const entered = () => Object.fromEntries(remembered.map((name) => [name, form.elements[name].value]))
    box.checked = stored !== null
    for (const name of stored ? remembered : []) form.elements[name].value ||= stored[name]
    form.addEventListener('submit', () => box.checked
      ? localStorage.setItem('writer', JSON.stringify(entered()))
      : localStorage.removeItem('writer'))
  } catch {
    label.remove() // the browser denies access to its storage
  }
}
