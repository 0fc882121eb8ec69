// Measured: is the file with the bug in the prompt, and is it first? Over logs that real programs wrote (test/golden/logs)
// and over layouts of deployments (context-rows.ts).
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { manifestsFor, packageRoot } from '../../../src/core/context/package-roots.ts';
import { chooseFiles, type RankedFile } from '../../../src/core/context/rank.ts';
import type { ErrorEvent } from '../../../src/core/model.ts';
import { detect } from '../read/detector-run.ts';
import { ROWS, type Row } from './rows.ts';

/** Wrong answers that are known: the file that comes first instead, or `null` for none. */
const KNOWN_WRONG: Readonly<Record<string, { readonly first: string | null; readonly why: string }>> = {
  '.NET without symbols, one of two': {
    first: null,
    why: 'a trace without any file and without a mark of the compiler is not read as one of .NET',
  },
  'a check throws, its caller is wrong': {
    first: 'src/pricing.js',
    why: 'which of the frames holds the bug, only the code can tell; the caller is second',
  },
  'one bundle without a map': { first: null, why: 'nothing in the log names a file of the repository' },
};

function ranked(event: ErrorEvent, { files, manifests = {}, subdir = '' }: Omit<Row, 'name' | 'log' | 'bug'>): readonly RankedFile[] {
  const read = manifestsFor(event.language, event.frames, files).map((path) => packageRoot(path, manifests[path] ?? ''));
  const roots = read.filter((root) => root !== undefined);
  return chooseFiles(
    event,
    files.map((path) => ({ path })),
    { subdir, roots },
  ).files;
}

const GOLDEN = join(import.meta.dirname, '../../golden/logs');
const SOURCE = /\.(?:py|m?[jt]s|cjs|java|kt|go|rb|php|cs|exs|erl|escript|rs|c|cpp|pl)$/;
/** Where the programs ran: all that is above the names of the sources. */
const RAN_IN: Readonly<Record<string, string>> = { java: 'src/main/java/', kotlin: 'src/main/kotlin/' };

/** The golden logs with an error, each in a repository with all programs of its language, twice where names cannot tell. */
function goldenRows(): readonly {
  readonly name: string;
  readonly event: ErrorEvent;
  readonly files: readonly string[];
  readonly bug: string;
}[] {
  return readdirSync(GOLDEN, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['docker', 'formats'].includes(entry.name))
    .flatMap(({ name: language }) => {
      const names = readdirSync(join(GOLDEN, language));
      const place = (source: string): string => {
        const packaged = /^package ([\w.]+)/m.exec(readFileSync(join(GOLDEN, language, source), 'utf8'))?.[1];
        const folder = packaged === undefined || packaged === 'main' ? '' : `${packaged.replaceAll('.', '/')}/`;
        return `shop/${RAN_IN[language] ?? ''}${folder}${source}`;
      };
      const sources = names.filter((name) => SOURCE.test(name));
      const mine = sources.map(place);
      const files = language in RAN_IN ? mine : [...mine, ...mine.map((path) => path.replace(/^shop\//, 'billing/'))];
      return names
        .filter((name) => name.endsWith('.log'))
        .flatMap((log) => {
          const stem = log.replace(/(?:-served|-clang|-clang-stack|-full|-nodebug|-\d[\d.]*)?\.log$/, '').toLowerCase();
          const source = sources.find(
            (each) =>
              basename(each)
                .replace(/\.\w+$/, '')
                .toLowerCase() === stem,
          );
          const event = detect(readFileSync(join(GOLDEN, language, log)))[0];
          if (source === undefined || !event?.frames.some((frame) => frame.inApp && frame.file.includes(source.replace(/\..*/, ''))))
            return [];
          return [{ name: `${language}/${log}`, event, files, bug: place(source) }];
        });
    });
}

interface Measured {
  readonly name: string;
  readonly bug: string;
  readonly files: readonly RankedFile[];
  readonly hasFrames: boolean;
}

const MEASURED: readonly Measured[] = [
  ...goldenRows().map(({ name, event, files, bug }) => ({ name, bug, files: ranked(event, { files }), hasFrames: true })),
  ...ROWS.map((row) => {
    const [event] = detect(`${row.log}\n`);
    return { name: row.name, bug: row.bug, files: event ? ranked(event, row) : [], hasFrames: (event?.frames.length ?? 0) > 0 };
  }),
];

/** A name that only stands in the text is no answer where there are frames. */
const firstOf = ({ files: [first], hasFrames }: Measured): string | null =>
  first && !(hasFrames && first.role === 'mentioned') ? first.path : null;

test('enough was measured', () => {
  expect(goldenRows().length).toBeGreaterThanOrEqual(100);
  expect(ROWS.length).toBeGreaterThanOrEqual(80);
});

test.each(MEASURED.filter(({ name }) => !(name in KNOWN_WRONG)))('$name: $bug first', (row) => {
  expect(firstOf(row)).toBe(row.bug);
});

test.each(Object.entries(KNOWN_WRONG))('known wrong: %s', (name, { first }) => {
  const row = MEASURED.find((each) => each.name === name) as Measured;
  expect(firstOf(row)).toBe(first);
  expect(first).not.toBe(row.bug);
});

test('of all rows, wrong ones too, the file with the bug is in the prompt in 99 % and first in 95 %', () => {
  const shown = MEASURED.filter(({ files, bug }) => files.some(({ path }) => path === bug)).length;
  const first = MEASURED.filter((row) => firstOf(row) === row.bug).length;
  expect(shown / MEASURED.length).toBeGreaterThanOrEqual(0.99);
  expect(first / MEASURED.length).toBeGreaterThanOrEqual(0.95);
});

const frame = (file: string) => ({ file, line: 1, inApp: false });
const MANIFESTS = [
  'package.json',
  'packages/rates/package.json',
  'packages/web/package.json',
  'node_modules/x/package.json',
  'go.mod',
  'a/go.mod',
  'rack.gemspec',
  'Cargo.toml',
  'composer.json',
];

test.each([
  // No directory says what the package of the root is called.
  [
    'the workspace that a frame names',
    'javascript',
    '/app/node_modules/@acme/rates/dist/x.js',
    ['package.json', 'packages/rates/package.json'],
  ],
  ['with a prefix', 'javascript', '/app/node_modules/acme-rates/dist/x.js', ['package.json', 'packages/rates/package.json']],
  ['below pnpm', 'javascript', '/app/node_modules/.pnpm/a@1/node_modules/@acme/web/x.js', ['package.json', 'packages/web/package.json']],
  ['the root alone for packages of others', 'javascript', '/app/node_modules/express/lib/router.js', ['package.json']],
  ['the gem that a frame names', 'ruby', '/usr/lib/ruby/gems/3.1.0/gems/rack-3.2.5/lib/rack/etag.rb', ['rack.gemspec']],
  ['none for gems of others', 'ruby', '/usr/lib/ruby/gems/3.1.0/gems/puma-6.0.0/lib/puma/server.rb', []],
  ['the crate of the root', 'rust', '/root/.cargo/registry/src/index.crates.io-6f17d22bba15001f/csv-1.3.0/src/reader.rs', ['Cargo.toml']],
  ['none of Rust without a registry', 'rust', 'src/reader.rs', []],
  ['the root of PHP', 'php', '/srv/app/vendor/acme/kit/src/Client.php', ['composer.json']],
  ['none without packages', 'javascript', '/app/src/main.js', []],
  ['all modules of Go', 'go', '/app/main.go', ['go.mod', 'a/go.mod']],
  ['none of Python', 'python', '/app/main.py', []],
] as const)('manifests that are read: %s', (_name, language, file, expected) => {
  expect(manifestsFor(language, [frame(file)], MANIFESTS)).toEqual(expected);
});
