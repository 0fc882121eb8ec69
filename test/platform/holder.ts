// Takes a lock and keeps it until it is killed: `holder.ts LOCK`. Says whom it waits for, and that it has it.
import { acquire } from '../../src/platform/lock-wait.ts';

const [path = ''] = process.argv.slice(2);
const onWait = ({ pid, elsewhere }: { readonly pid: number; readonly elsewhere?: string }): void =>
  console.log(`waits for ${pid} ${elsewhere === undefined ? 'here' : `on ${elsewhere}`}`);
console.log((await acquire(path, { waitMs: 120_000, lasting: true, onWait })).kind);
setInterval(() => undefined, 60_000);
