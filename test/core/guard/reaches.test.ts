// Tests of a fix that read what is not of the repository are refused; what a test only sets or names is let through.
import { judge } from '../../../src/core/guard/judge.ts';

const verdictsOf = (path: string, line: string): readonly string[] => {
  const file = { path, mode: '100644' as const, after: Buffer.from(`${line}\n`) };
  return judge({ base: 'a', files: [file] }, { maxFiles: 10, maxLines: 400, protectedPaths: [] }, 1).map(
    ({ rule, verdict }) => `${rule} ${verdict}`,
  );
};

test.each([
  ['test/a.test.js', "const key = readFileSync(join(homedir(), 'x'), 'utf8');"],
  ['test/a.test.js', 'assert.equal(JSON.stringify(process.env), 1);'],
  ['test/a.test.js', "assert.equal(process.env.GITHUB_TOKEN, '');"],
  ['test/a.test.js', "assert.equal(fs.readFileSync('/etc/hostname', 'utf8'), 1);"],
  ['tests/test_a.py', "text = open(os.path.expanduser('~/.config')).read()"],
  ['tests/test_a.py', 'self.assertEqual(os.environ, {})'],
  ['tests/test_a.py', "raise AssertionError(open('/proc/1/environ').read())"],
  ['a_test.go', 'dir, _ := os.UserHomeDir()'],
  ['a_test.go', 'b, _ := os.ReadFile("/home/app/.env")'],
  ['spec/a_spec.rb', 'expect(ENV.to_h).to eq({})'],
  ['src/test/java/ATest.java', 'String home = System.getProperty("user.home");'],
])('%s: %s', (path, line) => {
  expect(verdictsOf(path, line)).toContain('test-reaches refuse');
});

test.each([
  ['test/a.test.js', "process.env.TZ = 'UTC';"],
  ['test/a.test.js', "assert.equal(parse('/etc/app.conf').dir, '/etc');"],
  ['test/a.test.js', "readFileSync(new URL('./fixtures/a.json', import.meta.url));"],
  ['tests/test_a.py', "os.environ['MODE'] = 'x'"],
  ['tests/test_a.py', "self.assertEqual(route('/home/index'), 'index')"],
  ['a_test.go', 't.Setenv("HOMEPAGE", "x")'],
  ['src/a.js', 'const all = process.env;'],
])('let through: %s: %s', (path, line) => {
  expect(verdictsOf(path, line).filter((verdict) => verdict.startsWith('test-reaches'))).toEqual([]);
});
