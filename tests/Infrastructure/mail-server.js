'use strict';

// A real SMTP server for the process that started this one: it says on which ports, and ends when its input closes,
// that is with its parent, however that ends. Mails are kept in a folder of its own and removed with it.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'serverlessblog-mail-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => {}); // Ctrl+C reaches us too; the parent decides
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
