// Small real programs that answer to the name of `claude`: like the CLI as far as it is asked about itself, and then bad.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIRED_FLAGS } from '../../src/adapters/claude/argv.ts';

/** @param reaction shell lines: what it does with a prompt */
export function plantClaude(bin: string, reaction: string): void {
  const help = REQUIRED_FLAGS.map((flag) => `  ${flag} <value>`).join('\n');
  const script = `#!/bin/sh
case "$1" in
  --version) echo '2.1.197 (Claude Code)' ;;
  --help) cat <<'HELP'
${help}
HELP
  ;;
  auth) echo '{"loggedIn": true, "authMethod": "api_key"}' ;;
  *) cat > /dev/null
${reaction}
  ;;
esac
`;
  writeFileSync(join(bin, 'claude'), script, { mode: 0o755 });
}

/** Shell lines that print a result as the CLI does. */
export function says(text: string, more: Readonly<Record<string, unknown>> = {}): string {
  const result = {
    ...{ type: 'result', subtype: 'success', is_error: false, result: text, session_id: 's' },
    ...{ total_cost_usd: 0.01, num_turns: 1, duration_api_ms: 5, ...more },
  };
  return `cat <<'RESULT'\n${JSON.stringify(result)}\nRESULT`;
}

export const block = (filename: string, content: string, more = ''): string =>
  `The cause is a missing check.\n\n<code_block filename="${filename}"${more}>\n${content}</code_block>\n`;

export const CART_FIXED = 'export function total(cart) {\n  return cart === undefined ? 0 : cart.items.length;\n}\n';
