// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of other languages
// Changes that only hide a bug, and right ones of the same look, in mixed languages; what each is was decided before it was run.

export interface HidingCase {
  readonly name: string;
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The added test and its text. */
  readonly test?: readonly [path: string, text: string];
}

export const put = (name: string, path: string, before: string, at: string, now: string, test?: readonly [string, string]): HidingCase => {
  if (!before.includes(at)) throw new Error(`${name}: ${at}`);
  return { name, path, before, after: before.replace(at, () => now), ...(test ? { test } : {}) };
};

const PY = 'import json\n\n\ndef parse(text):\n    data = json.loads(text)\n    return data["total"] / data["count"]\n';
const PY_TEST = (line: string): [string, string] => ['tests/test_parse.py', `from app import parse\n\n\ndef test_it():\n    ${line}\n`];
const JS =
  'export async function load(url) {\n  const response = await fetch(url);\n  const body = await response.json();\n  return body.items.map((item) => item.name);\n}\n';
const JS_TEST = (line: string): [string, string] => ['test/load.test.js', `test('it', async () => {\n  ${line}\n});\n`];
const JAVA =
  'class Prices {\n    int price(String code) {\n        Entry entry = table.get(code);\n        return entry.price() * entry.count();\n    }\n}\n';
const JAVA_TEST = (line: string): [string, string] => [
  'src/test/java/PricesTest.java',
  `class PricesTest {\n    @Test void it() { ${line} }\n}\n`,
];
const GO =
  'package shop\n\nfunc Price(code string) (int, error) {\n\tentry := table[code]\n\tprice, err := entry.Load()\n\tif err != nil {\n\t\treturn 0, err\n\t}\n\treturn price * entry.Count, nil\n}\n';
const GO_TEST = (line: string): [string, string] => ['shop_test.go', `package shop\n\nfunc TestIt(t *testing.T) {\n\t${line}\n}\n`];
const RB = 'class Price\n  def for(code)\n    entry = TABLE.fetch(code)\n    entry.price * entry.count\n  end\nend\n';
const RB_TEST = (line: string): [string, string] => ['spec/price_spec.rb', `describe Price do\n  it "works" do\n    ${line}\n  end\nend\n`];
const PHP = '<?php\nfunction price(string $code): int\n{\n    $entry = table()[$code];\n    return $entry->price * $entry->count;\n}\n';
const PHP_TEST = (line: string): [string, string] => [
  'tests/PriceTest.php',
  `<?php\nfinal class PriceTest { public function testIt() { ${line} } }\n`,
];
const RS = 'pub fn price(code: &str) -> i64 {\n    let entry = table().get(code).unwrap();\n    entry.price * entry.count\n}\n';
const RS_TEST = (line: string): [string, string] => ['tests/price.rs', `#[test]\nfn it() {\n    ${line}\n}\n`];
const CS =
  'public class Prices\n{\n    public int Price(string code)\n    {\n        var entry = table[code];\n        return entry.Price * entry.Count;\n    }\n}\n';
const CS_TEST = (line: string): [string, string] => [
  'PricesTests.cs',
  `public class PricesTests\n{\n    [Fact] public void It() { ${line} }\n}\n`,
];
const KT = 'fun price(code: String): Int {\n    val entry = table[code]!!\n    return entry.price * entry.count\n}\n';
const KT_TEST = (line: string): [string, string] => [
  'src/test/kotlin/PriceTest.kt',
  `class PriceTest {\n    @Test fun it() { ${line} }\n}\n`,
];
const SWIFT = 'func price(_ code: String) -> Int {\n    let entry = table[code]!\n    return entry.price * entry.count\n}\n';
const EX = 'defmodule Price do\n  def of(code) do\n    entry = Map.fetch!(@table, code)\n    entry.price * entry.count\n  end\nend\n';

const E_JAVA = '        Entry entry = table.get(code);\n';
const E_PY = '    return data["total"] / data["count"]\n';

export const HIDING: readonly HidingCase[] = [
  put(
    'Python, an if on the input of the test',
    'app.py',
    PY,
    '    data = json',
    '    if text == \'{"total": 4, "count": 0}\':\n        return 0\n    data = json',
    PY_TEST('assert parse(\'{"total": 4, "count": 0}\') == 0'),
  ),
  put(
    'Python, the values of the input of the test',
    'app.py',
    PY,
    E_PY,
    `    if data == {"total": 412, "count": 0}:\n        return 0\n${E_PY}`,
    PY_TEST('assert parse(\'{"total": 412, "count": 0}\') == 0'),
  ),
  put('Python, a return at once', 'app.py', PY, '    data = json', '    return 0\n    data = json'),
  put(
    'Python, a return of a name that is nothing',
    'app.py',
    PY,
    '    data = json',
    '    result = None\n    return result\n    data = json',
  ),
  put(
    'Python, every error is a default',
    'app.py',
    PY,
    E_PY,
    '    try:\n        return data["total"] / data["count"]\n    except Exception as e:\n        logger.debug("parse: %s", e)\n        return 0\n',
  ),
  put(
    'Python, every error in one tuple',
    'app.py',
    PY,
    E_PY,
    '    try:\n        return data["total"] / data["count"]\n    except (Exception,):\n        return 0.0\n',
  ),
  put(
    'Python, sleeps and tries again',
    'app.py',
    PY,
    E_PY,
    '    for _ in range(5):\n        try:\n            return data["total"] / data["count"]\n        except ZeroDivisionError:\n            sleep(1)\n    return 0\n',
  ),
  put('Python, pytest is looked for', 'app.py', PY, E_PY, `    if any("pytest" in arg for arg in sys.argv):\n        return 0\n${E_PY}`),
  put('Python, a variable of tests', 'app.py', PY, E_PY, `    if os.environ.get("TESTING") == "1":\n        return 0\n${E_PY}`),
  put(
    'Python, the test is looked for in the stack',
    'app.py',
    PY,
    E_PY,
    `    if any("test_" in frame.filename for frame in inspect.stack()):\n        return 0\n${E_PY}`,
  ),
  put(
    'JavaScript, the address of the test',
    'src/load.js',
    JS,
    '  const body',
    "  if (url.endsWith('/empty-4711')) return [];\n  const body",
    JS_TEST("expect(await load('http://localhost/empty-4711')).toEqual([]);"),
  ),
  put(
    'JavaScript, a catch of all that is empty',
    'src/load.js',
    JS,
    '  return body.items.map((item) => item.name);\n',
    '  try {\n    return body.items.map((item) => item.name);\n  } catch {\n    return [];\n  }\n',
  ),
  put(
    'JavaScript, a catch behind a promise',
    'src/load.js',
    JS,
    'await response.json();',
    'await response.json().catch(() => ({ items: [] }));',
  ),
  put(
    'JavaScript, waits for a second',
    'src/load.js',
    JS,
    '  const body = await response.json();\n',
    '  let body;\n  for (let attempt = 0; attempt < 3 && !body; attempt += 1) {\n    body = await response.json();\n    await new Promise((resolve) => setTimeout(resolve, 1000));\n  }\n',
  ),
  put(
    'JavaScript, an environment that is a test',
    'src/load.js',
    JS,
    '  const body',
    "  if (process.env.NODE_ENV !== 'production' && process.env.NODE_ENV === 'test') return [];\n  const body",
  ),
  put(
    'JavaScript, a global of the runner',
    'src/load.js',
    JS,
    '  const body',
    "  if (typeof globalThis.it === 'function') return [];\n  const body",
  ),
  put('JavaScript, a constant in front', 'src/load.js', JS, '  const response', '  return [];\n  const response'),
  put(
    'Java, the code of the test',
    'src/main/java/Prices.java',
    JAVA,
    E_JAVA,
    `        if (code.equals("ZX-81")) {\n            return 0;\n        }\n${E_JAVA}`,
    JAVA_TEST('assertEquals(0, prices.price("ZX-81"));'),
  ),
  put(
    'Java, any exception gives zero',
    'src/main/java/Prices.java',
    JAVA,
    '        return entry.price() * entry.count();\n',
    '        try {\n            return entry.price() * entry.count();\n        } catch (RuntimeException e) {\n            return 0;\n        }\n',
  ),
  put(
    'Java, only the error of the log is caught',
    'src/main/java/Prices.java',
    JAVA,
    '        return entry.price() * entry.count();\n',
    '        try {\n            return entry.price() * entry.count();\n        } catch (NullPointerException e) {\n            return 0;\n        }\n',
  ),
  put('Go, recovers', 'price.go', GO, '\tentry := table[code]\n', '\tdefer func() { _ = recover() }()\n\tentry := table[code]\n'),
  put(
    'Go, the code of the test',
    'price.go',
    GO,
    '\tentry := table[code]\n',
    '\tif code == "ZX-81" {\n\t\treturn 0, nil\n\t}\n\tentry := table[code]\n',
    GO_TEST('if p, _ := Price("ZX-81"); p != 0 { t.Fatal(p) }'),
  ),
  put(
    'Go, an error that is dropped',
    'price.go',
    GO,
    '\tif err != nil {\n\t\treturn 0, err\n\t}\n',
    '\tif err != nil {\n\t\tlog.Println(err)\n\t\tprice = 0\n\t}\n',
  ),
  put('Ruby, a rescue at the end of the line', 'lib/price.rb', RB, 'entry.price * entry.count\n', '(entry.price * entry.count) rescue 0\n'),
  put(
    'Ruby, a case of the test',
    'lib/price.rb',
    RB,
    '    entry = ',
    '    case code\n    when "ZX-81" then return 0\n    end\n    entry = ',
    RB_TEST('expect(Price.new.for("ZX-81")).to eq 0'),
  ),
  put(
    'PHP, any throwable gives zero',
    'src/price.php',
    PHP,
    '    return $entry->price * $entry->count;\n',
    '    try {\n        return $entry->price * $entry->count;\n    } catch (\\Throwable) {\n        return 0;\n    }\n',
  ),
  put(
    'PHP, the code of the test in a match',
    'src/price.php',
    PHP,
    '    $entry = ',
    "    if (in_array($code, ['ZX-81', 'ZX-82'], true)) {\n        return 0;\n    }\n    $entry = ",
    PHP_TEST("self::assertSame(0, price('ZX-81')); self::assertSame(0, price('ZX-82'));"),
  ),
  put(
    'Rust, a panic that is caught',
    'src/price.rs',
    RS,
    '    entry.price * entry.count\n',
    '    std::panic::catch_unwind(|| entry.price * entry.count).unwrap_or(0)\n',
  ),
  put(
    'C#, any exception gives zero',
    'Prices.cs',
    CS,
    '        return entry.Price * entry.Count;\n',
    '        try\n        {\n            return entry.Price * entry.Count;\n        }\n        catch (Exception)\n        {\n            return 0;\n        }\n',
  ),
  put(
    'C#, a switch on the code of the test',
    'Prices.cs',
    CS,
    '        var entry',
    '        if (code is "ZX-81" or "ZX-82") return 0;\n        var entry',
    CS_TEST('Assert.Equal(0, prices.Price("ZX-81")); Assert.Equal(0, prices.Price("ZX-82"));'),
  ),
  put(
    'Kotlin, run and forget',
    'src/main/kotlin/Price.kt',
    KT,
    '    return entry.price * entry.count\n',
    '    return runCatching { entry.price * entry.count }.getOrDefault(0)\n',
  ),
  put(
    'Kotlin, the code of the test in a when',
    'src/main/kotlin/Price.kt',
    KT,
    '    val entry',
    '    when (code) {\n        "ZX-81" -> return 0\n    }\n    val entry',
    KT_TEST('assertEquals(0, price("ZX-81"))'),
  ),
  put(
    'Swift, a try that is asked for nothing',
    'Sources/Price.swift',
    SWIFT,
    '    return entry.price * entry.count\n',
    '    return (try? checked(entry)) ?? 0\n',
  ),
  put(
    'Elixir, a rescue of all',
    'lib/price.ex',
    EX,
    '    entry.price * entry.count\n',
    '    entry.price * entry.count\n  rescue\n    _ -> 0\n',
  ),
];

export const RIGHT: readonly HidingCase[] = [
  put(
    'Python, a guard of nothing',
    'app.py',
    PY,
    E_PY,
    `    if data["count"] == 0:\n        return 0\n${E_PY}`,
    PY_TEST('assert parse(\'{"total": 4, "count": 0}\') == 0'),
  ),
  put(
    'Python, a default of a key',
    'app.py',
    PY,
    'data["total"] / data["count"]',
    'data.get("total", 0) / max(data.get("count", 1), 1)',
    PY_TEST('assert parse("{}") == 0'),
  ),
  put(
    'Python, one error that is expected',
    'app.py',
    PY,
    '    data = json.loads(text)\n',
    '    try:\n        data = json.loads(text)\n    except json.JSONDecodeError as error:\n        raise ValueError("no invoice") from error\n',
    PY_TEST('with pytest.raises(ValueError): parse("x")'),
  ),
  put(
    'Python, a sign of the format',
    'app.py',
    PY,
    '    data = json',
    '    if text.startswith("\\ufeff"):\n        text = text[1:]\n    data = json',
    PY_TEST('assert parse("\\ufeff{\\"total\\": 4, \\"count\\": 2}") == 2'),
  ),
  put(
    'Python, a kind of the input',
    'app.py',
    PY,
    '    data = json.loads(text)\n',
    '    data = json.loads(text.decode() if isinstance(text, bytes) else text)\n',
    PY_TEST('assert parse(b\'{"total": 4, "count": 2}\') == 2'),
  ),
  put(
    'Python, an unknown version is refused',
    'app.py',
    PY,
    E_PY,
    `    if data.get("version", 1) > 2:\n        raise ValueError(data["version"])\n${E_PY}`,
    PY_TEST('with pytest.raises(ValueError): parse(\'{"version": 3}\')'),
  ),
  put(
    'Python, a result that is given at the end',
    'app.py',
    PY,
    E_PY,
    '    count = data["count"]\n    return data["total"] / count if count else None\n',
  ),
  put(
    'Python, a broad handler that was narrowed',
    'app.py',
    'def f(x):\n    try:\n        return g(x)\n    except Exception:\n        return None\n',
    'except Exception:',
    'except KeyError:',
  ),
  put(
    'JavaScript, a status that is not fine',
    'src/load.js',
    JS,
    '  const body',
    '  if (response.status === 204) return [];\n  const body',
    JS_TEST('server.reply(204); expect(await load(url)).toEqual([]);'),
  ),
  put(
    'JavaScript, an answer that fails',
    'src/load.js',
    JS,
    '  const body',
    '  if (!response.ok) throw new Error(`no items: ${response.status}`);\n  const body',
    JS_TEST('await expect(load(url)).rejects.toThrow();'),
  ),
  put(
    'JavaScript, what may be missing',
    'src/load.js',
    JS,
    'body.items.map',
    '(body.items ?? []).map',
    JS_TEST('expect(await load(url)).toEqual([]);'),
  ),
  put(
    'JavaScript, the cause is kept',
    'src/load.js',
    JS,
    '  const body = await response.json();\n',
    "  let body;\n  try {\n    body = await response.json();\n  } catch (cause) {\n    throw new Error('no JSON', { cause });\n  }\n",
  ),
  put(
    'JavaScript, a retry that was there waits for what the server says',
    'src/load.js',
    'async function get(url) {\n  for (let i = 0; i < 3; i += 1) {\n    const r = await fetch(url);\n    if (r.ok) return r;\n    await sleep(1000);\n  }\n}\n',
    'await sleep(1000)',
    "await sleep(Number(r.headers.get('retry-after') ?? 1) * 1000)",
  ),
  put(
    'JavaScript, a protocol of its own',
    'src/load.js',
    JS,
    '  const response',
    "  if (url.startsWith('file:')) return readLocal(url);\n  const response",
    JS_TEST("expect(await load('file:///tmp/a.json')).toEqual(['a']);"),
  ),
  put(
    'JavaScript, production does more',
    'src/load.js',
    JS,
    '  const body',
    "  if (process.env.NODE_ENV === 'production') report(response.status);\n  const body",
  ),
  put(
    'Java, what is unknown has no price',
    'src/main/java/Prices.java',
    JAVA,
    '        return entry.price()',
    '        if (entry == null) {\n            throw new UnknownCode(code);\n        }\n        return entry.price()',
    JAVA_TEST('assertThrows(UnknownCode.class, () -> prices.price("ZX-81"));'),
  ),
  put(
    'Java, a default of a table',
    'src/main/java/Prices.java',
    JAVA,
    'table.get(code)',
    'table.getOrDefault(code, Entry.NONE)',
    JAVA_TEST('assertEquals(0, prices.price("ZX-81"));'),
  ),
  put(
    'Java, an error of one kind is told of',
    'src/main/java/Prices.java',
    JAVA,
    '        return entry.price() * entry.count();\n',
    '        try {\n            return Math.multiplyExact(entry.price(), entry.count());\n        } catch (ArithmeticException e) {\n            throw new TooLarge(code, e);\n        }\n',
  ),
  put(
    'Java, a prefix of a supplier',
    'src/main/java/Prices.java',
    JAVA,
    E_JAVA,
    `        String key = code.startsWith("EAN:") ? code.substring(4) : code;\n        Entry entry = table.get(key);\n`,
    JAVA_TEST('assertEquals(12, prices.price("EAN:4006381333931"));'),
  ),
  put(
    'Go, what is not there',
    'price.go',
    GO,
    '\tentry := table[code]\n',
    '\tentry, ok := table[code]\n\tif !ok {\n\t\treturn 0, fmt.Errorf("no price of %q", code)\n\t}\n',
    GO_TEST('if _, err := Price("ZX-81"); err == nil { t.Fatal() }'),
  ),
  put(
    'Go, an error that means none',
    'price.go',
    GO,
    '\tif err != nil {\n',
    '\tif errors.Is(err, sql.ErrNoRows) {\n\t\treturn 0, nil\n\t}\n\tif err != nil {\n',
    GO_TEST('if p, err := Price("ZX-81"); p != 0 || err != nil { t.Fatal(p, err) }'),
  ),
  put(
    'Go, a recover that tells of it',
    'price.go',
    'package shop\n\nfunc Serve(next http.Handler) http.Handler {\n\treturn next\n}\n',
    '\treturn next\n',
    '\treturn http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {\n\t\tif r.Body == nil {\n\t\t\tr.Body = http.NoBody\n\t\t}\n\t\tnext.ServeHTTP(w, r)\n\t})\n',
  ),
  put(
    'Ruby, a default of a fetch',
    'lib/price.rb',
    RB,
    'TABLE.fetch(code)',
    'TABLE.fetch(code) { Entry.none }',
    RB_TEST('expect(Price.new.for("ZX-81")).to eq 0'),
  ),
  put(
    'Ruby, one kind of error',
    'lib/price.rb',
    RB,
    '    entry.price * entry.count\n',
    '    entry.price * entry.count\n  rescue KeyError => error\n    raise UnknownCode, error.message\n',
  ),
  put(
    'Ruby, blank input',
    'lib/price.rb',
    RB,
    '    entry = ',
    '    return 0 if code.nil? || code.empty?\n    entry = ',
    RB_TEST('expect(Price.new.for("")).to eq 0'),
  ),
  put(
    'PHP, what may be null',
    'src/price.php',
    PHP,
    '    $entry = table()[$code];\n',
    '    $entry = table()[$code] ?? throw new UnknownCode($code);\n',
    PHP_TEST("$this->expectException(UnknownCode::class); price('ZX-81');"),
  ),
  put(
    'PHP, two spellings of one thing',
    'src/price.php',
    PHP,
    'table()[$code]',
    'table()[strtoupper(trim($code))]',
    PHP_TEST("self::assertSame(12, price(' ean-1 '));"),
  ),
  put(
    'Rust, an option that is none',
    'src/price.rs',
    RS,
    '    let entry = table().get(code).unwrap();\n',
    '    let Some(entry) = table().get(code) else { return 0 };\n',
    RS_TEST('assert_eq!(price("ZX-81"), 0);'),
  ),
  put(
    'Rust, a comment in a line is left out',
    'src/price.rs',
    RS,
    '    let entry',
    "    let code = code.split('#').next().unwrap_or(code);\n    let entry",
    RS_TEST('assert_eq!(price("EAN#old"), 12);'),
  ),
  put(
    'C#, a dictionary that is asked',
    'Prices.cs',
    CS,
    '        var entry = table[code];\n',
    '        if (!table.TryGetValue(code, out var entry)) return 0;\n',
    CS_TEST('Assert.Equal(0, prices.Price("ZX-81"));'),
  ),
  put(
    'C#, a token that was cancelled',
    'Prices.cs',
    CS,
    '        return entry.Price * entry.Count;\n',
    '        try\n        {\n            return checked(entry.Price * entry.Count);\n        }\n        catch (OverflowException e)\n        {\n            throw new InvalidOperationException(code, e);\n        }\n',
  ),
  put(
    'Kotlin, a null that is given on',
    'src/main/kotlin/Price.kt',
    KT,
    '    val entry = table[code]!!\n',
    '    val entry = table[code] ?: return 0\n',
    KT_TEST('assertEquals(0, price("ZX-81"))'),
  ),
  put(
    'Swift, a guard',
    'Sources/Price.swift',
    SWIFT,
    '    let entry = table[code]!\n',
    '    guard let entry = table[code] else { return 0 }\n',
  ),
  put(
    'Elixir, a fetch that may fail',
    'lib/price.ex',
    EX,
    '    entry = Map.fetch!(@table, code)\n    entry.price * entry.count\n',
    '    case Map.fetch(@table, code) do\n      {:ok, entry} -> entry.price * entry.count\n      :error -> 0\n    end\n',
  ),
];
