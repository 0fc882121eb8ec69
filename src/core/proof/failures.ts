// What of a failing run Claude is told: which tests failed, and what they asserted. Whatever else a program prints may be
// anything that it has read, and is nobody's to send on.
import { testsIn } from './test-results.ts';

const MOST_NAMES = 20;
const MOST_LINES = 40;
const LONGEST = 240;

/** Lines in which runners and assertions of all languages say what was wrong. */
const SAYS =
  /\b(?:assert\w*|expect\w*|received|actual|got|wanted|should|error|exception|panicked|fail(?:ed|ure|ures|s|ing)?|not ok|mismatch|undefined|Traceback)\b|Error\b|Exception\b|^\s*(?:[-+E>✖✗×●]\s|\d+\) )|^\s*(?:at |File ")/i;

/** @param output redacted @returns lines; empty where nothing was said */
export function failureWords(output: string): string {
  const names = Object.entries(testsIn(output)?.names ?? {}).flatMap(([name, all]) => (all.includes('failed') ? [name] : []));
  const said = output.split('\n').filter((line) => SAYS.test(line));
  return [...names.slice(0, MOST_NAMES).map((name) => `failed: ${name}`), ...said.slice(-MOST_LINES)]
    .map((line) => line.slice(0, LONGEST))
    .join('\n');
}
