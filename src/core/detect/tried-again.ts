// What will be tried again is no error yet: that it failed for good is said by a line of its own.

const AGAIN =
  /\b(?:will|going to|about to|'ll) (?:be |now )?(?:retr(?:y|ied)|re-?connect|re-?try|re-?attempt|try again)\b|(?<!\b(?:while|when|failed|error|not|without|stopped|stop|before) )\b(?:re-?trying|re-?connecting|re-?attempting|trying (?:again|to reconnect)|backing off)\b(?! (?:failed|is disabled|error))|\b(?:retry|reconnect|next (?:try|attempt)) (?:in|after) (?:about )?\d|\bretry (?:attempt )?#?(\d+)(?:\/| of )(?!\1\b)\d/i;

const GIVEN_UP =
  /\b(?:giv(?:e|es|ing|en) up|gave up|no more|exhausted|exceeded|(?:won't|will not|cannot|can't|never) (?:be )?(?:retr|re-?connect|try)|(?:retry|retries|attempts?) limit|after (?:all )?\d+ (?:retries|attempts|tries))\b/i;

const MAX_READ = 600;

/** Only where no level is written, and nothing was thrown that shows its frames. */
export function willBeTriedAgain(text: string): boolean {
  const said = text.slice(0, MAX_READ);
  return AGAIN.test(said) && !GIVEN_UP.test(said);
}
