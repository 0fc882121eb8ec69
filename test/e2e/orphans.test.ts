// Whatever ends ai-ops while it works, in whichever step, and however its children resist, no process of ours or of theirs
// is left. Each step is held up where it waits for somebody: the git server, the host, the mail server, Claude, the tests.
// Tiny real programs stand where Claude and the tests should be: they hang, ignore every polite signal, and have a child.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inLane } from '../support/lane.ts';
import { eventually, type Program } from '../support/program.ts';
import { ANSWER, NEW_FILE, plantClaude, says } from '../support/shell-claude.ts';
import { type SilentServer, startSilence, startSilentProxy } from '../support/silence.ts';
import { parseLines, startWorld, type World } from '../support/world.ts';
import { descendants, LIMIT, stepsOf, survivors } from './observe.ts';

type Env = Readonly<Record<string, string>>;

/** A world, and programs of it that do not go away by themselves. */
interface Scene extends AsyncDisposable {
  readonly world: World;
  /** Every stubborn program leaves a file here, with its process id for a name. */
  readonly dir: string;
  readonly stubborn: string;
  readonly hanging: string;
  readonly answering: string;
  readonly silent: SilentServer[];
}

async function build(host: 'github' | 'local'): Promise<Scene> {
  const world = await startWorld({ host, script: [{ kind: 'hang' }] });
  await world.startService('--log', 'app.log', '--requests', 'demo').exit;
  const dir = join(world.home, 'processes');
  mkdirSync(dir);
  // It and its child write down who they are, and that they were asked to go.
  const stubborn = join(world.home, 'stubborn');
  const body = `trap ': > "${dir}"/asked' TERM INT HUP\n[ "$1" = child ] || "$0" child &\n: > '${dir}'/$$\nwhile :; do sleep 1; done`;
  writeFileSync(stubborn, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  const silent: SilentServer[] = [];
  return {
    world,
    dir,
    stubborn,
    hanging: plantClaude(world.home, `exec '${stubborn}'`, 'hanging-claude'),
    answering: plantClaude(world.home, says(ANSWER), 'answering-claude'),
    silent,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(silent.map((server) => server.close()));
      await world.close();
    },
  };
}

const pidsOf = ({ dir }: Scene): readonly number[] =>
  readdirSync(dir)
    .filter((name) => name !== 'asked')
    .map(Number);

/** A step that is held up: what ai-ops needs in its environment for it, and whether it has come that far. */
interface Held {
  readonly env: Env;
  readonly isThere: () => boolean;
}

interface Place {
  hold(scene: Scene): Promise<Held> | Held;
  /** A program that does not go when asked politely is there. */
  readonly isStubborn?: true;
}

const PLACES: Readonly<Record<string, Place>> = {
  claim: { hold: (scene) => hostWithout(scene, /^GET .*\/pulls/) },
  checkout: {
    hold: ({ world }) => ({
      env: {},
      isThere: world.breakGit({ on: 'git-upload-pack', kind: 'hang', times: 100, holding: 'command=fetch' }),
    }),
  },
  baseline: { hold: (scene) => ({ env: { VERIFY_TEST: `exec '${scene.stubborn}'` }, isThere: areBothThere(scene) }), isStubborn: true },
  fix: { hold: (scene) => ({ env: { CLAUDE_COMMAND: scene.hanging }, isThere: areBothThere(scene) }), isStubborn: true },
  'fix (the real CLI)': {
    hold: ({ world }) => ({ env: { CLAUDE_COMMAND: 'claude' }, isThere: () => world.messages.requests.length > 0 }),
  },
  verify: {
    hold: (scene) => ({ env: { VERIFY_TEST: `[ ! -e ${NEW_FILE} ] || exec '${scene.stubborn}'` }, isThere: areBothThere(scene) }),
    isStubborn: true,
  },
  push: {
    hold: ({ world }) => ({
      env: {},
      isThere: world.breakGit({ on: 'git-receive-pack', kind: 'hang', times: 100, holding: 'refs/heads/ai-ops/' }),
    }),
  },
  request: { hold: (scene) => hostWithout(scene, /^POST .*\/pulls/) },
  notify: {
    hold: async (scene) => {
      const server = await silence(scene, startSilence());
      return { env: { SMTP_PORT: String(server.port) }, isThere: server.isAsked };
    },
  },
};

const areBothThere = (scene: Scene) => (): boolean => pidsOf(scene).length === 2;

/** The host as it is, but for one kind of call. */
async function hostWithout(scene: Scene, call: RegExp): Promise<Held> {
  const url = new URL(scene.world.host.env.GITHUB_API_URL ?? '');
  const server = await silence(
    scene,
    startSilentProxy(url, (what) => call.test(what)),
  );
  return { env: { GITHUB_API_URL: `http://127.0.0.1:${server.port}${url.pathname.replace(/\/$/, '')}` }, isThere: server.isAsked };
}

async function silence({ silent }: Scene, starting: Promise<SilentServer>): Promise<SilentServer> {
  const server = await starting;
  silent.push(server);
  return server;
}

/** What is left of a repair that was ended there: its last step, its trace, its result line, its processes. */
async function leftOf({ hold, isStubborn }: Place, signals: readonly NodeJS.Signals[]) {
  await using scene = await build('github');
  const { world } = scene;
  const { env, isThere } = await hold(scene);
  const program = world.start(['fix', '--from-log', 'app.log', '--json'], { CLAUDE_COMMAND: scene.answering, VERIFY_TEST: 'true', ...env });
  await until(isThere, program);
  // The program runs a moment before its start is told to the watchdog (doc/known-limits.md).
  await pause(1500);
  const ours = [...descendants(program.pid), ...pidsOf(scene)];
  for (const signal of signals) {
    void program.end(signal);
    if (isStubborn && signals.length > 1) await until(() => existsSync(join(scene.dir, 'asked')), program);
    else if (signals.length > 1) await pause(300);
  }
  const code = await program.exit;
  const processes = await survivors([], ours);
  const { json } = await world.run(['status', '--json', '--limit', '1']);
  const [result] = parseLines(program.stdout());
  const step = (await stepsOf(world, json[0]?.trace)).at(-1);
  return { code, processes, step: step?.name, outcome: step?.outcome, state: json[0]?.state, result: result?.code };
}

function until(isSo: () => boolean, program: Program): Promise<true> {
  return eventually(
    () => isSo() || undefined,
    () => `${program.stdout()} ${program.stderr()}`,
  );
}

test.each(inLane(Object.entries(PLACES), 0.15, ([name]) => name))(
  'in the step %s',
  async (name, place) => {
    const step = name.split(' ')[0];
    const [once, asked, twice, killed] = await Promise.all([
      leftOf(place, ['SIGINT']),
      leftOf(place, ['SIGTERM']),
      leftOf(place, ['SIGINT', 'SIGINT']),
      leftOf(place, ['SIGKILL']),
    ]);
    const orderly = { code: 130, processes: [], step, outcome: 'interrupted', state: 'interrupted', result: 'interrupted' };
    expect([once, asked]).toEqual([orderly, orderly]);
    // Who waits for nobody tells nothing any more; where all was nearly over, the second one may meet Node in its own ending.
    const told = place.isStubborn ? { code: 130, outcome: 'running', state: 'running', result: undefined } : {};
    expect(twice).toMatchObject({ processes: [], step, ...told });
    expect(killed).toMatchObject({ code: null, processes: [], step, state: 'running', result: undefined });
  },
  LIMIT,
);

test.each([
  { what: 'Claude', config: { claude: { timeoutSeconds: 1 } }, env: ({ hanging }: Scene) => ({ CLAUDE_COMMAND: hanging }), code: 6 },
  {
    what: 'the tests',
    config: { verify: { timeoutSeconds: 1 } },
    env: ({ answering, stubborn }: Scene) => ({ CLAUDE_COMMAND: answering, VERIFY_TEST: stubborn }),
    code: 0,
  },
])(
  'after a timeout of $what',
  async ({ config, env, code }) => {
    await using scene = await build('local');
    writeFileSync(join(scene.world.checkout, '.aiopsrc.json'), JSON.stringify(config));
    const ran = await scene.world.run(['fix', '--from-log', 'app.log'], env(scene));
    expect([ran.code, ran.stderr]).toEqual([code, expect.any(String)]);
    expect(pidsOf(scene).length).toBeGreaterThanOrEqual(2);
    expect(await survivors([], pidsOf(scene))).toEqual([]);
  },
  LIMIT,
);
