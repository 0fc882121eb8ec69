// Whether to colour and to link, and the few colours there are. The only file that knows picocolors.
import { randomBytes } from 'node:crypto';
import picocolors from 'picocolors';

/** Colours by meaning, so that a theme stays a theme. Each returns its text unchanged where colour is off. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly accent: (text: string) => string;
  /** Whether `link` makes any. */
  readonly isLinked: boolean;
  /**
   * A text that leads to an address where the terminal has links (OSC 8); the blanks that pad it do not.
   * @param address of the web or of a file; anything else, and nothing, leave the text as it is
   */
  readonly link: (text: string, address: string | undefined) => string;
}

/** The name of a colour. */
export type Colour = Exclude<keyof Paint, 'isLinked' | 'link'>;

const asItIs = (text: string): string => text;
const NO_COLORS = { bold: asItIs, dim: asItIs, green: asItIs, red: asItIs, yellow: asItIs, cyan: asItIs };

/** Makes the colours of one stream. */
export function createPaint(colored: boolean, linked = false): Paint {
  // The library asks for standard output when it is loaded.
  const colors = colored ? picocolors.createColors(true) : NO_COLORS;
  return {
    strong: colors.bold,
    faint: colors.dim,
    good: colors.green,
    bad: colors.red,
    warning: colors.yellow,
    accent: colors.cyan,
    isLinked: linked,
    link: (text, address) => (linked ? linkTo(text, address) : text),
  };
}

/** Known to this process alone: a log may hold links of others, which are not ours to show. Made when there is something to show. */
let mark: string | undefined;
const ownMark = (): string => (mark ??= `id=ai-ops-${randomBytes(8).toString('hex')}`);
const CLOSE = '\u001b]8;;\u001b\\';

/** The source of an expression for a link of our own, begun or ended. */
export const ownLink = (): string => `\\u001b\\]8;(?:${ownMark()};[\\x21-\\x7e]+|;)\\u001b\\\\`;

function linkTo(text: string, address: string | undefined): string {
  if (address === undefined || !/^(?:https?|file):\/\/[\x21-\x7e]+$/i.test(address) || !URL.canParse(address)) return text;
  const bare = text.trimEnd();
  return bare === '' ? text : `\u001b]8;${ownMark()};${address}\u001b\\${bare}${CLOSE}${text.slice(bare.length)}`;
}

/**
 * Judges one stream: `--no-color`, `--json` and NO_COLOR say no; FORCE_COLOR says yes; else a terminal that is not
 * dumb, outside of CI. (no-color.org: any value but the empty one counts.)
 */
export function wantsColor(
  stream: { readonly isTerminal: boolean; readonly refused: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (stream.refused || isSet(env.NO_COLOR)) return false;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTerminal && env.TERM !== 'dumb' && !isCi(env);
}

/** Terminals that show links, by the variable that tells of them. */
const LINKED: readonly (readonly [name: string, has: (value: string, env: Readonly<Record<string, string | undefined>>) => boolean])[] = [
  ['TERM_PROGRAM', (name, { TERM_PROGRAM_VERSION: version }) => isLinkedProgram(name, version ?? '')],
  ['TERM', (name) => /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|contour|wezterm|rio)(?:-|$)/.test(name)],
  ['WT_SESSION', () => true],
  ['KITTY_WINDOW_ID', () => true],
  ['KONSOLE_VERSION', (version) => Number(version) >= 201_200],
  ['VTE_VERSION', (version) => Number(version) >= 5000 && version !== '5000'],
  ['DOMTERM', () => true],
];

/** tmux gives links on from 3.4, and only to terminals that have them. */
const PROGRAMS: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  ...{ 'iTerm.app': [3, 1], WezTerm: [0, 0], vscode: [1, 72], ghostty: [0, 0], Hyper: [3, 0], rio: [0, 0], Tabby: [0, 0], zed: [0, 0] },
  tmux: [3, 4],
};

function isLinkedProgram(name: string, version: string): boolean {
  const since = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
  if (since === undefined) return false;
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return since[0] === 0 || major > since[0] || (major === since[0] && minor >= since[1]);
}

/**
 * Whether a stream shows links: never where colours are refused (`--no-color`, `--json`, NO_COLOR); else as FORCE_HYPERLINK says;
 * else on a terminal that is known to, outside of CI. What passes through screen, and through tmux before 3.4, shows none.
 */
export function wantsLinks(
  stream: { readonly isTerminal: boolean; readonly refused: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (stream.refused || isSet(env.NO_COLOR)) return false;
  if (isSet(env.FORCE_HYPERLINK)) return env.FORCE_HYPERLINK !== '0' && env.FORCE_HYPERLINK !== 'false';
  if (!stream.isTerminal || env.TERM === 'dumb' || isCi(env)) return false;
  // What the terminal around it has said of itself is inherited, and is not true in here.
  const isInside = isSet(env.TMUX) || isSet(env.STY) || /^(?:screen|tmux)/.test(env.TERM ?? '');
  if (isInside) return env.TERM_PROGRAM === 'tmux' && isLinkedProgram('tmux', env.TERM_PROGRAM_VERSION ?? '');
  return LINKED.some(([name, has]) => isSet(env[name]) && has(env[name] ?? '', env));
}

/** Whether to move the cursor: on a real terminal only, whatever FORCE_COLOR says, and never with NO_COLOR. */
export function wantsAnimation(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  return isTerminal && !isSet(env.NO_COLOR) && env.TERM !== 'dumb' && !isCi(env);
}

/** A terminal that somebody sits at, and that can do more than print lines. */
export const isTerminal = ({ isTTY }: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): boolean =>
  isTTY === true && env.TERM !== 'dumb' && !isCi(env);

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';
const isCi = (env: Readonly<Record<string, string | undefined>>): boolean => isSet(env.CI) && env.CI !== 'false' && env.CI !== '0';
