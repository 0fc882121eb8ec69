// The JSON objects of the contract: their keys, in order, and the values that are always there.
import { eventJson, incidentJson, knownIncidentJson, readyJson, resultJson, traceJson } from '../../src/cli/output/json.ts';
import { EVENT, INCIDENT } from '../support/incidents.ts';
import { FAILED, OUTCOME, TRACE } from '../support/state.ts';

const RESULT_KEYS =
  'trace fingerprint outcome reason code branch commit request issue proof files guard costUsd turns durationMs modelMs'.split(' ');
const TIMES = ['startedAt', 'endedAt', 'state'];
const INCIDENT_KEYS = 'kind fingerprint title level type message language count frames first last sample class evidence'.split(' ');
const TRIAGE = { version: 't1', class: 'unknown', evidence: [], place: undefined, hasFrame: true } as const;
const EVENT_KEYS = 'kind id fingerprint level type message language format frames source line endLine offset endOffset time text'.split(
  ' ',
);

describe('keys', () => {
  test.each<[string, object, string[]]>([
    ['event', eventJson(EVENT, INCIDENT.fingerprint), EVENT_KEYS],
    ['ready', readyJson([{ source: 'a.log', offset: 3 }]), ['kind', 'sources']],
    ['incident', incidentJson(INCIDENT, TRIAGE), INCIDENT_KEYS],
    ['known incident', knownIncidentJson(INCIDENT, TRIAGE), [...INCIDENT_KEYS, 'state', 'reason', 'attempts', 'lastAttemptAt']],
    ['result', resultJson(OUTCOME), ['kind', ...RESULT_KEYS]],
    ['trace of a listing', traceJson(TRACE, false), ['kind', ...RESULT_KEYS, ...TIMES, 'title', 'mode']],
    ['one trace', traceJson(TRACE, true), ['kind', ...RESULT_KEYS, ...TIMES, 'title', 'mode', 'steps', 'diff', 'summary']],
  ])('%s', (_name, object, keys) => expect(Object.keys(object)).toEqual(keys));
});

test('an event: no time where the log gives none, null where there is no type', () => {
  const { time: _, ...timeless } = EVENT;
  const json = eventJson({ ...timeless, type: null, message: null }, INCIDENT.fingerprint);
  expect(json).not.toHaveProperty('time');
  expect(json).toMatchObject({ kind: 'event', id: 'g1:120', type: null, message: null, text: EVENT.text });
  expect(json.frames[2]).toEqual({ file: 'node:internal/process/task_queues', line: 95, inApp: false });
});

test("an incident's sample is the text of its event", () => {
  expect(incidentJson(INCIDENT, TRIAGE)).toMatchObject({ sample: EVENT.text, first: INCIDENT.first, last: INCIDENT.last, count: 3 });
});

test('a source says where it begins, and nothing more of itself', () => {
  const source = { source: 'a.log', offset: 3, generation: 'g1' };
  expect(readyJson([source])).toEqual({ kind: 'ready', sources: [{ source: 'a.log', offset: 3 }] });
});

test('a result as it is in the contract', () => {
  const { proof, ...rest } = OUTCOME;
  expect(resultJson(OUTCOME)).toEqual({
    kind: 'result',
    ...rest,
    issue: null,
    proof: { ...proof, reproduced: 'unknown', introduced: null, isolation: null },
  });
});

test('a run that stands in for the base commit is named, and so is a flaky one', () => {
  const run = { exitCode: 0, durationMs: 1 };
  const commands = [
    { command: 'a', before: run, after: run, variant: 'tests-only' as const },
    { command: 'b', before: null, after: run, flaky: true as const },
  ];
  expect(resultJson({ ...OUTCOME, proof: { level: 'L2', detail: 'd', commands } }).proof.commands).toEqual(commands);
});

test('a failure: proof stays an object, the request is null, the hint is kept for the trace', () => {
  expect(resultJson(FAILED)).toMatchObject({
    outcome: 'failed',
    code: 'claude-timeout',
    request: null,
    proof: { level: null, reproduced: 'unknown', introduced: null, isolation: null, commands: [] },
  });
  expect(traceJson({ ...TRACE, ...FAILED }, false)).toMatchObject({ hint: FAILED.hint });
});

test('a step: an error only where there was one', () => {
  const { steps } = traceJson(TRACE, true) as { steps?: readonly object[] };
  expect(Object.keys(steps?.[0] ?? {})).toEqual(['name', 'startedAt', 'endedAt', 'durationMs', 'outcome', 'summary']);
  expect(steps?.[2]).toMatchObject({ name: 'notify', error: { code: 'mail-auth' } });
});
