'use strict';

// An SMTP server (smtp-server, which MailDev is made of) that keeps no mail but counts them. Prints its port as one
// line, and for each line on its standard input the counts so far as one line of JSON. Exits when the input closes.

const path = require('node:path');
const { SMTPServer } = require(path.join(process.argv[2], 'node_modules', 'smtp-server'));

let mails = 0;
let bytes = 0;
const recipients = new Set();
const ids = new Set();

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  onData(stream, session, callback) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      const mail = Buffer.concat(parts).toString('latin1');
      mails += 1;
      bytes += mail.length;
      session.envelope.rcptTo.forEach((to) => recipients.add(to.address));
      ids.add(/^Message-Id: (.+)$/im.exec(mail)?.[1]);
      callback();
    });
  },
});

process.stdin.on('close', () => process.exit());
require('node:readline')
  .createInterface({ input: process.stdin })
  .on('line', () => console.log(JSON.stringify({ mails, bytes, recipients: recipients.size, ids: ids.size })));
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
