// Settings of tests that stand in a manifest beside other things: which tests are run, and what counts as a failure.
// Files that hold nothing else are in `protected.ts` (CHECK_CONFIG).
import type { Verdict } from '../model.ts';
import { beyond, patchOnly, quote, type ReadFile } from './policy.ts';

/** The lines of a manifest that steer its tests; a change in them, either way, is a finding. */
type Extractor = (text: string) => readonly string[];

const FORMATS: readonly (readonly [names: RegExp, extract: Extractor])[] = [
  [/(?:^|\/)(?:package|deno|composer)\.jsonc?$/i, (text) => fields(text, /^(?:jest|mocha|ava|tap|nyc|c8|vitest|karma|test|unittest)$/)],
  [
    /(?:^|\/)(?:pyproject\.toml|setup\.cfg)$/i,
    (text) => sections(text, (section) => /pytest|unittest|nose|coverage|tox|nox|hatch\.envs|hypothesis/i.test(section)),
  ],
  [
    /(?:^|\/)cargo\.toml$/i,
    (text) =>
      sections(
        text,
        (section, line) => section === '[test]' || /^(?:auto(?:tests|bins|benches|examples)|test|doctest|harness)\s*=/.test(line),
      ),
  ],
  [
    /\.gradle(?:\.kts)?$/i,
    (text) =>
      matching(
        text,
        /\b(?:ignoreFailures|exclude\w*|filter|includeTestsMatching|excludeTestsMatching|scanForTestClasses|failOnNoDiscoveredTests|onlyIf|enabled)\b/,
      ),
  ],
  [
    /(?:^|\/)pom\.xml$/i,
    (text) => matching(text, /skip|testFailureIgnore|<(?:exclude|include|groups|excludedGroups|test)\b|surefire|failsafe/i),
  ],
  [/(?:^|\/)mix\.exs$/i, (text) => matching(text, /\btest_\w+\s*:|\bex_unit\b/i)],
  [
    /(?:^|\/)(?:cmakelists\.txt|meson\.build)$/i,
    (text) => matching(text, /\b(?:add_test|enable_testing|set_tests_properties|WILL_FAIL|should_fail|test|benchmark)\s*(?:\(|:|\b)/i),
  ],
];

export function testSettings({ path, before, after }: ReadFile): readonly Verdict[] {
  const extract = FORMATS.find(([names]) => names.test(path))?.[1];
  if (extract === undefined) return [];
  const was = extract(before.text).join('\n');
  const is = extract(after.text).join('\n');
  const line = beyond(is, was)[0] ?? beyond(was, is)[0];
  return line === undefined ? [] : [patchOnly('check-config', `${path} steers the tests: ${quote(line)}`)];
}

const matching = (text: string, pattern: RegExp): readonly string[] => text.split('\n').filter((line) => pattern.test(line));

/** Lines of TOML and INI with the name of their section. */
function sections(text: string, isOne: (section: string, line: string) => boolean): readonly string[] {
  let section = '';
  return text.split('\n').flatMap((raw) => {
    const line = raw.trim();
    section =
      /^\[+[^\]]+\]+/
        .exec(line)?.[0]
        .replace(/^\[+\s*/, '[')
        .replace(/\s*\]+$/, ']') ?? section;
    return line !== '' && !/^[#;]/.test(line) && isOne(section, line) ? [`${section} ${line}`] : [];
  });
}

/** The named fields of a JSON object. One that does not parse is broken, and the syntax check says so. */
function fields(text: string, names: RegExp): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return entries.filter(([name]) => names.test(name)).map(([name, field]) => `${name}: ${JSON.stringify(field)}`);
  } catch {
    return [];
  }
}
