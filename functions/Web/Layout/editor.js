
// The editor of posts: nothing typed is lost, pictures by drop and paste, a preview beside the text.

const editor = find('.edit-form[enctype]')
if (editor) {
  const { text, name, version } = editor.elements
  const autosaveKey = (file) => `post:${file}`
  const key = autosaveKey(version.value ? name.value : '')
  const fields = [...editor.elements].filter((field) => field.matches('textarea, input:not([type="file"])'))
  const read = () => Object.fromEntries(fields.map((field) => [field.name, field.value]))
  const typed = (values) => JSON.stringify({ ...values, version: '', head: '' })
  const shown = typed(read())
  const isUnsaved = editor.classList.contains('unsaved')
  let isSubmitted = false

  // Everything typed is kept in this browser until it is saved.
  const recallKept = () => {
    try { return JSON.parse(recall(key)) } catch { return null }
  }
  const offerKept = (kept) => {
    const notice = document.createElement('div')
    const [restore, discard] = ['text:admin.autosaved-restore', 'text:admin.autosaved-discard'].map((words) => {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'second small'
      button.textContent = words
      return button
    })
    restore.addEventListener('click', () => {
      for (const field of fields) if (!['version', 'head'].includes(field.name)) field.value = kept[field.name] ?? ''
      notice.remove()
      text.dispatchEvent(new Event('input', { bubbles: true }))
    })
    discard.addEventListener('click', () => {
      remember(key, null)
      notice.remove()
    })
    notice.className = 'receipt autosaved'
    notice.role = 'status'
    const [sentence, buttons] = [document.createElement('p'), document.createElement('p')]
    sentence.textContent = 'text:admin.autosaved'
    buttons.className = 'buttons'
    buttons.append(restore, discard)
    notice.append(sentence, buttons)
    editor.before(notice)
  }
  const justSaved = sessionStorage.getItem('saving')
  if (!isUnsaved && version.value && justSaved !== null) {
    remember(justSaved, null)
    sessionStorage.removeItem('saving')
  }
  const kept = recallKept()
  if (kept && !isUnsaved && typed(kept) !== shown) offerKept(kept)
  let autosaving
  editor.addEventListener('input', () => {
    clearTimeout(autosaving)
    autosaving = setTimeout(() => remember(key, JSON.stringify(read())), 300)
  })
  editor.addEventListener('submit', () => {
    isSubmitted = true
    clearTimeout(autosaving)
    remember(key, JSON.stringify(read()))
    sessionStorage.setItem('saving', key)
  })
  window.addEventListener('beforeunload', (event) => {
    if (!isSubmitted && (isUnsaved || typed(read()) !== shown)) event.preventDefault()
  })

  // Files that are dropped or pasted are uploaded, and put in where the cursor is.
  const status = document.createElement('p')
  status.className = 'hint'
  status.role = 'status'
  text.after(status)
  const insert = async (files) => {
    for (const file of files) {
      status.textContent = 'text:admin.inserting'
      const body = new FormData()
      body.append('act', 'insert')
      body.append('file', file)
      const answer = await fetch(editor.action, { method: 'POST', body })
        .then(async (response) => ({ isStored: response.ok, words: await response.text() }), () => ({}))
      status.textContent = answer.isStored ? '' : answer.words || 'text:admin.insert-failed'
      if (!answer.isStored) return
      text.setRangeText(answer.words, text.selectionStart, text.selectionEnd, 'end')
      text.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }
  for (const [type, transfer] of [['paste', 'clipboardData'], ['drop', 'dataTransfer']]) {
    text.addEventListener(type, (event) => {
      const files = [...event[transfer].files]
      if (files.length === 0) return
      event.preventDefault()
      insert(files)
    })
  }

  // On a wide screen a preview beside the text follows it.
  let [previewing, latest] = [0, 0]
  const preview = async () => {
    const turn = ++latest
    const body = new FormData(editor)
    body.delete('file')
    body.set('act', 'preview')
    const response = await fetch(editor.action, { method: 'POST', body })
    const answer = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('.preview')
    if (!answer || turn !== latest) return
    answer.querySelector('[autofocus]')?.removeAttribute('autofocus')
    const before = find('.editor > .preview')
    const scroll = before?.scrollTop ?? 0
    before?.remove()
    find('.editor').append(answer)
    answer.scrollTop = scroll
  }
  editor.addEventListener('input', () => {
    clearTimeout(previewing)
    if (!matchMedia('(min-width: 70rem)').matches) return
    previewing = setTimeout(() => preview().catch(() => {}), 500)
  })

  // The state of publishing, until it is known.
  const watch = async () => {
    const box = find('#publishing.pending')
    if (!box) return
    const response = await fetch(location.href)
    const answer = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('#publishing')
    if (answer) box.replaceWith(answer)
    setTimeout(watch, 2000)
  }
  setTimeout(watch, 2000)
}
