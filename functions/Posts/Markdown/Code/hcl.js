// HCL, the language of Terraform, which highlight.js does not have. Defined as its own languages are.
hljs.registerLanguage('hcl', hljs => {
  const keywords = {
    keyword: 'for in if else endif endfor',
    literal: 'true false null',
    built_in: 'var local module data each self path count terraform',
  }
  const call = { scope: 'title.function', begin: /\b[a-z_]\w*(?=\()/ }
  const substitution = { scope: 'subst', begin: /[$%]\{/, end: /\}/, keywords }
  const string = { scope: 'string', begin: /"/, end: /"|$/, contains: [hljs.BACKSLASH_ESCAPE, substitution] }
  const heredoc = hljs.END_SAME_AS_BEGIN({
    scope: 'string', begin: /<<-?(\w+)$/, end: /^[ \t]*(\w+)$/, contains: [substitution],
  })
  substitution.contains = [string, call, hljs.C_NUMBER_MODE]
  return {
    name: 'HCL (Terraform)',
    aliases: ['terraform', 'tf', 'tfvars', 'opentofu'],
    keywords,
    contains: [
      hljs.HASH_COMMENT_MODE, hljs.C_LINE_COMMENT_MODE, hljs.C_BLOCK_COMMENT_MODE,
      heredoc, string,
      { scope: 'keyword', begin: /^[ \t]*[a-z_]\w*(?=[ \t]+["{])/ }, // resource "type" "name" {
      { scope: 'attr', begin: /\b[A-Za-z_][\w-]*(?=[ \t]*=(?![=>]))/ },
      call, hljs.C_NUMBER_MODE,
    ],
  }
})
