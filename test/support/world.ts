// A small world for end-to-end tests: the example service in a real bare repository behind a real git server, a host
// stand-in over that repository, a scripted Messages API, a mailbox, a clone as a user has it, and ai-ops as a process.
// Everything is on 127.0.0.1 and under one temporary directory; `close` ends what was started, by its id.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type MessagesApi, type Script, startMessagesApi } from '../standins/anthropic/server.ts';
import { guardCheckout } from './checkout.ts';
import { claudeHome, plantRecordedClaude } from './claude.ts';
import { git } from './git-program.ts';
import { type Fault, startGitServer } from './git-server.ts';
import { type HostSide, startHostSide } from './host-side.ts';
import { MAIN } from './main-file.ts';
import { type Program, startProgram } from './program.ts';
import { plantSettings } from './settings.ts';
import { type Mailbox, startMailbox } from './smtp.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const EXAMPLE = join(ROOT, 'examples', 'orders-service');

/** Words that must never be seen outside the requests they are for. */
export const CANARIES = {
  token: 'canary-token-of-the-host',
  mail: 'canary-password-of-the-mail',
  other: 'canary-of-somebody-else',
} as const;

/** Runs the test of the cart alone: for stories about something else than the proof, which runs the tests seven times. */
export const ONE_TEST = { VERIFY_TEST: 'node --test test/cart.test.js' } as const;

/** Runs all tests in one process, a quarter of the time: for stories that need the whole proof, several times. */
export const ONE_PROCESS = { VERIFY_TEST: 'node --test --test-isolation=none' } as const;

/** User at the mail server, and sender. */
const ROBOT = 'robot@example.invalid';

export interface WorldOptions {
  readonly host: 'github' | 'gitlab' | 'local';
  readonly script: Script;
  /** Directory of the repository that is planted, in place of the example service; it keeps its links and modes. */
  readonly template?: string;
  /** Name of the project on the host, and of the user's clone. */
  readonly name?: string;
  /** Added to the environment of every ai-ops. */
  readonly env?: Readonly<Record<string, string>>;
  /** Nobody listens where the mail server should be. */
  readonly mailIsDown?: true;
  /** Adds files to the service before its first commit. */
  readonly grow?: (checkout: string) => void;
  /** Files of the checkout that ai-ops is told to write. */
  readonly writes?: RegExp;
  /** Makes the repository and its commits, in place of one commit of all. */
  readonly history?: (checkout: string) => Promise<unknown>;
  /** Commands and Claude run in a sandbox where one starts, and the start of Claude is not written down. */
  readonly isShut?: true;
  /** The story is not about Claude: where its answers are texts, a short program in the CLI's place gives them. */
  readonly isNotOfClaude?: true;
  /** The program's file, where it is not the one of the sources. */
  readonly program?: string;
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of stdout, parsed. Only with `--json`. */
  readonly json: readonly Json[];
}

/** How the Claude CLI was started, as it saw it itself. */
export interface ClaudeStart {
  readonly pid: number;
  /** One argument a line. */
  readonly argv: string;
  readonly env: string;
}

/** One line of `--json`: tests name the fields they look at. */
export type Json = Readonly<Record<string, unknown>>;

type Place = (command: readonly string[]) => readonly string[];

export interface World {
  /** The user's clone, with `app.log` in it. */
  readonly checkout: string;
  readonly log: string;
  /** The bare repository behind the git server; `null` for `local`, which has no remote. */
  readonly bare: string | null;
  /** HOME of every ai-ops, with its state in it. */
  readonly home: string;
  readonly stateDir: string;
  readonly database: string;
  readonly host: HostSide;
  readonly messages: MessagesApi;
  readonly mailbox: Mailbox;
  /** What the git server does wrong next. @returns whether it has done so */
  breakGit(fault: Fault): () => boolean;
  /** Every start of the Claude CLI so far. */
  claudeStarts(): readonly ClaudeStart[];
  /** Runs ai-ops in the checkout to its end. */
  run(argv: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  /** Starts ai-ops in the checkout. @param place makes of a command one that runs elsewhere */
  start(argv: readonly string[], env?: Readonly<Record<string, string>>, place?: Place): Program;
  /** Starts the service in the checkout. */
  startService(...argv: readonly string[]): Program;
  close(): Promise<void>;
}

export async function startWorld(options: WorldOptions): Promise<World> {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-world-'));
  const name = options.name ?? basename(EXAMPLE);
  const checkout = join(root, name);
  const main = options.program ?? MAIN;
  const programs: Program[] = [];
  const gitServer = await startGitServer({
    root: join(root, 'bare'),
    users: [{ token: CANARIES.token, access: 'write' }],
    flavour: options.host === 'gitlab' ? 'gitlab' : 'github',
  });
  const project = options.host === 'gitlab' ? `acme/shop/${name}` : `acme/${name}`;
  await plantService(checkout, options);
  const remote = options.host === 'local' ? null : await gitServer.create(project, checkout);
  const bare = remote === null ? null : gitServer.dir(project);
  if (remote !== null) await git(checkout, 'remote', 'add', 'origin', remote);

  const host = await startHostSide(options.host, bare ?? '', project, CANARIES.token);
  const messages = await startMessagesApi(options.script);
  const mailbox = await startMailbox({ user: ROBOT, password: CANARIES.mail });
  if (options.mailIsDown) await mailbox.close();
  const claude = claudeHome(messages.url);
  const starts = join(root, 'claude-starts');
  const bin = join(root, 'bin');
  plantRecordedClaude(bin, starts, options.isNotOfClaude);
  // What the planted Claude writes down about its start would stay in a sandbox.
  if (!options.isShut) plantSettings(claude.home);
  const stateDir = join(claude.home, '.local', 'state', 'ai-ops');
  const env = {
    ...claude.env,
    GIT_CONFIG_NOSYSTEM: '1',
    SMTP_SERVER: '127.0.0.1',
    SMTP_PORT: String(mailbox.port),
    SMTP_USER: ROBOT,
    SMTP_PASSWORD: CANARIES.mail,
    RECEIVER_EMAIL: 'night@example.invalid,day@example.invalid',
    SOMEBODYS_SECRET: CANARIES.other,
    ...host.env,
    ...options.env,
    // Whatever programs a story needs: its Claude is the planted one.
    PATH: [bin, dirname(process.execPath), options.env?.PATH ?? claude.env.PATH].join(delimiter),
  };
  // The log is the service's; a configuration file is what a test leaves there itself.
  const guard = guardCheckout(checkout, (path) => /^app\.log|^\.aiopsrc/.test(path) || options.writes?.test(path) === true);
  const here: Place = (command) => command;
  const begin = (file: string, argv: readonly string[], more: Readonly<Record<string, string>>, place = here): Program => {
    const ended = file === main ? guard.begin() : () => undefined;
    const program = startProgram(place([process.execPath, file, ...argv]), { cwd: checkout, env: { ...env, ...more } });
    void program.exit.then(ended);
    programs.push(program);
    return program;
  };

  return {
    checkout,
    log: join(checkout, 'app.log'),
    bare,
    home: claude.home,
    stateDir,
    database: join(stateDir, 'ai-ops.sqlite'),
    host,
    messages,
    mailbox,
    breakGit: gitServer.fail,
    claudeStarts: () =>
      readdirSync(starts)
        .filter((name) => name.endsWith('.env'))
        .map((name) => {
          const pid = Number.parseInt(name, 10);
          return { pid, argv: readFileSync(join(starts, `${pid}.argv`), 'utf8'), env: readFileSync(join(starts, name), 'utf8') };
        }),
    async run(argv, more = {}) {
      const program = begin(main, argv, more);
      const code = await program.exit;
      const stdout = program.stdout();
      return { code, stdout, stderr: program.stderr(), json: argv.includes('--json') ? parseLines(stdout) : [] };
    },
    start: (argv, more = {}, place = here) => begin(main, argv, more, place),
    startService: (...argv) => begin(join('src', 'main.js'), argv, { PATH: process.env.PATH ?? '' }),
    async close() {
      // In order first, so that what is told at the end is told.
      await Promise.all(programs.map((program) => Promise.race([program.end('SIGTERM'), pause(5000, null, { ref: false })])));
      await Promise.all(programs.map((program) => program.end('SIGKILL')));
      const servers = [gitServer, host, messages, ...(options.mailIsDown ? [] : [mailbox])];
      await Promise.all(servers.map((server) => server.close()));
      claude.remove();
      rmSync(root, { recursive: true, force: true });
      guard.check();
    },
  };
}

/** Whole lines only: a line that a running program has half written is for the next look. */
export function parseLines(stdout: string): readonly Json[] {
  const whole = stdout.slice(0, stdout.lastIndexOf('\n') + 1);
  return whole.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Json]));
}

/** The user's own configuration. */
async function plantService(dir: string, { template = EXAMPLE, grow, history }: WorldOptions): Promise<void> {
  cpSync(template, dir, { recursive: true, verbatimSymlinks: true });
  rmSync(join(dir, 'app.log'), { force: true });
  grow?.(dir);
  if (history) {
    await history(dir);
    return;
  }
  await git(dir, 'init', '-q', '-b', 'main');
  // A large repository would be tidied up in the background while the checkout is compared.
  await git(dir, 'config', 'gc.auto', '0');
  await git(dir, 'add', '-A');
  await git(dir, 'commit', '-q', '-m', basename(dir));
}
