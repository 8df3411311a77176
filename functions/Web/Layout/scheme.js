(root => {
  let storage
  try { storage = localStorage } catch { return }
  const show = () => {
    root.dataset.scheme = storage.scheme || 'auto'
    const choice = document.getElementById('scheme')
    if (!choice) return
    choice.parentElement.hidden = false
    choice.value = root.dataset.scheme
    choice.onchange = () => { storage.scheme = choice.value; show() }
  }
  show()
  for (const event of ['DOMContentLoaded', 'pageshow', 'storage']) addEventListener(event, show)
})(document.documentElement)
