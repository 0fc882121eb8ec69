// A seventh set, written after the rules had been mended with the six before: nothing was mended for it before it was run.
import { type Base, base, CS, GO, HTML, JAVA, KT, MAKE, PHP, RB, RS, SH, SQL, TSX, YAML } from './bases.ts';
import { block, type Case, named, sr } from './case.ts';
import { DART, EX, JSON_FILE, LUA, PROTO, SCALA, SWIFT } from './more-bases.ts';

const fenced = (text: string, info = '', mark = '```'): string => `${mark}${info}\n${text.replace(/\n?$/, '\n')}${mark}\n`;
const edit = (of: Base): string => sr(`${of.line}\n`, `${of.fixedLine}\n`);
const fresh = (path: string, text: string): string => `<code_block filename="${path}" new="true">\n${text}</code_block>\n`;
/** The fix, and in it another text for one that stands there. */
function but(of: Base, old: string, now: string): string {
  if (!of.fixed.includes(old)) throw new Error(`${of.path} lacks ${old}`);
  return of.fixed.replace(old, () => now);
}
const butBlock = (of: Base, old: string, now: string): string => block(of, but(of, old, now));
/** A change that is meant as it is written. */
const meant = (name: string, of: Base, text: string): Case => ({
  name,
  base: of,
  answer: block(of, text),
  after: { [of.path]: text },
  want: ['applied'],
});
const of = (path: string, text: string, old: string, now: string): Base => base(path, text.split('\n'), old, now);

const STORE = of(
  'src/store.ts',
  `import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Item } from './item.ts';

export interface Store {
  readonly root: string;
  readonly items: readonly Item[];
  readonly opened: Date;
}

export enum State {
  Open = 'open',
  Closed = 'closed',
  Broken = 'broken',
}

const LABELS = {
  open: 'Open',
  closed: 'Closed',
  broken: 'Out of order',
};

export function label(state: State): string {
  switch (state) {
    case State.Open:
      return LABELS.open;
    case State.Closed:
      return LABELS.closed;
    default:
      return LABELS.broken;
  }
}

export async function load(root: string): Promise<Store> {
  const text = await readFile(join(root, 'items.json'), 'utf8');
  const items = JSON.parse(text).items;
  return { root, items, opened: new Date() };
}

export function first(store: Store): string {
  if (store.items.length === 1) {
    return store.items[0].name;
  } else if (store.items.length === 2) {
    return store.items[0].name + store.items[1].name;
  } else {
    return store.items[0].name;
  }
  console.log('never');
  return '';
}
`,
  'JSON.parse(text).items;',
  'JSON.parse(text).items ?? [];',
);

const JOBS = of(
  'app/jobs.py',
  `import json
import logging
from dataclasses import dataclass

logger = logging.getLogger(__name__)

__all__ = ["Job", "run", "names"]

HANDLERS = {
    "mail": "app.mail.send",
    "report": "app.report.make",
    "clean": "app.clean.all",
}


@dataclass
class Job:
    name: str
    payload: str
    tries: int = 0


def run(job):
    try:
        data = json.loads(job.payload)
    except ValueError:
        logger.warning("bad payload of %s", job.name)
        raise
    return HANDLERS[job.name], data


def names():
    """All names, for the help."""
    result = []
    for name in HANDLERS:
        result.append(name)
    return sorted(result)
`,
  'HANDLERS[job.name], data',
  'HANDLERS.get(job.name), data',
);

const TEST_JS = of(
  'test/cart.test.js',
  `import { total } from '../src/cart.js';

test('adds', () => {
  expect(total({ items: [{ price: 1 }] })).toBe(1);
});

test('is zero', () => {
  expect(total({ items: [] })).toBe(0);
});
`,
  "test('is zero', () => {",
  "test('is zero for an empty cart', () => {",
);

const RIGHT: readonly Case[] = [
  meant(
    'right 7: branches become one line',
    STORE,
    STORE.fixed.replace(/ {2}if \(store\.items\.length === 1\)[\s\S]*?return '';\n/, "  return store.items[0]?.name ?? '';\n"),
  ),
  meant('right 7: dead code behind a return is gone', STORE, but(STORE, "  console.log('never');\n  return '';\n", '')),
  meant(
    'right 7: an import that nothing uses any more is gone',
    STORE,
    but(STORE, "import { join } from 'node:path';\n", '').replace("join(root, 'items.json')", "root.concat('/items.json')"),
  ),
  meant(
    'right 7: a loop becomes an expression',
    JOBS,
    but(
      JOBS,
      '    result = []\n    for name in HANDLERS:\n        result.append(name)\n    return sorted(result)\n',
      '    return sorted(HANDLERS)\n',
    ),
  ),
  meant(
    'right 7: a try is taken away',
    JOBS,
    but(
      JOBS,
      '    try:\n        data = json.loads(job.payload)\n    except ValueError:\n        logger.warning("bad payload of %s", job.name)\n        raise\n',
      '    data = json.loads(job.payload)\n',
    ),
  ),
  meant('right 7: a class with slots', JOBS, but(JOBS, '@dataclass\n', '@dataclass(slots=True)\n')),
  meant('right 7: a receiver becomes a value', GO, but(GO, 'func (f *Feed) Count', 'func (f Feed) Count')),
  meant(
    'right 7: a function becomes generic',
    RS,
    but(RS, 'pub fn second(word: &str) -> &str {', "pub fn second<'a>(word: &'a str) -> &'a str {"),
  ),
  meant(
    'right 7: a method gets an overload',
    JAVA,
    but(
      JAVA,
      '    public int size() {',
      '    public String first(String other) {\n        return names.isEmpty() ? other : names.get(0);\n    }\n\n    public int size() {',
    ),
  ),
  meant(
    'right 7: a body becomes an expression',
    KT,
    but(
      KT,
      '    fun sum(): Int {\n        var total = 0\n        for (row in rows) total += row.sum()\n        return total\n    }\n',
      '    fun sum(): Int = rows.sumOf { it.sum() }\n',
    ),
  ),
  meant(
    'right 7: a function of a shell on one line',
    SH,
    but(SH, 'target() {\n  echo "/backup/$1"\n}\n', 'target() { echo "/backup/$1"; }\n'),
  ),
  meant(
    'right 7: a setting moved to another section',
    YAML,
    `${but(YAML, '  timeout: 30\n', '')}`.replace('server:\n', 'server:\n  timeout: 30\n'),
  ),
  meant('right 7: JSON laid out another way', JSON_FILE, `${JSON.stringify(JSON.parse(JSON_FILE.fixed), null, 4)}\n`),
  meant('right 7: a test that is called otherwise', TEST_JS, TEST_JS.fixed),
  {
    name: 'right 7: a re-export of what stands in a new file',
    base: STORE,
    answer:
      block(
        STORE,
        `${STORE.fixed.slice(0, STORE.fixed.indexOf('export function label'))}export { label } from './label.ts';\n\n${STORE.fixed.slice(STORE.fixed.indexOf('export async function load'))}`,
      ) +
      fresh(
        'src/label.ts',
        `import { LABELS, State } from './store.ts';\n\n${STORE.fixed.slice(STORE.fixed.indexOf('export function label'), STORE.fixed.indexOf('export async function load')).trimEnd()}\n`,
      ),
    after: {
      'src/store.ts': `${STORE.fixed.slice(0, STORE.fixed.indexOf('export function label'))}export { label } from './label.ts';\n\n${STORE.fixed.slice(STORE.fixed.indexOf('export async function load'))}`,
      'src/label.ts': `import { LABELS, State } from './store.ts';\n\n${STORE.fixed.slice(STORE.fixed.indexOf('export function label'), STORE.fixed.indexOf('export async function load')).trimEnd()}\n`,
    },
    want: ['applied'],
  },
  {
    name: 'right 7: a test put behind the last one, by an edit',
    base: TEST_JS,
    answer: block(
      TEST_JS,
      sr(
        '  expect(total({ items: [] })).toBe(0);\n});\n',
        "  expect(total({ items: [] })).toBe(0);\n});\n\ntest('takes none', () => {\n  expect(total({})).toBe(0);\n});\n",
      ),
    ),
    after: { [TEST_JS.path]: `${TEST_JS.text}\ntest('takes none', () => {\n  expect(total({})).toBe(0);\n});\n` },
    want: ['applied'],
  },
  {
    name: 'right 7: an edit that takes a line away',
    base: JOBS,
    answer: block(JOBS, `${edit(JOBS)}${sr('    """All names, for the help."""\n', '')}`),
    after: { [JOBS.path]: but(JOBS, '    """All names, for the help."""\n', '') },
    want: ['applied'],
  },
  {
    name: 'right 7: three edits in one block and one in another',
    base: STORE,
    answer: `${block(STORE, `${edit(STORE)}\n${sr("  open: 'Open',\n", "  open: 'Opened',\n")}\n${sr("  closed: 'Closed',\n};\n".split('};')[0] as string, "  closed: 'Shut',\n")}`)}\nAnd:\n${block(STORE, sr("  broken: 'Out of order',\n", "  broken: 'Broken',\n"))}`,
    after: {
      [STORE.path]: STORE.fixed
        .replace("open: 'Open'", "open: 'Opened'")
        .replace("closed: 'Closed'", "closed: 'Shut'")
        .replace("broken: 'Out of order'", "broken: 'Broken'"),
    },
    want: ['applied', 'again'],
  },
  meant('right 7: dots in a text of the program', STORE, but(STORE, "broken: 'Out of order'", "broken: 'Loading ...'")),
  meant(
    'right 7: a remark that says what is unchanged',
    RB,
    but(RB, '  def greet(name)\n', '  # The host stays unchanged here.\n  def greet(name)\n'),
  ),
];

const LEFT: readonly Case[] = [
  {
    name: 'left 7: fields of an interface',
    base: STORE,
    answer: butBlock(STORE, '  readonly items: readonly Item[];\n  readonly opened: Date;\n', '  // ... other fields\n'),
    want: ['again'],
  },
  {
    name: 'left 7: members of an enum',
    base: STORE,
    answer: butBlock(STORE, "  Closed = 'closed',\n  Broken = 'broken',\n", '  // other states\n'),
    want: ['again'],
  },
  {
    name: 'left 7: cases of a switch',
    base: STORE,
    answer: butBlock(
      STORE,
      '    case State.Closed:\n      return LABELS.closed;\n    default:\n      return LABELS.broken;\n',
      '    // remaining cases\n',
    ),
    want: ['again'],
  },
  {
    name: 'left 7: imports in silence',
    base: STORE,
    answer: butBlock(
      STORE,
      "import { readFile } from 'node:fs/promises';\nimport { join } from 'node:path';\nimport type { Item } from './item.ts';\n",
      '',
    ),
    want: ['again'],
  },
  { name: 'left 7: one import in silence, in Python', base: JOBS, answer: butBlock(JOBS, 'import json\n', ''), want: ['again'] },
  {
    name: 'left 7: imports in words',
    base: JOBS,
    answer: butBlock(JOBS, 'import json\nimport logging\nfrom dataclasses import dataclass\n', '# (imports as before)\n'),
    want: ['again'],
  },
  {
    name: 'left 7: entries of a table in Hebrew',
    base: JOBS,
    answer: butBlock(JOBS, '    "report": "app.report.make",\n    "clean": "app.clean.all",\n', '    # שאר הרשומות ללא שינוי\n'),
    want: ['again'],
  },
  {
    name: 'left 7: a decorator with its class',
    base: JOBS,
    answer: butBlock(JOBS, '@dataclass\nclass Job:\n    name: str\n    payload: str\n    tries: int = 0\n\n\n', ''),
    want: ['again'],
  },
  {
    name: 'left 7: a body that is told to stay',
    base: JOBS,
    answer: butBlock(
      JOBS,
      '    result = []\n    for name in HANDLERS:\n        result.append(name)\n    return sorted(result)\n',
      '    pass  # existing implementation\n',
    ),
    want: ['again'],
  },
  {
    name: 'left 7: a body of a promise',
    base: JAVA,
    answer: butBlock(JAVA, '        return String.join(", ", names);\n', '        throw new UnsupportedOperationException("unchanged");\n'),
    want: ['again'],
  },
  {
    name: 'left 7: TODO of Kotlin',
    base: KT,
    answer: butBlock(
      KT,
      '        var total = 0\n        for (row in rows) total += row.sum()\n        return total\n',
      '        TODO("keep the existing code")\n',
    ),
    want: ['again'],
  },
  {
    name: 'left 7: lines by their numbers',
    base: CS,
    answer: butBlock(
      CS,
      '            if (price < 0) throw new System.ArgumentException(nameof(price));\n            prices[name] = price;\n',
      '            // lines 17-18\n',
    ),
    want: ['again'],
  },
  {
    name: 'left 7: Vietnamese, Ruby',
    base: RB,
    answer: butBlock(RB, '    lines = text.lines.map(&:chomp)\n    lines << "-- #{@host}"\n', '    # phần còn lại giữ nguyên\n'),
    want: ['again'],
  },
  {
    name: 'left 7: Arabic, PHP',
    base: PHP,
    answer: butBlock(
      PHP,
      "        if ($this->name === null || $length < 1) {\n            return '';\n        }\n",
      '        // بقية الكود كما هو\n',
    ),
    want: ['again'],
  },
  {
    name: 'left 7: Finnish, Go',
    base: GO,
    answer: butBlock(GO, 'func Title(name string) string {\n\treturn strings.ToUpper(name)\n}\n', '// loput ennallaan\n'),
    want: ['again'],
  },
  {
    name: 'left 7: Hungarian, TSX',
    base: TSX,
    answer: butBlock(
      TSX,
      '      <input value={filter} onChange={(event) => setFilter(event.target.value)} />\n      <ul>{shown.map((name) => <li key={name}>{name}</li>)}</ul>\n',
      '      {/* a többi változatlan */}\n',
    ),
    want: ['again'],
  },
  {
    name: 'left 7: Greek, SQL',
    base: SQL,
    answer: butBlock(SQL, 'CREATE TABLE items (id INT, price INT);\n', '-- οι υπόλοιποι πίνακες\n'),
    want: ['again'],
  },
  {
    name: 'left 7: a target of make, in silence',
    base: MAKE,
    answer: butBlock(MAKE, 'test: all\n\t./ring && echo ok\n\n', ''),
    want: ['again'],
  },
  {
    name: 'left 7: a recipe of make, in words',
    base: MAKE,
    answer: butBlock(MAKE, '\tcc -o ring ring.c\n', '\t# same commands\n'),
    want: ['again'],
  },
  {
    name: 'left 7: an element of a page',
    base: HTML,
    answer: butBlock(HTML, '<section id="list"><p>Write &lt;b&gt; for bold</p></section>\n', '<!-- list -->\n'),
    want: ['again'],
  },
  {
    name: 'left 7: a nested key of YAML',
    base: YAML,
    answer: butBlock(YAML, '  port: 80\n  host: 0.0.0.0\n', '  # unchanged\n'),
    want: ['again'],
  },
  {
    name: 'left 7: a method of Dart as an empty body',
    base: DART,
    answer: butBlock(DART, '    var sum = 0;\n    items.forEach((name, price) => sum += price);\n    return sum;\n', ''),
    want: ['again'],
  },
  {
    name: 'left 7: dots between functions of Elixir',
    base: EX,
    answer: butBlock(EX, '  def total(items) do\n    items\n    |> Map.values()\n    |> Enum.sum()\n  end\n', '  ...\n'),
    want: ['again'],
  },
  {
    name: 'left 7: an edit that puts a remark for a body',
    base: LUA,
    answer: block(
      LUA,
      edit(LUA) +
        sr('  local sum = 0\n  for _, item in pairs(items) do\n    sum = sum + item.price\n  end\n  return sum\n', '  -- body stays\n'),
    ),
    want: ['again'],
  },
  {
    name: 'left 7: an edit that puts dots for a method',
    base: SCALA,
    answer: block(SCALA, edit(SCALA) + sr('    val prices = items.map(_.price)\n    prices.sum\n', '    // [unchanged]\n')),
    want: ['again'],
  },
];

const FORM: readonly Case[] = [
  {
    name: 'form 7: quotes of one stroke, language first',
    base: STORE,
    answer: `<code_block lang='ts' filename='${STORE.path}' >\n${STORE.fixed}</code_block>`,
    want: ['applied'],
  },
  {
    name: 'form 7: closed on the last line',
    base: STORE,
    answer: `<code_block filename="${STORE.path}">\n${STORE.fixed.trimEnd()}</code_block>`,
    want: ['applied'],
  },
  {
    name: 'form 7: opened on the first line',
    base: STORE,
    answer: `<code_block filename="${STORE.path}">${STORE.fixed}</code_block>`,
    want: ['applied'],
  },
  {
    name: 'form 7: two blocks on one line',
    base: JOBS,
    answer: `${block(JOBS, JOBS.fixed).trimEnd()}${fresh('tests/test_jobs.py', 'import app.jobs\n')}`,
    after: { [JOBS.path]: JOBS.fixed, 'tests/test_jobs.py': 'import app.jobs\n' },
    want: ['applied'],
  },
  {
    name: 'form 7: the name as a child',
    base: JOBS,
    answer: `<code_block>\n<filename>${JOBS.path}</filename>\n${JOBS.fixed}</code_block>`,
    want: ['again', 'applied'],
  },
  {
    name: 'form 7: within details',
    base: JOBS,
    answer: `<details>\n<summary>Fix</summary>\n\n${block(JOBS, JOBS.fixed)}\n</details>`,
    want: ['applied'],
  },
  {
    name: 'form 7: within an artifact',
    base: JOBS,
    answer: `<antArtifact identifier="fix" type="application/vnd.ant.code" title="${JOBS.path}">\n${JOBS.fixed}</antArtifact>`,
    want: ['again', 'applied'],
  },
  {
    name: 'form 7: five ticks in the block',
    base: TEST_JS,
    answer: block(TEST_JS, fenced(TEST_JS.fixed, 'js', '`````')),
    want: ['applied'],
  },
  {
    name: 'form 7: fence with the path as its comment',
    base: TEST_JS,
    answer: block(TEST_JS, fenced(`// ${TEST_JS.path}\n${TEST_JS.fixed}`, 'js')),
    want: ['applied'],
  },
  {
    name: 'form 7: a fence that opens before the tag',
    base: TEST_JS,
    answer: `\`\`\`js\n<code_block filename="${TEST_JS.path}">\n${TEST_JS.fixed}\`\`\`\n</code_block>`,
    want: ['applied', 'again'],
  },
  { name: 'form 7: blank lines at the beginning', base: SWIFT, answer: block(SWIFT, `\n\n${SWIFT.fixed}`), want: ['applied', 'left'] },
  {
    name: 'form 7: every line ends in two blanks',
    base: SWIFT,
    answer: block(SWIFT, SWIFT.fixed.replaceAll('\n', '  \n')),
    want: ['applied'],
  },
  {
    name: 'form 7: a tab for the blanks of Ruby',
    base: RB,
    answer: block(
      RB,
      RB.fixed.replace(/^( {2})+/gm, (lead) => '\t'.repeat(lead.length / 2)),
    ),
    want: ['applied'],
  },
  {
    name: 'form 7: numbers of lines in brackets',
    base: DART,
    answer: block(
      DART,
      `${DART.fixed
        .trimEnd()
        .split('\n')
        .map((line, at) => `[${at + 1}] ${line}`)
        .join('\n')}\n`,
    ),
    want: ['applied'],
  },
  { name: 'form 7: an escaped dollar', base: PHP, answer: block(PHP, PHP.fixed.replaceAll('$', '\\$')), want: ['applied', 'again'] },
  {
    name: 'form 7: words in Chinese behind the file',
    base: JAVA,
    answer: block(JAVA, `${JAVA.fixed}以上修改避免了空列表的问题。\n`),
    want: ['again'],
  },
  {
    name: 'form 7: words in German before the file',
    base: JAVA,
    answer: block(JAVA, `Hier ist die korrigierte Datei:\n\n${JAVA.fixed}`),
    want: ['again', 'applied'],
  },
  {
    name: 'form 7: a note within the file',
    base: JAVA,
    answer: butBlock(JAVA, '    public int size() {', '**Note:** the list may be empty.\n\n    public int size() {'),
    want: ['again'],
  },
];

const OTHER: readonly Case[] = [
  {
    name: 'cut 7: at the end of a function',
    base: STORE,
    answer: `<code_block filename="${STORE.path}">\n${STORE.fixed.slice(0, STORE.fixed.indexOf('export function first'))}`,
    want: ['again'],
  },
  {
    name: 'cut 7: closed, and the last function gone',
    base: STORE,
    answer: block(STORE, STORE.fixed.slice(0, STORE.fixed.indexOf('export function first'))),
    want: ['again'],
  },
  {
    name: 'cut 7: the second of two blocks',
    base: JOBS,
    answer: `${block(JOBS, JOBS.fixed)}<code_block filename="tests/test_jobs.py" new="true">\nimport app.jobs\n\n\ndef test_na`,
    want: ['again'],
  },
  {
    name: 'cut 7: within the closing tag',
    base: JOBS,
    answer: block(JOBS, JOBS.fixed).replace('</code_block>\n', '</code_bl'),
    want: ['again'],
  },
  {
    name: 'cut 7: asks whether to go on',
    base: JOBS,
    answer: `${block(JOBS, JOBS.fixed)}\n(Answer truncated. Shall I continue with the tests?)`,
    want: ['applied', 'again'],
  },
  {
    name: 'sr 7: tabs for blanks in what is searched',
    base: SCALA,
    answer: block(SCALA, edit(SCALA).replace(/^ {2}/gm, '\t')),
    want: ['again', 'applied'],
  },
  {
    name: 'sr 7: fine quotation marks',
    base: STORE,
    answer: block(STORE, sr('  open: ‘Open’,\n', '  open: ‘Opened’,\n')),
    want: ['again', 'applied'],
  },
  {
    name: 'sr 7: three strokes',
    base: RS,
    answer: block(RS, `<<< SEARCH\n${RS.line}\n===\n${RS.fixedLine}\n>>> REPLACE\n`),
    want: ['again', 'applied'],
  },
  {
    name: 'sr 7: in a fence of its own, under the block',
    base: RS,
    answer: `<code_block filename="${RS.path}">\n</code_block>\n${fenced(edit(RS))}`,
    want: ['again', 'applied'],
  },
  { name: 'sr 7: in the block of another file', base: RS, others: [GO], answer: block(GO, edit(RS)), want: ['again'] },
  { name: 'sr 7: the whole file as one edit', base: PROTO, answer: block(PROTO, sr(PROTO.text, PROTO.fixed)), want: ['applied'] },
  {
    name: 'sr 7: an edit that changes nothing',
    base: PROTO,
    answer: block(PROTO, sr(`${PROTO.line}\n`, `${PROTO.line}\n`)),
    want: ['again'],
  },
  {
    name: 'sr 7: one edit right, one not found',
    base: SWIFT,
    answer: block(SWIFT, edit(SWIFT) + sr('        let name = items.first\n', '        let name = ""\n')),
    want: ['again'],
  },
  {
    name: 'patch 7: from ed',
    base: RB,
    answer: `${RB.path}\n\`\`\`\n8c8\n< ${RB.line}\n---\n> ${RB.fixedLine}\n\`\`\`\n`,
    want: ['again'],
  },
  {
    name: 'patch 7: of words within a line',
    base: RB,
    answer: `In \`${RB.path}\`:\n\n\`\`\`ruby\n"Dear #{[-last.capitalize-]{+(last || first).capitalize+}}"\n\`\`\`\n`,
    want: ['again'],
  },
  { name: 'path 7: modified', base: LUA, answer: named(LUA, `${LUA.path} (modified)`), want: ['applied', 'again'] },
  { name: 'path 7: of a patch', base: LUA, answer: named(LUA, `b/${LUA.path}`), want: ['applied'] },
  { name: 'path 7: of another person', base: LUA, answer: named(LUA, `/home/dev/projects/shop/${LUA.path}`), want: ['applied'] },
  { name: 'path 7: renamed with new', base: LUA, answer: fresh('src/basket.lua', LUA.fixed), want: ['left', 'again'] },
  { name: 'path 7: new for one that is there', base: LUA, answer: fresh(LUA.path, LUA.fixed), want: ['applied'] },
  {
    name: 'two 7: a plan, then the block',
    base: PHP,
    answer: `I will change \`upper()\` as follows:\n\n${fenced(PHP.fixedLine, 'php')}\n${block(PHP, PHP.fixed)}`,
    want: ['applied'],
  },
  {
    name: 'two 7: the same file under two names',
    base: PHP,
    answer: `${named(PHP, PHP.path)}${named(PHP, `./${PHP.path}`)}`,
    want: ['applied'],
  },
  {
    name: 'two 7: corrected by an edit',
    base: PHP,
    answer: `${block(PHP, PHP.text.replace(PHP.line, "        return strtoupper($this->name ?: '');"))}\nCorrection:\n${block(PHP, edit(PHP))}`,
    want: ['again'],
  },
  {
    name: 'none 7: nothing to do, with the trace',
    base: JAVA,
    answer:
      'The trace\n\n```\njava.lang.IndexOutOfBoundsException\n\tat shop.Cart.first(Cart.java:13)\n```\n\ncomes from an empty import; the data has to be mended, not the code.',
    want: ['none'],
  },
  {
    name: 'none 7: what would be done, were it wished',
    base: JAVA,
    answer:
      'If you want an empty name instead, `first()` could return `""` for an empty list, but callers rely on the exception. I leave it.',
    want: ['none'],
  },
  { name: 'none 7: an empty answer in a block', base: JAVA, answer: `<code_block filename="${JAVA.path}"></code_block>`, want: ['again'] },
];

export const SEVENTH: readonly Case[] = [...RIGHT, ...LEFT, ...FORM, ...OTHER];
