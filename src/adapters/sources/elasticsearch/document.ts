// What a document of a search says as lines of a log. The principle: a shipper's document is the line that it carried, a
// logger's document is itself. What a shipper adds (host, container, file, tags) makes no record of a line; a level, an
// exception or a stack does, and such a document is one record, complete in itself.
import { isObject } from '../../../core/plain-json.ts';
import { shortId, type TimedRecord } from '../http/window.ts';

/** As a search gives it. */
export interface Hit {
  readonly index: string;
  readonly id: string;
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly source: Readonly<Record<string, unknown>>;
}

export interface DocumentFields {
  /** Where the line stands. */
  readonly message: readonly string[];
  /** Who wrote it: what of these is there. */
  readonly writer: readonly string[];
}

/** Filebeat and Elastic Agent, Fluent Bit, Logstash, the OpenTelemetry collector, Vector. */
export const DEFAULT_FIELDS: DocumentFields = {
  message: ['message', 'log', 'body', 'body.text', 'line', 'msg', 'MESSAGE', 'event.original'],
  writer: [
    ...['host.name', 'host.hostname', 'hostname', 'host', 'agent.id'],
    ...['container.id', 'docker.container_id', 'kubernetes.pod_id', 'kubernetes.pod.uid', 'kubernetes.pod.name', 'kubernetes.pod_name'],
    ...['kubernetes.container.name', 'kubernetes.container_name', 'systemd.unit', 'stream', 'log.file.path', 'log.file.inode', 'file'],
  ],
};

/** A logger said it: the level, or the error as fields of its own. */
const LOGGERS = [
  ...['log.level', 'level', 'severity', 'severity_text', 'severity.text', 'loglevel', 'log_level', 'levelname', 'lvl', '@l', 'level_name'],
  ...['error.stack_trace', 'error.type', 'error.message', 'exception', 'stack_trace', 'stacktrace', 'exc_info', 'err', 'thrown', '@x'],
] as const;

export function toRecord({ index, id, time, source }: Hit, fields: DocumentFields): TimedRecord {
  const known = { time, id: shortId(index, id) };
  const line = LOGGERS.some((name) => isSaid(valueAt(source, name))) ? undefined : firstText(source, fields.message);
  if (line === undefined) return { ...known, text: JSON.stringify(source) };
  const order = Number(valueAt(source, 'log.offset') ?? valueAt(source, 'offset'));
  const writer = fields.writer.flatMap((name) => {
    const value = valueAt(source, name);
    return typeof value === 'string' || typeof value === 'number' ? [`${name}=${value}`] : [];
  });
  return { ...known, text: line.replace(/\n$/, ''), writer: `w ${writer.join(' ')}`, ...(Number.isNaN(order) ? {} : { order }) };
}

const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

function firstText(source: Hit['source'], names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = valueAt(source, name);
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** A field by its dotted name, whether it is nested or its name has the dots. */
function valueAt(source: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(source, name)) return source[name];
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const inner = source[name.slice(0, dot)];
    const found = isObject(inner) ? valueAt(inner, name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
