// What added lines may not bring: secrets, hosts that the changed files do not name already, and encoded blobs.
import type { Verdict } from '../model.ts';
import { findSecrets } from '../redact/redact.ts';
import { beyond, draft, patchOnly, quote, type ReadFile, refuse } from './policy.ts';

/** Known by chance alone: a hash, an id or a key of a public thing may look the same. */
const BY_CHANCE = new Set(['token', 'webhook']);
/** Kinds that are known by a name beside them, not by a form that only a provider gives. */
const BY_NAME = new Set([
  'secret',
  'bearer',
  'authorization',
  'basic',
  'cookie',
  'url-password',
  'url-token',
  'url-signature',
  'smtp-auth',
]);
/** Files whose values need no quotes. */
const PLAIN_VALUES = /\.(?:ya?ml|toml|ini|cfg|conf|properties|env|xml|config|plist)$/i;

/** Secrets that no side of the base shows. In a test a made-up password is usual: there a person looks at it. */
export function secrets(files: readonly ReadFile[]): readonly Verdict[] {
  const base = files.map((file) => file.before.text).join('\n');
  return files.flatMap((file): readonly Verdict[] => {
    const news = findSecrets(file.added.join('\n')).filter(({ kind, value }) => kind !== 'encoded' && !base.includes(value));
    const sure = news.find(({ kind }) => !BY_NAME.has(kind) && !BY_CHANCE.has(kind));
    if (sure) return [refuse('secret', `${file.path} gets a ${sure.kind}`)];
    const named = news.find(({ kind, value, quoted }) => !BY_CHANCE.has(kind) && isLiteral(kind, value, quoted, file.path));
    const chance = news.find(({ kind }) => BY_CHANCE.has(kind));
    if (named === undefined)
      return chance === undefined ? [] : [draft('secret', `${file.path} gets what looks like a secret (${chance.kind})`)];
    return [(file.isTest ? draft : refuse)('secret', `${file.path} gets what looks like a secret (${named.kind})`)];
  });
}

function isLiteral(kind: string, value: string, quoted: boolean, path: string): boolean {
  if (kind !== 'secret' && kind !== 'cookie') return !/^[$%{<]/.test(value);
  // Words in quotes are a message or a label; a name such as `auth_token` is one too.
  if (/\s/.test(value) || /^[A-Za-z]+(?:[._-][A-Za-z]+)*[:.!?]?$/.test(value)) return false;
  return quoted || PLAIN_VALUES.test(path);
}

const URL_HOST = /\b([a-z][a-z0-9+.-]{1,20}):\/\/([^\s"'`<>()\\,;]{1,300})/gi;
const BARE_URL = /(?<=["'(=]|url\()\/\/([a-z0-9.-]{1,200}\.[a-z]{2,24})(?=[/:"'?)])/gi;
const IPV4 = /(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w-]|\.\d)/g;
const NAME =
  /(?<=["'`@])((?:[a-z0-9-]{1,63}\.){1,5}(?:com|net|org|io|dev|app|xyz|ru|cn|info|top|site|online|sh|biz|cloud|link|click))(?=["'`:/])/gi;

/** Names that lead nowhere (RFC 2606, RFC 6761), this machine, and the addresses of XML names. */
const NOWHERE =
  /^(?:localhost|(?:.*\.)?(?:example|invalid|test|localhost)|(?:.*\.)?example\.(?:com|net|org)|127(?:\.\d+){3}|0\.0\.0\.0|\[?::1?\]?|(?:www\.)?w3\.org|schemas\.[\w.-]+|json-schema\.org|(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+)$/i;
/** Kept for documents: in code that runs they are an address like every other. */
const OF_DOCUMENTS = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/;
const NO_HOST =
  /^(?:file|data|node|npm|jsr|webpack|classpath|app|blob|chrome|about|vscode|urn|tag|memory|sqlite|jar|php|s3|gs|res|resource|vfs)$/i;

const PROSE = /\.(?:md|mdx|rst|adoc|txt)$/i;

export function hosts(files: readonly ReadFile[]): readonly Verdict[] {
  const known = new Set(files.flatMap((file) => [...hostsIn(file.before.text).keys()]));
  return files.flatMap((file): readonly Verdict[] => {
    const news = [...hostsIn(file.added.join('\n')).keys()].filter((host) => !known.has(host));
    const code = PROSE.test(file.path) ? '' : beyond(file.after.uncommented, file.before.uncommented).join('\n');
    const inCode = hostsIn(code);
    const documented = file.isTest ? [] : addressesOfDocuments(code, file.before.text);
    const called = documented[0] ?? news.find((host) => inCode.get(host) === 'address');
    if (called !== undefined) return [patchOnly('new-host', `${file.path} gets a new host, ${called}`)];
    if (news.length === 0) return [];
    return [draft('new-host', `${file.path} names a new host, ${news[0]}`)];
  });
}

/** Addresses that lead nowhere today, where something is called by them. */
const addressesOfDocuments = (code: string, before: string): readonly string[] =>
  [...code.matchAll(URL_HOST)]
    .filter(([, scheme = '']) => !NO_HOST.test(scheme))
    .map(([, , rest = '']) => hostOf(rest))
    .filter((host) => OF_DOCUMENTS.test(host) && !before.includes(host));

/** Each host and whether it stands as an address or only looks like a name. */
function hostsIn(text: string): ReadonlyMap<string, 'address' | 'name'> {
  const found = new Map<string, 'address' | 'name'>();
  const add = (host: string, as: 'address' | 'name'): void => {
    const plain = host.toLowerCase().replace(/\.$/, '');
    if (plain !== '' && !NOWHERE.test(plain) && found.get(plain) !== 'address') found.set(plain, as);
  };
  for (const [, scheme = '', rest = ''] of text.matchAll(URL_HOST)) if (!NO_HOST.test(scheme)) add(hostOf(rest), 'address');
  for (const [, host = ''] of text.matchAll(BARE_URL)) add(host, 'address');
  for (const line of text.split('\n')) if (!/version|oid\b/i.test(line)) for (const [ip] of line.matchAll(IPV4)) add(ip, 'address');
  for (const [, name = ''] of text.matchAll(NAME)) add(name, 'name');
  return found;
}

/** The host of what follows `://`, without user and port; what is filled in at run time is left out of it. */
function hostOf(rest: string): string {
  const authority = /^[^/?#]*/.exec(rest.replace(/\$?\{[^}]*\}?|%[sdv]|#\{[^}]*\}/g, ''))?.[0] ?? '';
  const host = authority.replace(/^.*@/, '');
  if (host.startsWith('[')) return /^\[[0-9a-f:.]+\]/i.exec(host)?.[0] ?? '';
  const plain = host.replace(/:.*$/, '').replace(/^[.-]+|[.\]|*]+$/g, '');
  return /^[\p{L}\p{N}._-]+$/u.test(plain) ? plain : '';
}

const BASE64 = /[A-Za-z0-9+/_-]{120,}={0,2}/g;
const HEX = /(?:0x)?[0-9a-f]{128,}/gi;
const ESCAPED = /(?:\\x[0-9a-f]{2}|\\u00[0-9a-f]{2}|\\[0-7]{3}|%[0-9a-f]{2}|&#x?[0-9a-f]{2,4};){16,}/gi;
const NUMBERS = /(?:(?:0x[0-9a-f]{1,2}|\d{1,3})\s?,\s?){40,}/gi;
const PIECE = /["'`]([A-Za-z0-9+/]{40,}={0,2})["'`]/;

/** Long runs of base64, hexadecimal, escapes or numbers that no reviewer can read; also when cut into lines. */
export function blobs(file: ReadFile): readonly Verdict[] {
  const text = file.added.join('\n');
  const run = [HEX, ESCAPED, NUMBERS].map((pattern) => text.match(pattern)?.[0]).find((hit) => hit !== undefined);
  const coded = run ?? (text.match(BASE64) ?? []).find(isMixed);
  if (coded !== undefined) return [patchOnly('encoded-blob', `${file.path} gets ${coded.length} encoded characters, ${quote(coded)}`)];
  const pieces = file.added.filter((line) => isMixed(PIECE.exec(line)?.[1] ?? '')).length;
  return pieces >= 6 ? [patchOnly('encoded-blob', `${file.path} gets ${pieces} lines of encoded text`)] : [];
}

/** Base64 of anything mixes cases and digits; a long path or a ruler does not. */
const isMixed = (text: string): boolean =>
  /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text) && (text.match(/[/_-]/g)?.length ?? 0) < text.length / 10;
