// Bicep, the language of Azure's templates, which highlight.js does not have. Defined as its own languages are.
hljs.registerLanguage('bicep', hljs => {
  const keywords = {
    keyword: 'targetScope metadata param var resource module output func type import using provider extension with as '
      + 'for in if existing assert',
    literal: 'true false null',
    type: 'string int bool object array secureString secureObject',
  }
  const call = { scope: 'title.function', begin: /\b[A-Za-z_]\w*(?=\()/ }
  const substitution = { scope: 'subst', begin: /\$\{/, end: /\}/, keywords }
  const string = { scope: 'string', begin: /'/, end: /'|$/, contains: [hljs.BACKSLASH_ESCAPE, substitution] }
  substitution.contains = [string, call, hljs.C_NUMBER_MODE]
  return {
    name: 'Bicep',
    keywords,
    contains: [
      hljs.C_LINE_COMMENT_MODE, hljs.C_BLOCK_COMMENT_MODE,
      { scope: 'string', begin: /'''/, end: /'''/ }, string,
      { scope: 'meta', begin: /^[ \t]*@[\w.]+|#disable[\w-]+.*/ },
      { scope: 'attr', begin: /\b[A-Za-z_]\w*(?=[ \t]*:)/ },
      call, hljs.C_NUMBER_MODE,
    ],
  }
})
