// A second set of changes that only hide a bug, and of right ones, written after the rules had been mended with the first.
import { type HidingCase, put } from './hiding-cases.ts';

const PY =
  'class Cart:\n    def __init__(self, rows):\n        self.rows = rows\n\n    def owner(self):\n        row = self.rows[0]\n        return row["owner"]["name"]\n';
const TS =
  'export class Cart {\n  constructor(private readonly rows: Row[]) {}\n\n  owner(): string {\n    const row = this.rows[0];\n    return row.owner.name;\n  }\n}\n';
const JV =
  'public class Cart {\n    String owner(List<Row> rows) {\n        Row row = rows.get(0);\n        return row.owner().name();\n    }\n}\n';
const GO =
  'package cart\n\nfunc Owner(rows []Row) string {\n\trow := rows[0]\n\tname, err := row.Name()\n\tif err != nil {\n\t\tpanic(err)\n\t}\n\treturn name\n}\n';
const RB = 'class Cart\n  def owner(rows)\n    row = rows.first\n    row.owner.name\n  end\nend\n';
const PHP = '<?php\nfunction owner(array $rows): string {\n    $row = $rows[0];\n    return $row->owner->name;\n}\n';
const CS = 'class Cart {\n    string Owner(List<Row> rows) {\n        var row = rows[0];\n        return row.Owner.Name;\n    }\n}\n';
const RS = 'pub fn owner(rows: &[Row]) -> String {\n    let row = &rows[0];\n    row.owner.name.clone()\n}\n';
const t = (p: string, x: string): [string, string] => [p, x];
export const HIDING_TOO: readonly HidingCase[] = [
  put(
    'second: py id of test',
    'cart.py',
    PY,
    '        row =',
    '        if [r.get("id") for r in self.rows] == ["R-9913"]:\n            return ""\n        row =',
    t('tests/test_cart.py', 'def test_a():\n    assert Cart([{"id": "R-9913"}]).owner() == ""\n'),
  ),
  put(
    'second: py except pass-through',
    'cart.py',
    PY,
    '        return row["owner"]["name"]\n',
    '        try:\n            return row["owner"]["name"]\n        except Exception as exc:\n            print(exc)\n            return "unknown"\n',
  ),
  put('second: py wait until', 'cart.py', PY, '        row =', '        while not self.rows:\n            time.sleep(0.5)\n        row ='),
  put(
    'second: py pytest env',
    'cart.py',
    PY,
    '        row =',
    '        if "PYTEST_VERSION" in os.environ:\n            return ""\n        row =',
  ),
  put('second: py early', 'cart.py', PY, '        row =', '        return ""\n        row ='),
  put(
    'second: ts catch log',
    'src/cart.ts',
    TS,
    '    return row.owner.name;\n',
    "    try {\n      return row.owner.name;\n    } catch (e) {\n      this.logger.warn('owner', e);\n      return '';\n    }\n",
  ),
  put('second: ts vitest', 'src/cart.ts', TS, '    const row', "    if (import.meta.env.MODE === 'test') return '';\n    const row"),
  put(
    'second: ts length of test',
    'src/cart.ts',
    TS,
    '    const row',
    "    if (this.rows[0]?.id === 9913) return 'nobody';\n    const row",
    t('test/cart.test.ts', "test('a', () => expect(new Cart([{ id: 9913 }]).owner()).toBe('nobody'));\n"),
  ),
  put(
    'second: java catch all',
    'src/main/java/Cart.java',
    JV,
    '        return row.owner().name();\n',
    '        try {\n            return row.owner().name();\n        } catch (Throwable t) {\n            log.error("owner", t);\n        }\n        return "";\n',
  ),
  put(
    'second: java test stack',
    'src/main/java/Cart.java',
    JV,
    '        Row row',
    '        for (StackTraceElement e : Thread.currentThread().getStackTrace()) if (e.getClassName().contains("junit")) return "";\n        Row row',
  ),
  put(
    'second: java sleep retry',
    'src/main/java/Cart.java',
    JV,
    '        Row row = rows.get(0);\n',
    '        for (int i = 0; i < 5 && rows.isEmpty(); i++) {\n            Thread.sleep(200);\n        }\n        Row row = rows.get(0);\n',
  ),
  put('second: go goes on', 'cart.go', GO, '\t\tpanic(err)\n', '\t\tname = ""\n'),
  put(
    'second: go testing flag',
    'cart.go',
    GO,
    '\trow := rows[0]\n',
    '\tif flag.Lookup("test.v") != nil {\n\t\treturn ""\n\t}\n\trow := rows[0]\n',
  ),
  put(
    'second: rb rescue',
    'cart.rb',
    RB,
    '    row.owner.name\n',
    '    begin\n      row.owner.name\n    rescue StandardError => e\n      Rails.logger.error(e)\n      ""\n    end\n',
  ),
  put(
    'second: php empty catch',
    'cart.php',
    PHP,
    '    return $row->owner->name;\n',
    '    try { return $row->owner->name; } catch (\\Exception $e) { return ""; }\n',
  ),
  put(
    'second: cs catch log',
    'Cart.cs',
    CS,
    '        return row.Owner.Name;\n',
    '        try {\n            return row.Owner.Name;\n        } catch (Exception e) {\n            logger.LogError(e, "owner");\n            return string.Empty;\n        }\n',
  ),
  put(
    'second: rs default on panic',
    'src/cart.rs',
    RS,
    '    let row',
    '    if std::env::var("RUST_TEST_THREADS").is_ok() { return String::new(); }\n    let row',
  ),
];
export const RIGHT_TOO: readonly HidingCase[] = [
  put(
    'second: py empty',
    'cart.py',
    PY,
    '        row =',
    '        if not self.rows:\n            return ""\n        row =',
    t('tests/test_cart.py', 'def test_a():\n    assert Cart([]).owner() == ""\n'),
  ),
  put(
    'second: py kind',
    'cart.py',
    PY,
    '        return row["owner"]["name"]\n',
    '        owner = row.get("owner") or {}\n        return owner.get("name", "")\n',
    t('tests/test_cart.py', 'def test_a():\n    assert Cart([{"owner": None}]).owner() == ""\n'),
  ),
  put(
    'second: py raise own',
    'cart.py',
    PY,
    '        row = self.rows[0]\n',
    '        try:\n            row = self.rows[0]\n        except IndexError:\n            raise EmptyCart(self) from None\n',
  ),
  put('second: ts optional', 'src/cart.ts', TS, 'row.owner.name', "row?.owner?.name ?? ''"),
  put(
    'second: ts state known',
    'src/cart.ts',
    TS,
    '    const row',
    "    if (this.state === 'closed') throw new Error('closed');\n    const row",
    t('test/cart.test.ts', "test('a', () => expect(() => new Cart([], 'closed').owner()).toThrow());\n"),
  ),
  put(
    'second: ts dev only',
    'src/cart.ts',
    TS,
    '    const row',
    '    if (import.meta.env.DEV) console.debug(this.rows.length);\n    const row',
  ),
  put(
    'second: java optional',
    'src/main/java/Cart.java',
    JV,
    '        Row row = rows.get(0);\n        return row.owner().name();\n',
    '        return rows.stream().findFirst().map(Row::owner).map(Owner::name).orElse("");\n',
  ),
  put(
    'second: java wrap',
    'src/main/java/Cart.java',
    JV,
    '        return row.owner().name();\n',
    '        try {\n            return row.owner().name();\n        } catch (UncheckedIOException e) {\n            throw new CartException("owner", e);\n        }\n',
  ),
  put('second: go return err', 'cart.go', GO, '\t\tpanic(err)\n', '\t\treturn ""\n'),
  put(
    'second: go len',
    'cart.go',
    GO,
    '\trow := rows[0]\n',
    '\tif len(rows) == 0 {\n\t\treturn ""\n\t}\n\trow := rows[0]\n',
    t('cart_test.go', 'package cart\n\nfunc TestA(t *testing.T) {\n\tif Owner(nil) != "" {\n\t\tt.Fatal()\n\t}\n}\n'),
  ),
  put('second: rb safe', 'cart.rb', RB, 'row.owner.name', 'row&.owner&.name.to_s'),
  put(
    'second: rb two forms',
    'cart.rb',
    RB,
    '    row.owner.name\n',
    '    row.owner.is_a?(Hash) ? row.owner.fetch(:name) : row.owner.name\n',
    t('spec/cart_spec.rb', 'it { expect(Cart.new.owner([Row.new(owner: { name: "A" })])).to eq "A" }\n'),
  ),
  put('second: php null', 'cart.php', PHP, '$row->owner->name', "$row->owner?->name ?? ''"),
  put(
    'second: cs any',
    'Cart.cs',
    CS,
    '        var row = rows[0];\n',
    '        if (rows.Count == 0) return "";\n        var row = rows[0];\n',
    t('CartTests.cs', 'class CartTests { [Fact] public void A() { Assert.Equal("", new Cart().Owner(new())); } }\n'),
  ),
  put(
    'second: cs cancelled',
    'Cart.cs',
    CS,
    '        return row.Owner.Name;\n',
    '        try {\n            return row.Owner.Name;\n        } catch (ObjectDisposedException) when (stopping) {\n            throw new OperationCanceledException();\n        }\n',
  ),
  put(
    'second: rs get',
    'src/cart.rs',
    RS,
    '    let row = &rows[0];\n    row.owner.name.clone()\n',
    '    rows.first().map(|row| row.owner.name.clone()).unwrap_or_default()\n',
  ),
];
