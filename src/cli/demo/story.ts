// What the demo tells at its end: the error, the fix, the proof, the request, the mail, and how to go on. Makes lines,
// prints nothing.
import { ALL_HOSTS } from '../../adapters/hosts/about.ts';
import type { Incident, Trace } from '../../core/model.ts';
import type { Paint } from '../output/colors.ts';
import { diffLines } from '../output/diff.ts';
import { harmless } from '../output/tables/table.ts';
import { commandWords, shownNotes } from '../output/trace.ts';

/** One repaired incident and everything that was made for it. */
export interface Scene {
  readonly incident: Incident;
  readonly trace: Trace;
  readonly takeOver: { readonly fetch: string; readonly apply: string } | null;
  /** The request as it was written; empty when there is none. */
  readonly requestText: string;
  /** Path of the mail that would have been sent and its text; `null` when there is none. */
  readonly mail: { readonly file: string; readonly text: string } | null;
}

export interface Places {
  readonly dir: string;
  readonly service: string;
  readonly stateDir: string;
  /** How ai-ops is called here. */
  readonly called: string;
}

const MAIL_LINES = 9;
const REQUEST_LINES = 12;

/** The first scene in full, the others in short. */
export function storyLines(scenes: readonly Scene[], places: Places, paint: Paint): readonly string[] {
  const [first, ...others] = scenes;
  return [
    ...(first === undefined ? [] : scene(first, places, paint)),
    ...(others.length === 0 ? [] : heading('The other errors of the same log', paint)),
    ...others.flatMap((other) => shortly(other, paint)),
    ...(first === undefined ? [] : takingOver(first, others, places, paint)),
    ...lookingOn(places, paint),
  ];
}

function scene({ incident, trace, requestText, mail }: Scene, { service }: Places, paint: Paint): readonly string[] {
  const { proof, request } = trace;
  return [
    ...heading('The error in the log', paint),
    `  ${paint.bad(harmless(incident.title))}`,
    ...incident.frames.filter((frame) => frame.inApp).map((frame) => `    at ${frameOf(frame, service)}`),
    `  ${incident.last.source}:${incident.first.line}, seen ${incident.count === 1 ? 'once' : `${incident.count} times`}`,
    ...heading('The fix, a recorded answer: no model was called', paint),
    ...diffLines(trace.diff, paint).map((line) => `  ${line}`),
    ...(proof === null ? [] : heading(`The proof: ${[proof.level ?? 'none', ...shownNotes(proof)].join(', ')}`, paint)),
    ...(proof === null ? [] : [`  ${harmless(proof.detail)}`]),
    ...(proof?.commands ?? []).map((run) => `  ${commandWords(run)}: ${ending(run.before)} before the fix, ${ending(run.after)} with it`),
    ...(trace.outcome === 'proposed' ? [] : [`  ${paint.bad(`${trace.outcome}: ${harmless(trace.reason)}`)}`]),
    ...(request === null
      ? []
      : heading(`The request, as it would be opened on ${ALL_HOSTS.map(({ label }) => label).join(' or ')}`, paint)),
    ...(request === null ? [] : [`  ${request.url}`, ...quoted(asShown(requestText), REQUEST_LINES, paint)]),
    ...(mail === null ? [] : heading('The mail it would have sent', paint)),
    ...(mail === null ? [] : [`  ${mail.file}`, ...quoted(mail.text, MAIL_LINES, paint)]),
  ];
}

function shortly({ incident, trace }: Scene, paint: Paint): readonly string[] {
  const { outcome, reason, files, request } = trace;
  const sign = outcome === 'proposed' ? paint.good('✓') : paint.bad('✗');
  const changes = files.map(({ path, added, removed }) => `${path} +${added} −${removed}`);
  return [
    `  ${sign} ${harmless(incident.title)}`,
    `    ${[harmless(reason), ...changes].join(', ')}`,
    ...(request === null ? [] : [`    ${request.url}`]),
  ];
}

function takingOver(first: Scene, others: readonly Scene[], { service }: Places, paint: Paint): readonly string[] {
  if (first.takeOver === null) return [];
  const { fetch, apply } = first.takeOver;
  const more = others.flatMap(({ takeOver }) => (takeOver === null ? [] : [takeOver.apply]));
  return [
    ...heading('Take the fix over', paint),
    `  cd ${service}`,
    `  ${fetch} && git switch -c ${first.trace.branch} FETCH_HEAD`,
    `  ${paint.faint('# or on the branch you are on:')}`,
    ...[apply, ...more].map((line) => `  ${line}`),
  ];
}

function lookingOn({ dir, stateDir, called }: Places, paint: Paint): readonly string[] {
  return [
    ...heading('Where to look next', paint),
    `  ${called} status --all-repositories --state-dir ${stateDir}`,
    `  ${called} incidents --all-repositories --state-dir ${stateDir}`,
    `  ${dir} ${paint.faint('stays until you delete it')}`,
    `  ${called} init ${paint.faint('in your own repository; README.md, "Quick start", tells the rest')}`,
  ];
}

function heading(text: string, paint: Paint): readonly string[] {
  return ['', paint.strong(text)];
}

/** As a host shows it: our own marks in it are comments. */
const asShown = (text: string): string => text.replace(/<!--[\s\S]*?-->\n*/g, '');

/** The first lines of a longer text. */
function quoted(text: string, count: number, paint: Paint): readonly string[] {
  const lines = text.split('\n').map((line) => harmless(line));
  const shown = lines.slice(0, count).map((line) => `  ${paint.faint('│')} ${line}`.trimEnd());
  return lines.length > count ? [...shown, `  ${paint.faint('│ …')}`] : shown;
}

function frameOf({ file, line, function: name }: Incident['frames'][number], service: string): string {
  const place = [file.replace('file://', '').replace(`${service}/`, ''), line].filter((part) => part !== null).join(':');
  return harmless(name === undefined ? place : `${name} (${place})`);
}

function ending(run: { readonly exitCode: number | null } | null): string {
  return run === null ? 'not run' : `exit ${run.exitCode ?? 'by a signal'}`;
}
