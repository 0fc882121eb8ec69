// What Sentry and GlitchTip answer, as far as it is read: unknown in, values or nothing out.
// Formats: the pages "List an Organization's Issues" and "Retrieve an Issue Event" of Sentry's API; GlitchTip answers alike.
import { isObject } from '../../../core/plain-json.ts';

export interface SentryIssue {
  readonly id: string;
  /** How often it was seen, so far. */
  readonly count: number;
  readonly lastSeen: string;
  readonly title: string;
  readonly level: string;
  readonly project: string;
  readonly url: string | null;
}

export interface SentryFrame {
  readonly file: string;
  readonly module?: string;
  readonly function?: string;
  readonly line?: number;
  readonly column?: number;
  /** The line of code. */
  readonly code?: string;
}

export interface SentryException {
  readonly type: string;
  readonly value: string;
  readonly module?: string;
  /** The outermost call first, as Sentry has them. */
  readonly frames: readonly SentryFrame[];
}

export interface SentryEvent {
  readonly time: string | undefined;
  readonly platform: string;
  readonly message: string;
  /** The cause first, what was thrown last. */
  readonly exceptions: readonly SentryException[];
  readonly release: string | undefined;
  readonly environment: string | undefined;
  readonly server: string | undefined;
  readonly trace: string | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' && value > 0 ? value : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function issuesIn(json: unknown): readonly SentryIssue[] {
  return list(json).flatMap((issue) => {
    const id = isObject(issue) ? String(issue.id ?? '') : '';
    // It becomes a part of addresses.
    if (!isObject(issue) || !/^\d{1,30}$/.test(id)) return [];
    const { count, lastSeen, title, level, project, permalink } = issue;
    const found = { id, count: Math.max(0, Math.trunc(Number(count)) || 0), lastSeen: text(lastSeen) ?? '', title: text(title) ?? '' };
    return [
      { ...found, level: text(level) ?? 'error', project: (isObject(project) && text(project.slug)) || '', url: text(permalink) ?? null },
    ];
  });
}

export function eventIn(json: unknown): SentryEvent | undefined {
  if (!isObject(json)) return undefined;
  const tags = new Map(list(json.tags).flatMap((tag) => (isObject(tag) ? [[String(tag.key), text(tag.value)] as const] : [])));
  const entries = list(json.entries).filter(isObject);
  const data = (type: string): Readonly<Record<string, unknown>> => {
    const found = entries.find((entry) => entry.type === type)?.data;
    return isObject(found) ? found : {};
  };
  const message = data('message');
  const contexts = isObject(json.contexts) && isObject(json.contexts.trace) ? json.contexts.trace : {};
  return {
    time: text(json.dateCreated) ?? text(json.dateReceived),
    platform: text(json.platform) ?? 'other',
    message: text(message.formatted) ?? text(message.message) ?? text(json.message) ?? text(json.title) ?? '',
    exceptions: list(data('exception').values).flatMap(exceptionIn),
    release: (isObject(json.release) ? text(json.release.version) : text(json.release)) ?? tags.get('release'),
    environment: tags.get('environment'),
    server: tags.get('server_name'),
    trace: text(contexts.trace_id),
  };
}

function exceptionIn(value: unknown): readonly SentryException[] {
  if (!isObject(value)) return [];
  const trace = isObject(value.stacktrace) ? value.stacktrace : {};
  const module = text(value.module);
  return [
    {
      type: text(value.type) ?? 'Error',
      value: text(value.value) ?? '',
      ...(module && { module }),
      frames: list(trace.frames).flatMap(frameIn),
    },
  ];
}

function frameIn(value: unknown): readonly SentryFrame[] {
  if (!isObject(value)) return [];
  const file = text(value.absPath) ?? text(value.filename) ?? '';
  const line = number(value.lineNo);
  const column = number(value.colNo);
  const [module, called] = [text(value.module), text(value.function)];
  const code = list(value.context).find((pair) => Array.isArray(pair) && pair[0] === line);
  const words = Array.isArray(code) ? text(code[1])?.trim() : undefined;
  return [
    {
      file,
      ...(module && { module }),
      ...(called && { function: called }),
      ...(line && { line }),
      ...(column && { column }),
      ...(words && { code: words }),
    },
  ];
}
