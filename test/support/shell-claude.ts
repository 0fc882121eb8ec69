// Shell programs that pass for the Claude CLI where the real one would only take time: they say that they have every flag
// that is asked for, and then do as they are told.
import { REQUIRED_FLAGS } from '../../src/adapters/claude/argv.ts';

/** A file that the answer of `answerWith` adds. */
export const NEW_FILE = 'src/extra.js';

/** @param work what it does when it is asked for a fix, in shell */
export function shellClaude(work: string): string {
  return `case $1 in --version) echo '9.9.9 (Claude Code)';; --help) echo '${REQUIRED_FLAGS.join(' ')}';; auth) echo '{"loggedIn":true,"authMethod":"key"}';; *) ${work};; esac`;
}

/** What it prints: an answer that adds one file. */
export const ANSWER = `${JSON.stringify({
  type: 'result',
  subtype: 'success',
  is_error: false,
  result: `One more file.\n\n<code_block filename="${NEW_FILE}" new="true">\nexport const extra = 1;\n</code_block>\n`,
  session_id: 'a',
  num_turns: 1,
  total_cost_usd: 0.01,
  duration_ms: 1,
  duration_api_ms: 1,
})}\n`;
