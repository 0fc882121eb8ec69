// Whether to colour, and the few colours there are. The only file that knows picocolors.
import picocolors from 'picocolors';

/** Colours by meaning, so that a theme stays a theme. Each returns its text unchanged where colour is off. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly accent: (text: string) => string;
}

/** Makes the colours of one stream. */
export function createPaint(colored: boolean): Paint {
  const colors = picocolors.createColors(colored);
  return {
    strong: colors.bold,
    faint: colors.dim,
    good: colors.green,
    bad: colors.red,
    warning: colors.yellow,
    accent: colors.cyan,
  };
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

/** Whether to move the cursor: on a real terminal only, whatever FORCE_COLOR says, and never with NO_COLOR. */
export function wantsAnimation(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  return isTerminal && !isSet(env.NO_COLOR) && env.TERM !== 'dumb' && !isCi(env);
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';
const isCi = (env: Readonly<Record<string, string | undefined>>): boolean => isSet(env.CI) && env.CI !== 'false' && env.CI !== '0';
