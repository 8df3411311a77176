// What html-validate holds our pages to. An exception has its reason beside it.
export default {
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y'],
  elements: [
    'html5',
    {
      // Markdig writes <col> right under <table>; a browser puts the <colgroup> around it (HTML, 13.2.6.4.9).
      table: { permittedContent: ['@script', 'caption', 'col', 'colgroup', 'tbody', 'tfoot', 'thead', 'tr'], permittedOrder: [] },
    },
  ],
  rules: {
    // Markdig writes </source>, which a browser passes over.
    'void-content': 'off',
  },
}
