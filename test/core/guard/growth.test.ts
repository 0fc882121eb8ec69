// However often a change repeats what the rules on hiding look for, their cost grows with its length.
import { judge } from '../../../src/core/guard/judge.ts';
import { isLinear } from '../../support/processor-time.ts';

/** One piece of the file before and after; `@` is another number each time. */
const PIECES: readonly (readonly [name: string, path: string, before: string, after: string])[] = [
  ['blocks that are done in any case, gone', 'a.py', 'try:\n    f@()\nfinally:\n    g@()\n', 'f@()\n'],
  ['the same, kept', 'a.py', 'try:\n    f@()\nfinally:\n    g@()\n', 'try:\n    h@()\nfinally:\n    g@()\n'],
  ['what is done at the end, gone', 'a.go', '\to@()\n\tdefer c@()\n', '\to@()\n'],
  ['switches', 'a.js', 'const a@ = true;\nif (a@) f();\n', 'const a@ = false;\nif (a@) f();\n'],
  ['names that are asked with care', 'a.js', 'f(a@.b.c);\n', 'f(a@?.b?.c);\n'],
  ['reports below a condition', 'a.js', 'if (e@) {\n  log.error(e@);\n}\n', 'if (e@) {\n}\n'],
  ['reports for those who ask', 'a.pl', 'warn "@" if $e;\n', 'warn "@" if $e && $ENV{DEBUG};\n'],
  ['handlers of a lookup', 'a.py', 'f@()\n', 'try:\n    f@()\n    g@()\nexcept KeyError:\n    return 0\n'],
  ['handlers of one kind', 'a.py', 'f@()\n', 'try:\n    f@()\nexcept ValueError:\n    return 0\n'],
  ['commands with an answer', 'a.sh', 'f @\n', 'f @ || return 0\n'],
  ['statements that are not waited for', 'a.js', 'await f(@);\n', 'f(@);\n'],
  ['evals', 'a.pl', 'f(@);\n', 'eval { f({ a => { b => @ } }); };\n'],
  ['open evals', 'a.pl', 'f(@);\n', 'eval { f({ a => { b => @\n'],
  ['greater numbers', 'a.py', 'timeout_@ = 1\n', 'timeout_@ = 2\n'],
  ['other levels', 'a.py', 'log.error("@")\n', 'log.info("@")\n'],
  ['methods of a module', 'a.py', 'import m@\n', 'import m@\nm@.f = g\n'],
  ['checks of a test', 'test/a.test.js', '  assert.equal(f(@), 1);\n', '  assert.equal(g(@), 1);\n'],
  ['braces on lines of their own', 'a.cs', 'void F@()\n{\n    G();\n}\n', 'void F@()\n{\n    H();\n}\n'],
  ['errors that are handed on', 'a.js', 'if (e@) {\n  done(err);\n}\n', 'if (e@) {\n  done(null);\n}\n'],
  ['flags', 'a.py', 'f(check@=True, check=True)\n', 'f(check@=False, verify=False)\n'],
  ['words of a function', 'a.py', 'def f@(x):\n    """Gives it.\n', 'def f@(x):\n    """Gives it.\n    if x:\n        return None\n'],
  ['loops around what failed', 'a.js', 'f(@);\n', 'for (;;) {\n  try {\n    f(@);\n  } catch (e) {\n  }\n}\n'],
  ['code that became a comment', 'a.js', 'f(@);\n', '// f(@);\n'],
  ['entries without a field', 'a.py', 'for a in b@:\n    f(a)\n', 'for a in b@:\n    if not a.x:\n        continue\n    f(a)\n'],
  ['hooks of a service', 'a.py', 'f@()\n', 'def f@(event, hint):\n    g()\n'],
  ['hooks of a page', 'a.js', 'f(@)\n', 'beforeSend: f(@)\n'],
  ['signs of a comment', 'a.rb', 'x = /[^#]#{a@}/\n', 'x = /[^#]#{b@}/\n'],
];

test.each(PIECES)('%s', async (_name, path, before, after) => {
  const made = (piece: string, size: number): Buffer =>
    Buffer.from(Array.from({ length: size }, (_, at) => piece.replaceAll('@', at.toString(36))).join(''));
  const read = (size: number): unknown =>
    judge(
      { base: 'b', files: [{ path, mode: '100644', oldMode: '100644', before: made(before, size), after: made(after, size) }] },
      { maxFiles: 9, maxLines: 1e6, protectedPaths: [] },
      10,
    );
  expect(await isLinear(read, 250)).toBe(true);
});
