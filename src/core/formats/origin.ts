// Where a record came from: service, environment, release, host, container, trace. The principle: what a program says of itself
// goes before what carried its line, and a name with its meaning in it (OpenTelemetry, ECS, Datadog, Kubernetes) before a bare
// word. A bare word counts at the top of a record only, and as a text: `host` of a request, `version` of a format, a list and an
// object are none of these. Values are strangers' texts: short, on one line, or not taken at all.
import type { Origin } from '../model.ts';
import { FACT_NAMES, type FactName } from '../tables.ts';

/** Longer values are no names: they are left out, not cut, so that two never become one. */
const MAX_LENGTH = 128;

/** Where collectors in Kubernetes keep what a pod is labelled with. */
const LABELLED = ['kubernetes.labels', 'kubernetes.pod_labels'] as const;

/** Paths by their meaning, the more exact first. */
const PATHS: Readonly<Record<FactName, readonly string[]>> = {
  service: [
    ...[
      'service.name',
      'service_name',
      'serviceName',
      'dd.service',
      'serviceContext.service',
      'cloud_RoleName',
      'ContainerAppName_s',
      'fly.app.name',
    ],
    ...['service', 'app.name', 'app_name', 'appName', 'application.name', 'application_name', 'applicationName', 'ApplicationName'],
    ...['app', 'application', 'Application', 'appname', 'app_id', 'appId', 'projectName', 'ScriptName', 'entity.name'],
    ...LABELLED.flatMap((labels) => ['app.kubernetes.io/name', 'app_kubernetes_io/name', 'app'].map((label) => `${labels}.${label}`)),
    ...['k8s.deployment.name', 'labels.k8s-pod/app', 'labels.app', 'attrs.com.docker.compose.service'],
    ...['label.com.docker.compose.service', 'container.labels.com_docker_compose_service', 'compose_service'],
    ...['_SYSTEMD_USER_UNIT', '_SYSTEMD_UNIT', 'SYSLOG_IDENTIFIER', 'syslog.appname', 'programname', 'PROGRAM'],
  ],
  environment: [
    ...['service.environment', 'deployment.environment.name', 'deployment.environment', 'deployment_environment', 'dd.env'],
    ...['environment', 'Environment', 'EnvironmentName', 'env', 'ENVIRONMENT', 'app.env', 'app.environment', 'app_env'],
    ...['node_env', 'NODE_ENV', 'labels.env', 'stage'],
  ],
  release: [
    ...['service.version', 'service_version', 'serviceVersion', 'dd.version', 'serviceContext.version', 'application_Version'],
    ...['app.version', 'app_version', 'appVersion', 'application.version', 'release', 'release.version', 'labels.version'],
    ...LABELLED.flatMap((labels) => ['app.kubernetes.io/version', 'version'].map((label) => `${labels}.${label}`)),
    ...['git.commit.sha', 'git_sha', 'gitCommit', 'revision_name', 'RevisionName_s', 'version', 'Version'],
  ],
  host: [
    ...['host.name', 'host.hostname', 'k8s.node.name', 'kubernetes.node.name', 'kubernetes.host', 'kubernetes.node_name'],
    ...['kubernetes.pod_node_name', 'hostname', 'host_name', 'hostName', 'HOSTNAME', '_HOSTNAME', 'nodename', 'node_name'],
    ...['MachineName', 'machinename', 'machine_name', 'Properties.MachineName', 'machine', 'server_name', 'cloud_RoleInstance'],
    ...['agent.hostname', 'beat.hostname', 'syslog.hostname', 'node.name', 'HOST', 'host', 'node', 'instance'],
  ],
  container: [
    ...['k8s.pod.name', 'kubernetes.pod.name', 'kubernetes.pod_name', 'pod_name', 'container.name', 'container_name', 'CONTAINER_NAME'],
    ...['docker.container.name', 'pod', 'podName', 'container', 'container.id', 'container_id', 'docker.container_id', 'attrs.name'],
  ],
  trace: [
    ...['trace.id', 'trace_id', 'traceId', 'traceID', 'TraceId', 'traceid', 'dd.trace_id', 'otelTraceID', 'trace-id', 'Properties.TraceId'],
    ...['logging.googleapis.com/trace', 'xray_trace_id', 'operation_Id', 'contexts.trace.trace_id'],
  ],
};

/** Below these a record keeps what its resource says (OpenTelemetry's exporters, Serilog, .NET's scopes, python-json-logger, Elixir's and Loki's labels). */
const BELOW = [
  'resource.attributes',
  'resource.labels',
  'resource',
  'Properties',
  'Resource',
  'resources',
  'attributes',
  'Attributes',
  'fields',
  'extra',
  'metadata',
  'properties',
  'span',
  'Scopes',
] as const;

/** GELF: its `version` is that of the format, and what a program adds of its own begins with an underscore. */
const isGelf = (record: object): boolean => own(record, 'short_message') !== undefined;
/** Roarr: its `version` is that of the format, and its `context` says what a program is called. */
const isRoarr = (record: object): boolean => own(record, 'sequence') !== undefined && own(own(record, 'context'), 'logLevel') !== undefined;
/** Monolog: `extra` is what its processors say of the program, `context` what a call says. */
const isMonolog = (record: object): boolean => own(record, 'level_name') !== undefined && own(record, 'channel') !== undefined;
/** What a logger says of the program stands in an object of its own, under the words that others use at the top. */
const ofLogger = (record: object): unknown =>
  isMonolog(record) ? own(record, 'extra') : isRoarr(record) ? own(record, 'context') : own(record, '_meta');
const VERSION = /^v?\d+(?:\.\d+){1,3}(?:[-+.][\w.+-]+)?$|^[0-9a-f]{7,40}$/i;
/** Of names that say little by themselves: a build has stages too. */
const ENVIRONMENT = /^(?:prod|prd|live|stag|stg|pre|dev|test|tst|int|qa|uat|sandbox|demo|canary|alpha|beta|gamma|local)/i;
/** Names of machines and containers are words or addresses; `#root` and `<div>` are none. */
const NAME = /^[\p{L}\p{N}._:/@-]*\p{L}[\p{L}\p{N}._:/@-]*$|^[\d.]+\.\d+(?::\d+)?$|^[0-9a-f]{6,}$/u;
/** In a record of a request `host` is whom it asked for. */
const OF_REQUEST = ['request', 'method', 'url', 'uri', 'request_uri', 'remote_addr', 'http_method'] as const;
/** In what the system says of a call it is whom that was about. */
const OF_CALL = ['syscall', 'errno'] as const;

/** Whether a value that stands under a name that may mean other things, too, says what that fact is. */
function fits(record: object, name: FactName, path: string, value: string): boolean {
  if (/^version$/i.test(path)) return !isGelf(record) && !isRoarr(record) && VERSION.test(value);
  if (path === 'stage') return ENVIRONMENT.test(value);
  // Beside a port it is the other side, or an address to listen at.
  if (path === 'host' && own(record, 'port') !== undefined) return false;
  if (path === 'host' && OF_REQUEST.some((key) => own(record, key) !== undefined)) return false;
  if ((path === 'hostname' || path === 'host') && OF_CALL.some((key) => own(record, key) !== undefined)) return false;
  if (path === 'entity.name') return own(record, 'entity.type') === 'SERVICE';
  // Of a container the journal knows its own daemon, and a name that is the container's.
  if (path.startsWith('_SYSTEMD_') || path === 'SYSLOG_IDENTIFIER')
    return own(record, 'CONTAINER_NAME') === undefined && own(record, 'CONTAINER_ID') === undefined && !MANAGER.test(value);
  if (name === 'host' || name === 'container') return NAME.test(value);
  if (name === 'trace') return true;
  // Names are no addresses, and what people call a release or an environment is no sentence.
  return !value.includes('://') && (name === 'service' ? /\p{L}/u.test(value) : value.split(' ').length <= MOST_WORDS);
}

const MOST_WORDS = 4;

/** Units that keep other programs. */
const MANAGER = /^(?:user@|session-|init\.scope|docker\.service|containerd\.service)/;

/**
 * @param records the innermost first: what an outer one says fills what the inner ones leave open
 * @returns `undefined` where none says anything
 * @example originOf([{ service: 'shop', host: 'web-1' }]) // { service: 'shop', host: 'web-1' }
 */
export function originOf(records: readonly object[]): Origin | undefined {
  const found: { [name in FactName]?: string } = {};
  for (const record of records) {
    const fields = fieldsOf(record);
    // Most carriers of a line say nothing of where it came from.
    if (fields.size === 0) continue;
    for (const name of FACT_NAMES) {
      if (found[name] !== undefined) continue;
      const value = factIn(record, fields, name);
      if (value !== undefined) found[name] = value;
    }
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

const firstPart = (path: string): string => path.split('.', 1)[0]!;

/** A path with what stands first in it: a record that has no such field is not asked for the path. */
const withFirst = (path: string) => ({ path, first: firstPart(path) });
const ASKED = Object.fromEntries(FACT_NAMES.map((name) => [name, PATHS[name].map(withFirst)])) as unknown as Readonly<
  Record<FactName, readonly ReturnType<typeof withFirst>[]>
>;
const ASKED_BELOW = BELOW.map(withFirst);

const FIRST_PARTS = new Set([...Object.values(PATHS).flat(), ...BELOW, 'context', '_meta', 'ddtags', 'resourceLogs'].map(firstPart));

/** The fields of a record that a fact may stand in, each by its first part and, for GELF, without its underscore. */
const fieldsOf = (record: object): ReadonlySet<string> =>
  new Set(
    Object.keys(record)
      .flatMap((key) => (key.startsWith('_') ? [firstPart(key), firstPart(key.slice(1))] : [firstPart(key)]))
      .filter((first) => FIRST_PARTS.has(first)),
  );

function factIn(record: object, fields: ReadonlySet<string>, name: FactName): string | undefined {
  for (const { path, first } of ASKED[name]) {
    if (!fields.has(first)) continue;
    const value = told(at(record, path)) ?? (isGelf(record) ? told(own(record, `_${path}`)) : undefined);
    if (value === undefined || !fits(record, name, path, value)) continue;
    return path.startsWith('_SYSTEMD_') ? value.replace(/\.service$/, '') : value;
  }
  for (const { path, first } of ASKED_BELOW) {
    const inner = fields.has(first) ? at(record, path) : undefined;
    const value = inner === undefined ? undefined : within(Array.isArray(inner) ? inner : [inner], name);
    if (value !== undefined) return value;
  }
  const processed = ofLogger(record);
  if (typeof processed === 'object' && processed !== null) {
    const value = PATHS[name]
      .map((path) => [path, told(at(processed, path))] as const)
      .find(([path, one]) => one !== undefined && fits(processed, name, path, one));
    if (value !== undefined) return value[1];
  }
  return exported(record, name) ?? tagged(record, name) ?? named(record, name);
}

/** The first of the exact names that one of them has. */
const within = (inner: readonly unknown[], name: FactName): string | undefined =>
  PATHS[name]
    .filter(isExact)
    .flatMap((path) => inner.map((one) => told(at(one, path))))
    .find(isText);

/** Datadog's tags, as its libraries and its agent write them: `env:prod,version:3.1.0`. */
function tagged(record: object, name: FactName): string | undefined {
  const tags = told(own(record, 'ddtags'));
  const key = TAGS[name];
  return key === undefined
    ? undefined
    : told(
        tags
          ?.split(',')
          .find((tag) => tag.trim().startsWith(`${key}:`))
          ?.trim()
          .slice(key.length + 1),
      );
}

const TAGS: Readonly<Partial<Record<FactName, string>>> = {
  service: 'service',
  environment: 'env',
  release: 'version',
  host: 'host',
  container: 'container_name',
};

/** A trace with its resource before it says what it is; a bare one may be the trace of a stack. */
function named(record: object, name: FactName): string | undefined {
  const value = name === 'trace' ? told(own(record, 'trace')) : undefined;
  return value !== undefined && /^projects\/[^/]+\/traces\/\w+$/.test(value) ? value : undefined;
}

/** Below a list of attributes bare words are the program's own. */
const isExact = (path: string): boolean => /[._A-Z]/.test(path);
const isText = (value: string | undefined): value is string => value !== undefined;

/** OTLP: a list of `{key, value: {stringValue}}`, of the resource that all records of the line are of; alone, or in a list of these. */
function exported(record: object, name: FactName): string | undefined {
  const all = own(record, 'resourceLogs');
  const one: unknown = Array.isArray(all) ? all[0] : record;
  const attributes: unknown = at(one, 'resource.attributes');
  if (!Array.isArray(attributes)) return undefined;
  if (name === 'trace') return told(own(only(own(only(own(one, 'scopeLogs')), 'logRecords')), 'traceId'));
  for (const path of PATHS[name].filter(isExact)) {
    const value = told(
      at(
        attributes.find((one: unknown) => own(one, 'key') === path),
        'value.stringValue',
      ),
    );
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Where a line holds several, each has a trace of its own. */
const only = (list: unknown): unknown => (Array.isArray(list) && list.length === 1 ? list[0] : undefined);

/** A dotted name, or objects within each other; names with dots may stand anywhere on the way. */
function at(value: unknown, path: string): unknown {
  const whole = own(value, path);
  if (whole !== undefined) return whole;
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const inner = own(value, path.slice(0, dot));
    const found = typeof inner === 'object' && inner !== null ? at(inner, path.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}

/** A name on one line, or a number; nothing else. */
function told(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : typeof value === 'string' ? value.trim() : '';
  return text === '' ||
    text.length > MAX_LENGTH ||
    /[[\p{C}\p{Z}]--[ ]]/v.test(text) ||
    /^(?:-|null|undefined|unknown|none|n\/a)$/i.test(text)
    ? undefined
    : text;
}

/** As the kubelet names a container's log, in either of its two directories. */
const POD_LOG = /\/pods\/([^/_]+)_([^/_]+)_[^/]+\/([^/]+)\/[^/]+$|\/containers\/([^/_]+)_([^/_]+)_([^/]+)-[0-9a-f]{64}\.log$/;

/**
 * What the path of a log says.
 * @example originOfPath('/var/log/pods/shop_shop-7d9f-x2_0e1f/shop/0.log') // { service: 'shop', container: 'shop-7d9f-x2' }
 */
export function originOfPath(path: string): Origin | undefined {
  const [, , pod, container, otherPod, , otherContainer] = POD_LOG.exec(path) ?? [];
  const [name, service] = [pod ?? otherPod, container ?? otherContainer];
  return name === undefined || service === undefined ? undefined : { service, container: name };
}
