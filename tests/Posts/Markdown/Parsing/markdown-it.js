// Renders a JSON array of Markdown texts from standard input with markdown-it, and prints a JSON array of HTML.
const { readFileSync } = require("node:fs");
const load = (name) => {
  const module = require(name);
  return module.default ?? module;
};

const markdown = load("markdown-it")({ html: true })
  .use(load("markdown-it-footnote"))
  .use(load("markdown-it-task-lists"))
  .use(load("markdown-it-cjk-friendly"));
markdown.disable("footnote_inline");
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((text) => markdown.render(text))));
