// What html-validate holds our pages to.
export default { root: true, extends: ['html-validate:standard', 'html-validate:a11y'] }
