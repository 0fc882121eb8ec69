// The table of faults: every write of a repair × what can go wrong with it. One row runs the real program with that fault,
// then once more without it, and reads what is there in the end from the servers themselves.
import { CATALOGUE } from '../../src/errors.ts';
import { refs } from '../support/boxes.ts';
import type { FaultKind, Plan, WriteName } from '../support/faults/kinds.ts';
import { CLAIM_SECONDS, claimsOn, type FaultWorld, type HostKind, type Ran, SECRETS } from '../support/faults/world.ts';
import { git } from '../support/git-program.ts';
import type { Json } from '../support/world.ts';

/** What a repair does before the write that goes wrong. */
interface Scene {
  readonly write: WriteName;
  /** The repair was killed here before; what goes wrong is its resume. */
  readonly killedAfter?: 'push' | 'create';
  /** Meanwhile a person has changed the text of the request. */
  readonly isRewritten?: true;
  /** Another bug whose fix is the same has a request already. */
  readonly joins?: true;
}

/** Every write, in the order of a repair. A write that no scene has is found by the row `nothing goes wrong`. */
export const SCENES = {
  claim: { write: 'claim' },
  'claim again': { write: 'reclaim', killedAfter: 'push' },
  push: { write: 'push' },
  create: { write: 'create' },
  label: { write: 'label' },
  update: { write: 'update', killedAfter: 'create', isRewritten: true },
  join: { write: 'update', joins: true },
  release: { write: 'release' },
  mail: { write: 'mail' },
} as const satisfies Readonly<Record<string, Scene>>;

export type SceneName = keyof typeof SCENES;

export const FAULTS: readonly FaultKind[] = [
  'refused',
  'reset',
  'cut',
  'lost',
  'hangs-after',
  'hangs',
  '500',
  '502',
  '503',
  '429',
  '429-after',
  'page',
  'half',
  'killed-before',
  'killed-during',
  'killed-after',
];

export interface FaultRow {
  readonly host: HostKind;
  readonly scene: SceneName;
  readonly fault: FaultKind;
  readonly lasts: 'once' | 'on';
}

/** The whole product. What kills or is gone cannot come once only. */
export function allRows(): readonly FaultRow[] {
  const rows = (['github', 'gitlab'] as const).flatMap((host) =>
    (Object.keys(SCENES) as SceneName[]).flatMap((scene) =>
      FAULTS.flatMap((fault) => (['on', 'once'] as const).map((lasts) => ({ host, scene, fault, lasts }))),
    ),
  );
  return rows
    .filter(({ host, scene }) => host === 'github' || scene !== 'label') // GitLab takes labels with the request
    .filter(({ fault, lasts }) => lasts === 'on' || !(fault.startsWith('killed') || fault === 'refused'));
}

export const told = ({ host, scene, fault, lasts }: FaultRow): string => `${host}: ${scene} ${fault}${lasts === 'once' ? ' once' : ''}`;

/** What a row came to. */
export interface Ending {
  /** What the first run ended with; `null` where it was killed. */
  readonly code: number | null;
  readonly problems: readonly string[];
}

/** Exchanges of a scene in which nothing goes wrong. */
export async function quietTraffic(world: FaultWorld, bug: number, scene: SceneName): Promise<readonly string[]> {
  const { argv } = await prepare(world, bug, SCENES[scene]);
  const ran = await world.run(bug, argv, null);
  if (ran.code !== 0) throw new Error(`without a fault it ended with ${ran.code}: ${ran.stderr}`);
  return [...world.stage.traffic];
}

/** @param after where the write comes in the traffic: for a server that goes away before it */
export async function play(world: FaultWorld, bug: number, row: FaultRow, after: number): Promise<Ending> {
  const scene: Scene = SCENES[row.scene];
  const { argv, log } = await prepare(world, bug, scene);
  const plan: Plan = { write: scene.write, kind: row.fault, lasts: row.lasts, after };
  const first = await world.run(bug, argv, plan);
  const strikes = world.stage.strikes();
  const strange = strangers(world);
  const ending = resultOf(first);
  const trace = String(ending?.trace ?? (await newest(world, bug)).trace);
  const isDone = ending?.outcome === 'proposed';
  const again = isDone ? first : await goOn(world, bug, row, trace, log);
  const problems = [
    ...(strikes === 0 ? ['the fault did not strike'] : []),
    ...[...strange, ...strangers(world)].map((name) => `a write without a row: ${name}`),
    ...firstProblems(row, first, ending),
    ...leaked(first),
    ...leaked(again),
    ...(await endProblems(world, bug, row, resultOf(again), again)),
  ];
  return { code: first.code, problems };
}

/** A killed one goes on by itself when the log is watched again, or when it is asked to. */
function goOn(world: FaultWorld, bug: number, { host, fault }: FaultRow, trace: string, log: string): Promise<Ran> {
  const isWatched = fault.startsWith('killed') && host === 'gitlab';
  return world.run(bug, isWatched ? ['watch', log, '--once', '--from', 'end', '--json'] : ['retry', trace, '--json'], null);
}

async function prepare(world: FaultWorld, bug: number, scene: Scene): Promise<{ argv: readonly string[]; log: string }> {
  const log = world.log(bug);
  const fix = ['fix', '--from-log', log, '--json'];
  if (scene.joins) {
    await world.run(bug, fix, null);
    const other = world.log(bug, true);
    return { argv: ['fix', '--from-log', other, '--json'], log: other };
  }
  if (scene.killedAfter === undefined) return { argv: fix, log };
  await world.run(bug, fix, { write: scene.killedAfter, kind: 'killed-after', lasts: 'on', after: 0 });
  if (scene.isRewritten) {
    const request = world.host.requests().at(-1);
    if (request) world.host.rewrite(request.number, `${request.body}\nand this is from me`);
  }
  return { argv: ['retry', String((await newest(world, bug)).trace), '--json'], log };
}

async function newest(world: FaultWorld, bug: number): Promise<Json> {
  return (await world.run(bug, ['status', '--json', '--limit', '1'], null)).json[0] ?? {};
}

function resultOf({ json }: Ran): Json | undefined {
  return json.find(({ kind }) => kind === 'result');
}

const KNOWN: ReadonlySet<string> = new Set(Object.values(SCENES).map(({ write }) => write));

function strangers({ stage }: FaultWorld): readonly string[] {
  return stage.traffic.filter((name) => !name.startsWith('read ') && !KNOWN.has(name));
}

/** A failed run says what it was, what to do, and ends as the catalogue says; a server that is not there is never blamed on us. */
function firstProblems({ scene, fault, lasts }: FaultRow, { code, stderr }: Ran, ending: Json | undefined): readonly string[] {
  if (fault.startsWith('killed')) return code === null ? [] : [`it was to be killed and ended with ${code}`];
  if (ending === undefined) return [`no result, exit code ${code}: ${stderr}`];
  if (ending.outcome === 'proposed') return code === 0 ? [] : [`proposed, and exit code ${code}`];
  // What is compared with the old value by the server may be sent again.
  if (lasts === 'once' && SAFE_TO_REPEAT.has(scene)) return [`one ${fault} was enough: ${ending.reason}`];
  const known = CATALOGUE[ending.code as keyof typeof CATALOGUE];
  return [
    ...(ending.outcome === 'failed' ? [] : [`outcome ${ending.outcome}: ${ending.reason}`]),
    ...(known?.exitCode === code ? [] : [`exit code ${code} for ${ending.code}`]),
    ...(code === 6 || code === 7 ? [] : [`exit code ${code} for a server in trouble: ${ending.reason}`]),
    ...(stderr.includes(`ai-ops retry ${ending.trace}`) ? [] : [`no hint that names retry: ${stderr}`]),
  ];
}

const SAFE_TO_REPEAT: ReadonlySet<SceneName> = new Set(['claim', 'claim again', 'push']);

function leaked({ stderr, json }: Ran): readonly string[] {
  const said = stderr + JSON.stringify(json);
  const forms = Object.values(SECRETS).flatMap((secret) => [secret, Buffer.from(`x-access-token:${secret}`).toString('base64')]);
  return forms.some((form) => said.includes(form)) ? ['a secret was printed'] : [];
}

async function endProblems(world: FaultWorld, bug: number, row: FaultRow, result: Json | undefined, ran: Ran): Promise<readonly string[]> {
  if (result === undefined || result.outcome !== 'proposed' || ran.code !== 0)
    return [`in the end: ${result?.outcome ?? 'no result'} with ${ran.code}: ${result?.reason ?? ran.stderr}`];
  const joins = row.scene === 'join';
  const branch = `ai-ops/fix-${String(result.fingerprint).replace(/^.*:/, '').slice(0, 12)}`;
  const problems: string[] = [];
  const check = (what: string, seen: unknown, wanted: unknown): void => {
    if (JSON.stringify(seen) !== JSON.stringify(wanted)) problems.push(`${what}: ${JSON.stringify(seen)}, not ${JSON.stringify(wanted)}`);
  };

  const files = await branchesWith(world.bare, bug);
  check('branches with this fix', files.length, 1);
  if (!joins) check('its branch', files, [`refs/heads/${branch}`]);
  if (!joins) check('its commit', await git(world.bare, 'rev-list', `main..${branch}`), result.commit);
  const requests = world.host.requests().filter(({ head }) => files.includes(`refs/heads/${head}`));
  check('its requests', requests.length, 1);
  check('it is the one that is told', (result.request as Json | null)?.number, requests[0]?.number);
  if (joins) check('marks in the request', requests[0]?.body.includes(String(result.fingerprint)), true);
  check('times Claude was asked', world.calls(bug), joins ? 2 : 1);
  check(
    'breaks of the description',
    world.host.violations().filter((one) => !one.startsWith(CUT_OFF)),
    [],
  );
  problems.push(
    ...(await mailProblems(world, bug, String(result.trace))),
    ...(await claimProblems(world, row, String(result.fingerprint))),
  );
  return problems;
}

/** What the stand-in says of a body that was cut. */
const CUT_OFF = 'the stand-in broke: Error: aborted';

/** Branches of fixes that change the file of this bug. */
async function branchesWith(bare: string, bug: number): Promise<readonly string[]> {
  const all = (await refs(bare, 'refs/heads/ai-ops')).filter((ref) => ref.includes('/fix-'));
  const changed = await Promise.all(all.map((ref) => git(bare, 'diff', '--name-only', 'main', ref)));
  return all.filter((_, at) => changed[at]?.split('\n').includes(`src/bug${bug}.js`));
}

/** What the trace says of its mails is what the server has: what was sent is there once, what may have been is there at most once. */
async function mailProblems(world: FaultWorld, bug: number, trace: string): Promise<readonly string[]> {
  const mails = await mailsOf(world, bug, trace);
  if (!mails.some(({ kind }) => kind === 'proposed')) return ['no mail of the request'];
  return mails.flatMap(({ messageId, kind, state }) => {
    const got = world.mailbox.mails.filter(({ mail }) => mail.messageId === messageId).length;
    const wanted = DELIVERED[String(state)];
    return wanted?.includes(got) ? [] : [`the mail ${kind} is ${state}, and was delivered ${got} times`];
  });
}

const DELIVERED: Readonly<Record<string, readonly number[]>> = { sent: [1], uncertain: [0, 1], refused: [0] };

/** What waits for its next try is given one: a watcher would be there when it is due. */
async function mailsOf(world: FaultWorld, bug: number, trace: string): Promise<readonly Json[]> {
  const look = async (): Promise<readonly Json[]> => {
    const { json } = await world.run(bug, ['status', trace, '--json'], null);
    return (json[0]?.mails ?? []) as readonly Json[];
  };
  const mails = await look();
  if (!mails.some(({ state }) => state === 'queued')) return mails;
  await world.letMailsBeDue(bug);
  await world.run(bug, ['watch', world.log(bug), '--once', '--from', 'end'], null);
  return look();
}

/** None is left, but where nobody could take it away: then it ends by itself. */
async function claimProblems(world: FaultWorld, { scene, fault, lasts }: FaultRow, fingerprint: string): Promise<readonly string[]> {
  const name = fingerprint.replace(':', '-');
  const left = (await claimsOn(world.bare)).filter((ref) => ref.endsWith(name));
  const [ref] = left;
  if (ref === undefined) return [];
  if (!(scene === 'release' || scene === 'claim again') || lasts === 'once' || fault.startsWith('killed'))
    return [`a claim is left: ${ref}`];
  const claim = JSON.parse(await git(world.bare, 'log', '-1', '--format=%B', ref)) as { readonly until: string };
  return Date.parse(claim.until) <= Date.now() + CLAIM_SECONDS * 1000 ? [] : [`a claim is left until ${claim.until}`];
}
