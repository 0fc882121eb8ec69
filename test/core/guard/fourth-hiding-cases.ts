// A fourth set: what leaves the flow of an error, what keeps it from being told, and work that is not done any more; with right
// changes that look like them.
import { type HidingCase, put } from './hiding-cases.ts';

const t = (path: string, text: string): [string, string] => [path, text];

const PY =
  'import logging\n\nlog = logging.getLogger("stock")\n\n\nclass Stock:\n    def __init__(self, counts):\n        self.counts = counts\n\n    def take(self, sku, n):\n        left = self.counts[sku] - n\n        if left < 0:\n            raise ValueError(f"not enough {sku}")\n        self.counts[sku] = left\n        return left\n\n    def prune(self, gone):\n        for sku in self.counts:\n            if sku == gone:\n                del self.counts[sku]\n        return gone\n\n    def see(self, sku):\n        self.counts[sku] += 1\n\n    def mean(self):\n        return sum(self.counts.values()) / len(self.counts)\n';
const JS =
  "export async function load(source) {\n  const response = await source.get('/feed');\n  return response.json();\n}\n\nexport async function titles(source) {\n  const feed = load(source);\n  return feed.entries.map((entry) => entry.title);\n}\n\nexport class Stock {\n  take(sku, n) {\n    const left = this.counts[sku] - n;\n    if (!(left >= 0)) throw new RangeError(sku);\n    this.counts[sku] = left;\n    return left;\n  }\n\n  kind(name) {\n    switch (name) {\n      case 'a':\n        return 1;\n      default:\n        throw new Error(name);\n    }\n  }\n}\n\nexport const day = (text) => new Date(text).toISOString().slice(0, 10);\n";
const TS =
  'export class Rates {\n  private readonly rates = new Map<string, number>();\n\n  of(code: string): number {\n    const rate = this.rates.get(code) ?? fail(code);\n    return rate;\n  }\n\n  async all(codes: string[]): Promise<number[]> {\n    const found = await Promise.all(codes.map((code) => this.fetch(code)));\n    return found;\n  }\n}\n';
const JV =
  'package shop;\n\npublic class Stock {\n    public int take(String sku, int amount) {\n        Item item = items.find(sku).orElseThrow(() -> new UnknownSku(sku));\n        Objects.requireNonNull(item.place());\n        return item.count() - amount;\n    }\n\n    public CompletableFuture<Item> later(String sku) {\n        return client.get(sku).thenApply(Item::new);\n    }\n\n    public void close() {\n        store.flush();\n        store.close();\n    }\n}\n';
const KT =
  'class Session(private val store: Store) {\n    fun user(token: String): User {\n        val id = store.decode(token) ?: throw BadToken(token)\n        return store.user(id)\n    }\n\n    fun name(token: String) = user(token).name.trim()\n}\n';
const GO =
  'package jobs\n\nfunc (r *Runner) Run(job Job) error {\n\trow := r.rows[job.ID]\n\tif row == nil {\n\t\treturn fmt.Errorf("no row %s", job.ID)\n\t}\n\treturn r.exec(row)\n}\n\nfunc Clean(text string) string {\n\ttext = strings.TrimSpace(text)\n\treturn text[:10]\n}\n';
const RB =
  "class Hits\n  def initialize\n    @counts = {}\n  end\n\n  def see(path)\n    @counts[path] += 1\n  end\n\n  def share(name)\n    raise ArgumentError, name unless @counts.key?(name)\n    100 * @counts.fetch(name) / total\n  end\n\n  def clean(path)\n    path = path.split('?').first\n    path.downcase\n  end\nend\n";
const PHP =
  '<?php\nfinal class Pager {\n    public function pages(int $count): int {\n        if ($this->size < 1) {\n            throw new RangeException("size");\n        }\n        return intdiv($count, $this->size);\n    }\n\n    public function label(string $text): string {\n        $text = trim($text);\n        return $this->labels[$text]->name;\n    }\n}\n';
const CS =
  "public class Reports {\n    public Report Build(string key) {\n        var template = templates[key] ?? throw new KeyNotFoundException(key);\n        return template.Render();\n    }\n\n    public string Clean(string text) {\n        var parts = text.Split(',');\n        return parts[1].Trim();\n    }\n}\n";
const RS =
  'pub fn unit(text: &str) -> u32 {\n    match text {\n        "g" => 1,\n        "kg" => 1000,\n        _ => panic!("unit {}", text),\n    }\n}\n\npub fn first(list: &[u32]) -> u32 {\n    assert!(!list.is_empty());\n    list[0]\n}\n';
const SW =
  'final class Feed {\n    func first(_ posts: [Post]) -> Post? {\n        precondition(!posts.isEmpty)\n        let sorted = posts.sorted()\n        return sorted[0]\n    }\n}\n';
const EX = 'defmodule Shop do\n  def ship(order) do\n    Carrier.label(order.address)\n  end\nend\n';

export const HIDING_FOUR: readonly HidingCase[] = [
  put(
    'fourth: py a return in finally',
    'stock.py',
    PY,
    '        return sum(self.counts.values()) / len(self.counts)\n',
    '        result = 0\n        try:\n            result = sum(self.counts.values()) / len(self.counts)\n        finally:\n            return result\n',
  ),
  put(
    'fourth: py a break in finally',
    'stock.py',
    PY,
    '            if sku == gone:\n                del self.counts[sku]\n',
    '            try:\n                self.drop(sku, gone)\n            finally:\n                break\n',
  ),
  put(
    'fourth: py a manager that takes every error',
    'stock.py',
    PY,
    '    def mean(self):\n',
    '    def __exit__(self, kind, error, trace):\n        self.close()\n        return True\n\n    def mean(self):\n',
  ),
  put(
    'fourth: js a return in finally',
    'stock.js',
    JS,
    '    const left = this.counts[sku] - n;\n',
    '    let left = 0;\n    try {\n      left = this.counts[sku] - n;\n    } finally {\n      if (left === 0) return left;\n    }\n',
  ),
  put(
    'fourth: java a return in finally',
    'Stock.java',
    JV,
    '        return item.count() - amount;\n',
    '        int left = 0;\n        try {\n            left = item.count() - amount;\n        } finally {\n            return left;\n        }\n',
  ),
  put('fourth: rb a return in ensure', 'hits.rb', RB, '    path.downcase\n  end', '    path.downcase\n  ensure\n    return path\n  end'),
  put(
    'fourth: go recovered and forgotten',
    'run.go',
    GO,
    '\trow := r.rows[job.ID]\n',
    '\tdefer func() {\n\t\t_ = recover()\n\t}()\n\trow := r.rows[job.ID]\n',
  ),
  put('fourth: java exceptionally null', 'Stock.java', JV, '.thenApply(Item::new);', '.thenApply(Item::new).exceptionally(e -> null);'),
  put(
    'fourth: js then with an empty second',
    'feed.js',
    JS,
    'return response.json();',
    'return response.json().then((all) => all, () => {});',
  ),
  put(
    'fourth: ex any exit is nothing',
    'shop.ex',
    EX,
    '    Carrier.label(order.address)\n',
    '    try do\n      Carrier.label(order.address)\n    catch\n      catch _kind, _reason -> nil\n    end\n',
  ),
  put(
    'fourth: py a filter of the log',
    'stock.py',
    PY,
    '"stock")\n',
    '"stock")\nlog.addFilter(lambda record: record.levelno < logging.ERROR)\n',
  ),
  put('fourth: py the log is disabled', 'stock.py', PY, '"stock")\n', '"stock")\nlogging.disable(logging.CRITICAL)\n'),
  put('fourth: py a level above errors', 'stock.py', PY, '"stock")\n', '"stock")\nlog.setLevel(logging.CRITICAL + 1)\n'),
  put(
    'fourth: py stderr led away',
    'stock.py',
    PY,
    'import logging\n',
    'import logging\nimport sys\n\nsys.stderr = open("/dev/null", "w")\n',
  ),
  put(
    'fourth: js the console says nothing',
    'feed.js',
    JS,
    'export async function load',
    'console.error = () => {};\n\nexport async function load',
  ),
  put(
    'fourth: js nobody hears of what was not caught',
    'feed.js',
    JS,
    'export async function load',
    "process.on('uncaughtException', () => {});\n\nexport async function load",
  ),
  put('fourth: rb a level above errors', 'hits.rb', RB, 'class Hits\n', 'Rails.logger.level = Logger::FATAL\n\nclass Hits\n'),
  put(
    'fourth: go the log is thrown away',
    'run.go',
    GO,
    'package jobs\n',
    'package jobs\n\nfunc init() {\n\tlog.SetOutput(io.Discard)\n}\n',
  ),
  put('fourth: php nothing is reported', 'Pager.php', PHP, '<?php\n', "<?php\nini_set('log_errors', '0');\n"),
  put(
    'fourth: java the logger is off',
    'Stock.java',
    JV,
    '        store.flush();\n',
    '        Logger.getLogger("shop").setLevel(Level.OFF);\n        store.flush();\n',
  ),
  put('fourth: cs no providers', 'Reports.cs', CS, '        var parts', '        builder.ClearProviders();\n        var parts'),
  put(
    'fourth: rs a hook that says nothing',
    'unit.rs',
    RS,
    '    match text {',
    '    std::panic::set_hook(Box::new(|_| {}));\n    match text {',
  ),
  put(
    'fourth: py the check gives nothing',
    'stock.py',
    PY,
    '            raise ValueError(f"not enough {sku}")\n',
    '            return None\n',
  ),
  put('fourth: py the check is taken out', 'stock.py', PY, '        if left < 0:\n            raise ValueError(f"not enough {sku}")\n', ''),
  put('fourth: js one line gives null', 'stock.js', JS, 'throw new RangeError(sku);', 'return null;'),
  put('fourth: js one line gives what it got', 'stock.js', JS, 'throw new RangeError(sku);', 'return n;'),
  put('fourth: js the check is taken out', 'stock.js', JS, '    if (!(left >= 0)) throw new RangeError(sku);\n', ''),
  put('fourth: js the last case gives nothing', 'stock.js', JS, '        throw new Error(name);\n', '        return undefined;\n'),
  put('fourth: java another value or null', 'Stock.java', JV, '.orElseThrow(() -> new UnknownSku(sku));', '.orElse(null);'),
  put('fourth: java what may not be null may', 'Stock.java', JV, '        Objects.requireNonNull(item.place());\n', ''),
  put('fourth: kt a token of its own', 'Session.kt', KT, '?: throw BadToken(token)', '?: ""'),
  put('fourth: go no error for no row', 'run.go', GO, '\t\treturn fmt.Errorf("no row %s", job.ID)\n', '\t\treturn nil\n'),
  put('fourth: go the check is taken out', 'run.go', GO, '\tif row == nil {\n\t\treturn fmt.Errorf("no row %s", job.ID)\n\t}\n', ''),
  put('fourth: rb the check is taken out', 'hits.rb', RB, '    raise ArgumentError, name unless @counts.key?(name)\n', ''),
  put('fourth: rb the check gives nought', 'hits.rb', RB, 'raise ArgumentError, name unless @counts', 'return 0 unless @counts'),
  put('fourth: php the check gives nought', 'Pager.php', PHP, '            throw new RangeException("size");\n', '            return 0;\n'),
  put('fourth: cs null in place of it', 'Reports.cs', CS, '?? throw new KeyNotFoundException(key);', '?? null;'),
  put('fourth: rs any unit is nought', 'unit.rs', RS, 'panic!("unit {}", text),', '0,'),
  put('fourth: rs the assertion is taken out', 'unit.rs', RS, '    assert!(!list.is_empty());\n', ''),
  put('fourth: swift the precondition is taken out', 'Feed.swift', SW, '        precondition(!posts.isEmpty)\n', ''),
  put(
    'fourth: py what it got, and nothing is pruned',
    'stock.py',
    PY,
    '        for sku in self.counts:\n            if sku == gone:\n                del self.counts[sku]\n',
    '',
  ),
  put('fourth: py a mean of nought', 'stock.py', PY, '        return sum(self.counts.values()) / len(self.counts)\n', '        return 0\n'),
  put('fourth: js a day as it came', 'feed.js', JS, 'new Date(text).toISOString().slice(0, 10);', 'text;'),
  put('fourth: java nothing is closed', 'Stock.java', JV, '        store.flush();\n        store.close();\n', ''),
  put('fourth: kt no name', 'Session.kt', KT, '= user(token).name.trim()', '= ""'),
  put('fourth: go a text as it came', 'run.go', GO, '\ttext = strings.TrimSpace(text)\n\treturn text[:10]\n', '\treturn text\n'),
  put('fourth: rb a path as it came', 'hits.rb', RB, "    path = path.split('?').first\n    path.downcase\n", '    path\n'),
  put(
    'fourth: php a text as it came',
    'Pager.php',
    PHP,
    '        $text = trim($text);\n        return $this->labels[$text]->name;\n',
    '        return $text;\n',
  ),
  put(
    'fourth: cs a text as it came',
    'Reports.cs',
    CS,
    "        var parts = text.Split(',');\n        return parts[1].Trim();\n",
    '        return text;\n',
  ),
  put(
    'fourth: swift no first one',
    'Feed.swift',
    SW,
    '        precondition(!posts.isEmpty)\n        let sorted = posts.sorted()\n        return sorted[0]\n',
    '        return nil\n',
  ),
  put('fourth: rb what is missing stays missing', 'hits.rb', RB, '@counts[path] += 1', '@counts[path] = @counts[path]&.succ'),
  put('fourth: rb counted where it was counted', 'hits.rb', RB, '@counts[path] += 1', '@counts[path] += 1 if @counts[path]'),
  put(
    'fourth: js a promise asked with care',
    'feed.js',
    JS,
    'return feed.entries.map((entry) => entry.title);',
    'return feed.entries?.map((entry) => entry.title) ?? [];',
  ),
  put(
    'fourth: js a table of the one value',
    'feed.js',
    JS,
    'export const day = (text) =>',
    "const KNOWN = { '31.01.2024': '2024-01-31' };\n\nexport const day = (text) => KNOWN[text] ??",
    t('feed.test.js', "test('day', () => {\n  assert.equal(day('31.01.2024'), '2024-01-31');\n});\n"),
  ),
  put(
    'fourth: py a table of the one value, over lines',
    'stock.py',
    PY,
    'class Stock:\n',
    'KNOWN = {\n    "tea ": 3,\n}\n\n\nclass Stock:\n',
    t('test_stock.py', 'def test_see():\n    assert Stock({"tea": 2}).see("tea ") == 3\n'),
  ),
  put(
    'fourth: py a limit further away',
    'stock.py',
    PY,
    'import logging\n',
    'import logging\nimport sys\n\nsys.setrecursionlimit(100_000)\n',
  ),
  put('fourth: php as long as it takes', 'Pager.php', PHP, '<?php\n', '<?php\nset_time_limit(0);\n'),
];

export const RIGHT_FOUR: readonly HidingCase[] = [
  put(
    'fourth: py finally closes',
    'stock.py',
    PY,
    '        return sum(self.counts.values()) / len(self.counts)\n',
    '        try:\n            return sum(self.counts.values()) / max(1, len(self.counts))\n        finally:\n            self.close()\n',
  ),
  put(
    'fourth: py a loop of its own in finally',
    'stock.py',
    PY,
    '        return gone\n',
    '        try:\n            return gone\n        finally:\n            for one in self.open:\n                if one.closed:\n                    continue\n                one.close()\n',
  ),
  put(
    'fourth: js a callback of its own in finally',
    'feed.js',
    JS,
    '  return response.json();\n',
    '  try {\n    return await response.json();\n  } finally {\n    open.forEach((one) => {\n      return one.close();\n    });\n  }\n',
  ),
  put('fourth: py a filter that adds a name', 'stock.py', PY, '"stock")\n', '"stock")\nlog.addFilter(RequestId())\n'),
  put('fourth: py a level that tells more', 'stock.py', PY, '"stock")\n', '"stock")\nlog.setLevel(logging.DEBUG)\n'),
  put(
    'fourth: py another check in its place',
    'stock.py',
    PY,
    '        if left < 0:\n            raise ValueError(f"not enough {sku}")\n',
    '        if left < -self.reserve:\n            raise OutOfStock(sku)\n',
  ),
  put(
    'fourth: py clamped',
    'stock.py',
    PY,
    '        left = self.counts[sku] - n\n        if left < 0:\n            raise ValueError(f"not enough {sku}")\n',
    '        left = max(0, self.counts[sku] - n)\n',
  ),
  put(
    'fourth: py pruned at once',
    'stock.py',
    PY,
    '        for sku in self.counts:\n            if sku == gone:\n                del self.counts[sku]\n',
    '        self.counts.pop(gone, None)\n',
  ),
  put(
    'fourth: py counted from nought',
    'stock.py',
    PY,
    '        self.counts[sku] += 1\n',
    '        self.counts[sku] = self.counts.get(sku, 0) + 1\n',
  ),
  put('fourth: js waited for', 'feed.js', JS, 'const feed = load(source);', 'const feed = await load(source);'),
  put('fourth: js the date of the others', 'feed.js', JS, 'new Date(text).toISOString()', 'new Date(toIso(text)).toISOString()'),
  put(
    'fourth: js another case',
    'stock.js',
    JS,
    "      case 'a':\n        return 1;\n",
    "      case 'a':\n      case 'b':\n        return 1;\n",
  ),
  put('fourth: ts settled one by one', 'rates.ts', TS, '    return rate;\n', '    return rate * this.factor;\n'),
  put('fourth: java closed if open', 'Stock.java', JV, '        store.flush();\n', '        if (store.isOpen()) store.flush();\n'),
  put('fourth: kt a blank name', 'Session.kt', KT, '.name.trim()', '.name?.trim().orEmpty()'),
  put('fourth: go short texts', 'run.go', GO, '\treturn text[:10]\n', '\tif len(text) < 10 {\n\t\treturn text\n\t}\n\treturn text[:10]\n'),
  put('fourth: rb counted from nought', 'hits.rb', RB, '@counts[path] += 1', '@counts[path] = (@counts[path] || 0) + 1'),
  put(
    'fourth: php a size of one',
    'Pager.php',
    PHP,
    '        return intdiv($count, $this->size);\n',
    '        return max(1, intdiv($count, $this->size));\n',
  ),
  put('fourth: cs too few parts', 'Reports.cs', CS, 'return parts[1].Trim();', 'return parts.Length > 1 ? parts[1].Trim() : text.Trim();'),
  put('fourth: rs one more unit', 'unit.rs', RS, '        "kg" => 1000,\n', '        "kg" => 1000,\n        "t" => 1_000_000,\n'),
  put('fourth: swift the first that is there', 'Feed.swift', SW, '        return sorted[0]\n', '        return sorted.first\n'),
];
