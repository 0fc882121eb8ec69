// Takes a lock again and again, adds one to a number in a file, and now and then leaves the lock as a dead process would.
// `contender.ts LOCK TIMES`. Ends with 1 when it finds somebody else inside.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tryLock } from '../../src/platform/lock.ts';
import { thisProcess } from '../../src/platform/lock-owner.ts';

const [path = '', times = '0'] = process.argv.slice(2);
const inside = `${path}.inside`;
const count = `${path}.count`;

function read(): number {
  try {
    return Number(readFileSync(count, 'utf8'));
  } catch {
    return 0;
  }
}

for (let done = 0; done < Number(times); ) {
  const attempt = tryLock(path);
  if (attempt.kind === 'busy') continue;
  writeFileSync(inside, String(process.pid), { flag: 'wx' });
  writeFileSync(count, String(read() + 1));
  rmSync(inside);
  done += 1;
  if (done % 2 === 0) {
    attempt.lock.release();
  } else {
    const corpse = `${path}.corpse-${process.pid}`;
    writeFileSync(corpse, JSON.stringify({ ...thisProcess(`${process.pid}a${done}`), start: '1' }));
    renameSync(corpse, path);
  }
}
