// What a repair will run, told before money is spent: the commands, where they come from, what the machine lacks for them.
import type { CheckPlan } from '../proof/checks.ts';

/** Words for people, a line each. */
export function proofLines({ setup, check, test, testFrom, hints = [] }: CheckPlan, missing: readonly string[] = []): readonly string[] {
  const rows = [...named('setup', setup), ...named('check', check), ...named('test', test)];
  return [
    ...(rows.length > 0 ? rows : ['nothing: no fix can be proven above L0']),
    ...(testFrom === null ? [] : [`from ${testFrom}`]),
    ...(test.length === 0 && rows.length > 0 ? ['no test command was found; set verify.test'] : []),
    ...hints,
    ...missing.map((name) => `${name} is not on the PATH of this machine`),
  ];
}

/** As `--json` shows it. */
export const commandsJson = ({ setup, check, test, testFrom, hints = [] }: CheckPlan): object => ({
  setup,
  check,
  test,
  from: testFrom,
  hints,
});

const named = (name: string, commands: readonly string[]): readonly string[] => commands.map((command) => `${name}: ${command}`);
