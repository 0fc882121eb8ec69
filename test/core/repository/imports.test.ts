import { lostImports } from '../../../src/core/repository/imports.ts';

const JS = "import { join, sep as slash } from 'node:path';\nimport fs from 'node:fs';\nconst { tax } = require('./tax.js');\n";

test.each([
  ['used as before', 'a.js', JS, JS.replace("import fs from 'node:fs';\n", '').concat('fs.readFileSync(slash);\n'), ['fs']],
  ['all of a line, one of them used', 'a.js', JS, "const { tax } = require('./tax.js');\njoin(tax(1));\n", ['join']],
  ['under its other name', 'a.ts', JS, `${JS.replace(', sep as slash', '')}slash.length;\n`, ['slash']],
  ['a module of Python', 'a.py', 'import json\nimport os.path as p\n', 'def f(x):\n    return json.loads(p.join(x))\n', ['json', 'p']],
  ['names in brackets', 'a.py', 'from a import (\n    Cart,\n    Item as I,\n)\n', 'def f():\n    return Cart(I())\n', ['Cart', 'I']],
  ['a decorator', 'a.py', 'from dataclasses import dataclass\n', '@dataclass\nclass A:\n    pass\n', ['dataclass']],
  ['a class of Java', 'A.java', 'import java.util.List;\nclass A {}\n', 'class A { List<String> names; }\n', ['List']],
  ['a class of PHP', 'A.php', '<?php\nuse Shop\\Cart;\n', '<?php\nnew Cart();\n', ['Cart']],
])('%s is lost', (_name, path, before, after, lost) => expect(lostImports(path, before, after)).toEqual(lost));

test.each([
  ['used no more', 'a.js', JS, "import fs from 'node:fs';\nfs.existsSync('a');\n"],
  ['declared instead', 'a.js', JS, 'const fs = { read() {} };\nfunction join() {}\njoin(fs.read());\n'],
  ['imported within the function', 'a.py', 'import json\n', 'def f(x):\n    import json\n    return json.loads(x)\n'],
  ['imported from elsewhere', 'a.py', 'from a import Cart\n', 'from b import (\n    Cart,\n)\n\nCart()\n'],
  ['all of a module', 'a.py', 'from a import Cart\n', 'from a import *\n\nCart()\n'],
  ['an argument', 'a.js', JS, 'export const f = (fs) => fs.join(1);\n'],
  ['a part of another one', 'a.js', JS, 'a.fs.join(1);\n'],
  ['in a text and a comment', 'a.js', JS, "// fs.read()\nconst a = 'join(1)';\n"],
  ['a package of Java in one line', 'A.java', 'import java.util.List;\n', 'import java.util.*;\nclass A { List<String> a; }\n'],
  ['a language whose imports name nothing', 'a.c', '#include <stdio.h>\n', 'int a = printf("x");\n'],
])('%s is not', (_name, path, before, after) => expect(lostImports(path, before, after)).toEqual([]));
