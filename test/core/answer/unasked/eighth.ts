// An eighth set, written after the rules had been mended with the seven before: further languages, imports that are put another
// way, and refactorings within a fix.
import { type Base, base, C, GO, HTML, JAVA, MAKE, PHP, PY, RB, RS, SQL, YAML } from './bases.ts';
import { block, type Case, named, sr } from './case.ts';
import { CLJ, DOCKER, EX, HS, JL, JSON_FILE, PERL, PROTO, R, TF } from './more-bases.ts';

const of = (path: string, text: string, old: string, now: string): Base => base(path, text.split('\n'), old, now);
const edit = (one: Base): string => sr(`${one.line}\n`, `${one.fixedLine}\n`);
function but(one: Base, ...swaps: readonly (readonly [old: string, now: string])[]): string {
  return swaps.reduce((text, [old, now]) => {
    if (!text.includes(old)) throw new Error(`${one.path} lacks ${old}`);
    return text.replace(old, () => now);
  }, one.fixed);
}
const meant = (name: string, one: Base, text: string): Case => ({
  name: `right 8: ${name}`,
  base: one,
  answer: block(one, text),
  after: { [one.path]: text },
  want: ['applied'],
});
const left = (name: string, one: Base, old: string, now = ''): Case => ({
  name: `left 8: ${name}`,
  base: one,
  answer: block(one, but(one, [old, now])),
  want: ['again'],
});

const OCAML = of(
  'lib/cart.ml',
  'open Printf\n\nlet first names = List.hd names\n\nlet total prices =\n  let known = List.filter (fun p -> p > 0) prices in\n  List.fold_left ( + ) 0 known\n\nlet label names =\n  let joined = String.concat ", " names in\n  sprintf "cart: %s" joined\n',
  'List.hd names',
  'match names with [] -> "" | name :: _ -> name',
);
const FS = of(
  'src/Cart.fs',
  'module Cart\n\nlet first (names: string list) = List.head names\n\nlet total (prices: int list) =\n    let known = prices |> List.filter (fun p -> p > 0)\n    List.sum known\n\ntype Item = { Name: string; Price: int }\n\nlet label (item: Item) =\n    sprintf "%s: %d" item.Name item.Price\n',
  'List.head names',
  'List.tryHead names |> Option.defaultValue ""',
);
const ERL = of(
  'src/cart.erl',
  '-module(cart).\n-export([first/1, total/1, label/1]).\n\nfirst(Names) ->\n    hd(Names).\n\ntotal(Prices) ->\n    Known = [P || P <- Prices, P > 0],\n    lists:sum(Known).\n\nlabel(Names) ->\n    string:join(Names, ", ").\n',
  '    hd(Names).',
  '    case Names of [] -> ""; [N | _] -> N end.',
);
const NIM = of(
  'src/cart.nim',
  'import strutils\n\nproc first*(names: seq[string]): string =\n  names[0]\n\nproc total*(prices: seq[int]): int =\n  for price in prices:\n    result += price\n\nproc label*(names: seq[string]): string =\n  names.join(", ")\n',
  '  names[0]',
  '  if names.len == 0: "" else: names[0]',
);
const ZIG = of(
  'src/cart.zig',
  'const std = @import("std");\n\npub fn first(names: []const []const u8) []const u8 {\n    return names[0];\n}\n\npub fn total(prices: []const i64) i64 {\n    var sum: i64 = 0;\n    for (prices) |price| sum += price;\n    return sum;\n}\n\nfn isOpen(name: []const u8) bool {\n    return name.len > 0 and name[0] != 0;\n}\n',
  'return names[0];',
  'return if (names.len == 0) "" else names[0];',
);
const F90 = of(
  'src/stats.f90',
  'module stats\n  implicit none\ncontains\n  function mean(values) result(m)\n    real, intent(in) :: values(:)\n    real :: m\n    m = sum(values) / size(values)\n  end function mean\n\n  subroutine show(values)\n    real, intent(in) :: values(:)\n    print *, mean(values)\n    print *, maxval(values)\n  end subroutine show\nend module stats\n',
  'm = sum(values) / size(values)',
  'm = sum(values) / max(1, size(values))',
);
const VB = of(
  'Shop/Cart.vb',
  'Public Class Cart\n    Private ReadOnly names As New List(Of String)\n\n    Public Function First() As String\n        Return names(0)\n    End Function\n\n    Public Sub Add(name As String)\n        If name.Length = 0 Then Return\n        names.Add(name.Trim())\n    End Sub\nEnd Class\n',
  'Return names(0)',
  'Return If(names.Count = 0, "", names(0))',
);
const PS1 = of(
  'tools/backup.ps1',
  'param([string]$Target)\n\nfunction Get-Size($path) {\n    $files = Get-ChildItem $path -Recurse\n    ($files | Measure-Object Length -Sum).Sum\n}\n\nfunction Write-Report($path) {\n    $size = Get-Size $path\n    Write-Output "size: $size"\n}\n\nWrite-Report $Target\n',
  'Get-ChildItem $path -Recurse',
  'Get-ChildItem $path -Recurse -File',
);
const SOL = of(
  'contracts/Shop.sol',
  '// SPDX-License-Identifier: MIT\npragma solidity ^0.8.0;\n\ncontract Shop {\n    mapping(address => uint256) public balances;\n\n    event Paid(address indexed who, uint256 amount);\n\n    function pay(uint256 amount) external {\n        balances[msg.sender] -= amount;\n        emit Paid(msg.sender, amount);\n    }\n\n    function fill() external payable {\n        balances[msg.sender] += msg.value;\n    }\n}\n',
  'balances[msg.sender] -= amount;',
  'require(balances[msg.sender] >= amount); balances[msg.sender] -= amount;',
);
const GQL = of(
  'api/schema.graphql',
  'type Query {\n  cart(id: ID!): Cart!\n  carts: [Cart!]!\n}\n\ntype Cart {\n  id: ID!\n  names: [String!]!\n}\n\ninput CartInput {\n  names: [String!]!\n}\n\nenum State {\n  OPEN\n  CLOSED\n}\n',
  'cart(id: ID!): Cart!',
  'cart(id: ID!): Cart',
);
const SCSS = of(
  'web/app.scss',
  '$navy: #001f3f;\n\n.cart {\n  width: 10px;\n\n  &__item {\n    color: $navy;\n  }\n}\n\n@mixin wide($by) {\n  width: $by;\n}\n\n.page {\n  @include wide(100%);\n}\n',
  'width: 10px;',
  'width: 100%;',
);
const SVELTE = of(
  'web/Cart.svelte',
  "<script>\n  export let cart;\n  $: title = cart.title.toUpperCase();\n\n  function add(name) {\n    cart.items = [...cart.items, { name }];\n  }\n</script>\n\n<h1>{title}</h1>\n{#each cart.items as item}\n  <p>{item.name}</p>\n{/each}\n<button on:click={() => add('x')}>Add</button>\n\n<style>\n  h1 {\n    color: navy;\n  }\n</style>\n",
  'cart.title.toUpperCase()',
  "(cart.title ?? '').toUpperCase()",
);
const POM = of(
  'pom.xml',
  '<project>\n  <groupId>shop</groupId>\n  <artifactId>shop</artifactId>\n  <properties>\n    <maven.compiler.release>11</maven.compiler.release>\n  </properties>\n  <dependencies>\n    <dependency>\n      <groupId>org.slf4j</groupId>\n      <artifactId>slf4j-api</artifactId>\n      <version>2.0.9</version>\n    </dependency>\n  </dependencies>\n  <build>\n    <plugins>\n      <plugin>\n        <artifactId>maven-surefire-plugin</artifactId>\n      </plugin>\n    </plugins>\n  </build>\n</project>\n',
  'release>11<',
  'release>17<',
);
const TOML = of(
  'pyproject.toml',
  '[project]\nname = "shop"\nversion = "1.0"\ndependencies = ["httpx"]\n\n[project.scripts]\nshop = "shop.main:run"\n\n[tool.pytest.ini_options]\ntestpaths = ["tests"]\naddopts = "-q"\n',
  'dependencies = ["httpx"]',
  'dependencies = ["httpx", "tzdata"]',
);
const GRADLE = of(
  'build.gradle.kts',
  'plugins {\n    kotlin("jvm") version "2.0.0"\n}\n\ndependencies {\n    implementation("org.slf4j:slf4j-api:2.0.9")\n    testImplementation(kotlin("test"))\n}\n\ntasks.test {\n    useJUnitPlatform()\n    maxHeapSize = "1g"\n}\n',
  '2.0.9',
  '2.0.13',
);
const OBJC = of(
  'App/Cart.m',
  '#import "Cart.h"\n\n@implementation Cart\n\n- (NSString *)first {\n    return self.names[0];\n}\n\n- (NSInteger)total {\n    NSInteger sum = 0;\n    for (NSNumber *price in self.prices) sum += price.integerValue;\n    return sum;\n}\n\n@end\n',
  'return self.names[0];',
  'return self.names.firstObject;',
);
const NGINX = of(
  'deploy/nginx.conf',
  'upstream app {\n  server app:8080;\n}\n\nserver {\n  listen 80;\n  location / {\n    proxy_pass http://app;\n    proxy_read_timeout 5s;\n  }\n  location /health {\n    return 200 "ok";\n  }\n}\n',
  'proxy_read_timeout 5s;',
  'proxy_read_timeout 60s;',
);

const MOD = of(
  'src/report.ts',
  "import { readFile } from 'node:fs/promises';\nimport { basename } from 'node:path';\nimport { join } from 'node:path';\nimport { parse } from './parse.ts';\n\nconst LIMIT = 10;\n\nfunction shorten(name: string): string {\n  return name.length > LIMIT ? name.slice(0, LIMIT) : name;\n}\n\nexport async function report(dir: string): Promise<string[]> {\n  const text = await readFile(join(dir, 'rows.csv'), 'utf8');\n  const rows = parse(text);\n  return rows.map((row) => shorten(row.name.trim()));\n}\n\nexport default function title(path: string): string {\n  return basename(path);\n}\n",
  'row.name.trim()',
  "(row.name ?? '').trim()",
);
const PYM = of(
  'app/feed.py',
  'from datetime import datetime, timedelta\nfrom app.store import load, save\nimport os\n\n\ndef _clean(rows):\n    return [row for row in rows if row["name"]]\n\n\ndef read(path):\n    rows = _clean(load(os.path.join(path, "rows.json")))\n    since = datetime.now() - timedelta(days=1)\n    return [row for row in rows if row["at"] > since]\n\n\ndef write(path, rows):\n    save(os.path.join(path, "rows.json"), rows)\n',
  'if row["at"] > since',
  'if row.get("at", since) > since',
);

const RIGHT: readonly Case[] = [
  meant(
    'two imports of one module become one',
    MOD,
    but(MOD, [
      "import { basename } from 'node:path';\nimport { join } from 'node:path';\n",
      "import { basename, join } from 'node:path';\n",
    ]),
  ),
  meant(
    'names of a module become the module',
    MOD,
    but(
      MOD,
      ["import { basename } from 'node:path';\nimport { join } from 'node:path';\n", "import * as path from 'node:path';\n"],
      ['join(dir', 'path.join(dir'],
      ['title(path: string)', 'title(file: string)'],
      ['basename(path)', 'path.basename(file)'],
    ),
  ),
  meant(
    'an import that is made when it is needed',
    MOD,
    but(
      MOD,
      ["import { parse } from './parse.ts';\n", ''],
      ['  const rows = parse(text);', "  const { parse } = await import('./parse.ts');\n  const rows = parse(text);"],
    ),
  ),
  meant(
    'a helper that is taken in',
    MOD,
    but(
      MOD,
      ['function shorten(name: string): string {\n  return name.length > LIMIT ? name.slice(0, LIMIT) : name;\n}\n\n', ''],
      ["shorten((row.name ?? '').trim())", "(row.name ?? '').trim().slice(0, LIMIT)"],
    ),
  ),
  meant('a helper that is called otherwise', MOD, but(MOD, ['function shorten(', 'function cut('], ['shorten((row', 'cut((row'])),
  meant('a default export by its name', MOD, but(MOD, ['export default function title(', 'export function title('])),
  meant(
    'a constant within its function',
    MOD,
    but(MOD, ['const LIMIT = 10;\n\n', ''], ['  return name.length > LIMIT', '  const LIMIT = 10;\n  return name.length > LIMIT']),
  ),
  meant(
    'names of Python by their module',
    PYM,
    but(
      PYM,
      ['from datetime import datetime, timedelta\n', 'import datetime\n'],
      ['datetime.now() - timedelta(', 'datetime.datetime.now() - datetime.timedelta('],
    ),
  ),
  meant(
    'imports of Python in brackets and in order',
    PYM,
    but(PYM, [
      'from datetime import datetime, timedelta\nfrom app.store import load, save\nimport os\n',
      'import os\nfrom datetime import datetime, timedelta\n\nfrom app.store import (\n    load,\n    save,\n)\n',
    ]),
  ),
  meant(
    'another library for paths',
    PYM,
    but(
      PYM,
      ['import os\n', 'from pathlib import Path\n'],
      ['os.path.join(path, "rows.json")', 'Path(path) / "rows.json"'],
      ['os.path.join(path, "rows.json")', 'Path(path) / "rows.json"'],
    ),
  ),
  meant(
    'a helper of Python that is taken in',
    PYM,
    but(
      PYM,
      ['def _clean(rows):\n    return [row for row in rows if row["name"]]\n\n\n', ''],
      [
        'rows = _clean(load(os.path.join(path, "rows.json")))',
        'rows = [row for row in load(os.path.join(path, "rows.json")) if row["name"]]',
      ],
    ),
  ),
  meant('an import of Java for all of a package', JAVA, but(JAVA, ['import java.util.List;', 'import java.util.*;'])),
  meant(
    'a type of Java by its whole name',
    JAVA,
    but(
      JAVA,
      ['import java.util.List;\n\n', ''],
      ['private final List<String>', 'private final java.util.List<String>'],
      ['Cart(List<String>', 'Cart(java.util.List<String>'],
    ),
  ),
  meant('uses of Rust in one', RS, but(RS, ['use std::collections::HashMap;', 'use std::collections::{BTreeMap, HashMap};'])),
  meant('the image of a Dockerfile', DOCKER, but(DOCKER, ['FROM node:22-slim AS build', 'FROM node:24-slim AS build'])),
  meant('a value of a list of JSON', JSON_FILE, but(JSON_FILE, ['["search", "cart"]', '["search"]'])),
  meant(
    'a dependency of Maven by another one',
    POM,
    but(POM, [
      '<artifactId>slf4j-api</artifactId>\n      <version>2.0.9</version>',
      '<artifactId>slf4j-simple</artifactId>\n      <version>2.0.13</version>',
    ]),
  ),
  meant('a section of TOML that is called otherwise', TOML, but(TOML, ['[project.scripts]', '[project.gui-scripts]'])),
  meant(
    'a rule of SCSS without nesting',
    SCSS,
    but(SCSS, ['\n  &__item {\n    color: $navy;\n  }\n}', '}\n\n.cart__item {\n  color: $navy;\n}']),
  ),
  meant('a clause more in Erlang', ERL, but(ERL, ['total(Prices) ->\n', 'total([]) ->\n    0;\ntotal(Prices) ->\n'])),
  meant(
    'a function of OCaml by cases',
    OCAML,
    but(OCAML, [
      'let total prices =\n  let known = List.filter (fun p -> p > 0) prices in\n  List.fold_left ( + ) 0 known\n',
      'let rec total = function\n  | [] -> 0\n  | price :: rest -> max 0 price + total rest\n',
    ]),
  ),
  meant(
    'a field of proto that is reserved',
    PROTO,
    but(PROTO, ['message Cart {\n  repeated Item items = 1;', 'message Cart {\n  reserved 2;\n  repeated Item items = 1;']),
  ),
  meant(
    'a guard in front of all',
    GO,
    but(GO, ['func (f *Feed) Count(name string) int {\n', 'func (f *Feed) Count(name string) int {\n\tif f == nil {\n\t\treturn 0\n\t}\n']),
  ),
  meant(
    'a test of the file within it',
    RS,
    `${RS.fixed}\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn none() {\n        assert_eq!(second("a"), "");\n    }\n}\n`,
  ),
];

const LEFT: readonly Case[] = [
  left(
    'OCaml, a function',
    OCAML,
    'let total prices =\n  let known = List.filter (fun p -> p > 0) prices in\n  List.fold_left ( + ) 0 known\n\n',
    '(* total unchanged *)\n\n',
  ),
  left(
    'F#, a function in silence',
    FS,
    'let total (prices: int list) =\n    let known = prices |> List.filter (fun p -> p > 0)\n    List.sum known\n\n',
  ),
  left(
    'Erlang, a function in Bulgarian',
    ERL,
    'total(Prices) ->\n    Known = [P || P <- Prices, P > 0],\n    lists:sum(Known).\n',
    '%% останалото е същото\n',
  ),
  left('Nim, a procedure', NIM, 'proc total*(prices: seq[int]): int =\n  for price in prices:\n    result += price\n', '# total stays'),
  left(
    'Zig, a function',
    ZIG,
    'pub fn total(prices: []const i64) i64 {\n    var sum: i64 = 0;\n    for (prices) |price| sum += price;\n    return sum;\n}\n',
    '// total: no changes\n',
  ),
  left(
    'Fortran, a subroutine',
    F90,
    '  subroutine show(values)\n    real, intent(in) :: values(:)\n    print *, mean(values)\n    print *, maxval(values)\n  end subroutine show\n',
    '  ! show as it was\n',
  ),
  left(
    'Visual Basic, a sub',
    VB,
    '    Public Sub Add(name As String)\n        If name.Length = 0 Then Return\n        names.Add(name.Trim())\n    End Sub\n',
    "    ' the other members\n",
  ),
  left(
    'PowerShell, a function',
    PS1,
    'function Write-Report($path) {\n    $size = Get-Size $path\n    Write-Output "size: $size"\n}\n',
    '# Write-Report is unchanged\n',
  ),
  left('Solidity, an event', SOL, '    event Paid(address indexed who, uint256 amount);\n\n'),
  left(
    'Solidity, a function',
    SOL,
    '    function fill() external payable {\n        balances[msg.sender] += msg.value;\n    }\n',
    '    // fill()\n',
  ),
  left('GraphQL, a type', GQL, 'input CartInput {\n  names: [String!]!\n}\n\n'),
  left('SCSS, a mixin', SCSS, '@mixin wide($by) {\n  width: $by;\n}\n\n'),
  left('Svelte, the loop in words', SVELTE, '{#each cart.items as item}\n  <p>{item.name}</p>\n{/each}\n', '<!-- the list -->\n'),
  left('Svelte, the style', SVELTE, '\n<style>\n  h1 {\n    color: navy;\n  }\n</style>\n'),
  left(
    'Maven, the build',
    POM,
    '  <build>\n    <plugins>\n      <plugin>\n        <artifactId>maven-surefire-plugin</artifactId>\n      </plugin>\n    </plugins>\n  </build>\n',
    '  <!-- build section -->\n',
  ),
  left('TOML, a section', TOML, '[tool.pytest.ini_options]\ntestpaths = ["tests"]\naddopts = "-q"\n', '# tool settings\n'),
  left('Gradle, a block', GRADLE, 'tasks.test {\n    useJUnitPlatform()\n    maxHeapSize = "1g"\n}\n', '// tasks\n'),
  left(
    'Objective-C, a method',
    OBJC,
    '- (NSInteger)total {\n    NSInteger sum = 0;\n    for (NSNumber *price in self.prices) sum += price.integerValue;\n    return sum;\n}\n',
    '// ... total\n',
  ),
  left('nginx, a location', NGINX, '  location /health {\n    return 200 "ok";\n  }\n', '  # other locations\n'),
  left('Perl, a body', PERL, '    my ($name) = @_;\n    $name =~ s/^\\s+//;\n    return "mean of $name";\n', '    # as before\n'),
  left(
    'R, the second function in silence',
    R,
    'spread <- function(values) {\n  centre <- mean_of(values)\n  sqrt(sum((values - centre)^2))\n}\n\n',
  ),
  left(
    'Julia, a body that dies',
    JL,
    '    centre = mean_of(values)\n    return sqrt(sum((values .- centre) .^ 2))\n',
    '    error("unchanged")\n',
  ),
  left('Clojure, a body', CLJ, '  (reduce + (map price-of (vals items))))', '  ;; unchanged\n  )'),
  left('Haskell, a definition of one line', HS, 'label names = intercalate ", " (filter (not . null) names)\n'),
  left('Elixir, the last function', EX, '\n  def show(items), do: IO.puts(label(items))\n'),
  left('Terraform, an output', TF, 'output "queue" {\n  value = aws_sqs_queue.orders.url\n}\n'),
  left('SQL, a view', SQL, 'CREATE VIEW large AS SELECT * FROM items WHERE price > 100 AND id < 1000;\n'),
  left(
    'C, a static table and its user',
    C,
    'int get(size_t at) {\r\n    if (at < 8 && slots[at] > 0) {\r\n        return slots[at];\r\n    }\r\n    return 0;\r\n}\r\n',
  ),
  left('make, the first target', MAKE, 'all: ring\n\n'),
  left('an import of TypeScript, in silence', MOD, "import { parse } from './parse.ts';\n"),
  left('one name of an import of Python', PYM, 'from app.store import load, save\n', 'from app.store import load\n'),
  left('imports of Java', JAVA, 'import java.util.List;\n\n', '// imports\n\n'),
];

const FORM: readonly Case[] = [
  {
    name: 'form 8: Erlang, tabs for blanks',
    base: ERL,
    answer: block(
      ERL,
      ERL.fixed.replace(/^( {4})+/gm, (lead) => '\t'.repeat(lead.length / 4)),
    ),
    want: ['applied'],
  },
  {
    name: 'form 8: numbers of lines of a pager',
    base: OCAML,
    answer: block(
      OCAML,
      `${OCAML.fixed
        .trimEnd()
        .split('\n')
        .map((line, at) => `${String(at + 1).padStart(6)}  ${line}`)
        .join('\n')}\n`,
    ),
    want: ['applied', 'again'],
  },
  {
    name: 'form 8: a fence with attributes',
    base: ZIG,
    answer: block(ZIG, `\`\`\`zig {.numberLines startFrom="1"}\n${ZIG.fixed}\`\`\`\n`),
    want: ['applied'],
  },
  { name: 'form 8: edits of XML', base: POM, answer: block(POM, edit(POM)), want: ['applied'] },
  {
    name: 'form 8: entities of XML',
    base: POM,
    answer: block(POM, POM.fixed.replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
    want: ['applied', 'again'],
  },
  {
    name: 'form 8: edits of two blanks more',
    base: TOML,
    answer: block(TOML, edit(TOML).replace(/^(?=dep)/gm, '  ')),
    want: ['again', 'applied'],
  },
  { name: 'form 8: the file and a stray tag', base: NGINX, answer: `${block(NGINX, NGINX.fixed)}</answer>`, want: ['applied'] },
  {
    name: 'form 8: a heading of the answer in the block',
    base: NIM,
    answer: block(NIM, `## Fixed file\n\n${NIM.fixed}`),
    want: ['again', 'applied'],
  },
  {
    name: 'form 8: a closing remark as a comment',
    base: VB,
    answer: block(VB, `${VB.fixed}' end of file\n`),
    want: ['applied', 'left', 'again'],
  },
  {
    name: 'form 8: cut within Solidity',
    base: SOL,
    answer: block(SOL, SOL.fixed.slice(0, SOL.fixed.indexOf('    function fill'))),
    want: ['again'],
  },
  { name: 'form 8: an anchor that stands in three places', base: GQL, answer: block(GQL, sr('}\n', '}\n# end\n')), want: ['again'] },
  {
    name: 'form 8: PHP within its marks of HTML',
    base: PHP,
    answer: block(PHP, PHP.fixed.replace('<?php', '&lt;?php')),
    want: ['applied', 'again'],
  },
  {
    name: 'form 8: a patch of YAML in a block',
    base: YAML,
    answer: block(YAML, `@@ database:\n-${YAML.line}\n+${YAML.fixedLine}\n`),
    want: ['again'],
  },
  { name: 'form 8: the path in capital letters', base: RB, answer: named(RB, 'LIB/MAILER.RB'), want: ['applied', 'again'] },
  {
    name: 'form 8: declined in Portuguese, with the line',
    base: PY,
    answer: `A linha \`${PY.line.trim()}\` está correta; os dados é que estão incompletos. Nenhuma alteração.`,
    want: ['none'],
  },
  {
    name: 'form 8: HTML in place of a page',
    base: HTML,
    answer: block(HTML, '<!doctype html>\n<html>\n<body>\n<p>{{ price.total or 0 }}</p>\n</body>\n</html>\n'),
    want: ['again'],
  },
];

export const EIGHTH: readonly Case[] = [...RIGHT, ...LEFT, ...FORM];
