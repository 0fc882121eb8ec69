// Is it a fault of the code at all? Pure, by rule, with the evidence named: a class for one event, and, where the source
// of its nearest frame is at hand, what that line does. Says no more than that: what happens to a class is policy.
//
// Principle, in this order, for the error that was raised last and then for its cause:
// 1. what the runtime raised because a line asked for the impossible is a fault of the code, whatever its words say;
// 2. what the system, a driver or a peer said no to is the environment;
// 3. what the application refuses on purpose is a denial or bad input;
// 4. what a programmer raised as impossible is a fault of the code;
// 5. everything else is unknown, and treated as a fault of the code: a bug that is skipped is the worse mistake.
import type { ErrorEvent, Frame } from '../model.ts';
import type { TriageClass } from '../tables.ts';
import { fromOutside } from './environment.ts';
import { type Evidence, type Finding, ownName, type Raised } from './evidence.ts';
import { missingFile } from './missing-file.ts';
import { isInvariant, type RaiseSite, raisesOnPurpose } from './raise-site.ts';
import { fieldsOfError, fieldsOfRecord } from './record-fields.ts';
import { refusal, unreadableInput } from './refusal.ts';
import { runtimeFault } from './runtime-fault.ts';

const TRIAGE_VERSION = 't1';

export interface Triage {
  readonly version: typeof TRIAGE_VERSION;
  readonly class: TriageClass;
  /** What decided first; then what would have decided otherwise. */
  readonly evidence: readonly Evidence[];
}

/** What triage reads of an event. */
export type Triaged = Pick<ErrorEvent, 'type' | 'message' | 'frames' | 'text' | 'language' | 'rootCause'>;

/**
 * @param site the source around the line of the nearest frame of the application, where it could be read
 * @example triage(event).class // 'environment'
 */
export function triage(event: Triaged, site?: RaiseSite): Triage {
  const chain = chainOf(event);
  const found = chain.flatMap((raised, depth) => findings(raised, event, depth === 0 ? site : undefined, depth));
  const deciding = found.find((finding) => finding.class !== 'unknown') ?? found[0];
  const agrees = (finding: Finding): boolean => finding.class === deciding?.class;
  const inOrder = [
    ...found.filter((each) => each === deciding),
    ...found.filter((each) => each !== deciding && agrees(each)),
    ...found.filter((each) => !agrees(each)),
  ];
  return {
    version: TRIAGE_VERSION,
    class: deciding?.class ?? 'unknown',
    evidence: inOrder.map((finding) => ({ kind: finding.kind, value: finding.value, contributes: agrees(finding) })),
  };
}

/** Characters of a message that are read: what decides stands at its beginning. */
const READ = 4000;

/** The error that was raised last, what its record says of it beside the message, the errors its message names, and its innermost cause. */
function chainOf({ type, message, rootCause, text }: Triaged): readonly Raised[] {
  const said = `${message ?? firstSaid(text)}${unmatched(type, text)}`;
  const last = { type: withoutGenerics(type ?? ''), message: said.slice(0, READ) };
  const cause =
    rootCause === undefined ? [] : [{ type: withoutGenerics(rootCause.type), message: (rootCause.message ?? '').slice(0, READ) }];
  const beside = fieldsOfError(text, last.message).map((words) => ({ type: '', message: words }));
  return [last, ...[last, ...beside].flatMap(({ message: words }) => errorsIn(words)), ...beside, ...cause];
}

/** Erlang prints the value that did not match below the words of who died. */
const unmatched = (type: string | null, text: string): string =>
  type === 'badmatch' || type === 'case_clause'
    ? ` ${/\{(?:badmatch|case_clause),\s*\{error,[^\n]{1,80}/.exec(text.slice(0, READ))?.[0] ?? ''}`
    : '';

/**
 * A message that hands on another error says its name with what it said: `Stream lost: ConnectionResetError(104, 'reset')`. A name
 * with its package needs no sign behind it, one without has to be called an error.
 */
const NAMED_ERROR =
  /(?<![\w"'`./\\])(?:((?:[A-Za-z_]\w*(?:\.|::|\\{1,2}|\$))+[A-Z]\w*)(?:: ?| ?\(|\) |(?<=Error|Exception) )|([A-Z]\w*(?:Error|Exception|Fault|Failure))(?:: ?| ?\(|\) )|((?:[a-z]+_)+(?:error|exception)): )(?=\S)/g;

function errorsIn(message: string): readonly Raised[] {
  return [...message.slice(0, 1000).matchAll(NAMED_ERROR)].slice(0, 3).map((match) => ({
    type: (match[1] ?? match[2] ?? match[3]!).slice(0, 300),
    message: message.slice(match.index + match[0].length).replace(/^["']/, ''),
  }));
}

/** In the order of their strength: the first one that names a class decides. */
function findings(raised: Raised, event: Triaged, site: RaiseSite | undefined, depth: number): readonly Finding[] {
  const rest = depth === 0 ? fieldsBehind(event) : '';
  const isMeant = site !== undefined && raisesOnPurpose(site, raised.type);
  const fault = runtimeFault(raised, event.language);
  const outside = fromOutside(raised, rest);
  // A result that was taken for granted, and was an error of the system: that one decides.
  const isWrapped = fault !== undefined && outside !== undefined && WRAPS.test(`${raised.type}: ${raised.message}`);
  const all: (Finding | undefined)[] = [
    unreadableInput(raised, event.frames),
    isWrapped || isMeant ? undefined : fault,
    outside,
    missingFile(raised, event.frames, site),
    // The line that refuses may say by which code.
    refusal(raised, isMeant ? `${rest}\n${site.text}` : rest, event.frames, isMeant),
    isInvariant(raised.type, raised.message, site)
      ? { class: 'code-fault', kind: 'raise-site', value: raised.type || 'an invariant' }
      : undefined,
    depth === 0 && !isMeant ? misuse(raised, event.frames, site) : undefined,
  ];
  const meant: readonly Finding[] =
    isMeant && depth === 0 ? [{ class: 'unknown', kind: 'raise-site', value: site.text.trim().slice(0, 160) }] : [];
  return [...all.filter((finding) => finding !== undefined), ...meant];
}

const WRAPS =
  /^(?:MatchError|badmatch|CaseClauseError|case_clause|WithClauseError|UndefinedFunctionError)\b.*\{:?error,|no (?:match of right hand side|case clause matching|with clause matching).*\{:error,|on an `Err` value/;

/** A library's own complaint about how our line calls it: nothing else has claimed it by now. */
const USE =
  /^(?:IllegalArgumentException|IllegalStateException|ArgumentError|ArgumentException|ArgumentNullException|ArgumentOutOfRangeException|InvalidArgumentException|ValueError|InvalidOperationException|DateTimeException|InterfaceError)$/;
/** A statement that the database cannot read: it is written in the code. */
const STATEMENT =
  /\b(?:no such (?:table|column|function)|unknown column|unknown table|syntax error at or near|near ["'].*["']: syntax error|you have an error in your sql syntax|(?:relation|column|function|table) .{1,120} does(?:n't| not) exist|invalid (?:column|object) name)\b|\bORA-009\d\d\b/i;

function misuse({ type, message }: Raised, frames: readonly Frame[], site: RaiseSite | undefined): Finding | undefined {
  const name = ownName(type);
  const statement = STATEMENT.exec(message.slice(0, 1000))?.[0];
  if (statement !== undefined || /^(?:Undefined(?:Column|Table|Function)|BadSqlGrammarException|SQLGrammarException)$/.test(name))
    return { class: 'code-fault', kind: 'use', value: statement ?? name };
  if (!USE.test(name) || frames[0] === undefined || frames[0].inApp || !frames.some(({ inApp }) => inApp)) return undefined;
  const literal = site === undefined ? undefined : /["'`][^"'`]+["'`]/.exec(site.text)?.[0];
  return literal === undefined
    ? undefined
    : { class: 'code-fault', kind: 'use', value: `${name} at our call with ${literal.slice(0, 80)}` };
}

/** Fields that runtimes print behind the stack: `code: 'ECONNREFUSED'`, `errno: -111`, `status: 401`. Not frames, not other records. */
function fieldsBehind({ text, message }: Triaged): string {
  const said = (message ?? '').slice(0, READ);
  const lines = text
    .slice(0, 16 * READ)
    .split('\n')
    .slice(1, 400);
  const fields = lines.filter((line) => FIELD.test(line) && !said.includes(line.trim()));
  fields.push(...fieldsOfRecord(text.slice(0, 2 * READ)));
  // Services log what a peer answered beside their own message.
  const rpc = /\brpc error: code = \w+(?: desc = [^"\n]{0,200})?|\bgrpc\.code["']?\s?[=:]\s?["']?\w+/.exec(text.slice(0, READ))?.[0];
  const answered = rpc === undefined || said.includes(rpc) ? [] : [rpc.replace(/^grpc\.code["']?\s?[=:]\s?["']?/, 'code = ')];
  return [...fields, ...answered].join('\n').slice(0, READ);
}

const FIELD =
  /^\s*(?:["']?\$?\w{1,40}["']?: \{.{0,200}\b(?:\w*[Ss]tatusC|c)ode: |["']?(?:code|errno|syscall|status|statusCode|status_code|http_status|sqlState|sqlstate|sqlMessage|type|cause|reason|kind|path|address|port)["']?\s*[:=]|\[?(?:cause|errors?)\]?:|what\(\):)/;

/** The first line that says more than when, where and how bad: a head may have nothing behind it. */
const firstSaid = (text: string): string =>
  text.split('\n', 8).find((line) => !/(?:--\s*:|[-|\]>])\s*$/.test(line)) ?? text.split('\n', 1)[0] ?? '';
const withoutGenerics = (type: string): string =>
  type
    .slice(0, 300)
    .replace(/<.*>$|`\d+.*$/, '')
    .trim();
