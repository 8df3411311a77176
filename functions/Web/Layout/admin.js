// Improvements of the admin area for browsers with JavaScript; every page works without it.

const find = (selector) => document.querySelector(selector)
const findAll = (selector) => [...document.querySelectorAll(selector)]
const remember = (key, value) => {
  try {
    if (value) localStorage.setItem(key, value)
    else localStorage.removeItem(key)
  } catch {
    // The browser denies access to its storage.
  }
}
const recall = (key) => {
  try { return localStorage.getItem(key) } catch { return null }
}

// Remembers in this browser that somebody is signed in, so that the pages of posts ask what waits for them.
remember('moderates', find('.site-header .menu') && 'yes')

// Comments: their list is the current state of the document, which each action replaces.

const rows = () => findAll('.moderation .admin-comment')
const boxes = () => findAll('.moderation [name="item"]')
const currentRow = () => document.activeElement?.closest('.admin-comment')

// Check all, with a count of what is checked; unchecking single comments makes exceptions.
const showChecked = () => {
  const [all, output] = [find('#check-all'), find('#checked')]
  if (!all) return
  const checked = boxes().filter((box) => box.checked).length
  all.checked = checked > 0 && checked === boxes().length
  all.indeterminate = checked > 0 && checked < boxes().length
  output.textContent = 'text:admin.checked'
    .replace('{checked}', checked).replace('{count}', boxes().length)
}
const enhanceList = () => {
  const link = find('.check-all')
  if (!link) return
  const label = document.createElement('label')
  const [box, output] = [document.createElement('input'), document.createElement('output')]
  box.type = 'checkbox'
  box.id = 'check-all'
  output.id = 'checked'
  label.className = 'check-all'
  label.append(box, ` ${link.textContent}`)
  box.addEventListener('change', () => {
    for (const other of boxes()) other.checked = box.checked
    showChecked()
  })
  link.replaceWith(label, output)
  showChecked()
}

// Actions in place: the form is sent, and the page that answers replaces this one's content and menu.
let lastAction = Promise.resolve()
const send = async (form, button) => {
  const index = rows().indexOf(button.closest('.admin-comment') ?? currentRow())
  const body = new URLSearchParams(new FormData(form, button))
  const response = await fetch(form.action, { method: 'POST', body })
  if (response.status >= 500) throw new Error(response.statusText)
  const answer = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const part of ['main', '.site-header']) find(part).replaceWith(answer.querySelector(part))
  enhanceList()
  const next = rows()[Math.min(Math.max(index, 0), rows().length - 1)]
  if (index >= 0 && next) next.focus()
  else find('.receipt')?.focus()
}
document.addEventListener('submit', (event) => {
  const { target: form, submitter } = event
  if (!submitter || !form.matches('.moderation, #undo')) return
  event.preventDefault()
  lastAction = lastAction.then(() => send(form, submitter)).catch(() => {
    // The connection is broken, or the blog is: the browser shows what there is to see.
    const input = document.createElement('input')
    form.append(Object.assign(input, { type: 'hidden', name: submitter.name, value: submitter.value }))
    form.submit()
  })
})
document.addEventListener('change', (event) => { if (event.target.name === 'item') showChecked() })

// Keys on a list of comments. They can be switched off, for people whose software types letters.
const move = (step) => {
  const index = rows().indexOf(currentRow())
  rows()[Math.min(Math.max(index + step, 0), rows().length - 1)]?.focus()
}
const press = (action) => {
  lastAction = lastAction.then(() => {
    const row = currentRow() ?? rows()[0]
    row?.querySelector(`[name="one"][value^="${action} "]`)?.click()
  })
}
const keys = {
  j: ['text:admin.key-next', () => move(1)],
  k: ['text:admin.key-previous', () => move(-1)],
  a: ['text:admin.act-approve', () => press('approve')],
  s: ['text:admin.act-spam', () => press('spam')],
  d: ['text:admin.act-trash', () => press('trash')],
  x: ['text:admin.key-check', () => currentRow()?.querySelector('[name="item"]')?.click()],
  r: ['text:admin.reply', () => (currentRow() ?? rows()[0])?.querySelector('.history')?.click()],
  z: ['text:admin.act-undo', () => find('[form="undo"]')?.click()],
  '?': ['text:admin.key-help', () => help.showModal()]
}
const help = document.createElement('dialog')
const areKeysOn = () => recall('keys') !== 'off'
if (rows().length > 0) {
  const list = document.createElement('dl')
  for (const [key, [text]] of Object.entries(keys)) {
    const [term, meaning] = [document.createElement('dt'), document.createElement('dd')]
    term.append(Object.assign(document.createElement('kbd'), { textContent: key }))
    meaning.textContent = text
    list.append(term, meaning)
  }
  const [label, box, close] = ['label', 'input', 'button'].map((name) => document.createElement(name))
  box.type = 'checkbox'
  box.checked = areKeysOn()
  box.addEventListener('change', () => remember('keys', box.checked ? null : 'off'))
  label.append(box, ' text:admin.key-switch')
  close.textContent = 'text:admin.key-close'
  close.addEventListener('click', () => help.close())
  help.className = 'keys'
  help.ariaLabel = 'text:admin.key-help'
  help.append(list, label, close)
  document.body.append(help)
  const open = document.createElement('button')
  open.type = 'button'
  open.className = 'second small'
  open.textContent = 'text:admin.key-help'
  open.addEventListener('click', () => help.showModal())
  find('.site-footer').prepend(open)
}
document.addEventListener('keydown', (event) => {
  const isTyping = event.target.closest('input:not([type="checkbox"]), textarea, select, dialog, [contenteditable]')
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !areKeysOn()) return
  if (!find('.moderation') && event.key !== 'z') return
  if (!Object.hasOwn(keys, event.key)) return
  event.preventDefault()
  keys[event.key][1]()
})

enhanceList()
