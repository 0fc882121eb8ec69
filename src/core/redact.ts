// Text in, text without secrets and hidden characters out: the one filter on every way out.
// It knows the secrets of the configuration by value and others by their form. What it misses stands
// in the table of known-wrong answers beside its tests.

interface Rule {
  readonly kind: string;
  readonly pattern: RegExp;
  /** Group that holds the secret; the rest of the match stays. Default: the whole match. */
  readonly group?: number;
}

/** Forms of secrets, most specific first. Sources: the providers' own documentation of their prefixes. */
const RULES: readonly Rule[] = [
  { kind: 'private-key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]*?(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|$)/g },
  { kind: 'github-token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{22,255})/g },
  { kind: 'gitlab-token', pattern: /\bgl(?:pat|dt|ptt|rt|cbt|ft|soat|agent|oas|imt)-[\w.-]{16,}/g },
  { kind: 'anthropic-key', pattern: /\bsk-ant-[\w-]{8,}/g },
  { kind: 'openai-key', pattern: /\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20,}/g },
  { kind: 'aws-key-id', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g },
  { kind: 'slack-token', pattern: /\bxox[abeoprs]-[\w-]{10,}/g },
  { kind: 'slack-webhook', pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[\w/+-]{20,}/g },
  { kind: 'google-key', pattern: /\bAIza[\w-]{35}/g },
  { kind: 'google-token', pattern: /\bya29\.[\w-]{20,}/g },
  { kind: 'stripe-key', pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g },
  { kind: 'npm-token', pattern: /\bnpm_[A-Za-z0-9]{36}/g },
  { kind: 'sendgrid-key', pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/g },
  { kind: 'jwt', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g },
  { kind: 'url-password', pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:([^\s/@]{1,200})@/gi, group: 1 },
  { kind: 'authorization', pattern: /\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+([\w.~+/=-]{6,})/gi, group: 1 },
  { kind: 'bearer', pattern: /\bbearer\s+([\w.~+/=-]{16,})/gi, group: 1 },
  {
    kind: 'secret',
    pattern:
      /(?:password|passwd|pwd|passphrase|secret|api[_-]?key|access[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|client[_-]?secret|private[_-]?key|token)["']?[^\S\n]*(?:=>|=|:)[^\S\n]*(?!["']?\[redacted )(?:"([^"\n]{3,})"|'([^'\n]{3,})'|([^\s"',;&)}\]]{6,}))/gi,
    group: 1,
  },
];

/** C0 controls but tab and newline, C1, zero-width, bidirectional, tag and soft-hyphen characters. */
const HIDDEN =
  /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\udb40[\udc00-\udfff]/g;

const PLACEHOLDER = /\[redacted [a-z-]+ \d+\]/;

/**
 * Makes the filter for one run. The same secret always gets the same placeholder within it.
 * @param secrets values that must never leave, from the configuration; raw, base64 and URL-encoded forms are found
 * @example createRedactor(['hunter2'])('pw hunter2') // 'pw [redacted configured-secret 1]'
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const known = new Map<string, string>();
  const forms = secrets.filter((secret) => secret.length >= 4).flatMap((secret) => encodings(secret).map((form) => ({ form, secret })));
  forms.sort((a, b) => b.form.length - a.form.length);

  const placeholder = (kind: string, secret: string): string => {
    const earlier = known.get(secret);
    if (earlier) return earlier;
    const made = `[redacted ${kind} ${known.size + 1}]`;
    known.set(secret, made);
    return made;
  };

  return (text) => {
    let clean = stripHidden(text);
    for (const { form, secret } of forms)
      if (clean.includes(form)) clean = clean.replaceAll(form, placeholder('configured-secret', secret));
    for (const rule of RULES) clean = apply(rule, clean, placeholder);
    return clean;
  };
}

/** Text without characters that a person does not see. Newlines and tabs stay, CRLF becomes LF. */
export function stripHidden(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(HIDDEN, '');
}

function apply(rule: Rule, text: string, placeholder: (kind: string, secret: string) => string): string {
  return text.replace(rule.pattern, (match: string, ...rest: unknown[]) => {
    const groups = rest.slice(
      0,
      rest.findIndex((value) => typeof value === 'number'),
    ) as (string | undefined)[];
    const secret = rule.group === undefined ? match : groups.find((value) => value !== undefined);
    if (secret === undefined || PLACEHOLDER.test(match) || isHarmless(secret)) return match;
    const at = match.lastIndexOf(secret);
    return match.slice(0, at) + placeholder(rule.kind, secret) + match.slice(at + secret.length);
  });
}

/** Values that stand where a secret would, and are none. */
function isHarmless(value: string): boolean {
  return /^(?:null|none|nil|undefined|true|false|required|missing|invalid|expired|\*+|<[^>]*>|\$\{?[\w.]+\}?|process\.env\.\w+)$/i.test(
    value,
  );
}

function encodings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  const forms = [secret, encodeURIComponent(secret)];
  if (base64.length >= 8) forms.push(base64, bytes.toString('base64url'));
  return [...new Set(forms)];
}
