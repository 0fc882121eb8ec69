// Anybody can make errors up; what they make cannot take the day's budget from real bugs. Ten thousand fingerprints that are
// seen once, beside three bugs that are seen again.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { slowTest } from '../support/lane.ts';
import { startWorld, type World } from '../support/world.ts';
import { answerFromTheBook, say } from './conversations.ts';
import { branches } from './observe.ts';

const MADE_UP = 'MadeUpByAStranger';
/** Repairs of a day: the smallest budget of which half is enough for three bugs. */
const BUDGET = '6';

/** What the service writes of its three bugs, as if it were written at that time. */
async function realBugs(world: World): Promise<(at: number) => string> {
  await world.startService('--log', 'app.log.all', '--requests', 'demo').exit;
  const text = readFileSync(join(world.checkout, 'app.log.all'), 'utf8');
  return (at) => {
    const stamp = new Date(at).toISOString().replace('T', ' ').replace('.', ',').slice(0, 23);
    return text.replace(/"time":\d+/g, `"time":${at}`).replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}/gm, stamp);
  };
}

/** In letters only, for numbers of a name are no part of a fingerprint. */
const lettersOf = (n: number): string => n.toString().replace(/\d/g, (digit) => 'qwrtpsdfgh'.charAt(Number(digit)));

function madeUp(n: number, at: number): string {
  const type = `${lettersOf(n)}${MADE_UP}Error`;
  const stack = `${type}: no\\n    at ${lettersOf(n)} (file:///srv/orders-service/src/cart.js:${(n % 9) + 1}:5)`;
  return `{"level":50,"time":${at},"pid":1,"hostname":"vm","err":{"type":"${type}","message":"no","stack":"${stack}"},"msg":"request failed"}\n`;
}

let world: World;
afterEach(() => world.close());

slowTest.each([300, 10_000])(
  '%i made-up fingerprints and three real bugs: the three are repaired within the budget',
  async (count) => {
    world = await startWorld({
      host: 'github',
      isNotOfClaude: true,
      script: (request) => (request.raw.includes(MADE_UP) ? say('Nothing in this code raises that.') : answerFromTheBook(request)),
      env: { MAX_REPAIRS_PER_HOUR: BUDGET, MAX_REPAIRS_PER_DAY: BUDGET, OPEN_ISSUES: 'false', TZ: 'UTC' },
    });
    const real = await realBugs(world);
    const began = Date.now() - 3_600_000;
    const noise = Array.from({ length: count }, (_, n) => madeUp(n, began + Math.floor((n / count) * 1_800_000)));
    const third = Math.ceil(count / 3);
    // Half of the strangers are first, and the last word is theirs too.
    writeFileSync(
      world.log,
      [0, 1, 2].map((part) => noise.slice(part * third, (part + 1) * third).join('') + real(began + part * 600_000)).join('') +
        madeUp(count, began),
    );
    const ran = await world.run(['watch', 'app.log', '--once', '--from', 'start', '--json']);
    const results = ran.json.filter(({ kind }) => kind === 'result');
    expect(ran.code).toBe(0);
    expect(results.filter(({ outcome }) => outcome === 'proposed')).toHaveLength(3);
    expect(results.length).toBeLessThanOrEqual(Number(BUDGET));
    expect(await branches(world.bare ?? '')).toHaveLength(4);
    const { json } = await world.run(['incidents', '--json', '--limit', '100000']);
    expect(json.filter(({ type }) => String(type).endsWith(`${MADE_UP}Error`))).toHaveLength(count + 1);
    expect(world.host.violations()).toEqual([]);
  },
  600_000,
);
