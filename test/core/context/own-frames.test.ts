// Which frames are of the application, as its repository reads them: what it holds under the whole name of a frame is its own,
// whatever it is called and wherever it was installed; what is only called alike is not.
import type { PackageRoot } from '../../../src/core/context/frame-names.ts';
import { ownFrames } from '../../../src/core/context/locate.ts';
import { packageRoot } from '../../../src/core/context/package-roots.ts';
import { chooseFiles } from '../../../src/core/context/rank.ts';
import { indexPaths } from '../../../src/core/repository/paths.ts';
import { createIncidentPlaces } from '../../../src/pipeline/incident-places.ts';
import { detect } from '../read/detector-run.ts';

interface Row {
  readonly log: string;
  readonly files: Readonly<Record<string, string>>;
  /** The file of the nearest frame of the application; `null` where no frame is. */
  readonly own: string | null;
  /** Where it arose as people are told it, where no line of that file is known. */
  readonly told?: string;
}

const JAVA = 'Exception in thread "main" java.lang.NullPointerException: no name';
const python = (file: string): string => `Traceback (most recent call last):\n  File "${file}", line 9, in price\n    x\nKeyError: 'price'`;
const ruby = (file: string): string =>
  `${file}:7:in \`price': undefined method \`x' for nil:NilClass (NoMethodError)\n\tfrom ${file}:2:in \`all'`;
const php = (file: string): string =>
  `PHP Fatal error:  Uncaught TypeError: no price in ${file}:7\nStack trace:\n#0 {main}\n  thrown in ${file} on line 7`;
const node = (file: string): string =>
  `TypeError: no price\n    at price (${file}:7:10)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`;
const rust = (file: string): string => `thread 'main' panicked at ${file}:7:5:\nno price`;
const go = (file: string): string => `panic: no price\n\ngoroutine 1 [running]:\nx.Price(0x1)\n\t${file}:7 +0x1d`;

const OURS: Readonly<Record<string, Row>> = {
  'a package that begins as those of a known organisation': {
    log: `${JAVA}\n\tat org.apache.commons.lang3.reflect.MethodUtils.invoke(MethodUtils.java:7)\n\tat com.fasterxml.jackson.core.Version.equals(Version.java:3)`,
    files: { 'src/main/java/org/apache/commons/lang3/reflect/MethodUtils.java': '' },
    own: 'src/main/java/org/apache/commons/lang3/reflect/MethodUtils.java',
  },
  'an extension of Java': {
    log: `${JAVA}\n\tat javax.mail.internet.MimeMessage.parse(MimeMessage.java:7)`,
    files: { 'mail/src/main/java/javax/mail/internet/MimeMessage.java': '' },
    own: 'mail/src/main/java/javax/mail/internet/MimeMessage.java',
  },
  'installed as a Python package': {
    log: python('/usr/local/lib/python3.12/site-packages/acme/orders.py'),
    files: { 'src/acme/orders.py': '' },
    own: 'src/acme/orders.py',
  },
  'a Python module of one file': {
    log: python('/app/.venv/lib/python3.12/site-packages/bottle.py'),
    files: { 'bottle.py': '', 'test/bottle.py': '' },
    own: 'bottle.py',
  },
  'installed as a gem': {
    log: ruby('/usr/local/bundle/gems/rack-test-3.2.5/lib/rack/test.rb'),
    files: { 'rack-test.gemspec': '', 'lib/rack/test.rb': '' },
    own: 'lib/rack/test.rb',
  },
  'a gem out of a repository': {
    log: ruby('/usr/local/bundle/ruby/3.1.0/bundler/gems/rack-0a1b2c3d4e5f/lib/rack/etag.rb'),
    files: { 'rack.gemspec': '', 'lib/rack/etag.rb': '' },
    own: 'lib/rack/etag.rb',
  },
  'installed by Composer': {
    log: php('/srv/shop/vendor/acme/kit/src/Client.php'),
    files: { 'composer.json': '{"name":"acme/kit"}', 'src/Client.php': '' },
    own: 'src/Client.php',
  },
  'a crate of the registry': {
    log: rust('/root/.cargo/registry/src/index.crates.io-6f17d22bba15001f/csv-core-0.1.11/src/reader.rs'),
    files: { 'csv-core/Cargo.toml': '[package]\nedition = "2021"\nname = "csv-core"\n', 'csv-core/src/reader.rs': '', 'src/reader.rs': '' },
    own: 'csv-core/src/reader.rs',
  },
  'a package of npm': {
    log: node('/app/node_modules/qs/lib/stringify.js'),
    files: { 'package.json': '{ "name": "qs", "version": "6.0.0" }', 'lib/stringify.js': '' },
    own: 'lib/stringify.js',
  },
  'a package of npm, published flat from TypeScript': {
    log: node('/app/node_modules/graphql/execution/execute.js'),
    files: { 'package.json': '{\n  "name": "graphql"\n}', 'src/execution/execute.ts': '', 'src/other/execute.ts': '' },
    own: 'src/execution/execute.ts',
    told: 'execution/execute.js',
  },
  'a module of Go in the cache': {
    log: go('/root/go/pkg/mod/github.com/acme/kit@v1.2.3/parse/parse.go'),
    files: { 'go.mod': 'module github.com/acme/kit\n', 'parse/parse.go': '' },
    own: 'parse/parse.go',
  },
};

const THEIRS: Readonly<Record<string, Row>> = {
  'a class of the virtual machine, of which the repository has a stand-in': {
    log: `${JAVA}\n\tat java.util.ArrayList.get(ArrayList.java:7)\n\tat org.apache.Tool.main(Tool.java:3)`,
    files: { 'emul/java/util/ArrayList.java': '' },
    own: null,
  },
  'a class of the same name in another package': {
    log: `${JAVA}\n\tat org.apache.commons.text.StringUtils.trim(StringUtils.java:7)`,
    files: { 'src/main/java/com/acme/text/StringUtils.java': '' },
    own: null,
  },
  'a module of another package': {
    log: python('/usr/lib/python3/dist-packages/requests/models.py'),
    files: { 'acme/models.py': '', 'models.py': '' },
    own: null,
  },
  'a module of one file that only a directory has': {
    log: python('/app/.venv/lib/python3.12/site-packages/bottle.py'),
    files: { 'acme/vendored/bottle.py': '' },
    own: null,
  },
  'another gem': {
    log: ruby('/usr/local/bundle/gems/rack-3.2.5/lib/rack/etag.rb'),
    files: { 'rack-test.gemspec': '', 'lib/rack/etag.rb': '' },
    own: null,
  },
  'a package of npm that is called as a directory': {
    log: node('/app/node_modules/qs/lib/stringify.js'),
    files: { 'package.json': '{"name":"shop"}', 'packages/qs/package.json': '{"name":"@acme/qs"}', 'lib/stringify.js': '' },
    own: null,
  },
  'what is installed and tracked': {
    log: php('/srv/shop/vendor/acme/kit/src/Client.php'),
    files: { 'composer.json': '{"name":"acme/shop"}', 'vendor/acme/kit/src/Client.php': '' },
    own: null,
  },
  'a class of .NET whose file is not told': {
    log: 'Unhandled exception. System.InvalidOperationException: no price\n   at System.Linq.Enumerable.First[T](IEnumerable`1 source)',
    files: { 'src/Enumerable.cs': '' },
    own: null,
  },
};

function rootsIn(files: Row['files']): readonly PackageRoot[] {
  return Object.entries(files).flatMap(([path, text]) => packageRoot(path, text) ?? []);
}

async function read({ log, files }: Row) {
  const [event] = detect(`${log}\n`);
  if (event === undefined) throw new Error('no event in the log');
  expect(event.frames.some(({ inApp }) => inApp)).toBe(false);
  const paths = Object.keys(files);
  const options = { language: event.language, subdir: '', roots: rootsIn(files) };
  const frames = ownFrames(event.frames, indexPaths(paths), options);
  const [first] = chooseFiles(
    event,
    paths.map((path) => ({ path })),
    options,
  ).files;
  const places = createIncidentPlaces({ list: async () => paths, read: async (path) => files[path] }, '', (text) => text);
  const found = await places.find(event, undefined);
  return { isOwn: frames.some(({ inApp }) => inApp), first, ...found };
}

test.each(Object.entries(OURS))('ours: %s', async (_name, row) => {
  const { isOwn, first, place, frames } = await read(row);
  expect(isOwn).toBe(true);
  expect(first).toMatchObject({ path: row.own, role: 'nearest' });
  expect(place?.path).toBe(row.told ?? row.own);
  expect(frames.some(({ inApp }) => inApp)).toBe(true);
});

test.each(Object.entries(THEIRS))('theirs: %s', async (_name, row) => {
  const { isOwn, first, place } = await read(row);
  expect([isOwn, first?.role === 'nearest', place]).toEqual([false, false, undefined]);
});
