// Shell programs that answer to the name of `claude` where the real CLI would only take time, or would not be bad: they say
// that they have every flag that is asked for, and then do as they are told.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIRED_FLAGS } from '../../src/adapters/claude/argv.ts';

/** Puts one into `dir`. @param work what it does with a prompt, which comes on standard input, in shell. @returns its path */
export function plantClaude(dir: string, work: string, name = 'claude'): string {
  const script = `#!/bin/sh
case $1 in
--version) echo '2.1.197 (Claude Code)'; exit;;
--help) echo '${REQUIRED_FLAGS.join(' ')}'; exit;;
auth) echo '{"loggedIn":true,"authMethod":"api_key"}'; exit;;
esac
${work}
`;
  const file = join(dir, name);
  writeFileSync(file, script, { mode: 0o755 });
  return file;
}

/** A line as the CLI prints it at its end. @param more fields of its own */
export function resultLine(text: string, more: Readonly<Record<string, unknown>> = {}): string {
  const said = { type: 'result', subtype: 'success', is_error: false, result: text, session_id: 's' };
  return JSON.stringify({ ...said, ...{ total_cost_usd: 0.01, num_turns: 1, duration_ms: 1, duration_api_ms: 1 }, ...more });
}

/** Shell lines that read the prompt and print such a result. */
export function says(text: string, more: Readonly<Record<string, unknown>> = {}): string {
  return `cat > /dev/null; cat <<'RESULT'\n${resultLine(text, more)}\nRESULT`;
}

/** A file that `ANSWER` adds. */
export const NEW_FILE = 'src/extra.js';

export const ANSWER = `One more file.\n\n<code_block filename="${NEW_FILE}" new="true">\nexport const extra = 1;\n</code_block>\n`;
