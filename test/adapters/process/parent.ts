// A process that waits to be killed, with programs of its own. `parent.ts DIR`: they write their ids into DIR.
import { spawn } from 'node:child_process';
import { createProcesses } from '../../../src/adapters/process/processes.ts';
import { createWatchdog } from '../../../src/adapters/process/watchdog.ts';

const dir = process.argv[2] ?? '';
const env = { PATH: process.env.PATH ?? '' };
const STUBBORN = `trap '' TERM INT HUP; sleep 60 & echo $! > child; echo $$ > leader; while :; do sleep 1; done`;

const processes = createProcesses();
await processes.run({ argv: ['true'], dir, env, timeoutMs: 10_000 });
void processes.run({ argv: ['sh', '-c', STUBBORN], dir, env, timeoutMs: 600_000 });

const released = spawn('sh', ['-c', 'echo $$ > released; exec sleep 60'], { cwd: dir, detached: true, stdio: 'ignore' });
const watchdog = createWatchdog();
watchdog.ready();
watchdog.guard(released.pid ?? 0);
watchdog.release(released.pid ?? 0);
setInterval(() => undefined, 1000);
