// What pages can do better with JavaScript; they need none of it.
for (const code of document.querySelectorAll('.prose pre > code')) {
  if (!navigator.clipboard) break
  const button = document.createElement('button')
  const say = (words) => { button.textContent = words }
  button.type = 'button'
  button.className = 'copy'
  button.lang = 'en' // whatever the post is written in
  button.ariaLive = 'polite' // so that what became of it is said too
  say('Copy')
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code.innerText).then(() => say('Copied'), () => say('Not allowed'))
    setTimeout(say, 2000, 'Copy')
  })
  code.parentElement.before(button)
}
