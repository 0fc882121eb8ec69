// Lines of a log as collectors send them, one in a JSON document each: Filebeat and Elastic Agent, Fluent Bit, Logstash, the
// OpenTelemetry collector, Vector, and what `logcli -o jsonl` prints. The principle: a shipper's document is the line that it
// carried, a logger's document is itself. What a shipper adds (host, container, file, tags) makes no record of a line; a level, an
// exception or a stack does. It must not take for a shipper's what a program writes of itself: a mark of the shipper is asked for.

/** Where the line stands. */
export const LINE_FIELDS = ['message', 'log', 'body', 'body.text', 'line', 'msg', 'MESSAGE', 'event.original'] as const;

/** Who wrote it: what of these is there. */
export const WRITER_FIELDS = [
  ...['host.name', 'host.hostname', 'hostname', 'host', 'agent.id'],
  ...['container.id', 'docker.container_id', 'kubernetes.pod_id', 'kubernetes.pod.uid', 'kubernetes.pod.name', 'kubernetes.pod_name'],
  ...['kubernetes.container.name', 'kubernetes.container_name', 'systemd.unit', 'stream', 'log.file.path', 'log.file.inode', 'file'],
] as const;

/** A logger said it: the level, or the error as fields of its own. */
const LOGGERS = [
  ...['log.level', 'level', 'severity', 'severity_text', 'severity.text', 'loglevel', 'log_level', 'levelname', 'lvl', '@l', 'level_name'],
  ...['error.stack_trace', 'error.type', 'error.message', 'exception', 'stack_trace', 'stacktrace', 'exc_info', 'err', 'thrown', '@x'],
] as const;

/** Fields that programs do not write, but their shippers do. */
const MARKS = [
  ...['agent.type', 'agent.ephemeral_id', 'beat.hostname', 'log.offset', 'input.type', '@metadata.beat'],
  ...['kubernetes.pod_name', 'kubernetes.pod.name', 'kubernetes.container_name', 'source_type'],
] as const;

const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/**
 * @param get a field by its dotted name, whether it is nested or its name has the dots
 * @param lineFields in the order in which they are looked for
 * @returns the line that a document carries; `undefined` where the document is a record of its own
 */
export function carriedLine(get: (name: string) => unknown, lineFields: readonly string[] = LINE_FIELDS): string | undefined {
  if (LOGGERS.some((name) => isSaid(get(name)))) return undefined;
  for (const name of lineFields) {
    const value = get(name);
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** @returns what tells the writers of lines apart */
export function writerOf(get: (name: string) => unknown, writerFields: readonly string[] = WRITER_FIELDS): string {
  const found = writerFields.flatMap((name) => {
    const value = get(name);
    return typeof value === 'string' || typeof value === 'number' ? [`${name}=${value}`] : [];
  });
  return found.join(' ');
}

/** Whether a document of nobody we know comes from a shipper; those of a search are asked for otherwise. */
export function isShipped(get: (name: string) => unknown): boolean {
  return MARKS.some((name) => isSaid(get(name))) || isOfLoki(get);
}

/** `{"labels":{…},"line":"…","timestamp":"…"}` of logcli, whose labels are the stream. */
function isOfLoki(get: (name: string) => unknown): boolean {
  const labels = get('labels');
  return typeof labels === 'object' && labels !== null && typeof get('line') === 'string' && isSaid(get('timestamp'));
}
