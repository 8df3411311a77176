// Classifies code with highlight.js (the global hljs). Evaluates to a function of code and language that returns one
// letter per character: the class of the stylesheet, or a space. The code itself is not returned, so it cannot change.
(() => {
  // The scopes of highlight.js by class. Scopes that are not named here have the class of what is around them.
  const scopes = {
    c: 'comment quote doctag meta.prompt',
    k: 'keyword literal meta variable.language bullet template-tag',
    s: 'string regexp regex character char.escape code link formula',
    m: 'number',
    n: 'type title name section selector-tag selector-id selector-class selector-pseudo',
    a: 'attr attribute property variable template-variable symbol label selector-attr',
    f: 'built_in title.function function.dispatch',
    i: 'addition',
    d: 'deletion',
    ' ': 'subst function params tag',
  }
  const letters = new Map()
  for (const letter in scopes) for (const scope of scopes[letter].split(' ')) letters.set(scope, letter)

  // title.function.invoke is a title.function
  const letterOf = scope =>
    letters.get(scope) ?? (scope.includes('.') ? letterOf(scope.slice(0, scope.lastIndexOf('.'))) : undefined)

  // What highlight.js calls while it reads the code
  class Emitter {
    letters = ''
    open = [{ scope: '', letter: ' ' }]
    get current() { return this.open[this.open.length - 1] }
    addText(text) { this.letters += this.current.letter.repeat(text.length) }
    startScope(scope) {
      const isFunction = scope === 'title' && this.current.scope === 'function'
      this.open.push({ scope, letter: isFunction ? 'f' : letterOf(scope) ?? this.current.letter })
    }
    openNode(scope) { this.startScope(scope) }
    endScope() { this.open.pop() }
    closeNode() { this.endScope() }
    __addSublanguage(embedded) { this.letters += embedded.letters }
    finalize() {}
    toHTML() { return this.letters }
  }

  // No languages to guess from: code without a known language stays plain.
  hljs.configure({ __emitter: Emitter, languages: [] })
  return (code, language) => {
    const result = hljs.highlight(code, { language, ignoreIllegals: true })
    if (result.errorRaised) throw result.errorRaised
    return result.value
  }
})()
