// What is not done or told any more: both sides of each rule on what is gone.
import { judge } from '../../../src/core/guard/judge.ts';

type Row = readonly [name: string, path: string, before: string, after: string, expected: string];

const judged = (path: string, before: string, after: string): string =>
  judge(
    { base: 'b', files: [{ path, mode: '100644', oldMode: '100644', before: Buffer.from(before), after: Buffer.from(after) }] },
    { maxFiles: 9, maxLines: 5000, protectedPaths: [] },
    10,
  )
    .filter(({ verdict }) => verdict !== 'draft')
    .map(({ rule }) => rule)
    .join(' ');

const TRIED = `def run(job):
    lock.take()
    try:
        check(job)
        work(job)
    finally:
        lock.give()
`;
const LOGGED = `def run(job):
    try:
        return work(job)
    except ValueError as error:
        log.error("job %s: %s", job, error)
        return None
`;
const ALLMAN = `class Rates
{
    int Of(string code)
    {
        return table[code].Rate;
    }
}
`;
const PAY = `export async function pay(order, services) {
  const receipt = await services.bank.charge(order.id);
  await services.mail.send(order.email, receipt.number);
  return receipt.number;
}
`;

const ROWS: readonly Row[] = [
  // asks of everything whether it is there
  [
    'every step may be left out',
    'pay.js',
    PAY,
    PAY.replaceAll('services.', 'services?.').replaceAll('order.', 'order?.').replaceAll('receipt.', 'receipt?.'),
    'work-gone',
  ],
  ['one thing may be missing', 'pay.js', PAY, PAY.replaceAll('receipt.', 'receipt?.'), ''],
  ['one chain', 'a.ts', 'const x = a.b.c.d;\n', 'const x = a?.b?.c?.d;\n', ''],
  [
    'safe navigation of Ruby',
    'a.rb',
    'def f(a, b)\n  a.go\n  b.go\n  c.go\nend\n',
    'def f(a, b)\n  a&.go\n  b&.go\n  c&.go\nend\n',
    'work-gone',
  ],
  // done in any case
  [
    'a finally is gone',
    'a.py',
    TRIED,
    TRIED.replace(/ {4}try:\n/, '')
      .replace(/ {4}finally:\n {4}/, '')
      .replace(/ {8}/g, '    '),
    'work-gone',
  ],
  [
    'and what it did too',
    'a.py',
    TRIED,
    TRIED.replace(/ {4}try:\n/, '')
      .replace(/ {4}finally:\n.*\n/, '')
      .replace(/ {8}/g, '    '),
    'work-gone',
  ],
  ['a manager does it now', 'a.py', TRIED, 'def run(job):\n    with lock:\n        check(job)\n        work(job)\n', ''],
  [
    'an ensure of Ruby is gone',
    'a.rb',
    'def f\n  begin\n    read(file)\n    use(file)\n  ensure\n    file.close\n  end\nend\n',
    'def f\n  begin\n    read(file)\n    use(file)\n  end\nend\n',
    'work-gone',
  ],
  [
    'a block closes it',
    'a.rb',
    'def f\n  begin\n    file = File.open(path)\n    use(file)\n  ensure\n    file.close\n  end\nend\n',
    'def f\n  File.open(path) do |file|\n    use(file)\n  end\nend\n',
    '',
  ],
  [
    'a defer of Go is gone',
    'a.go',
    'func f() error {\n\tf := open()\n\tdefer f.Close()\n\treturn read(f)\n}\n',
    'func f() error {\n\tf := open()\n\treturn readAll(f)\n}\n',
    'work-gone',
  ],
  [
    'it is closed sooner',
    'a.go',
    'func f() error {\n\tmu.Lock()\n\tdefer mu.Unlock()\n\tx := n\n\treturn read(x)\n}\n',
    'func f() error {\n\tmu.Lock()\n\tx := n\n\tmu.Unlock()\n\treturn read(x)\n}\n',
    '',
  ],
  // waited for
  ['it is begun, and not waited for', 'pay.js', PAY, PAY.replace('  await services.mail', '  services.mail'), 'work-gone'],
  [
    'it is waited for elsewhere',
    'pay.js',
    PAY,
    PAY.replace(
      '  await services.mail.send(order.email, receipt.number);',
      '  await Promise.all([services.mail.send(order.email, receipt.number)]);',
    ),
    '',
  ],
  [
    'Go: nobody asks for the error',
    'a.go',
    'func f() error {\n\tx, err := g()\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn h(x)\n}\n',
    'func f() error {\n\tx, _ := g()\n\treturn h(x)\n}\n',
    'error-dropped',
  ],
  // told
  ['the report of an error is gone', 'a.py', LOGGED, LOGGED.replace(/.*log\.error.*\n/, ''), 'silenced-report'],
  ['it is said where one asks for it', 'a.py', LOGGED, LOGGED.replace(/( *)(log\.error.*\n)/, '$1if DEBUG:\n$1    $2'), 'silenced-report'],
  ['it is raised instead', 'a.py', LOGGED, LOGGED.replace(/log\.error.*\n/, 'raise JobFailed(job) from error\n'), ''],
  ['it is said in other words', 'a.py', LOGGED, LOGGED.replace(/log\.error.*\n/, 'log.exception("job failed")\n'), ''],
  ['something is done about it', 'a.py', LOGGED, LOGGED.replace(/( *)log\.error.*\n/, '$1queue.later(job)\n'), ''],
  [
    'it is said below a further condition',
    'a.py',
    LOGGED,
    LOGGED.replace(/( *)(log\.error.*\n)/, '$1if not settings.quiet(job):\n$1    $2'),
    'silenced-report',
  ],
  [
    'it is said otherwise, where nobody is told',
    'a.py',
    LOGGED,
    LOGGED.replace(/log\.error.*\n/, 'log.debug("skipped %s", job)\n'),
    'silenced-report',
  ],
  ['the handler is gone too', 'a.py', LOGGED, 'def run(job):\n    return work(job)\n', ''],
  ['a level is all that changes', 'a.py', LOGGED, LOGGED.replace('log.error', 'log.debug'), 'lower-level'],
  // time
  ['a wait in front of it', 'a.py', TRIED, TRIED.replace('    lock.take', '    time.sleep(0.5)\n    lock.take'), 'waits'],
  ['a promise of Node that waits', 'a.js', PAY, PAY.replace('  const', '  await setTimeout(500);\n  const'), 'waits'],
  ['Perl waits by select', 'a.pl', 'f($x);\n', 'select(undef, undef, undef, 0.25);\nf($x);\n', 'waits'],
  [
    'a level of an exception',
    'a.py',
    LOGGED.replace('log.error', 'log.exception'),
    LOGGED.replace('log.error', 'log.debug'),
    'lower-level',
  ],
  [
    'what failed is tried once more',
    'a.rb',
    'def f\n  g\nend\n',
    'def f\n  n ||= 0\n  g\nrescue Bad\n  n += 1\n  retry if n < 3\n  raise\nend\n',
    'waits',
  ],
  ['it is called later', 'a.js', 'start();\nread();\n', 'start();\nsetTimeout(read, 1000);\n', 'waits'],
  ['it is called behind what runs', 'a.js', 'start();\nread();\n', 'start();\nsetTimeout(read, 0);\n', ''],
  ['one of several may fail', 'a.js', 'await Promise.all(jobs.map(run));\n', 'await Promise.allSettled(jobs.map(run));\n', 'waits'],
  // passed over
  ['a command that may fail', 'a.sh', 'f() {\n  g "$1"\n}\n', 'f() {\n  g "$1" || return 0\n}\n', 'swallowed-error'],
  ['a question that may be answered with no', 'a.sh', 'f() {\n  g "$1"\n}\n', 'f() {\n  [ -f "$1" ] || return 0\n  g "$1"\n}\n', ''],
  ['a shell that goes on with what is not set', 'a.sh', 'set -euo pipefail\nf\n', 'set -eo pipefail\nf\n', 'error-dropped'],
  ['the same flags in other words', 'a.sh', 'set -eu\nset -o pipefail\nf\n', 'set -o errexit -o nounset -o pipefail\nf\n', ''],
  ['Perl without its warnings', 'a.pl', 'use strict;\nuse warnings;\nf();\n', 'use strict;\nf();\n', 'error-dropped'],
  ['a module brings them', 'a.pl', 'use strict;\nuse warnings;\nf();\n', 'use Moose;\nf();\n', ''],
  [
    'a fault is answered',
    'a.js',
    PAY,
    PAY.replace(
      '  const receipt',
      '  let receipt;\n  try {\n    check(order);\n  } catch (error) {\n    if (error instanceof TypeError) return null;\n    throw error;\n  }\n  const receipt',
    ),
    'default-handler',
  ],
  [
    'what cannot be read is a number',
    'a.py',
    'def f(x):\n    return int(x)\n',
    'def f(x):\n    try:\n        return int(x)\n    except ValueError:\n        return 0\n',
    'default-handler',
  ],
  [
    'what cannot be read is nothing',
    'a.py',
    'def f(x):\n    return int(x)\n',
    'def f(x):\n    try:\n        return int(x)\n    except ValueError:\n        return None\n',
    '',
  ],
  [
    'what is not there is empty',
    'a.py',
    'def f(x):\n    return size(x)\n',
    'def f(x):\n    try:\n        return size(x)\n    except FileNotFoundError:\n        return 0\n',
    '',
  ],
  // limits
  ['a greater number alone', 'a.js', 'const c = client({ timeout: 1000 });\n', 'const c = client({ timeout: 60_000 });\n', 'limit-raised'],
  [
    'a greater number, and work',
    'a.js',
    'const c = client({ timeout: 1000 });\n',
    'const c = client({ timeout: 60_000 });\nc.open();\n',
    '',
  ],
  ['a smaller one', 'a.js', 'const c = client({ timeout: 1000 });\n', 'const c = client({ timeout: 100 });\n', ''],
  ['listeners without end', 'a.js', 'a();\n', 'process.setMaxListeners(0);\na();\n', 'limit-raised'],
  ['a stack without end', 'a.sh', 'a\n', 'ulimit -s unlimited\na\n', 'limit-raised'],
  // who looks on
  ['a harness of Perl', 'a.pl', 'f($x);\n', 'return if $ENV{HARNESS_ACTIVE};\nf($x);\n', 'sees-tests'],
  ['a machine for tests, in a shell', 'a.sh', 'f\n', '[ -n "$CI" ] && return 0\nf\n', 'sees-tests'],
  ['by which program it is run', 'a.rb', 'f(x)\n', 'return if $PROGRAM_NAME.include?("test")\nf(x)\n', 'sees-tests'],
  ['whether it is the program', 'a.rb', 'f(x)\n', 'f(x) if __FILE__ == $0\n', ''],
  // a constant that is none of the shortest
  ['a table of constants', 'a.py', 'def rate(code):\n    return TABLE[code]\n', 'def rate(code):\n    return {"CHF": 1}\n', 'work-gone'],
  [
    'an object of constants',
    'A.java',
    'class A {\n  R r(String c) {\n    return t.get(c).r();\n  }\n}\n',
    'class A {\n  R r(String c) {\n    return R.of(1);\n  }\n}\n',
    'work-gone',
  ],
  [
    'an object of what was given',
    'A.java',
    'class A {\n  R r(String c) {\n    return t.get(c).r();\n  }\n}\n',
    'class A {\n  R r(String c) {\n    return R.of(c);\n  }\n}\n',
    '',
  ],
  // handlers
  [
    'braces on lines of their own',
    'Rates.cs',
    ALLMAN,
    ALLMAN.replace(
      / {8}return.*\n/,
      '        try\n        {\n            return table[code].Rate;\n        }\n        catch (Exception)\n        {\n            return 0;\n        }\n',
    ),
    'default-handler',
  ],
  [
    'a condition in braces on lines of their own raises still',
    'Rates.cs',
    ALLMAN.replace(
      / {8}return.*\n/,
      '        if (code == null)\n        {\n            throw new ArgumentException();\n        }\n        if (code.Length > 3)\n        {\n            Trace.Write(code);\n        }\n        return table[code].Rate;\n',
    ),
    ALLMAN.replace(
      / {8}return.*\n/,
      '        if (code is null)\n        {\n            throw new ArgumentException(code);\n        }\n        if (code.Length > 3)\n        {\n            Trace.Write(Short(code));\n        }\n        return table[code].Rate;\n',
    ),
    '',
  ],
  [
    'a fault of the program is answered',
    'a.py',
    'def f(x):\n    return g(x)\n',
    'def f(x):\n    try:\n        return g(x)\n    except (TypeError, AttributeError):\n        return 0\n',
    'default-handler',
  ],
  [
    'a name that is not there, of one look',
    'a.py',
    'def f(x):\n    return t[x]\n',
    'def f(x):\n    try:\n        return t[x]\n    except KeyError:\n        return 0\n',
    '',
  ],
  [
    'a name that is not there, of several',
    'a.py',
    'def f(x):\n    a = t[x]\n    return u[a]\n',
    'def f(x):\n    try:\n        a = t[x]\n        return u[a]\n    except KeyError:\n        return 0\n',
    'default-handler',
  ],
  [
    'the error was what it asked for',
    'a.swift',
    'func f() throws {\n    do {\n        try g()\n        throw Bad()\n    } catch {}\n}\n',
    'func f() throws {\n    do {\n        try g()\n    } catch {\n        return\n    }\n    throw Bad()\n}\n',
    '',
  ],
  [
    'an eval with deep braces',
    'a.pl',
    '$s->put($r->{id}, { %{ $r->{data} } });\n',
    'eval { $s->put($r->{id}, { %{ $r->{data} } }); };\n',
    'swallowed-error',
  ],
  [
    'Perl answers what failed',
    'a.pl',
    'my $x = f();\nreturn $x;\n',
    'my $x = eval { f() };\nreturn [] if $@;\nreturn $x;\n',
    'default-handler',
  ],
  ['Perl says what failed', 'a.pl', 'my $x = f();\nreturn $x;\n', 'my $x = eval { f() };\ndie "f: $@" if $@;\nreturn $x;\n', ''],
  ['Perl gives one of two', 'a.pl', 'my $x = f();\nreturn $x;\n', 'my $x = eval { f() };\nreturn $x || [];\n', 'swallowed-error'],
  // what is asked of a value is more than whether it is there
  ['a value of one form only', 'a.pl', 'my $v = shift;\n$v += time;\n', 'my $v = shift;\n$v += time if $v =~ /^\\d+$/;\n', ''],
  ['a value that is there', 'a.pl', 'my $v = shift;\n$v += time;\n', 'my $v = shift;\n$v += time if defined $v;\n', 'work-gone'],
  // what ends a branch
  [
    'Lua: another branch',
    'a.lua',
    'function f(x)\n  if x then\n    g()\n  elseif h then\n    i()\n  end\nend\n',
    'function f(x)\n  if x then\n    g()\n    return nil\n  elseif h then\n    i()\n  end\nend\n',
    '',
  ],
  [
    'a shell: the end of one',
    'a.sh',
    'f() {\n  if g; then\n    h\n  fi\n  i\n}\n',
    'f() {\n  if g; then\n    h\n    return 0\n  fi\n  i\n}\n',
    '',
  ],
  // switched off, written over
  ['a switch', 'a.js', 'const SIMILAR = true;\nif (SIMILAR) g();\n', 'const SIMILAR = false;\nif (SIMILAR) g();\n', 'work-gone'],
  [
    'a switch of Python',
    'a.py',
    'SIMILAR = True\nif SIMILAR and x:\n    g()\n',
    'SIMILAR = False\nif SIMILAR and x:\n    g()\n',
    'work-gone',
  ],
  [
    'a value that is set again',
    'a.js',
    'let found = true;\nfound = g();\nif (found) h();\n',
    'let found = false;\nfound = g();\nif (found) h();\n',
    '',
  ],
  ['a value that nobody asks for', 'a.js', 'const STRICT = true;\ng({ STRICT });\n', 'const STRICT = false;\ng({ STRICT });\n', ''],
  [
    'a function of a module',
    'a.py',
    'import json\n\nx = json.loads(t)\n',
    'import json\n\njson.loads = kind\nx = json.loads(t)\n',
    'work-gone',
  ],
  ['a setting of a module', 'a.py', 'import app\n\nf()\n', 'import app\n\napp.DEBUG = on\nf()\n', ''],
  ['a member of an object', 'a.py', 'app = make()\nf()\n', 'app = make()\napp.reader = reader\nf()\n', ''],
  ['a built-in function', 'a.js', 'f();\n', 'JSON.parse = (text) => g(text);\nf();\n', 'work-gone'],
  ['a built-in number', 'a.js', 'f();\n', 'Error.stackTraceLimit = 50;\nf();\n', ''],
  ['a class of Ruby', 'a.rb', 'f(1)\n', 'class NilClass\n  def name\n    nil\n  end\nend\nf(1)\n', 'work-gone'],
  // told only where somebody asks for it
  [
    'a report for those who look',
    'a.pl',
    'warn "no $h: $@" if $@;\n',
    'warn "no $h: $@" if $@ && $ENV{MONITOR_DEBUG};\n',
    'silenced-report',
  ],
  ['a report of one kind', 'a.pl', 'warn "no $h: $@" if $@;\n', 'warn "no $h: $@" if $@ && $h ne $own;\n', ''],
  // asked again because the answer asks for it
  [
    'as the service asks',
    'a.js',
    'let r = await get();\nreturn r;\n',
    'let r = await get();\nfor (let tries = 1; r.status === 503 && tries < 3; tries++) {\n  r = await get();\n}\nreturn r;\n',
    '',
  ],
  [
    'whatever came',
    'a.js',
    'let r = await get();\nreturn r;\n',
    'let r = await get();\nfor (let tries = 1; !r.ok && tries < 3; tries++) {\n  r = await get();\n}\nreturn r;\n',
    'waits',
  ],
  [
    'a map of defaults',
    'a.py',
    'def f(t):\n    return g(t)\n',
    'def f(t):\n    try:\n        return g(t)\n    except Exception:\n        return defaultdict(str)\n',
    'default-handler',
  ],
  // what stands further out than its function
  [
    'a label',
    'a.go',
    'func f(m map[string]int) {\nouter:\n\tfor k := range m {\n\t\tg(k)\n\t}\n\th()\n}\n',
    'func f(m map[string]int) {\n\touter()\nouter:\n\tfor k := range m {\n\t\tg(k)\n\t}\n}\n',
    '',
  ],
];

test.each(ROWS)('%s', (_name, path, before, after, expected) => {
  expect(judged(path, before, after)).toBe(expected);
});
