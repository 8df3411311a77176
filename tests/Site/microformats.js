// Reads microformats of pages as a feed reader or an author's other site does. Argument: a file with a JSON array of
// pages, each with its url and html. Output: a JSON array with what each page says.
const { readFileSync } = require('node:fs');
const { mf2 } = require('microformats-parser');

const pages = JSON.parse(readFileSync(process.argv[2], 'utf8'));
process.stdout.write(JSON.stringify(pages.map(({ url, html }) => mf2(html, { baseUrl: url }))));
