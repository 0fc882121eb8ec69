// What a run says of its single tests, read from the plain words of its runner. Names are believed only where there are as
// many of them as the runner itself counts: a test that prints in between would hide one. Else its numbers are all there is.
import { ANSI } from '../formats/line-reading.ts';
import type { TestOutcome, TestResults } from '../model.ts';

/** Names that are kept of one run: they stand in the ledger as long as its trace. */
const MOST_NAMES = 5000;

/** What lies in another test is none of those that its runner counts. */
export type Named = readonly (readonly [name: string, outcome: TestOutcome, isInner?: true])[];

/**
 * @param reported what a report says, where there is one: it is believed
 * @example testsIn('test a ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored;')?.ran // 1
 */
export function testsIn(output: string, reported: Named = []): TestResults | undefined {
  if (reported.length > 0) return withNames(reported);
  // Some runners colour what nobody looks at, where they think that they are in a build.
  const text = output.replace(ANSI, '');
  for (const { ran, not, names, countsAll, countsFailed } of RUNNERS) {
    const sums = ran.map((pattern) => sum(text, pattern)).filter((one) => one !== undefined);
    if (sums.length === 0) continue;
    const count = sums.reduce((all, one) => all + one, 0) - (not === undefined ? 0 : (sum(text, not) ?? 0));
    const named = names?.(text.split(/\r?\n/)) ?? [];
    const counted = named.filter(([, , isInner]) => !isInner);
    const isAll = (isOne: (outcome: TestOutcome) => boolean): boolean => counted.filter(([, outcome]) => isOne(outcome)).length === count;
    if (countsFailed) return isAll((outcome) => outcome === 'failed') ? withNames(named) : undefined;
    return counted.length > 0 && isAll((outcome) => countsAll === true || outcome !== 'skipped') ? withNames(named) : { ran: count };
  }
  return undefined;
}

/** What came of a test, which may be called as what every object has. */
export const outcomesOf = (results: TestResults | undefined, name: string): readonly TestOutcome[] =>
  results?.names !== undefined && Object.hasOwn(results.names, name) ? (results.names[name] ?? []) : [];

const ranOf = (named: Named): number => named.filter(([, outcome, isInner]) => outcome !== 'skipped' && !isInner).length;

function withNames(named: Named): TestResults {
  const ran = ranOf(named);
  if (named.length > MOST_NAMES) return { ran };
  const names = new Map<string, TestOutcome[]>();
  for (const [name, outcome] of named) {
    const called = stable(name);
    const outcomes = names.get(called);
    if (outcomes) outcomes.push(outcome);
    else names.set(called, [outcome]);
  }
  return { ran, names: Object.fromEntries(names) };
}

/** What is another at each run. */
const EACH_RUN: readonly RegExp[] = [
  /(?<=0x)[0-9a-f]{4,}/gi,
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi,
  /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)?|\b\d\d:\d\d:\d\d(?:[.,]\d+)?/g,
  /\d{9,}/g,
];

/**
 * What a runner puts into a name of where its test stands, and what is another as soon as a line or a test stands in front of
 * it: the line of a documentation test or of an example that nobody named, the number of a test in its group or of a row.
 */
const WHERE: readonly RegExp[] = [
  / \(line \d+\)$/, // Cargo
  /(?<=\bexample at \S+):\d+$/, // RSpec
  /(?<=#test_)\d{4}_/, // Minitest
  /(?<= > )\[\d+\] (?=\S)/, // JUnit
];

/** A name as long as the test is the same. */
function stable(name: string): string {
  const placeless = WHERE.reduce((text, where) => text.replace(where, ''), name);
  return EACH_RUN.reduce((text, each) => text.replace(each, '…'), placeless);
}

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

/** unittest -v; a docstring puts what came of it on the next line, and so does a part of a test that failed, each part again. */
const unittest: Read = (lines) => {
  let open: string | undefined;
  return lines.flatMap((line) => {
    const whole = /^([\p{L}_]\S* \(\S+\))(?:$| \.\.\. (.*)$)/u.exec(line);
    if (whole && !whole[2]) open = whole[1];
    const said = whole?.[2] ?? (open === undefined ? undefined : /.* \.\.\. (.*)$/.exec(line)?.[1]);
    const name = whole?.[1] ?? open;
    if (said === undefined || name === undefined) return [];
    open = said === '' ? name : undefined;
    if (!/^(?:ok$|FAIL$|ERROR$|skipped|expected failure$|unexpected success$)/.test(said)) return [];
    return [[name, said === 'ok' ? 'passed' : said.startsWith('skipped') ? 'skipped' : 'failed'] as const];
  });
};

const cargo: Read = (lines) =>
  lines.flatMap((line) => {
    const [, name, said = ''] = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)/.exec(line) ?? [];
    return name === undefined ? [] : [[name, said === 'ok' ? 'passed' : said === 'FAILED' ? 'failed' : 'skipped'] as const];
  });

/** Minitest, whose names may go on over lines; what a test prints stands in front of what came of it. */
const minitest: Read = (lines) => {
  let open: string | undefined;
  return lines.flatMap((line) => {
    const [, whole, here = ''] = /^(\S+#.+) = [\d.]+ s = ([.FES])$/.exec(line) ?? [];
    const said = here || (open === undefined ? '' : (/(?:^|[^\d.])[\d.]+ s = ([.FES])$/.exec(line)?.[1] ?? ''));
    if (said === '') {
      if (/^\S+#\S/.test(line)) open = line;
      else if (open !== undefined && !open.includes(' = ')) open += ` ${line}`;
      return [];
    }
    const name = whole ?? `${open} ${line}`.split(' = ')[0] ?? '';
    open = undefined;
    return [[name, said === '.' ? 'passed' : said === 'S' ? 'skipped' : 'failed'] as const];
  });
};

/** test-unit -v: a tree, in which what a test prints stands between its name and what came of it. */
const testUnit: Read = (lines) => {
  const groups: string[] = [];
  let open: string | undefined;
  return lines.flatMap((line) => {
    const [, indent = '', called = '', rest] = /^( *)(\S.*?):(?: |\t+(.*))$/.exec(line) ?? [];
    if (called !== '' && rest === undefined && open === undefined) groups.splice(indent.length / 2, Number.POSITIVE_INFINITY, called);
    if (called !== '' && rest !== undefined) open = [...groups.slice(0, indent.length / 2), called].join(' > ');
    const said = /^(?<mark>[.EFNOP])?(?:: \([\d.]+\))?$/.exec(rest ?? line)?.groups?.mark;
    if (said === undefined || open === undefined) return [];
    const name = open;
    open = undefined;
    return [[name, said === '.' ? 'passed' : /[NOP]/.test(said) ? 'skipped' : 'failed'] as const];
  });
};

/** Mocha's tree, and that of Jest where it shows one. */
const marks: Read = (lines) => {
  const end = lines.findIndex((line) => /^ {2}\d+ passing\b|^Tests: /.test(line));
  return lines.slice(0, end < 0 ? undefined : end).flatMap((line) => {
    const [, sign = '', name = ''] = /^ {2,}([✓✔✕×○-]|\d+\)) (?:skipped |todo )?(.+?)(?: \(\d+ ?ms\)| \d+ms)?$/.exec(line) ?? [];
    if (name === '') return [];
    return [[name, /[✓✔]/.test(sign) ? 'passed' : /[○-]/.test(sign) ? 'skipped' : 'failed'] as const];
  });
};

/** AVA: where there is one file alone its tests stand without it; what went wrong stands behind the name, which is told again below. */
const ava: Read = (lines) => {
  const titles = new Set(lines.map((line) => /^ {2}(\S.*)$/.exec(line)?.[1]));
  return lines.flatMap((line) => {
    const [, mark = '', said = ''] = /^ {2}(✔|✘ \[fail\]:|- \[(?:skip|todo)\]) (.+?)(?: \([\d.]+m?s\))?$/.exec(line) ?? [];
    if (said === '') return [];
    const words = said.split(' ');
    const at = mark.startsWith('✘') ? words.findLastIndex((_, end) => titles.has(words.slice(0, end + 1).join(' '))) : -1;
    const name = (at < 0 ? said : words.slice(0, at + 1).join(' ')).replaceAll(' › ', ' > ');
    return [[name, mark === '✔' ? 'passed' : mark.startsWith('-') ? 'skipped' : 'failed'] as const];
  });
};

/**
 * TAP, under the file that prove names, with points up to the longest of their names. Those without a name are all called the
 * same: their number is another one as soon as a test stands in front of them. Within a test its subtests are tests, too.
 */
const tap: Read = (lines) => {
  let file = '';
  const open: string[] = [];
  return lines.flatMap((line): Named => {
    file = /^(\S+) \.{2,} ?$/.exec(line)?.[1] ?? file;
    const [, before, subtest] = /^( *)# Subtest: (.*)$/.exec(line) ?? [];
    if (before !== undefined && subtest !== undefined) open.splice(before.length / 4, Number.POSITIVE_INFINITY, subtest.trim());
    const [, indent = '', no, number = '', rest = ''] = /^( *)(not )?ok (\d+)\b ?-? ?(.*)$/.exec(line) ?? [];
    if (number === '') return [];
    const [said = '', aside] = rest.split(/(?<!\\)# ?(?=(?:skip|todo|time)\b)/i);
    const name = said.trim().replace(/\\#/g, '#') || NAMELESS;
    const depth = indent.length / 4;
    // In front of a name prove and tap put that of the subtest which it closes; other parts of a test are none.
    if (depth > 0 && open[depth] !== name) return [];
    const path = [...open.slice(0, depth), name].join(' > ');
    open.length = Math.min(open.length, depth);
    const outcome = aside !== undefined && !/^time/i.test(aside) ? 'skipped' : no ? 'failed' : 'passed';
    const called = [file, path].filter(Boolean).join(' > ');
    return depth > 0 ? [[called, outcome, true]] : [[called, outcome]];
  });
};

const NAMELESS = '(no name)';

/** Bun, under the name of the file. */
const bun: Read = (lines) => {
  let file = '';
  return lines.flatMap((line) => {
    file = /^(\S+\.\w+):$/.exec(line)?.[1] ?? file;
    const [, sign = '', name = ''] = /^(\((?:pass|fail|skip|todo)\)|[✓✗»✎]) (.+?)(?: \[[\d.]+m?s\])?$/.exec(line) ?? [];
    if (name === '') return [];
    return [
      [[file, name].filter(Boolean).join(' > '), /pass|✓/.test(sign) ? 'passed' : /fail|✗/.test(sign) ? 'failed' : 'skipped'] as const,
    ];
  });
};

/** Deno, under the name of the file; its steps are parts of a test. */
const deno: Read = (lines) => {
  let file = '';
  return lines.flatMap((line) => {
    file = /^running \d+ tests? from (\S+)$/.exec(line)?.[1] ?? file;
    const [, name, said = ''] = /^( ?\S.*?) \.\.\. (ok|FAILED|ignored)\b/.exec(line) ?? [];
    return name === undefined
      ? []
      : [[[file, name].filter(Boolean).join(' > '), said === 'ok' ? 'passed' : said === 'FAILED' ? 'failed' : 'skipped'] as const];
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
  /** Its number is of those that failed: how many ran it does not say. */
  readonly countsFailed?: true;
}

/** The first that says anything has counted all. */
const RUNNERS: readonly Runner[] = [
  { ran: [/^ℹ pass (\d+)$/gm, /^ℹ fail (\d+)$/gm], names: nodeSpec },
  { ran: [/^# pass (\d+)$/gm, /^# fail (\d+)$/gm], names: nodeTap },
  { ran: [/^test result: \S+ (\d+) passed; (\d+) failed;/gm], names: cargo },
  { ran: [/^Ran (\d+) tests? in /gm], not: /^(?:OK|FAILED) \(.*?skipped=(\d+)/gm, names: unittest },
  { ran: [/^(\d+) runs, \d+ assertions, /gm], not: /^\d+ runs, .* (\d+) skips/gm, names: minitest },
  {
    ran: [/^(\d+) tests, \d+ assertions, /gm],
    not: /^\d+ tests, \d+ assertions, .* (\d+) pendings, (\d+) omissions, /gm,
    names: testUnit,
  },
  { ran: [/^ {2}(\d+) tests? failed$/gm], names: ava, countsFailed: true },
  { ran: [/^ {2}(\d+) tests? passed$/gm], names: ava },
  { ran: [/^(\d+) success(?:es)? \/ (\d+) failures? \/ (\d+) errors? \/ \d+ pending/gm] }, // busted
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
