'use strict';

// Runs Azurite for the process that started this one, and ends it with that process.
// Azurite saves what it acknowledged every 5 s and when it is closed, so it must be closed, not killed. Standard input
// tells when: a parent cannot leave it open behind itself, however it ends (kill -9 too).

const fs = require('node:fs');
const path = require('node:path');

const CLOSE_WITHIN_MS = 5000; // then a connection that never ends keeps us, not a save
const TOUCH_EVERY_MS = 1000;
const STALE_AFTER_MS = 5000;
const WAIT_FOR_FOLDER_MS = 7000; // longer than the one before us may take to close

let ending = false;

function end() {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(), CLOSE_WITHIN_MS).unref();
}

// Ctrl+C reaches the whole process group, and the parent still uses the storage then: Azurite may not hear it.
process.on('SIGINT', () => {});
process.on('SIGTERM', end);
process.on('newListener', (signal, listener) => {
  if (signal === 'SIGINT') process.nextTick(() => process.removeListener(signal, listener));
  if (signal === 'SIGTERM' && ending) process.nextTick(() => process.emit(signal)); // it was asked while starting
});

process.stdin.on('error', () => {}).once('close', () => process.emit('SIGTERM')).resume();
process.stdout.on('error', () => {}); // a parent that died does not read
process.stderr.on('error', () => {});

function isFree(lock) {
  try {
    if (Date.now() - fs.statSync(lock).mtimeMs > STALE_AFTER_MS) return true;
    process.kill(Number(fs.readFileSync(lock, 'utf8')), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

// Two Azurites in one folder overwrite each other, and one that is still closing has not saved yet: wait for it.
async function own(folder) {
  fs.mkdirSync(folder, { recursive: true });
  const lock = path.join(folder, 'storage.lock');
  const deadline = Date.now() + WAIT_FOR_FOLDER_MS;
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }

    if (isFree(lock)) {
      fs.rmSync(lock, { force: true });
    } else if (ending) {
      process.exit();
    } else if (Date.now() > deadline) {
      throw new Error(`process ${fs.readFileSync(lock, 'utf8')} keeps its storage in ${folder}: end that one first.`);
    } else {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  process.on('exit', () => fs.rmSync(lock, { force: true }));
  setInterval(() => fs.utimes(lock, new Date(), new Date(), () => {}), TOUCH_EVERY_MS).unref();
}

async function main() {
  const location = process.argv.indexOf('--location');
  if (location > 0) await own(process.argv[location + 1]);
  require('azurite/dist/src/azurite.js');
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
