// doc/cli.md names every field of the JSON objects, at whatever depth, every value of the closed lists, and every kind.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventJson, explanationJson, knownIncidentJson, readyJson, resultJson, traceJson } from '../../src/cli/output/json.ts';
import type { DeliveryRecord, Outcome, Trace } from '../../src/core/model.ts';
import { LANGUAGES, OUTCOMES, STEPS, TRACE_STATES, TRIAGE_CLASSES } from '../../src/core/tables.ts';
import { EVENT, INCIDENT } from '../support/incidents.ts';
import { OUTCOME, TRACE } from '../support/state.ts';

const SECTION = /^## JSON shapes\n([\s\S]*?)^## /m.exec(readFileSync('doc/cli.md', 'utf8'))?.[1] ?? '';

/** What is said of a kind: from its name in bold to the next one. */
const said = (kind: string): string => new RegExp(`^\\*\\*${kind}\\*\\*[\\s\\S]*?(?=^\\*\\*|$(?![\\s\\S]))`, 'm').exec(SECTION)?.[0] ?? '';
const saysField = (text: string, name: string): boolean => new RegExp(`"${name}\\??"`).test(text);
const saysWord = (text: string, word: string): boolean => new RegExp(`["|\`]${word}["|\`]`).test(text);

/** Names of fields, those of inner objects too. */
function fieldsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...fieldsOf(inner)]);
}

const PLACE = { path: 'src/price.js', line: 13, function: 'discount' };
const TRIAGE = {
  version: 't1',
  class: 'unknown',
  evidence: [{ kind: 'status', value: '500', contributes: true }],
  place: PLACE,
  hasFrame: true,
} as const;
const FULL_INCIDENT = {
  ...INCIDENT,
  formerly: ['v1:0'],
  repository: 'github.com/acme/shop',
  ignored: { at: '', reason: 'r' },
  boxes: [{ box: 'b', count: 1, first: '', last: '', state: 'new', reason: null }],
} as const;
const run = { exitCode: 0, durationMs: 1 };
const FULL_OUTCOME: Outcome = {
  ...OUTCOME,
  ...{
    withheld: 1,
    until: EVENT.time!,
    repository: 'github.com/acme/shop',
    issue: { url: 'https://git.example.org/1', number: 1, state: 'open' },
  },
  proof: {
    level: 'L3',
    detail: 'd',
    output: 'o',
    commands: [{ command: 'a', before: run, after: run, variant: 'tests-only', flaky: true }],
  },
};
const MESSAGE: DeliveryRecord = {
  ...{ id: 'm', notifier: 'mail', kind: 'proposed', trace: 't', fingerprint: 'v2:0', deliveryId: '<m@example.org>', recipients: [] },
  ...{ subject: 's', line: 'l', createdAt: '', dueAt: '', state: 'queued', tries: 1, changedAt: '', detail: '' },
};
const FULL_TRACE: Trace = {
  ...TRACE,
  ...FULL_OUTCOME,
  hint: 'h',
  sequel: { since: '', mergedAt: '', counted: 1, quietMs: 1, again: { count: 1, first: '', last: '' } },
  deliveries: [MESSAGE],
  box: 'b',
};
const EXPLANATION = {
  ...{ incident: FULL_INCIDENT, known: FULL_INCIDENT, triage: TRIAGE, decision: { kind: 'wait', reason: 'too-few', until: EVENT.time! } },
  parts: [{ kind: 'type', value: 'x', contributes: true, hint: 'h' }],
  examples: [EVENT],
} as unknown as Parameters<typeof explanationJson>[0];

test.each<[string, object, string]>([
  ['event', eventJson(EVENT, INCIDENT.fingerprint), said('event')],
  ['ready', readyJson([{ source: 'a.log', offset: 3 }]), said('ready')],
  [
    'incident',
    knownIncidentJson(FULL_INCIDENT, TRIAGE, [{ how: 'frames', incident: FULL_INCIDENT, trace: FULL_TRACE }]),
    said('event') + said('incident'),
  ],
  ['explanation', explanationJson(EXPLANATION), said('incident') + said('explanation')],
  ['result', resultJson(FULL_OUTCOME), said('result')],
  ['trace', traceJson(FULL_TRACE, true), said('result') + said('trace')],
])('every field of %s is named', (_kind, object, text) => {
  expect([...new Set(fieldsOf(object))].filter((name) => name !== 'kind' && !saysField(text, name))).toEqual([]);
});

test.each<[string, readonly string[], string]>([
  ['languages of an event', LANGUAGES, said('event')],
  ['classes of an incident', TRIAGE_CLASSES, said('incident')],
  ['outcomes of a result', OUTCOMES, said('result')],
  ['states of a trace', TRACE_STATES, said('trace')],
  ['steps of a trace', STEPS.map(({ name }) => name), said('trace')],
])('all %s', (_name, members, text) => {
  expect(members.filter((member) => !saysWord(text, member))).toEqual([]);
});

test('every kind that a command prints has its shape', () => {
  const files = readdirSync('src/cli', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const printed = files.flatMap((name) =>
    [...readFileSync(join('src/cli', name), 'utf8').matchAll(/(?:json\(\{|return \{|ndjson\(\{)\s*kind: '(\w+)'/g)].map(
      ([, kind = '']) => kind,
    ),
  );
  const kinds = [...new Set(printed)].filter((kind) => !['run', 'text'].includes(kind));
  expect(kinds.length).toBeGreaterThan(8);
  expect(kinds.filter((kind) => said(kind) === '')).toEqual([]);
});
