// Reads the text of a `.git/config`: enough of its grammar to find a remote's address and the object format.
// Follows no `include`, and applies nothing: `user-config.ts` does. Runs nothing. Grammar: git-config(1), "CONFIGURATION FILE".

/** Values by `section.subsection.key`; section and key in lower case, the subsection as written. The last value wins. */
export type GitConfig = ReadonlyMap<string, string>;

/** Key and value, as in `GitConfig`: a key may stand several times. */
export type ConfigEntry = readonly [key: string, value: string];

/** In their order. Lines that are not understood are passed over: a strange configuration must not stop a repair. */
export function parseEntries(text: string): readonly ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  let section = '';
  for (const line of text.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const head = /^\s*\[([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\]\s*(.*)$/.exec(line);
    if (head !== null) {
      const sub = head[2]?.replace(/\\(.)/g, '$1');
      section = (head[1] as string).toLowerCase() + (sub === undefined ? '' : `.${sub}`);
    }
    const body = head === null ? line : (head[3] as string);
    const pair = /^\s*([a-zA-Z][\w-]*)\s*(?:=\s*(.*))?$/.exec(body);
    if (pair !== null && section !== '') entries.push([`${section}.${(pair[1] as string).toLowerCase()}`, value(pair[2])]);
  }
  return entries;
}

/** `origin`, else the remote of the branch, else the only one there is. */
export function remoteUrl(config: GitConfig, branch?: string): string | undefined {
  const remotes = [...config].filter(([key]) => /^remote\..+\.url$/.test(key));
  const followed = branch === undefined ? undefined : config.get(`remote.${config.get(`branch.${branch}.remote`)}.url`);
  return config.get('remote.origin.url') ?? followed ?? (remotes.length === 1 ? remotes[0]?.[1] : undefined);
}

function value(raw: string | undefined): string {
  if (raw === undefined) return 'true';
  let out = '';
  let quoted = false;
  let keep = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const char = raw[at] as string;
    if (char === '\\') {
      at += 1;
      out += { n: '\n', t: '\t', b: '\b' }[raw[at] ?? ''] ?? raw[at] ?? '';
      keep = out.length;
    } else if (char === '"') {
      quoted = !quoted;
      keep = out.length;
    } else if (!quoted && (char === '#' || char === ';')) break;
    else {
      out += char;
      if (quoted || char.trim() !== '') keep = out.length;
    }
  }
  return out.slice(0, keep);
}
