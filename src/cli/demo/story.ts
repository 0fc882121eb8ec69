// What the demo tells at its end: the error, the fix, the proof, the request, the mail, and how to go on. Makes lines,
// prints nothing.
import { ALL_HOSTS } from '../../adapters/hosts/about.ts';
import type { Incident, Proof, Trace } from '../../core/model.ts';
import type { SayHere } from '../../core/texts/chinese/say.ts';
import type { Paint } from '../output/colors.ts';
import { diffLines } from '../output/diff.ts';
import { countWords } from '../output/explain.ts';
import type { Output } from '../output/output.ts';
import { harmless } from '../output/tables/table.ts';
import { commandWords, ending, joined, shownNotes } from '../output/trace.ts';

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

/** In whose colours and language it is told. */
type Voice = Pick<Output, 'paint' | 'say'>;

/** The first scene in full, the others in short. */
export function storyLines(scenes: readonly Scene[], places: Places, voice: Voice): readonly string[] {
  const [first, ...others] = scenes;
  return [
    ...(first === undefined ? [] : scene(first, places, voice)),
    ...(others.length === 0 ? [] : heading(voice.say('The other errors of the same log'), voice)),
    ...others.flatMap((other) => shortly(other, voice)),
    ...(first === undefined ? [] : takingOver(first, others, places, voice)),
    ...lookingOn(places, voice),
  ];
}

function scene({ incident, trace, requestText, mail }: Scene, { service }: Places, voice: Voice): readonly string[] {
  const { paint, say } = voice;
  const { proof, request } = trace;
  const hosts = ALL_HOSTS.map(({ label }) => label);
  const place = `${incident.last.source}:${incident.first.line}`;
  return [
    ...heading(say('The error in the log'), voice),
    `  ${paint.bad(harmless(incident.title))}`,
    ...incident.frames.filter((frame) => frame.inApp).map((frame) => `    at ${frameOf(frame, service)}`),
    `  ${say('{one}, {other}', { one: place, other: say('seen {count}', { count: countWords(incident.count, say) }) })}`,
    ...heading(say('The fix, a recorded answer: no model was called'), voice),
    ...diffLines(trace.diff, paint).map((line) => `  ${line}`),
    ...(proof === null
      ? []
      : heading(say('The proof: {words}', { words: joined([proof.level ?? say('none'), ...shownNotes(proof, say)], say) }), voice)),
    ...(proof === null ? [] : [`  ${harmless(say.told(proof.detail))}`]),
    ...(proof?.commands ?? []).map((run) => `  ${provenBy(run, say)}`),
    ...(trace.outcome === 'proposed' ? [] : [`  ${paint.bad(ended(trace, say))}`]),
    ...(request === null
      ? []
      : heading(
          say('The request, as it would be opened on {hosts}', { hosts: hosts.join(say.language() === 'en' ? ' or ' : '、') }),
          voice,
        )),
    ...(request === null ? [] : [`  ${request.url}`, ...quoted(asShown(requestText), REQUEST_LINES, paint)]),
    ...(mail === null ? [] : heading(say('The mail it would have sent'), voice)),
    ...(mail === null ? [] : [`  ${mail.file}`, ...quoted(mail.text, MAIL_LINES, paint)]),
  ];
}

const provenBy = (run: Proof['commands'][number], say: SayHere): string =>
  say('{command}: {before} before the fix, {after} with it', {
    ...{ command: commandWords(run, say), before: ending(run.before, say), after: ending(run.after, say) },
  });

const ended = ({ outcome, reason }: Trace, say: SayHere): string =>
  say('{outcome}: {reason}', { outcome: say(outcome), reason: harmless(say.told(reason)) });

function shortly({ incident, trace }: Scene, { paint, say }: Voice): readonly string[] {
  const { outcome, reason, files, request } = trace;
  const sign = outcome === 'proposed' ? paint.good('✓') : paint.bad('✗');
  const changes = files.map(({ path, added, removed }) => `${path} +${added} −${removed}`);
  return [
    `  ${sign} ${harmless(incident.title)}`,
    `    ${joined([harmless(say.told(reason)), ...changes], say)}`,
    ...(request === null ? [] : [`    ${request.url}`]),
  ];
}

function takingOver(first: Scene, others: readonly Scene[], { service }: Places, voice: Voice): readonly string[] {
  if (first.takeOver === null) return [];
  const { paint, say } = voice;
  const { fetch, apply } = first.takeOver;
  const more = others.flatMap(({ takeOver }) => (takeOver === null ? [] : [takeOver.apply]));
  return [
    ...heading(say('Take the fix over'), voice),
    `  cd ${service}`,
    `  ${fetch} && git switch -c ${first.trace.branch} FETCH_HEAD`,
    `  ${paint.faint(`# ${say('or on the branch you are on:')}`)}`,
    ...[apply, ...more].map((line) => `  ${line}`),
  ];
}

function lookingOn({ dir, stateDir, called }: Places, voice: Voice): readonly string[] {
  const { paint, say } = voice;
  return [
    ...heading(say('Where to look next'), voice),
    `  ${called} status --all-repositories --state-dir ${stateDir}`,
    `  ${called} incidents --all-repositories --state-dir ${stateDir}`,
    `  ${dir} ${paint.faint(say('stays until you delete it'))}`,
    `  ${called} init ${paint.faint(say('in your own repository; README.md, "Quick start", tells the rest'))}`,
  ];
}

function heading(text: string, { paint }: Pick<Voice, 'paint'>): readonly string[] {
  return ['', paint.strong(text)];
}

/** As a host shows it: our own marks in it are comments. */
const asShown = (text: string): string => text.replace(/<!--[\s\S]*?-->\n*/g, '');

/** The first lines of a longer text; no heading whose text is left out stands last. */
function quoted(text: string, count: number, paint: Paint): readonly string[] {
  const lines = text.split('\n').map((line) => harmless(line));
  const first = lines.slice(0, count);
  while (first.length < lines.length && /^(?:#.*|\s*)$/.test(first.at(-1) ?? 'x')) first.pop();
  const shown = first.map((line) => `  ${paint.faint('│')} ${line}`.trimEnd());
  return lines.length > count ? [...shown, `  ${paint.faint('│ …')}`] : shown;
}

function frameOf({ file, line, function: name }: Incident['frames'][number], service: string): string {
  const place = [file.replace('file://', '').replace(`${service}/`, ''), line].filter((part) => part !== null).join(':');
  return harmless(name === undefined ? place : `${name} (${place})`);
}
