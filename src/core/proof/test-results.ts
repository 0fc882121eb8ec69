// What a run says of its single tests, read from the plain words of its runner. Names are believed only where there are as
// many of them as the runner itself counts: a test that prints in between would hide one. Else its numbers are all there is.
import type { TestOutcome, TestResults } from '../model.ts';

/** Names that are kept of one run: they stand in the ledger as long as its trace. */
const MOST_NAMES = 5000;

export type Named = readonly (readonly [name: string, outcome: TestOutcome])[];

/**
 * @param reported what a report says, where there is one: it is believed
 * @example testsIn('test a ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored;')?.ran // 1
 */
export function testsIn(output: string, reported: Named = []): TestResults | undefined {
  if (reported.length > 0) return withNames(reported);
  for (const { ran, not, names, countsAll } of RUNNERS) {
    const sums = ran.map((pattern) => sum(output, pattern)).filter((one) => one !== undefined);
    if (sums.length === 0) continue;
    const count = sums.reduce((all, one) => all + one, 0) - (not === undefined ? 0 : (sum(output, not) ?? 0));
    const named = names?.(output.split(/\r?\n/)) ?? [];
    return named.length > 0 && (countsAll ? named.length : ranOf(named)) === count ? withNames(named) : { ran: count };
  }
  return undefined;
}

const ranOf = (named: Named): number => named.filter(([, outcome]) => outcome !== 'skipped').length;

function withNames(named: Named): TestResults {
  const ran = ranOf(named);
  if (named.length > MOST_NAMES) return { ran };
  const names = new Map<string, TestOutcome[]>();
  for (const [name, outcome] of named) names.set(stable(name), [...(names.get(stable(name)) ?? []), outcome]);
  return { ran, names: Object.fromEntries(names) };
}

/** A name without what is another at each run. */
const stable = (name: string): string => name.replace(/0x[0-9a-f]{4,}/gi, '0x…').replace(/\d{9,}/g, '…');

const sum = (output: string, pattern: RegExp): number | undefined => {
  const found = [...output.matchAll(pattern)].flatMap(([, ...groups]) => groups.map((group) => Number(group ?? 0)));
  return found.length === 0 ? undefined : found.reduce((all, one) => all + one, 0);
};

// ---------------------------------------------------------------- names

type Read = (lines: readonly string[]) => Named;

/** node:test: a tree of names; a suite has its own line again behind its tests. */
const nodeSpec: Read = (lines) => {
  const end = lines.indexOf('✖ failing tests:');
  const suites: string[] = [];
  const found: (readonly [string, TestOutcome])[] = [];
  for (const line of lines.slice(0, end < 0 ? undefined : end)) {
    const [, indent = '', sign, name = '', aside] = /^( *)([▶✔✖﹣]) (.+?)(?: \([\d.]+m?s\))?(?: # (SKIP|TODO)\b.*)?$/.exec(line) ?? [];
    if (sign === undefined) continue;
    const depth = indent.length / 2;
    const isSuite = sign !== '▶' && suites[depth] === name;
    suites.length = Math.min(suites.length, depth + (isSuite ? 0 : 1));
    if (sign === '▶') suites[depth] = name;
    if (sign === '▶' || isSuite) continue;
    const path = [...suites.slice(0, depth), name].join(' > ');
    found.push([path, aside !== undefined || sign === '﹣' ? 'skipped' : sign === '✔' ? 'passed' : 'failed']);
  }
  return found;
};

/** The same as TAP. */
const nodeTap: Read = (lines) =>
  lines.flatMap((line, at) => {
    const [, no, name = '', aside] = /^ *(not )?ok \d+ - (.+?)(?: # (SKIP|TODO)\b.*)?$/i.exec(line) ?? [];
    const isSuite = lines.slice(at + 1, at + 4).some((next) => / type: 'suite'$/.test(next));
    return name === '' || isSuite ? [] : [[name, aside ? 'skipped' : no ? 'failed' : 'passed'] as const];
  });

/** unittest -v; a docstring puts what came of it on the next line. */
const unittest: Read = (lines) => {
  let open: string | undefined;
  return lines.flatMap((line) => {
    const whole = /^([\p{L}_]\S* \(\S+\))(?:$| \.\.\. (.*)$)/u.exec(line);
    if (whole && whole[2] === undefined) open = whole[1];
    const said = whole?.[2] ?? (open === undefined ? undefined : / \.\.\. (.*)$/.exec(line)?.[1]);
    const name = whole?.[1] ?? open;
    if (said === undefined || name === undefined) return [];
    open = undefined;
    if (!/^(?:ok$|FAIL$|ERROR$|skipped|expected failure$|unexpected success$)/.test(said)) return [];
    return [[name, said === 'ok' ? 'passed' : said.startsWith('skipped') ? 'skipped' : 'failed'] as const];
  });
};

const cargo: Read = (lines) =>
  lines.flatMap((line) => {
    const [, name, said = ''] = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)/.exec(line) ?? [];
    return name === undefined ? [] : [[name, said === 'ok' ? 'passed' : said === 'FAILED' ? 'failed' : 'skipped'] as const];
  });

const minitest: Read = (lines) =>
  lines.flatMap((line) => {
    const [, name, said = ''] = /^(\S+#.+) = [\d.]+ s = ([.FES])$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, said === '.' ? 'passed' : said === 'S' ? 'skipped' : 'failed'] as const];
  });

/** Mocha's tree, and that of Jest where it shows one. */
const marks: Read = (lines) => {
  const end = lines.findIndex((line) => /^ {2}\d+ passing\b|^Tests: /.test(line));
  return lines.slice(0, end < 0 ? undefined : end).flatMap((line) => {
    const [, sign = '', name = ''] = /^ {2,}([✓✔✕×○-]|\d+\)) (?:skipped |todo )?(.+?)(?: \(\d+ ?ms\)| \d+ms)?$/.exec(line) ?? [];
    if (name === '') return [];
    return [[name, /[✓✔]/.test(sign) ? 'passed' : /[○-]/.test(sign) ? 'skipped' : 'failed'] as const];
  });
};

/** TAP, under the file that prove names, with points up to the longest of their names; one without a name has its number. What is indented is a part of another one. */
const tap: Read = (lines) => {
  let file = '';
  return lines.flatMap((line) => {
    file = /^(\S+) \.{2,} ?$/.exec(line)?.[1] ?? file;
    const [, no, number = '', rest = ''] = /^(not )?ok (\d+)\b ?-? ?(.*)$/.exec(line) ?? [];
    if (number === '') return [];
    const [name = '', aside] = rest.split(/(?<!\\)# ?(?=(?:skip|todo)\b)/i);
    const called = name.trim().replace(/\\#/g, '#') || `#${number}`;
    return [[`${file} ${called}`.trim(), aside !== undefined ? 'skipped' : no ? 'failed' : 'passed'] as const];
  });
};

/** Bun, under the name of the file. */
const bun: Read = (lines) => {
  let file = '';
  return lines.flatMap((line) => {
    file = /^(\S+\.\w+):$/.exec(line)?.[1] ?? file;
    const [, sign = '', name = ''] = /^(\((?:pass|fail|skip|todo)\)|[✓✗»✎]) (.+?)(?: \[[\d.]+m?s\])?$/.exec(line) ?? [];
    if (name === '') return [];
    return [[`${file} ${name}`.trim(), /pass|✓/.test(sign) ? 'passed' : /fail|✗/.test(sign) ? 'failed' : 'skipped'] as const];
  });
};

/** Deno, under the name of the file; its steps are parts of a test. */
const deno: Read = (lines) => {
  let file = '';
  return lines.flatMap((line) => {
    file = /^running \d+ tests? from (\S+)$/.exec(line)?.[1] ?? file;
    const [, name, said = ''] = /^(\S.*?) \.\.\. (ok|FAILED|ignored)\b/.exec(line) ?? [];
    return name === undefined
      ? []
      : [[`${file} ${name}`.trim(), said === 'ok' ? 'passed' : said === 'FAILED' ? 'failed' : 'skipped'] as const];
  });
};

// ---------------------------------------------------------------- runners

interface Runner {
  /** Each sums up its groups. */
  readonly ran: readonly RegExp[];
  /** What of these did not run, where the runner counts it among them. */
  readonly not?: RegExp;
  readonly names?: Read;
  /** What is skipped is among its numbers. */
  readonly countsAll?: true;
}

/** The first that says anything has counted all. */
const RUNNERS: readonly Runner[] = [
  { ran: [/^ℹ pass (\d+)$/gm, /^ℹ fail (\d+)$/gm], names: nodeSpec },
  { ran: [/^# pass (\d+)$/gm, /^# fail (\d+)$/gm], names: nodeTap },
  { ran: [/^test result: \S+ (\d+) passed; (\d+) failed;/gm], names: cargo },
  { ran: [/^Ran (\d+) tests? in /gm], not: /^(?:OK|FAILED) \(.*?skipped=(\d+)/gm, names: unittest },
  { ran: [/^(\d+) runs, \d+ assertions, /gm], not: /^\d+ runs, .* (\d+) skips/gm, names: minitest },
  { ran: [/^ {2}(\d+) passing\b/gm, /^ {2}(\d+) failing$/gm], names: marks },
  { ran: [/^Tests: .*?(\d+) passed/gm, /^Tests: .*?(\d+) failed/gm], names: marks }, // Jest
  { ran: [/^ *Tests {2}.*?(\d+) passed/gm, /^ *Tests {2}.*?(\d+) failed/gm] }, // Vitest
  { ran: [/^(?:=+ )?(?:.*, )?(\d+) passed\b.* in [\d.]+s/gm, /^(?:=+ )?(\d+) failed\b.* in [\d.]+s/gm] }, // pytest
  { ran: [/^(?:ok|FAILED) \| (\d+) passed/gm, /^(?:ok|FAILED) \| \d+ passed.*? \| (\d+) failed/gm], names: deno }, // Deno
  { ran: [/^ (\d+) pass$/gm, /^ (\d+) fail$/gm], names: bun },
  { ran: [/^(\d+) examples?, \d+ failures?/gm], not: /^\d+ examples?, .* (\d+) pending/gm }, // RSpec
  { ran: [/^Tests: (\d+), Assertions: /gm, /^OK \((\d+) tests?/gm], not: /^Tests: \d+, .*Skipped: (\d+)/gm }, // PHPUnit, JUnit 4
  {
    // Maven, JUnit 4
    ran: [/^(?:\[\w+\] )?Tests run: (\d+), {1,2}Failures: \d+(?:, Errors: \d+, Skipped: \d+)?$/gm],
    not: /^(?:\[\w+\] )?Tests run: .*Skipped: (\d+)$/gm,
  },
  { ran: [/^Files=\d+, Tests=(\d+),/gm], names: tap, countsAll: true }, // prove
  { ran: [/tests failed out of (\d+)$/gm] }, // ctest
  { ran: [/^(?:Passed|Failed)! .*Total: +(\d+)/gm], not: /^(?:Passed|Failed)! .*Skipped: +(\d+)/gm }, // .NET
  {
    ran: [/^(?:\d+ \w+, )*(\d+) tests?, \d+ failures?/gm],
    not: /^(?:\d+ \w+, )*\d+ tests?, \d+ failures?(?:, \d+ excluded)?, (\d+) skipped/gm,
  }, // ExUnit
  // TAP by itself, as Bats prints it: its plan says how many there are.
  { ran: [/^1\.\.(\d+)$/gm], names: tap, countsAll: true },
];
