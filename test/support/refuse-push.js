// A proc-receive hook of git that refuses every ref with a reason of its own, as the large hosts do; no other hook can
// give git the words behind `! [remote rejected]`. Usage: node refuse-push.js REASON. Source: githooks(5), "proc-receive".
import { readSync, writeSync } from 'node:fs';

const reason = process.argv[2] ?? 'declined';

function read(length) {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const count = readSync(0, bytes, done, length - done, null);
    if (count === 0) process.exit(1);
    done += count;
  }
  return bytes;
}

/** One pkt-line; `null` for a flush. */
function packet() {
  const length = Number.parseInt(read(4).toString(), 16);
  return length === 0 ? null : read(length - 4).toString();
}

function packets() {
  const found = [];
  for (let next = packet(); next !== null; next = packet()) found.push(next.trimEnd());
  return found;
}

function send(...lines) {
  const sent = lines.map((line) => `${(Buffer.byteLength(line) + 4).toString(16).padStart(4, '0')}${line}`);
  writeSync(1, `${sent.join('')}0000`);
}

packets();
send('version=1\0');
const refs = packets().map((line) => line.split(' ')[2]);
send(...refs.map((ref) => `ng ${ref} ${reason}`));
