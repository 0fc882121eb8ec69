// One application with many bugs for tests of faults: its repository behind a real git server, the stand-in of a host and a
// real SMTP server, each behind a proxy that can go wrong at a write. Every row of the table has a bug, a log, a state
// directory and a recipient of its own, so that what is there in the end can be told apart from that of all others.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brokenFile, errorOf, fileOf, plantMender, refs } from '../boxes.ts';
import { guardCheckout } from '../checkout.ts';
import { git, makeRepository } from '../git-program.ts';
import { startGitServer } from '../git-server.ts';
import { type HostSide, startHostSide } from '../host-side.ts';
import { type Program, startProgram } from '../program.ts';
import { plantSettings } from '../settings.ts';
import { type Mailbox, startMailbox } from '../smtp.ts';
import { type Json, parseLines } from '../world.ts';
import { startHttpProxy } from './http-proxy.ts';
import { createStage, type Plan, type Stage } from './kinds.ts';
import { nameOfGit, nameOfHost } from './names.ts';
import { startSmtpProxy } from './smtp-proxy.ts';

export type HostKind = 'github' | 'gitlab';

export interface FaultWorldOptions {
  readonly host: HostKind;
  readonly bugs: number;
  /** The file that Node runs: the source, or the build. */
  readonly main: string;
}

export interface Ran {
  readonly code: number | null;
  readonly stderr: string;
  readonly json: readonly Json[];
}

export interface FaultWorld {
  readonly bare: string;
  readonly host: HostSide;
  readonly mailbox: Mailbox;
  readonly stage: Stage;
  /** Writes the log of that bug. @param other one that has the same cause and another name */
  log(bug: number, other?: boolean): string;
  /** Runs ai-ops for that bug to its end, with this going wrong. */
  run(bug: number, argv: readonly string[], plan: Plan | null): Promise<Ran>;
  /** How often Claude was asked about that bug. */
  calls(bug: number): number;
  /** The mails of this bug that wait for another try need not wait any longer. */
  letMailsBeDue(bug: number): Promise<void>;
  close(): Promise<void>;
}

/** Never to be seen in anything that is printed. */
export const SECRETS = { token: 'canary-token-of-the-host', mail: 'canary-password-of-the-mail' } as const;
const ROBOT = 'robot@example.invalid';
export const CLAIM_SECONDS = 900;
const IMPATIENT = pathToFileURL(join(import.meta.dirname, 'impatient.js')).href;

export async function startFaultWorld(options: FaultWorldOptions): Promise<FaultWorld> {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-faults-'));
  const project = options.host === 'gitlab' ? 'acme/shop/app' : 'acme/app';
  const checkout = join(root, 'app');
  const bugs = Array.from({ length: options.bugs }, (_, number) => number + 1);
  await makeRepository(checkout, Object.fromEntries(bugs.map((bug) => [`src/${fileOf(bug)}`, brokenFile(bug)])));
  const gitServer = await startGitServer({
    root: join(root, 'bare'),
    users: [{ token: SECRETS.token, access: 'write' }],
    flavour: options.host,
  });
  await gitServer.create(project, checkout);
  const bare = gitServer.dir(project);
  const host = await startHostSide(options.host, bare, project, SECRETS.token);
  const mailbox = await startMailbox({ user: ROBOT, password: SECRETS.mail, server: { hidePIPELINING: true } });

  const stage = createStage();
  const [addressName = '', address = ''] = Object.entries(host.env).find(([, value]) => value.startsWith('http')) ?? [];
  const gitDoor = await startHttpProxy(gitServer.url, stage, nameOfGit);
  const hostDoor = await startHttpProxy(new URL(address).origin, stage, nameOfHost);
  const mailDoor = await startSmtpProxy(mailbox.port, stage);
  for (const write of ['claim', 'reclaim', 'push', 'release'] as const) stage.doors.set(write, gitDoor.shut);
  for (const write of ['create', 'label', 'update'] as const) stage.doors.set(write, hostDoor.shut);
  stage.doors.set('mail', mailDoor.shut);
  await git(checkout, 'remote', 'add', 'origin', `http://127.0.0.1:${gitDoor.port}/${project}.git`);

  const calls = join(root, 'calls');
  writeFileSync(calls, '');
  const claude = plantMender(root, calls, { thinkSeconds: 0 });
  const envOf = (bug: number, plan: Plan | null) => ({
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    // Only where somebody hangs: on a busy machine the others may need their time.
    ...(plan?.kind.startsWith('hangs') ? { NODE_OPTIONS: `--import ${IMPATIENT}` } : {}),
    GIT_CONFIG_NOSYSTEM: '1',
    HOME: join(root, `box${bug}`),
    CLAUDE_COMMAND: claude,
    ANTHROPIC_API_KEY: 'sk-ant-test-key',
    CLAIM_SECONDS: String(CLAIM_SECONDS),
    SMTP_SERVER: '127.0.0.1',
    SMTP_PORT: String(mailDoor.port),
    SMTP_USER: ROBOT,
    SMTP_PASSWORD: SECRETS.mail,
    RECEIVER_EMAIL: `row${bug}@example.invalid`,
    ...host.env,
    [addressName]: address.replace(new URL(address).origin, `http://127.0.0.1:${hostDoor.port}`),
  });
  const guard = guardCheckout(checkout, () => false);
  const living = new Set<Program>();

  return {
    bare,
    host,
    mailbox,
    stage,
    letMailsBeDue: async (bug) => {
      const ledger = join(root, `box${bug}`, '.local', 'state', 'ai-ops', 'ai-ops.sqlite');
      await promisify(execFile)('sqlite3', [ledger, "UPDATE deliveries SET due_at = created_at WHERE state = 'queued'"]);
    },
    log: (bug, other = false) => {
      const file = join(root, `bug${bug}${other ? 'b' : ''}.log`);
      const text = errorOf(bug, 0);
      writeFileSync(file, other ? text.replace('TypeError:', 'OrderError:') : text);
      return file;
    },
    run: async (bug, argv, plan) => {
      plantSettings(join(root, `box${bug}`));
      await Promise.all([gitDoor.open(), hostDoor.open(), mailDoor.open()]);
      const ended = guard.begin();
      const program: { now?: Program } = {};
      stage.plan(plan, async () => void (await program.now?.end('SIGKILL')));
      const started = startProgram([process.execPath, options.main, ...argv], { cwd: checkout, env: envOf(bug, plan) });
      program.now = started;
      living.add(started);
      const code = await started.exit;
      living.delete(started);
      ended();
      return { code, stderr: started.stderr(), json: argv.includes('--json') ? parseLines(started.stdout()) : [] };
    },
    calls: (bug) =>
      readFileSync(calls, 'utf8')
        .split('\n')
        .filter((line) => line.split(' ')[0] === String(bug)).length,
    close: async () => {
      await Promise.all([...living].map((program) => program.end('SIGKILL')));
      await Promise.all([gitDoor.shut(), hostDoor.shut(), mailDoor.shut()]);
      await Promise.all([gitServer.close(), host.close(), mailbox.close()]);
      rmSync(root, { recursive: true, force: true });
      guard.check();
    },
  };
}

/** Claims on the remote, in both places where one may be. */
export async function claimsOn(bare: string): Promise<readonly string[]> {
  return [...(await refs(bare, 'refs/ai-ops')), ...(await refs(bare, 'refs/heads/ai-ops')).filter((ref) => ref.includes('/claim-'))];
}
