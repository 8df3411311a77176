// Reads feeds as a feed reader does. Argument: a file with a JSON array of texts. Output: for each its format, and the
// feed.
const { readFileSync } = require('node:fs');
const { parseFeed } = require('feedsmith');

const texts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
process.stdout.write(JSON.stringify(texts.map(text => parseFeed(text))));
