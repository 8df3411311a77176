'use strict';

// An SMTP server (MailDev) for the process that started this one. Prints its ports as one line of JSON and exits when
// its standard input closes, which happens however the parent ends. Mails are kept in a temporary folder, removed on
// exit.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'serverlessblog-mail-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => {}); // Ctrl+C reaches the whole process group; the parent decides when this process ends
process.on('SIGTERM', () => process.exit());
process.stdin.on('error', () => {}).once('close', () => process.exit()).resume();

async function main() {
  const { MailDev } = await import('maildev');
  const loopback = '127.0.0.1';
  const server = new MailDev({ smtp: 0, ip: loopback, web: 0, webIp: loopback, mailDirectory: folder, silent: true });
  const { smtp, api } = await server.start();
  console.log(JSON.stringify({ smtp: smtp.getPort(), api: api.getPort() }));
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
