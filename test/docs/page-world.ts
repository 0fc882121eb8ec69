// A reader of a page who types its commands one after the other: the example service in a checkout of its own behind stand-ins of a
// code host and of Claude, with its log, an incident that was repaired and a repair that could not be pushed.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerFromTheBook } from '../e2e/conversations.ts';
import { LIMIT } from '../e2e/observe.ts';
import { MAIN } from '../support/main-file.ts';
import { eventually } from '../support/program.ts';
import { ONE_TEST, startWorld, type World } from '../support/world.ts';
import { callsOf } from './command-blocks.ts';

interface Typed {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** It would have gone on, and was told to end. */
  readonly isLasting: boolean;
}

export interface Reader {
  /** Types one command, or what goes from one directory to another as a whole. What never ends by itself is ended once it follows its logs. */
  types(command: string): Promise<Typed>;
  close(): Promise<void>;
}

/** Names that stand for something in our pages, and what they are here. */
interface Meant {
  readonly trace: string;
  readonly fingerprint: string;
  readonly otherBox: string;
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Who commits, where a page tells to. */
const COMMITTER = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'reader'],
    [`GIT_${who}_EMAIL`, 'reader@example.invalid'],
  ]),
);

/** A call of the program by its name, as if it were installed. */
const PROGRAM = [process.execPath, MAIN].map(quoted).join(' ');

/** @param isNew nothing has been seen or repaired yet */
export async function startReader(isNew: boolean): Promise<Reader> {
  const world = await startWorld({
    ...{ host: isNew ? 'local' : 'github', script: answerFromTheBook, isNotOfClaude: true, env: ONE_TEST },
    // Of the sources what a page has applied by hand.
    writes: /^(?:logs(?:\/|$)|[\w-]+\.html$|app-[\w.-]+$|src(?:$|\/cart\.js$)|test(?:$|\/cart\.test\.js$))/,
    // A page begins without a configuration, and what is made is not for git.
    grow: (checkout) => {
      rmSync(join(checkout, '.aiopsrc.json'));
      writeFileSync(join(checkout, '.gitignore'), '*.log\nlogs/\n*.html\n.aiopsrc*\n');
    },
  });
  try {
    const meant = await prepare(world, isNew);
    return { types: (command) => type(world, meant, command), close: () => world.close() };
  } catch (thrown) {
    await world.close();
    throw thrown;
  }
}

async function prepare(world: World, isNew: boolean): Promise<Meant> {
  await world.startService('--log', 'app.log', '--requests', 'demo').exit;
  mkdirSync(join(world.checkout, 'logs'));
  cpSync(world.log, join(world.checkout, 'logs', 'app.log'));
  mkdirSync(join(world.home, '.config', 'fish', 'completions'), { recursive: true });
  if (isNew) return { trace: '', fingerprint: '', otherBox: '' };
  // Whether the token may write was asked before.
  world.breakGit({ on: 'git-receive-pack', holding: 'refs/heads/ai-ops/', spares: 1, kind: 'status', status: 403 });
  const ran = await world.run(['fix', 'app.log', '--json']);
  const [trace] = (await world.run(['status', '--json'])).json;
  if (typeof trace?.trace !== 'string') throw new Error(`no trace: ${ran.stderr}`);
  const otherBox = join(world.home, 'other-box');
  cpSync(world.stateDir, otherBox, { recursive: true });
  cpSync('examples', join(world.home, 'project', 'examples'), { recursive: true });
  return { trace: trace.trace, fingerprint: String(trace.fingerprint), otherBox };
}

async function type(world: World, { trace, fingerprint, otherBox }: Meant, command: string): Promise<Typed> {
  const line = command
    .replace(/\bTRACE\b|\b4k2x\b/g, trace)
    .replace(/\bFINGERPRINT\b|\b3f9c\b/g, fingerprint)
    .replace(/\/mnt\/web-\d(?:\/ai-ops)?/g, otherBox);
  // Who leaves a directory has begun in that of the project.
  const start = /^cd /m.test(line) ? `set -e; cd ${quoted(join(world.home, 'project'))}\n` : '';
  const isLasting = callsOf(line).some(([name, ...rest]) => name === 'watch' && !rest.includes('--once'));
  // A program in the shell's place is ended by its own id.
  const script = isLasting ? line.replace(/^ai-ops /, `exec ${PROGRAM} `) : `ai-ops() { ${PROGRAM} "$@"; }\n${start}${line}`;
  const program = world.start([], start === '' ? {} : { ...COMMITTER, CODE_HOST: 'local', GITHUB_API_URL: '' }, () => [
    '/bin/bash',
    '-c',
    script,
  ]);
  if (isLasting) {
    await eventually(
      () => (/^.*watching /m.test(program.stderr()) ? true : undefined),
      () => program.stderr(),
      LIMIT / 2,
    );
    await program.end('SIGTERM');
  }
  return { code: await program.exit, stdout: program.stdout(), stderr: program.stderr(), isLasting };
}
