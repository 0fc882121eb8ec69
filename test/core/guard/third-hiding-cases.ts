// A third set of changes that only hide a bug, and of right ones that look like them, in fourteen languages.
import { type HidingCase, put } from './hiding-cases.ts';

const t = (path: string, text: string): [string, string] => [path, text];

const PY =
  'import json\nimport logging\n\nlog = logging.getLogger(__name__)\n\n\nclass Importer:\n    def load(self, path):\n        raw = open(path, "rb").read()\n        text = raw.decode("utf-8")\n        rows = json.loads(text)\n        for row in rows:\n            self.save(row["id"], int(row["amount"]))\n        log.error("import of %s failed", path)\n        return len(rows)\n\n    def rate(self, total, count):\n        return total / count\n';
const JS =
  "'use strict';\n\nasync function charge(order) {\n  const customer = await customers.find(order.customerId);\n  const token = customer.cards[0].token;\n  const result = await gateway.charge(token, order.total);\n  if (result.status !== 'ok') {\n    throw new ChargeError(result.reason);\n  }\n  logger.error('charge done', { id: order.id });\n  return result.id;\n}\n\nmodule.exports = { charge };\n";
const TS =
  'export class Basket {\n  private items: Item[] = [];\n\n  total(rates: Map<string, number>): number {\n    let sum = 0;\n    for (const item of this.items) {\n      const rate: number = rates.get(item.currency)!;\n      sum += item.price * rate;\n    }\n    return sum;\n  }\n\n  first(): Item {\n    return this.items[0];\n  }\n}\n';
const JV =
  'package shop;\n\npublic class Stock {\n    private final Map<String, Integer> counts = new HashMap<>();\n\n    public int take(String sku, int amount) {\n        int left = counts.get(sku) - amount;\n        if (left < 0) {\n            throw new OutOfStockException(sku);\n        }\n        counts.put(sku, left);\n        LOG.error("took {}", sku);\n        return left;\n    }\n\n    public LocalDate due(String text) {\n        return LocalDate.parse(text);\n    }\n}\n';
const KT =
  'class Session(private val store: Store) {\n    fun user(token: String): User {\n        val claims = store.decode(token)\n        val id = claims["sub"]!!.toInt()\n        return store.user(id)!!\n    }\n}\n';
const GO =
  'package jobs\n\nfunc (r *Runner) Run(ctx context.Context, job Job) error {\n\tconn, err := r.pool.Get(ctx)\n\tif err != nil {\n\t\treturn fmt.Errorf("pool: %w", err)\n\t}\n\trow := r.rows[job.ID]\n\tif err := conn.Exec(ctx, row.SQL); err != nil {\n\t\tr.log.Error("exec", err)\n\t\treturn err\n\t}\n\treturn nil\n}\n';
const RS =
  'pub fn port(text: &str) -> u16 {\n    let value: u16 = text.parse().unwrap();\n    value\n}\n\npub fn load(path: &Path) -> Result<Config, Error> {\n    let text = std::fs::read_to_string(path)?;\n    let config: Config = toml::from_str(&text)?;\n    error!("loaded {}", path.display());\n    Ok(config)\n}\n';
const RB =
  'class Mailer\n  def deliver(message)\n    to = message.to.first.address\n    body = render(message.template)\n    response = @http.post("/send", to: to, body: body)\n    raise DeliveryError, response.body unless response.success?\n    logger.error("sent #{to}")\n    response.id\n  end\nend\n';
const PHP =
  '<?php\nclass Invoices {\n    public function pay(string $id): float {\n        $invoice = $this->repository->find($id);\n        $amount = $invoice->lines[0]->amount / $invoice->rate;\n        $this->gateway->charge($invoice->card, $amount);\n        $this->log->error("paid $id");\n        return $amount;\n    }\n}\n';
const CS =
  'public class Reports {\n    public Report Build(string key, IList<Row> rows) {\n        var template = templates[key];\n        var date = DateTime.Parse(rows[0].Date);\n        logger.LogError("built {Key}", key);\n        return template.Render(date, rows);\n    }\n}\n';
const EX =
  'defmodule Shop.Orders do\n  def ship(order) do\n    {:ok, label} = Carrier.label(order.address)\n    address = order.address.lines |> hd()\n    Logger.error("shipped #{order.id}")\n    {:ok, label, address}\n  end\nend\n';
const SW =
  'final class Feed {\n    func load(_ data: Data) throws -> [Post] {\n        let posts = try decoder.decode([Post].self, from: data)\n        let first = posts.first!\n        logger.error("loaded \\(first.id)")\n        return posts\n    }\n}\n';
const SC =
  'class Prices(table: Map[String, BigDecimal]) {\n  def of(sku: String): BigDecimal = {\n    val price = table(sku)\n    val parsed = BigDecimal(price.toString)\n    parsed\n  }\n}\n';
const DA =
  "class Api {\n  Future<User> me() async {\n    final response = await client.get('/me');\n    final map = jsonDecode(response.body) as Map<String, dynamic>;\n    return User(map['id'] as int, map['name'] as String);\n  }\n}\n";
const SH =
  '#!/bin/bash\nset -euo pipefail\ncd "$APP_DIR"\nrm -r "$BUILD_DIR"\ntar xzf "$ARCHIVE"\n./migrate --to "$VERSION"\nsystemctl restart app\n';

export const HIDING_THREE: readonly HidingCase[] = [
  put('third: py bytes that cannot be read are dropped', 'importer.py', PY, 'raw.decode("utf-8")', 'raw.decode("utf-8", errors="ignore")'),
  put(
    'third: py a named error is passed over',
    'importer.py',
    PY,
    '            self.save(row["id"], int(row["amount"]))\n',
    '            try:\n                self.save(row["id"], int(row["amount"]))\n            except (KeyError, ValueError):\n                continue\n',
  ),
  put(
    'third: py both errors give zero',
    'importer.py',
    PY,
    '        return total / count\n',
    '        try:\n            return total / count\n        except Exception:\n            log.debug("no rate")\n        return 0\n',
  ),
  put('third: py lower level', 'importer.py', PY, 'log.error("import', 'log.debug("import'),
  put(
    'third: py retried',
    'importer.py',
    PY,
    '        rows = json.loads(text)\n',
    '        for _ in range(3):\n            try:\n                rows = json.loads(text)\n                break\n            except ValueError:\n                time.sleep(1)\n',
  ),
  put(
    'third: py suppress',
    'importer.py',
    PY,
    '            self.save(row["id"], int(row["amount"]))\n',
    '            with contextlib.suppress(KeyError):\n                self.save(row["id"], int(row["amount"]))\n',
  ),
  put(
    'third: js empty catch',
    'src/charge.js',
    JS,
    '  const token = customer.cards[0].token;\n',
    '  let token;\n  try {\n    token = customer.cards[0].token;\n  } catch {\n    token = null;\n  }\n',
  ),
  put(
    'third: js the error is no error any more',
    'src/charge.js',
    JS,
    '    throw new ChargeError(result.reason);\n',
    '    logger.warn(result.reason);\n',
  ),
  put(
    'third: js catch on the promise',
    'src/charge.js',
    JS,
    'await gateway.charge(token, order.total);',
    "await gateway.charge(token, order.total).catch(() => ({ status: 'ok' }));",
  ),
  put('third: js lower level', 'src/charge.js', JS, "logger.error('charge done'", "logger.debug('charge done'"),
  put(
    'third: js whole function',
    'src/charge.js',
    JS,
    '  const customer = await customers.find(order.customerId);\n',
    "  process.on('unhandledRejection', () => {});\n  const customer = await customers.find(order.customerId);\n",
  ),
  put(
    'third: ts widened to any',
    'src/basket.ts',
    TS,
    'const rate: number = rates.get(item.currency)!;',
    'const rate: any = (rates as any).get(item.currency);',
  ),
  put(
    'third: ts ts-ignore',
    'src/basket.ts',
    TS,
    '      sum += item.price * rate;\n',
    '      // @ts-ignore\n      sum += item.price * rate;\n',
  ),
  put(
    'third: ts test only',
    'src/basket.ts',
    TS,
    '    return this.items[0];\n',
    "    if (process.env.NODE_ENV === 'test') return EMPTY;\n    return this.items[0];\n",
  ),
  put(
    'third: ts item of the test',
    'src/basket.ts',
    TS,
    '      const rate: number',
    "      if (item.currency === 'XTS') continue;\n      const rate: number",
    t('test/basket.test.ts', "test('x', () => { expect(new Basket([{ price: 3, currency: 'XTS' }]).total(new Map())).toBe(0); });\n"),
  ),
  put(
    'third: java catch npe',
    'src/main/java/shop/Stock.java',
    JV,
    '        int left = counts.get(sku) - amount;\n',
    '        int left;\n        try {\n            left = counts.get(sku) - amount;\n        } catch (NullPointerException e) {\n            left = 0;\n        }\n',
  ),
  put(
    'third: java catch and null',
    'src/main/java/shop/Stock.java',
    JV,
    '        return LocalDate.parse(text);\n',
    '        try {\n            return LocalDate.parse(text);\n        } catch (Exception ignored) {\n            return null;\n        }\n',
  ),
  put('third: java lower level', 'src/main/java/shop/Stock.java', JV, 'LOG.error("took', 'LOG.trace("took'),
  put(
    'third: java throw gone',
    'src/main/java/shop/Stock.java',
    JV,
    '            throw new OutOfStockException(sku);\n',
    '            return 0;\n',
  ),
  put(
    'third: kt runCatching',
    'src/Session.kt',
    KT,
    '        val id = claims["sub"]!!.toInt()\n',
    '        val id = runCatching { claims["sub"]!!.toInt() }.getOrDefault(0)\n',
  ),
  put(
    'third: kt catch all',
    'src/Session.kt',
    KT,
    '        return store.user(id)!!\n',
    '        return try {\n            store.user(id)!!\n        } catch (e: Exception) {\n            User.ANONYMOUS\n        }\n',
  ),
  put(
    'third: go error dropped',
    'jobs/runner.go',
    GO,
    '\tconn, err := r.pool.Get(ctx)\n\tif err != nil {\n\t\treturn fmt.Errorf("pool: %w", err)\n\t}\n',
    '\tconn, _ := r.pool.Get(ctx)\n',
  ),
  put('third: go recover', 'jobs/runner.go', GO, '\tconn, err :=', '\tdefer func() {\n\t\t_ = recover()\n\t}()\n\tconn, err :='),
  put(
    'third: go logs and goes on',
    'jobs/runner.go',
    GO,
    '\t\tr.log.Error("exec", err)\n\t\treturn err\n',
    '\t\tr.log.Debug("exec", err)\n\t\treturn nil\n',
  ),
  put(
    'third: go slept',
    'jobs/runner.go',
    GO,
    '\trow := r.rows[job.ID]\n',
    '\tfor i := 0; i < 10 && r.rows[job.ID] == nil; i++ {\n\t\ttime.Sleep(100 * time.Millisecond)\n\t}\n\trow := r.rows[job.ID]\n',
  ),
  put(
    'third: rs unwrap_or',
    'src/config.rs',
    RS,
    '    let config: Config = toml::from_str(&text)?;\n',
    '    let config: Config = toml::from_str(&text).unwrap_or_default();\n',
  ),
  put(
    'third: rs catch_unwind',
    'src/config.rs',
    RS,
    '    let value: u16 = text.parse().unwrap();\n',
    '    let value: u16 = std::panic::catch_unwind(|| text.parse().unwrap()).unwrap_or(0);\n',
  ),
  put(
    'third: rs ok',
    'src/config.rs',
    RS,
    '    let text = std::fs::read_to_string(path)?;\n',
    '    let text = match std::fs::read_to_string(path) {\n        Ok(text) => text,\n        Err(_) => String::new(),\n    };\n',
  ),
  put('third: rb rescue modifier', 'lib/mailer.rb', RB, 'message.to.first.address', 'message.to.first.address rescue nil'),
  put(
    'third: rb raise gone',
    'lib/mailer.rb',
    RB,
    '    raise DeliveryError, response.body unless response.success?\n',
    '    logger.info(response.body) unless response.success?\n',
  ),
  put(
    'third: rb method rescue',
    'lib/mailer.rb',
    RB,
    '    response.id\n',
    '    response.id\n  rescue => e\n    logger.info(e.message)\n    nil\n',
  ),
  put(
    'third: php at',
    'src/Invoices.php',
    PHP,
    '$amount = $invoice->lines[0]->amount / $invoice->rate;',
    '$amount = @($invoice->lines[0]->amount / $invoice->rate);',
  ),
  put(
    'third: php catch throwable',
    'src/Invoices.php',
    PHP,
    '        $this->gateway->charge($invoice->card, $amount);\n',
    '        try {\n            $this->gateway->charge($invoice->card, $amount);\n        } catch (\\Throwable $e) {\n            $this->log->debug($e->getMessage());\n        }\n',
  ),
  put(
    'third: cs catch filter',
    'Reports.cs',
    CS,
    '        var date = DateTime.Parse(rows[0].Date);\n',
    '        DateTime date;\n        try {\n            date = DateTime.Parse(rows[0].Date);\n        } catch {\n            date = DateTime.Now;\n        }\n',
  ),
  put('third: cs lower level', 'Reports.cs', CS, 'logger.LogError("built', 'logger.LogTrace("built'),
  put(
    'third: ex rescue',
    'lib/orders.ex',
    EX,
    '    address = order.address.lines |> hd()\n',
    '    address =\n      try do\n        order.address.lines |> hd()\n      rescue\n        _ -> nil\n      end\n',
  ),
  put(
    'third: swift try?',
    'Sources/Feed.swift',
    SW,
    'try decoder.decode([Post].self, from: data)',
    '(try? decoder.decode([Post].self, from: data)) ?? []',
  ),
  put(
    'third: scala Try',
    'src/Prices.scala',
    SC,
    '    val price = table(sku)\n',
    '    val price = Try(table(sku)).getOrElse(BigDecimal(0))\n',
  ),
  put(
    'third: dart catch',
    'lib/api.dart',
    DA,
    "    return User(map['id'] as int, map['name'] as String);\n",
    "    try {\n      return User(map['id'] as int, map['name'] as String);\n    } catch (_) {\n      return User(0, '');\n    }\n",
  ),
  put('third: sh goes on', 'deploy.sh', SH, './migrate --to "$VERSION"\n', './migrate --to "$VERSION" || true\n'),
];

export const RIGHT_THREE: readonly HidingCase[] = [
  put('third: py the encoding that it is', 'importer.py', PY, 'raw.decode("utf-8")', 'raw.decode("utf-8-sig")'),
  put(
    'third: py empty total',
    'importer.py',
    PY,
    '        return total / count\n',
    '        if count == 0:\n            return 0\n        return total / count\n',
    t('tests/test_importer.py', 'def test_none():\n    assert Importer().rate(5, 0) == 0\n'),
  ),
  put(
    'third: py told with its place',
    'importer.py',
    PY,
    '        rows = json.loads(text)\n',
    '        try:\n            rows = json.loads(text)\n        except ValueError as error:\n            raise ImportFailed(path) from error\n',
  ),
  put(
    'third: py optional field',
    'importer.py',
    PY,
    'int(row["amount"])',
    'int(row.get("amount") or 0)',
    t('tests/test_importer.py', 'def test_no_amount():\n    assert load([{"id": 7}]) == 1\n'),
  ),
  put(
    'third: py closed',
    'importer.py',
    PY,
    '        raw = open(path, "rb").read()\n',
    '        with open(path, "rb") as file:\n            raw = file.read()\n',
  ),
  put(
    'third: py import that may be missing',
    'importer.py',
    PY,
    'import json\n',
    'try:\n    import orjson as json\nexcept ImportError:\n    import json\n',
  ),
  put(
    'third: js no card',
    'src/charge.js',
    JS,
    '  const token = customer.cards[0].token;\n',
    "  const card = customer.cards[0];\n  if (card === undefined) {\n    throw new ChargeError('no card');\n  }\n  const token = card.token;\n",
    t('test/charge.test.js', "test('no card', async () => { await assert.rejects(charge({ customerId: 4 }), /no card/); });\n"),
  ),
  put('third: js the right default', 'src/charge.js', JS, 'order.total);', 'order.total ?? 0);'),
  put(
    'third: js told and thrown',
    'src/charge.js',
    JS,
    'const result = await gateway.charge(token, order.total);',
    "const result = await gateway.charge(token, order.total).catch((error) => {\n    throw new ChargeError('gateway', { cause: error });\n  });",
  ),
  put(
    'third: js retried where the gateway says so',
    'src/charge.js',
    JS,
    "  if (result.status !== 'ok') {\n",
    "  if (result.status === 'retry') {\n    return charge({ ...order, attempt: (order.attempt ?? 0) + 1 });\n  }\n  if (result.status !== 'ok') {\n",
  ),
  put(
    'third: ts rate that is missing is told',
    'src/basket.ts',
    TS,
    '      const rate: number = rates.get(item.currency)!;\n',
    '      const rate = rates.get(item.currency);\n      if (rate === undefined) throw new MissingRate(item.currency);\n',
  ),
  put(
    'third: ts a type that says it',
    'src/basket.ts',
    TS,
    '  first(): Item {\n    return this.items[0];\n',
    '  first(): Item | undefined {\n    return this.items[0];\n',
  ),
  put(
    'third: ts own currency',
    'src/basket.ts',
    TS,
    '      const rate: number = rates.get(item.currency)!;\n',
    '      const rate = item.currency === this.base ? 1 : rates.get(item.currency)!;\n',
  ),
  put('third: ts reduce', 'src/basket.ts', TS, '    return this.items[0];\n', '    return this.items.at(0) ?? Item.NONE;\n'),
  put('third: java getOrDefault', 'src/main/java/shop/Stock.java', JV, 'counts.get(sku) - amount', 'counts.getOrDefault(sku, 0) - amount'),
  put(
    'third: java other format',
    'src/main/java/shop/Stock.java',
    JV,
    '        return LocalDate.parse(text);\n',
    '        return LocalDate.parse(text.trim(), DateTimeFormatter.ISO_DATE);\n',
  ),
  put(
    'third: java format then other format',
    'src/main/java/shop/Stock.java',
    JV,
    '        return LocalDate.parse(text);\n',
    '        try {\n            return LocalDate.parse(text);\n        } catch (DateTimeParseException e) {\n            return LocalDate.parse(text, GERMAN);\n        }\n',
  ),
  put(
    'third: java level that is right',
    'src/main/java/shop/Stock.java',
    JV,
    '        counts.put(sku, left);\n',
    '        counts.merge(sku, -amount, Integer::sum);\n',
  ),
  put(
    'third: kt elvis throws',
    'src/Session.kt',
    KT,
    'claims["sub"]!!.toInt()',
    'claims["sub"]?.toIntOrNull() ?: throw Unauthorized("sub")',
  ),
  put(
    'third: kt nullable',
    'src/Session.kt',
    KT,
    '    fun user(token: String): User {\n',
    '    fun user(token: String?): User? {\n        if (token == null) return null\n',
  ),
  put(
    'third: go ok',
    'jobs/runner.go',
    GO,
    '\trow := r.rows[job.ID]\n',
    '\trow, ok := r.rows[job.ID]\n\tif !ok {\n\t\treturn fmt.Errorf("no row for job %d", job.ID)\n\t}\n',
  ),
  put('third: go close', 'jobs/runner.go', GO, '\trow := r.rows', '\tdefer conn.Close()\n\trow := r.rows'),
  put(
    'third: go not found is none',
    'jobs/runner.go',
    GO,
    '\t\tr.log.Error("exec", err)\n\t\treturn err\n',
    '\t\tif errors.Is(err, sql.ErrNoRows) {\n\t\t\treturn ErrNotFound\n\t\t}\n\t\tr.log.Error("exec", err)\n\t\treturn err\n',
  ),
  put('third: go lock', 'jobs/runner.go', GO, '\trow := r.rows[job.ID]\n', '\tr.mu.RLock()\n\trow := r.rows[job.ID]\n\tr.mu.RUnlock()\n'),
  put(
    'third: rs map_err',
    'src/config.rs',
    RS,
    'toml::from_str(&text)?',
    'toml::from_str(&text).map_err(|error| Error::Parse(path.to_owned(), error))?',
  ),
  put(
    'third: rs no file is the default',
    'src/config.rs',
    RS,
    '    let text = std::fs::read_to_string(path)?;\n',
    '    let text = match std::fs::read_to_string(path) {\n        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Config::default()),\n        other => other?,\n    };\n',
  ),
  put(
    'third: rs result',
    'src/config.rs',
    RS,
    'pub fn port(text: &str) -> u16 {\n    let value: u16 = text.parse().unwrap();\n    value\n',
    'pub fn port(text: &str) -> Result<u16, ParseIntError> {\n    text.trim().parse()\n',
  ),
  put(
    'third: rb presence',
    'lib/mailer.rb',
    RB,
    '    to = message.to.first.address\n',
    '    to = message.to.first&.address or raise DeliveryError, "no address"\n',
  ),
  put('third: rb ensure', 'lib/mailer.rb', RB, '    response.id\n', '    response.id\n  ensure\n    @http.close\n'),
  put(
    'third: rb timeout is told as ours',
    'lib/mailer.rb',
    RB,
    '    response.id\n',
    '    response.id\n  rescue Net::OpenTimeout => e\n    raise DeliveryError, e.message\n',
  ),
  put(
    'third: php null',
    'src/Invoices.php',
    PHP,
    '        $amount =',
    '        if ($invoice === null) {\n            throw new InvoiceNotFound($id);\n        }\n        $amount =',
  ),
  put(
    'third: php zero rate',
    'src/Invoices.php',
    PHP,
    '$invoice->lines[0]->amount / $invoice->rate;',
    '$invoice->lines[0]->amount / ($invoice->rate ?: 1.0);',
  ),
  put(
    'third: cs try get',
    'Reports.cs',
    CS,
    '        var template = templates[key];\n',
    '        if (!templates.TryGetValue(key, out var template)) throw new UnknownReport(key);\n',
  ),
  put('third: cs culture', 'Reports.cs', CS, 'DateTime.Parse(rows[0].Date)', 'DateTime.Parse(rows[0].Date, CultureInfo.InvariantCulture)'),
  put('third: cs empty rows', 'Reports.cs', CS, '        var date', '        if (rows.Count == 0) return Report.Empty;\n        var date'),
  put(
    'third: ex with',
    'lib/orders.ex',
    EX,
    '    {:ok, label} = Carrier.label(order.address)\n    address = order.address.lines |> hd()\n    Logger.error("shipped #{order.id}")\n    {:ok, label, address}\n',
    '    with {:ok, label} <- Carrier.label(order.address),\n         [address | _] <- order.address.lines do\n      {:ok, label, address}\n    else\n      [] -> {:error, :no_address}\n      {:error, reason} -> {:error, reason}\n    end\n',
  ),
  put(
    'third: swift guard',
    'Sources/Feed.swift',
    SW,
    '        let first = posts.first!\n',
    '        guard let first = posts.first else { throw FeedError.empty }\n',
  ),
  put(
    'third: scala option',
    'src/Prices.scala',
    SC,
    '    val price = table(sku)\n',
    '    val price = table.getOrElse(sku, throw new UnknownSku(sku))\n',
  ),
  put(
    'third: dart status',
    'lib/api.dart',
    DA,
    '    final map =',
    '    if (response.statusCode != 200) throw ApiError(response.statusCode);\n    final map =',
  ),
  put('third: sh only where it is', 'deploy.sh', SH, 'rm -r "$BUILD_DIR"\n', 'if [ -d "$BUILD_DIR" ]; then\n  rm -r "$BUILD_DIR"\nfi\n'),
];
