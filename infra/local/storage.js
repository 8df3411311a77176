'use strict';

// Runs Azurite for the parent process and closes it when the parent ends.
// Azurite saves acknowledged writes every 5 s and when it is closed, so it must be closed, not killed. The end of the
// parent shows at standard input, which the kernel closes however the parent ends, by SIGKILL too.

const fs = require('node:fs');
const path = require('node:path');

const CLOSE_WITHIN_MS = 5000; // later, an open connection delays the exit, no longer a save
const TOUCH_EVERY_MS = 1000;
const STALE_AFTER_MS = 5000;
const WAIT_FOR_FOLDER_MS = 7000; // longer than CLOSE_WITHIN_MS of the process before this one

let ending = false;

function end() {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(), CLOSE_WITHIN_MS).unref();
}

// Ctrl+C reaches the whole process group while the parent still uses the storage, so Azurite must not react to it.
process.on('SIGINT', () => {});
process.on('SIGTERM', end);
process.on('newListener', (signal, listener) => {
  if (signal === 'SIGINT') process.nextTick(() => process.removeListener(signal, listener));
  if (signal === 'SIGTERM' && ending) process.nextTick(() => process.emit(signal)); // came during the start
});

process.stdin.on('error', () => {}).once('close', () => process.emit('SIGTERM')).resume();
process.stdout.on('error', () => {}); // the pipe is broken when the parent has died
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

// Locks the folder: two Azurites in one folder overwrite each other's data. Waits for one that is still closing.
async function lockFolder(folder) {
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
  if (location > 0) await lockFolder(process.argv[location + 1]);
  require('azurite/dist/src/azurite.js');
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
