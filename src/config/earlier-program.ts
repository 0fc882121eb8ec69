// Words of the Python AI-Ops that came before, and what they are here: people arrive with its commands and its `.env`.

/** Commands and flags, as they are typed. */
const TYPED: Readonly<Record<string, string>> = {
  agent: '`ai-ops watch FILE` is the agent of before',
  server: 'there is no server any more: `ai-ops watch FILE` does all of it',
  '--log-path': 'the log is named without a flag: `ai-ops watch FILE`',
  '--repo-url': 'run it in the checkout, or set REPO_URL',
  '--code-host': 'it is found out from the remote; CODE_HOST sets it',
};

/** Variables of its `.env` that have no meaning here. */
const VARIABLES = new Set(['HTTP_HOST', 'HTTP_PORT', 'SERVER_API_KEY']);

/** Those that are called otherwise here. */
const RENAMED: Readonly<Record<string, string>> = { SMS_WEBHOOK_URL: 'WEBHOOK_URL' };

/** @returns what to type instead of the first of these words that was a word of it */
export function insteadOf(words: readonly string[]): string | undefined {
  const known = words.map((word) => word.replace(/=.*/s, '')).find((word) => Object.hasOwn(TYPED, word));
  return known === undefined ? undefined : TYPED[known];
}

/** @param names of variables that a `.env` sets */
export const unneededOf = (names: readonly string[]): readonly string[] => names.filter((name) => VARIABLES.has(name));

/** @param names as above @returns those that say nothing any more, each with the name that would */
export const renamedOf = (names: readonly string[]): readonly (readonly [old: string, now: string])[] =>
  Object.entries(RENAMED).filter(([old, now]) => names.includes(old) && !names.includes(now));
