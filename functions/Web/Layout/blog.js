// What pages can do better with JavaScript; they need none of it.
for (const code of document.querySelectorAll('.prose pre > code')) {
  if (!navigator.clipboard) break
  const button = document.createElement('button')
  const say = (words) => { button.textContent = words }
  button.type = 'button'
  button.className = 'copy'
  button.lang = 'text:language' // whatever the post is written in
  button.ariaLive = 'polite' // so that what became of it is said too
  say('text:script.copy')
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code.innerText).then(() => say('text:script.copied'), () => say('text:script.not-allowed'))
    setTimeout(say, 2000, 'text:script.copy')
  })
  code.parentElement.before(button)
}

const form = document.querySelector('.comment-form')
if (form) {
  const { answers, comment, token } = form.elements

  // When somebody begins to write: says so to the blog, which tells people from robots by it.
  const begin = () => fetch(form.action.replace(/posts\/(\w+)\/comments$/, 'api/form-token/$1'))
    .then((answer) => answer.ok ? answer.text() : '')
    .then((text) => { token.value = text }, () => form.addEventListener('focusin', begin, { once: true }))
  if (!token.value) form.addEventListener('focusin', begin, { once: true })

  // A link beside each comment that fills in its number, and says so to who does not see the field.
  if (answers) {
    const whom = document.createElement('p')
    whom.className = 'hint'
    whom.id = 'your-comment-whom'
    comment.before(whom)
    comment.setAttribute('aria-describedby', `${comment.getAttribute('aria-describedby') ?? ''} ${whom.id}`.trim())
    const say = () => {
      const author = document.querySelector(`#comment-${Number.parseInt(answers.value.replace('#', ''))} > header .author`)
      whom.textContent = author ? 'text:script.whom'.replace('{author}', () => author.textContent) : ''
    }
    answers.addEventListener('input', say)
    say()
    for (const header of document.querySelectorAll('.comment > header')) {
      const reply = document.createElement('a')
      const number = header.parentElement.id.split('-')[1]
      reply.className = 'reply'
      reply.href = `#${form.id}`
      reply.textContent = 'text:script.reply'
      reply.ariaLabel = 'text:script.reply-to'.replace('{number}', number)
      reply.addEventListener('click', (event) => {
        event.preventDefault() // else the browser takes the focus away again
        answers.value = number
        say()
        comment.focus()
      })
      header.append(reply)
    }
  }

  // What it will look like, while it is written.
  const shown = document.createElement('div')
  let waiting
  shown.className = 'preview prose'
  comment.after(shown)
  comment.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(async () => {
      const answer = await fetch('/api/preview', { method: 'POST', body: new URLSearchParams({ comment: comment.value }) })
      if (answer.ok) shown.innerHTML = await answer.text() // sanitised by the blog, as on the page
    }, 400)
  })

  // Name and addresses for the next time, in this browser and nowhere else, if the writer wants it.
  const kept = ['name', 'email', 'website']
  const label = document.createElement('label')
  const box = document.createElement('input')
  box.type = 'checkbox'
  label.className = 'remember'
  label.append(box, ' text:script.remember')
  form.querySelector('.buttons').before(label)
  try {
    const before = JSON.parse(localStorage.getItem('writer') ?? 'null')
    box.checked = before !== null
    for (const name of before ? kept : []) form.elements[name].value ||= before[name]
    form.addEventListener('submit', () => box.checked
      ? localStorage.setItem('writer', JSON.stringify(Object.fromEntries(kept.map((name) => [name, form.elements[name].value]))))
      : localStorage.removeItem('writer'))
  } catch {
    label.remove() // the browser keeps nothing
  }
}
