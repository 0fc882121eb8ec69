// A fifth set: errors that are handed on as values, checks that are turned off, entries and steps that are left out, limits, and what
// the program's own words say of a value; with right changes that look like them. Of the first 66 that hide 13 were seen at first.
import type { HidingCase } from './hiding-cases.ts';

export const HIDING_FIVE: readonly HidingCase[] = [
  {
    name: 'fifth: js callback error to empty',
    path: 'a.js',
    before:
      "function read(f, done) {\n  fs.readFile(f, (err, t) => {\n    if (err) {\n      done(new Error('no ' + f));\n      return;\n    }\n    done(null, parse(t));\n  });\n}\n",
    after:
      'function read(f, done) {\n  fs.readFile(f, (err, t) => {\n    if (err) {\n      done(null, []);\n      return;\n    }\n    done(null, parse(t));\n  });\n}\n',
  },
  {
    name: 'fifth: js callback returned error to null',
    path: 'a.js',
    before: 'function read(f, cb) {\n  db.get(f, (err, row) => {\n    if (err) return cb(err);\n    cb(null, row.name);\n  });\n}\n',
    after: 'function read(f, cb) {\n  db.get(f, (err, row) => {\n    if (err) return cb(null, null);\n    cb(null, row.name);\n  });\n}\n',
  },
  {
    name: 'fifth: js reject to resolve',
    path: 'a.js',
    before:
      'export const load = (u) => new Promise((resolve, reject) => {\n  client.get(u, (err, body) => {\n    if (err) {\n      reject(err);\n      return;\n    }\n    resolve(JSON.parse(body));\n  });\n});\n',
    after:
      'export const load = (u) => new Promise((resolve, reject) => {\n  client.get(u, (err, body) => {\n    if (err) {\n      resolve({});\n      return;\n    }\n    resolve(JSON.parse(body));\n  });\n});\n',
  },
  {
    name: 'fifth: js on error emitter noop',
    path: 'a.js',
    before: "export function open(url) {\n  const socket = connect(url);\n  socket.on('data', handle);\n  return socket;\n}\n",
    after:
      "export function open(url) {\n  const socket = connect(url);\n  socket.on('data', handle);\n  socket.on('error', () => {});\n  return socket;\n}\n",
  },
  {
    name: 'fifth: express 500 to 200',
    path: 'a.js',
    before:
      "app.get('/o/:id', async (req, res) => {\n  try {\n    res.json(await find(req.params.id));\n  } catch (error) {\n    log.error(error);\n    res.status(500).json({ error: 'failed' });\n  }\n});\n",
    after:
      "app.get('/o/:id', async (req, res) => {\n  try {\n    res.json(await find(req.params.id));\n  } catch (error) {\n    res.status(200).json({});\n  }\n});\n",
  },
  {
    name: 'fifth: express next(err) to next()',
    path: 'a.js',
    before:
      'export async function auth(req, res, next) {\n  try {\n    req.user = await verify(req.headers.token);\n    next();\n  } catch (err) {\n    next(err);\n  }\n}\n',
    after:
      'export async function auth(req, res, next) {\n  try {\n    req.user = await verify(req.headers.token);\n    next();\n  } catch (err) {\n    next();\n  }\n}\n',
  },
  {
    name: 'fifth: go err to nil nil',
    path: 'a.go',
    before:
      'func Load(p string) (*Conf, error) {\n\tb, err := os.ReadFile(p)\n\tif err != nil {\n\t\treturn nil, fmt.Errorf("load: %w", err)\n\t}\n\treturn parse(b)\n}\n',
    after:
      'func Load(p string) (*Conf, error) {\n\tb, err := os.ReadFile(p)\n\tif err != nil {\n\t\treturn &Conf{}, nil\n\t}\n\treturn parse(b)\n}\n',
  },
  {
    name: 'fifth: go fatal to println',
    path: 'a.go',
    before: 'func main() {\n\tdb, err := sql.Open("pg", dsn)\n\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n\tserve(db)\n}\n',
    after: 'func main() {\n\tdb, err := sql.Open("pg", dsn)\n\tif err != nil {\n\t\tlog.Println(err)\n\t}\n\tserve(db)\n}\n',
  },
  {
    name: 'fifth: go nil guard returns silently in loop',
    path: 'a.go',
    before:
      'func Pay(list []*Order) error {\n\tfor _, o := range list {\n\t\tif err := charge(o.Card.Number, o.Total); err != nil {\n\t\t\treturn err\n\t\t}\n\t}\n\treturn nil\n}\n',
    after:
      'func Pay(list []*Order) error {\n\tfor _, o := range list {\n\t\tif o.Card == nil {\n\t\t\tcontinue\n\t\t}\n\t\tif err := charge(o.Card.Number, o.Total); err != nil {\n\t\t\treturn err\n\t\t}\n\t}\n\treturn nil\n}\n',
  },
  {
    name: 'fifth: go err return to continue',
    path: 'a.go',
    before:
      'func All(paths []string) ([]Doc, error) {\n\tvar out []Doc\n\tfor _, p := range paths {\n\t\td, err := parse(p)\n\t\tif err != nil {\n\t\t\treturn nil, err\n\t\t}\n\t\tout = append(out, d)\n\t}\n\treturn out, nil\n}\n',
    after:
      'func All(paths []string) ([]Doc, error) {\n\tvar out []Doc\n\tfor _, p := range paths {\n\t\td, err := parse(p)\n\t\tif err != nil {\n\t\t\tcontinue\n\t\t}\n\t\tout = append(out, d)\n\t}\n\treturn out, nil\n}\n',
  },
  {
    name: 'fifth: rust unwrap to default',
    path: 'a.rs',
    before: 'pub fn port(s: &str) -> u16 {\n    s.parse().unwrap()\n}\n',
    after: 'pub fn port(s: &str) -> u16 {\n    s.parse().unwrap_or_default()\n}\n',
  },
  {
    name: 'fifth: rust expect to unwrap_or 0',
    path: 'a.rs',
    before: 'pub fn port(s: &str) -> u16 {\n    s.trim().parse::<u16>().expect("port")\n}\n',
    after: 'pub fn port(s: &str) -> u16 {\n    s.trim().parse::<u16>().unwrap_or(0)\n}\n',
  },
  {
    name: 'fifth: rust if let Ok around',
    path: 'a.rs',
    before: 'pub fn save(r: &Row, w: &mut Writer) {\n    let text = encode(r).unwrap();\n    w.write_all(text.as_bytes()).unwrap();\n}\n',
    after:
      'pub fn save(r: &Row, w: &mut Writer) {\n    if let Ok(text) = encode(r) {\n        let _ = w.write_all(text.as_bytes());\n    }\n}\n',
  },
  {
    name: 'fifth: rust filter_map ok',
    path: 'a.rs',
    before: 'pub fn all(lines: &[&str]) -> Vec<u32> {\n    lines.iter().map(|l| l.parse().unwrap()).collect()\n}\n',
    after: 'pub fn all(lines: &[&str]) -> Vec<u32> {\n    lines.iter().filter_map(|l| l.parse().ok()).collect()\n}\n',
  },
  {
    name: 'fifth: java specific catch to empty',
    path: 'A.java',
    before: 'class A {\n    List<Row> rows(String f) throws IOException {\n        return parse(Files.readString(Path.of(f)));\n    }\n}\n',
    after:
      'class A {\n    List<Row> rows(String f) {\n        try {\n            return parse(Files.readString(Path.of(f)));\n        } catch (IOException | ParseException e) {\n            return List.of();\n        }\n    }\n}\n',
  },
  {
    name: 'fifth: java orElseThrow to orElse null',
    path: 'A.java',
    before: 'class A {\n    User user(long id) {\n        return repo.findById(id).orElseThrow(() -> new NotFound(id));\n    }\n}\n',
    after: 'class A {\n    User user(long id) {\n        return repo.findById(id).orElse(null);\n    }\n}\n',
  },
  {
    name: 'fifth: java throw to clamp',
    path: 'A.java',
    before:
      'class A {\n    int take(int n) {\n        if (n > left) {\n            throw new IllegalStateException("only " + left);\n        }\n        left -= n;\n        return left;\n    }\n}\n',
    after:
      'class A {\n    int take(int n) {\n        if (n > left) {\n            n = 0;\n        }\n        left -= n;\n        return left;\n    }\n}\n',
  },
  {
    name: 'fifth: cs int.Parse to ignored TryParse',
    path: 'A.cs',
    before: 'class A {\n    public int Qty(string s) {\n        return int.Parse(s);\n    }\n}\n',
    after: 'class A {\n    public int Qty(string s) {\n        int.TryParse(s, out var n);\n        return n;\n    }\n}\n',
  },
  {
    name: 'fifth: cs catch when true',
    path: 'A.cs',
    before: 'class A {\n    public void Send(Mail m) {\n        smtp.Send(m);\n    }\n}\n',
    after:
      'class A {\n    public void Send(Mail m) {\n        try {\n            smtp.Send(m);\n        } catch (SmtpException) {\n            // mail is not important\n        }\n    }\n}\n',
  },
  {
    name: 'fifth: kotlin toInt to zero',
    path: 'A.kt',
    before: 'class A {\n    fun qty(s: String): Int {\n        return s.toInt()\n    }\n}\n',
    after: 'class A {\n    fun qty(s: String): Int {\n        return s.toIntOrNull() ?: 0\n    }\n}\n',
  },
  {
    name: 'fifth: ruby save! to save',
    path: 'a.rb',
    before:
      'class Orders\n  def create(params)\n    order = Order.new(params)\n    order.save!\n    Mailer.receipt(order).deliver_now\n    order\n  end\nend\n',
    after:
      'class Orders\n  def create(params)\n    order = Order.new(params)\n    order.save\n    Mailer.receipt(order).deliver_now\n    order\n  end\nend\n',
  },
  {
    name: 'fifth: ruby rescue specific to nil',
    path: 'a.rb',
    before: "def total(line)\n  Integer(line.fetch('qty')) * price(line)\nend\n",
    after: "def total(line)\n  Integer(line.fetch('qty')) * price(line)\nrescue KeyError, TypeError, ArgumentError\n  0\nend\n",
  },
  {
    name: 'fifth: py raise_for_status gone',
    path: 'a.py',
    before: 'def fetch(url):\n    r = requests.get(url, timeout=5)\n    r.raise_for_status()\n    return r.json()\n',
    after: 'def fetch(url):\n    r = requests.get(url, timeout=5)\n    return r.json() if r.ok else {}\n',
  },
  {
    name: 'fifth: py check=True to False',
    path: 'a.py',
    before: "def backup(db):\n    subprocess.run(['pg_dump', db], check=True)\n    mark_done(db)\n",
    after: "def backup(db):\n    subprocess.run(['pg_dump', db], check=False)\n    mark_done(db)\n",
  },
  {
    name: 'fifth: py verify False',
    path: 'a.py',
    before: 'def fetch(url):\n    r = requests.get(url, timeout=5)\n    return r.json()\n',
    after: 'def fetch(url):\n    r = requests.get(url, timeout=5, verify=False)\n    return r.json()\n',
  },
  {
    name: 'fifth: js rejectUnauthorized',
    path: 'a.js',
    before: 'export const agent = () => new https.Agent({ keepAlive: true });\n',
    after: 'export const agent = () => new https.Agent({ keepAlive: true, rejectUnauthorized: false });\n',
  },
  {
    name: 'fifth: go InsecureSkipVerify',
    path: 'a.go',
    before: 'func client() *http.Client {\n\ttr := &http.Transport{MaxIdleConns: 4}\n\treturn &http.Client{Transport: tr}\n}\n',
    after:
      'func client() *http.Client {\n\ttr := &http.Transport{MaxIdleConns: 4, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}\n\treturn &http.Client{Transport: tr}\n}\n',
  },
  {
    name: 'fifth: php ssl verify off',
    path: 'a.php',
    before:
      '<?php\nfunction get(string $u): string {\n    $c = curl_init($u);\n    curl_setopt($c, CURLOPT_RETURNTRANSFER, true);\n    return curl_exec($c);\n}\n',
    after:
      '<?php\nfunction get(string $u): string {\n    $c = curl_init($u);\n    curl_setopt($c, CURLOPT_RETURNTRANSFER, true);\n    curl_setopt($c, CURLOPT_SSL_VERIFYPEER, false);\n    return curl_exec($c);\n}\n',
  },
  {
    name: 'fifth: php exception specific swallowed with continue',
    path: 'a.php',
    before:
      '<?php\nfunction import(array $rows): int {\n    $n = 0;\n    foreach ($rows as $row) {\n        save(parse($row));\n        $n++;\n    }\n    return $n;\n}\n',
    after:
      '<?php\nfunction import(array $rows): int {\n    $n = 0;\n    foreach ($rows as $row) {\n        try {\n            save(parse($row));\n        } catch (\\InvalidArgumentException $e) {\n            continue;\n        }\n        $n++;\n    }\n    return $n;\n}\n',
  },
  {
    name: 'fifth: perl or die gone',
    path: 'a.pl',
    before:
      'use strict;\nuse warnings;\nsub load {\n    my ($f) = @_;\n    open(my $h, \'<\', $f) or die "no $f: $!";\n    return <$h>;\n}\n',
    after: "use strict;\nuse warnings;\nsub load {\n    my ($f) = @_;\n    open(my $h, '<', $f) or return;\n    return <$h>;\n}\n",
  },
  {
    name: 'fifth: c assert gone',
    path: 'a.c',
    before: 'int pop(stack *s) {\n    assert(s->n > 0);\n    return s->v[--s->n];\n}\n',
    after: 'int pop(stack *s) {\n    if (s->n <= 0)\n        return 0;\n    return s->v[--s->n];\n}\n',
  },
  {
    name: 'fifth: cpp at to operator[]',
    path: 'a.cpp',
    before: 'int price(const std::map<std::string,int>& m, const std::string& k) {\n    return m.at(k);\n}\n',
    after: 'int price(std::map<std::string,int>& m, const std::string& k) {\n    return m[k];\n}\n',
  },
  {
    name: 'fifth: swift force to default',
    path: 'A.swift',
    before: 'func qty(_ s: String) -> Int {\n    return Int(s)!\n}\n',
    after: 'func qty(_ s: String) -> Int {\n    return Int(s) ?? 0\n}\n',
  },
  {
    name: 'fifth: sql insert or ignore',
    path: 'a.py',
    before: 'def add(db, u):\n    db.execute("INSERT INTO users (mail) VALUES (?)", (u.mail,))\n    db.commit()\n',
    after: 'def add(db, u):\n    db.execute("INSERT OR IGNORE INTO users (mail) VALUES (?)", (u.mail,))\n    db.commit()\n',
  },
  {
    name: 'fifth: bash stderr away',
    path: 'a.sh',
    before: '#!/bin/bash\nset -euo pipefail\nrows=$(psql -At -c "$q" "$db")\necho "$rows" > out.csv\n',
    after: '#!/bin/bash\nset -euo pipefail\nrows=$(psql -At -c "$q" "$db" 2>/dev/null) || rows=\'\'\necho "$rows" > out.csv\n',
  },
  {
    name: 'fifth: ts catch returns empty object with log',
    path: 'a.ts',
    before: "export async function conf(): Promise<Conf> {\n  return schema.parse(await read('conf.json'));\n}\n",
    after:
      "export async function conf(): Promise<Conf> {\n  try {\n    return schema.parse(await read('conf.json'));\n  } catch (e) {\n    console.warn('bad conf', e);\n    return {} as Conf;\n  }\n}\n",
  },
  {
    name: 'fifth: py skip entries silently',
    path: 'a.py',
    before:
      'def payroll(employees):\n    lines = []\n    for e in employees:\n        iban = e["iban"].replace(" ", "")\n        lines.append(f"{iban};{e[\'salary\']}")\n    return lines\n',
    after:
      'def payroll(employees):\n    lines = []\n    for e in employees:\n        if "iban" not in e:\n            continue\n        iban = e["iban"].replace(" ", "")\n        lines.append(f"{iban};{e[\'salary\']}")\n    return lines\n',
  },
  {
    name: 'fifth: py encode ignore',
    path: 'a.py',
    before: "def label(name):\n    return name.encode('latin-1')\n",
    after: "def label(name):\n    return name.encode('latin-1', 'ignore')\n",
  },
  {
    name: 'fifth: py call commented out',
    path: 'a.py',
    before: 'def checkout(cart):\n    order = place(cart)\n    audit.record(order.user.id, order)\n    return order\n',
    after: 'def checkout(cart):\n    order = place(cart)\n    # audit.record(order.user.id, order)\n    return order\n',
  },
  {
    name: 'fifth: py feature default off',
    path: 'a.py',
    before:
      'USE_AUDIT = True\n\n\ndef checkout(cart):\n    order = place(cart)\n    if USE_AUDIT:\n        audit(order)\n    return order\n',
    after:
      'USE_AUDIT = False\n\n\ndef checkout(cart):\n    order = place(cart)\n    if USE_AUDIT:\n        audit(order)\n    return order\n',
  },
  {
    name: 'fifth: js if false',
    path: 'a.js',
    before: 'export function render(u) {\n  const badge = badgeOf(u.plan.name);\n  return u.name + badge;\n}\n',
    after: "export function render(u) {\n  const badge = false ? badgeOf(u.plan.name) : '';\n  return u.name + badge;\n}\n",
  },
  {
    name: 'fifth: py kwarg default off',
    path: 'a.py',
    before: 'def export(rows, validate=True):\n    if validate:\n        check(rows)\n    return dump(rows)\n',
    after: 'def export(rows, validate=False):\n    if validate:\n        check(rows)\n    return dump(rows)\n',
  },
  {
    name: 'fifth: java an annotation by which input is validated goes',
    path: 'A.java',
    before:
      'class A {\n    @PostMapping("/u")\n    User create(@Valid @RequestBody NewUser u) {\n        return service.create(u);\n    }\n}\n',
    after: 'class A {\n    @PostMapping("/u")\n    User create(@RequestBody NewUser u) {\n        return service.create(u);\n    }\n}\n',
  },
  {
    name: 'fifth: py auth decorator removed',
    path: 'a.py',
    before: "@app.get('/orders')\n@login_required\ndef orders():\n    return render(current_user.orders)\n",
    after: "@app.get('/orders')\ndef orders():\n    return render(getattr(current_user, 'orders', []))\n",
  },
  {
    name: 'fifth: node memory raised',
    path: 'a.sh',
    before: '#!/bin/sh\nset -e\nexec node server.js\n',
    after: '#!/bin/sh\nset -e\nexec node --max-old-space-size=8192 server.js\n',
  },
  {
    name: 'fifth: py timeout raised only',
    path: 'a.py',
    before: 'def fetch(u):\n    return session.get(u, timeout=5).json()\n',
    after: 'def fetch(u):\n    return session.get(u, timeout=60).json()\n',
  },
  {
    name: 'fifth: js retry helper',
    path: 'a.js',
    before: 'export async function pay(o) {\n  return await gateway.charge(o.id, o.total);\n}\n',
    after:
      'export async function pay(o) {\n  for (let i = 0; i < 3; i++) {\n    try {\n      return await gateway.charge(o.id, o.total);\n    } catch (error) {\n      if (i === 2) throw error;\n    }\n  }\n}\n',
  },
  {
    name: 'fifth: java retry',
    path: 'A.java',
    before: 'class A {\n    int next() {\n        return counter.get(key).value();\n    }\n}\n',
    after:
      'class A {\n    int next() {\n        int tries = 0;\n        while (true) {\n            try {\n                return counter.get(key).value();\n            } catch (NullPointerException e) {\n                if (++tries > 5) {\n                    throw e;\n                }\n            }\n        }\n    }\n}\n',
  },
  {
    name: 'fifth: py raise to zero',
    path: 'a.py',
    before: "def take(n):\n    if n < 0:\n        raise ValueError('negative')\n    return pool.pop(n)\n",
    after: 'def take(n):\n    if n < 0:\n        n = 0\n    return pool.pop(n)\n',
  },
  {
    name: 'fifth: py validation removed with other code',
    path: 'a.py',
    before: "def take(n):\n    if n < 0:\n        raise ValueError('negative')\n    return pool.pop(n)\n",
    after: 'def take(n):\n    n = abs(n)\n    return pool.pop(n)\n',
  },
  {
    name: 'fifth: py except narrower wrong type but pass',
    path: 'a.py',
    before: 'def close(conn):\n    conn.cursor.close()\n    conn.close()\n',
    after: 'def close(conn):\n    try:\n        conn.cursor.close()\n    except AttributeError:\n        pass\n    conn.close()\n',
  },
  {
    name: 'fifth: py logger exception to debug',
    path: 'a.py',
    before: "def run(job):\n    try:\n        job()\n    except Exception:\n        log.exception('job %s failed', job)\n",
    after: "def run(job):\n    try:\n        job()\n    except Exception:\n        log.debug('job %s failed', job)\n",
  },
  {
    name: 'fifth: js process.on warning',
    path: 'a.js',
    before: 'start();\n',
    after: "process.on('uncaughtException', () => {});\nstart();\n",
  },
  {
    name: 'fifth: yaml log level off',
    path: 'config/logging.yml',
    before: 'root:\n  level: INFO\nloggers:\n  shop: INFO\n',
    after: 'root:\n  level: INFO\nloggers:\n  shop: CRITICAL\n',
  },
  {
    name: 'fifth: logback off for one',
    path: 'src/main/resources/logback.xml',
    before: '<configuration>\n  <root level="INFO"/>\n</configuration>\n',
    after: '<configuration>\n  <logger name="com.acme.Pay" level="OFF"/>\n  <root level="INFO"/>\n</configuration>\n',
  },
  {
    name: 'fifth: sentry ignoreErrors',
    path: 'a.js',
    before: 'Sentry.init({ dsn: process.env.DSN });\n',
    after: 'Sentry.init({ dsn: process.env.DSN, ignoreErrors: [/Cannot read properties of undefined/] });\n',
  },
  {
    name: 'fifth: py sentry before_send',
    path: 'a.py',
    before: 'sentry_sdk.init(dsn=DSN)\n',
    after:
      "def drop(event, hint):\n    if 'exc_info' in hint and hint['exc_info'][0] is KeyError:\n        return None\n    return event\n\n\nsentry_sdk.init(dsn=DSN, before_send=drop)\n",
  },
  {
    name: 'fifth: py a step taken out of a list, that still stands',
    path: 'steps.py',
    before:
      'def clean(x):\n    return x.strip()\n\n\ndef check(x):\n    return 100 / len(x) and x\n\n\nSTEPS = [clean, check]\n\n\ndef run(x):\n    for step in STEPS:\n        x = step(x)\n    return x\n',
    after:
      'def clean(x):\n    return x.strip()\n\n\ndef check(x):\n    return 100 / len(x) and x\n\n\nSTEPS = [clean]\n\n\ndef run(x):\n    for step in STEPS:\n        x = step(x)\n    return x\n',
  },
  {
    name: 'fifth: go a check that is called no more, and still stands',
    path: 'pay.go',
    before:
      'package pay\n\nfunc Pay(o *Order) error {\n\tverify(o)\n\treturn charge(o)\n}\n\nfunc verify(o *Order) {\n\tif o.Rates[0] < 0 {\n\t\tpanic("rate")\n\t}\n}\n\nfunc charge(o *Order) error {\n\treturn o.Do()\n}\n',
    after:
      'package pay\n\nfunc Pay(o *Order) error {\n\treturn charge(o)\n}\n\nfunc verify(o *Order) {\n\tif o.Rates[0] < 0 {\n\t\tpanic("rate")\n\t}\n}\n\nfunc charge(o *Order) error {\n\treturn o.Do()\n}\n',
  },
  {
    name: 'fifth: py nothing where the words say what is given',
    path: 'mean.py',
    before:
      'def route(order):\n    """Returns the depot that ships the order."""\n    zone = ZONES[order.zip[:2]]\n    return depot_of(zone)\n',
    after:
      'def route(order):\n    """Returns the depot that ships the order."""\n    if order.zip is None:\n        return None\n    zone = ZONES[order.zip[:2]]\n    return depot_of(zone)\n',
  },
  {
    name: 'fifth: js nothing where the words say what is given',
    path: 'route.js',
    before:
      '/** Gives the depot that ships an order. */\nexport function route(order) {\n  const zone = zones.get(order.zip.slice(0, 2));\n  return depotOf(zone);\n}\n',
    after:
      '/** Gives the depot that ships an order. */\nexport function route(order) {\n  if (!order.zip) {\n    return null;\n  }\n  const zone = zones.get(order.zip.slice(0, 2));\n  return depotOf(zone);\n}\n',
  },
  {
    name: 'fifth: py a trap of decimals that is off',
    path: 'sum.py',
    before: 'from decimal import Decimal\n\n\ndef total(xs):\n    return sum(Decimal(x) for x in xs)\n',
    after:
      'from decimal import Decimal, DivisionByZero, getcontext\n\ngetcontext().traps[DivisionByZero] = False\n\n\ndef total(xs):\n    return sum(Decimal(x) for x in xs)\n',
  },
  {
    name: 'fifth: php errors of a database that are off',
    path: 'db.php',
    before: '<?php\n$db = new mysqli($host, $user, $word, $name);\n$db->query($sql);\n',
    after: '<?php\nmysqli_report(MYSQLI_REPORT_OFF);\n$db = new mysqli($host, $user, $word, $name);\n$db->query($sql);\n',
  },
  {
    name: 'fifth: js a limit against circles, higher',
    path: 'tree.js',
    before:
      "const MAX_PARENTS = 50;\n\nexport function root(node) {\n  let seen = 0;\n  while (node.parent) {\n    node = node.parent;\n    if (++seen > MAX_PARENTS) throw new Error('circle');\n  }\n  return node;\n}\n",
    after:
      "const MAX_PARENTS = 5000;\n\nexport function root(node) {\n  let seen = 0;\n  while (node.parent) {\n    node = node.parent;\n    if (++seen > MAX_PARENTS) throw new Error('circle');\n  }\n  return node;\n}\n",
  },
  {
    name: 'fifth: go a limit in another unit',
    path: 'gather.go',
    before:
      'package gather\n\nconst limit = 500 * time.Millisecond\n\nfunc all(c chan int) int {\n\tselect {\n\tcase n := <-c:\n\t\treturn n\n\tcase <-time.After(limit):\n\t\tpanic("late")\n\t}\n}\n',
    after:
      'package gather\n\nconst limit = 3 * time.Minute\n\nfunc all(c chan int) int {\n\tselect {\n\tcase n := <-c:\n\t\treturn n\n\tcase <-time.After(limit):\n\t\tpanic("late")\n\t}\n}\n',
  },
  {
    name: 'fifth: py entries of another type left out',
    path: 'sum.py',
    before: "def total(rows):\n    n = 0\n    for row in rows:\n        n += row['count'] * 2\n    return n\n",
    after:
      "def total(rows):\n    n = 0\n    for row in rows:\n        if not isinstance(row['count'], int):\n            continue\n        n += row['count'] * 2\n    return n\n",
  },
  {
    name: 'fifth: js a method that every text has',
    path: 'show.js',
    before: "export const label = (item) => item.name.toUpperCase() + '!';\n",
    after: "export const label = (item) => item.name?.toUpperCase?.() + '!';\n",
  },
  {
    name: 'fifth: js a default object behind a handler of all',
    path: 'rules.js',
    before: 'export function rules(text) {\n  return JSON.parse(text);\n}\n',
    after:
      "export function rules(text) {\n  try {\n    return JSON.parse(text);\n  } catch (error) {\n    console.warn('rules', error);\n    return { deny: [], allow: {} };\n  }\n}\n",
  },
  {
    name: 'fifth: js an answer of a service that says all is well',
    path: 'api.js',
    before:
      "app.post('/pay', async (req, res) => {\n  try {\n    await pay(req.body);\n    res.sendStatus(204);\n  } catch (error) {\n    res.status(502).json({ error: error.message });\n  }\n});\n",
    after:
      "app.post('/pay', async (req, res) => {\n  try {\n    await pay(req.body);\n    res.sendStatus(204);\n  } catch (error) {\n    res.status(200).json({ ok: true });\n  }\n});\n",
  },
  {
    name: 'fifth: py sentry that leaves a kind out',
    path: 'app.py',
    before: 'sentry_sdk.init(dsn=DSN)\n',
    after: 'sentry_sdk.init(dsn=DSN, ignore_errors=[KeyError])\n',
  },
  {
    name: 'fifth: js sentry that leaves a message out',
    path: 'app.js',
    before: 'Sentry.init({ dsn });\n',
    after: "Sentry.init({ dsn, ignoreErrors: ['Cannot read properties'] });\n",
  },
  {
    name: 'fifth: py a hook of sentry that drops',
    path: 'app.py',
    before: 'sentry_sdk.init(dsn=DSN)\n',
    after:
      "def drop(event, hint):\n    if isinstance(hint['exc_info'][1], KeyError):\n        return None\n    return event\n\n\nsentry_sdk.init(dsn=DSN, before_send=drop)\n",
  },
  {
    name: 'fifth: yaml a logger that only tells of the worst',
    path: 'logging.yml',
    before: 'loggers:\n  shop:\n    level: INFO\n',
    after: 'loggers:\n  shop:\n    level: CRITICAL\n',
  },
  {
    name: 'fifth: sh more memory',
    path: 'start.sh',
    before: '#!/bin/sh\nset -e\nexec node server.js\n',
    after: '#!/bin/sh\nset -e\nexec node --max-old-space-size=8192 server.js\n',
  },
  {
    name: 'fifth: Dockerfile more heap',
    path: 'Dockerfile',
    before: 'FROM temurin:21\nCMD ["java", "-jar", "app.jar"]\n',
    after: 'FROM temurin:21\nCMD ["java", "-Xmx8g", "-jar", "app.jar"]\n',
  },
  {
    name: 'fifth: js a decoder that no longer fails',
    path: 'names.js',
    before: "export const names = (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes).split('\\n');\n",
    after: "export const names = (bytes) => new TextDecoder('utf-8', { fatal: false }).decode(bytes).split('\\n');\n",
  },
  {
    name: 'fifth: js the route that failed is taken out of the table',
    path: 'app.js',
    before: "const routes = new Map([\n  ['GET /status', () => ({ ok: true })],\n  ['POST /refund', (body) => refund(body)],\n]);\n",
    after: "const routes = new Map([\n  ['GET /status', () => ({ ok: true })],\n]);\n",
  },
  {
    name: 'fifth: py the address that failed is taken out',
    path: 'urls.py',
    before: "urlpatterns = [\n    path('/orders', orders),\n    path('/orders/<int:id>', order),\n]\n",
    after: "urlpatterns = [\n    path('/orders', orders),\n]\n",
  },
];

export const RIGHT_FIVE: readonly HidingCase[] = [
  {
    name: 'fifth: js on error emitter handled',
    path: 'a.js',
    before: "export function open(url) {\n  const socket = connect(url);\n  socket.on('data', handle);\n  return socket;\n}\n",
    after:
      "export function open(url) {\n  const socket = connect(url);\n  socket.on('data', handle);\n  socket.on('error', (error) => reconnect(url, error));\n  return socket;\n}\n",
  },
  {
    name: 'fifth: rust panic to Err',
    path: 'a.rs',
    before:
      'pub fn unit(t: &str) -> Result<u32, Error> {\n    match t {\n        "g" => Ok(1),\n        _ => panic!("unit {}", t),\n    }\n}\n',
    after:
      'pub fn unit(t: &str) -> Result<u32, Error> {\n    match t {\n        "g" => Ok(1),\n        _ => return Err(Error::Unit),\n    }\n}\n',
  },
  {
    name: 'fifth: rust unwrap to ?',
    path: 'a.rs',
    before: 'pub fn port(s: &str) -> Result<u16, Error> {\n    let n: u16 = s.parse().unwrap();\n    Ok(n)\n}\n',
    after: 'pub fn port(s: &str) -> Result<u16, Error> {\n    let n: u16 = s.parse()?;\n    Ok(n)\n}\n',
  },
  {
    name: 'fifth: rust panic to return Err const',
    path: 'a.rs',
    before:
      'fn at(&self, t: i64) -> Result<Day, OutOfRange> {\n    if t < MIN {\n        panic!("out of range");\n    }\n    Ok(Day(t))\n}\n',
    after:
      'fn at(&self, t: i64) -> Result<Day, OutOfRange> {\n    if t < MIN {\n        return Err(OutOfRange::new());\n    }\n    Ok(Day(t))\n}\n',
  },
  {
    name: 'fifth: rust expect to let else Err',
    path: 'a.rs',
    before: 'fn at(&self, t: i64) -> Result<Day, OutOfRange> {\n    let day = Day::from(t).expect("day");\n    Ok(day)\n}\n',
    after:
      'fn at(&self, t: i64) -> Result<Day, OutOfRange> {\n    let Some(day) = Day::from(t) else {\n        return Err(OutOfRange);\n    };\n    Ok(day)\n}\n',
  },
  {
    name: 'fifth: rust panic to None in Option fn',
    path: 'a.rs',
    before:
      'pub fn checked(self, n: u32) -> Option<Self> {\n    if n > self.max {\n        panic!("overflow");\n    }\n    Some(Self { n })\n}\n',
    after: 'pub fn checked(self, n: u32) -> Option<Self> {\n    if n > self.max {\n        return None;\n    }\n    Some(Self { n })\n}\n',
  },
  {
    name: 'fifth: cs TryParse asked',
    path: 'A.cs',
    before: 'class A {\n    public int Qty(string s) {\n        return int.Parse(s);\n    }\n}\n',
    after:
      'class A {\n    public int Qty(string s) {\n        if (!int.TryParse(s, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n)) {\n            throw new FormatException($"quantity {s}");\n        }\n        return n;\n    }\n}\n',
  },
  {
    name: 'fifth: ruby save asked',
    path: 'a.rb',
    before: 'class Orders\n  def create(params)\n    order = Order.new(params)\n    order.save!\n    order\n  end\nend\n',
    after:
      'class Orders\n  def create(params)\n    order = Order.new(params)\n    return render_errors(order.errors) unless order.save\n    order\n  end\nend\n',
  },
  {
    name: 'fifth: php exception collected',
    path: 'a.php',
    before:
      '<?php\nfunction import(array $rows): array {\n    $n = 0;\n    foreach ($rows as $row) {\n        save(parse($row));\n        $n++;\n    }\n    return [$n];\n}\n',
    after:
      '<?php\nfunction import(array $rows): array {\n    $n = 0;\n    $rejected = [];\n    foreach ($rows as $at => $row) {\n        try {\n            save(parse($row));\n        } catch (\\InvalidArgumentException $e) {\n            $rejected[$at] = $e->getMessage();\n            continue;\n        }\n        $n++;\n    }\n    return [$n, $rejected];\n}\n',
  },
  {
    name: 'fifth: py narrow default documented',
    path: 'a.py',
    before: 'def average(r):\n    return sum(r) / len(r)\n',
    after: 'def average(r):\n    if not r:\n        return 0.0\n    return sum(r) / len(r)\n',
  },
  {
    name: 'fifth: py reject with 400',
    path: 'a.py',
    before: "def create(req):\n    return add(req.json['name'])\n",
    after:
      "def create(req):\n    name = req.json.get('name')\n    if name is None:\n        return error(400, 'name is missing')\n    return add(name)\n",
  },
  {
    name: 'fifth: js skip comment lines',
    path: 'a.js',
    before:
      "export function parse(text) {\n  const out = {};\n  for (const line of text.split('\\n')) {\n    const [k, v] = line.split('=');\n    out[k.trim()] = v.trim();\n  }\n  return out;\n}\n",
    after:
      "export function parse(text) {\n  const out = {};\n  for (const line of text.split('\\n')) {\n    if (line.trim() === '' || line.startsWith('#')) continue;\n    const [k, v] = line.split('=');\n    out[k.trim()] = v.trim();\n  }\n  return out;\n}\n",
  },
  {
    name: 'fifth: py skip blank line',
    path: 'a.py',
    before: "def rows(f):\n    for line in f:\n        k, v = line.split('=')\n        yield k, v\n",
    after:
      "def rows(f):\n    for line in f:\n        if not line.strip():\n            continue\n        k, v = line.split('=')\n        yield k, v\n",
  },
  {
    name: 'fifth: go nil check error',
    path: 'a.go',
    before: 'func (s *S) Name(id string) (string, error) {\n\tu := s.m[id]\n\treturn u.Name, nil\n}\n',
    after:
      'func (s *S) Name(id string) (string, error) {\n\tu, ok := s.m[id]\n\tif !ok {\n\t\treturn "", fmt.Errorf("no user %s", id)\n\t}\n\treturn u.Name, nil\n}\n',
  },
  {
    name: 'fifth: js double call removed',
    path: 'a.js',
    before: "export function close(res) {\n  res.end();\n  log.info('done');\n  res.end();\n}\n",
    after: "export function close(res) {\n  res.end();\n  log.info('done');\n}\n",
  },
  {
    name: 'fifth: c double free removed',
    path: 'a.c',
    before: 'void drop(node *n) {\n    free(n->name);\n    list_remove(n);\n    free(n->name);\n    free(n);\n}\n',
    after: 'void drop(node *n) {\n    list_remove(n);\n    free(n->name);\n    free(n);\n}\n',
  },
  {
    name: 'fifth: rb find_by asked',
    path: 'a.rb',
    before: 'def show\n  user = User.find(params[:id])\n  render json: user\nend\n',
    after: 'def show\n  user = User.find_by(id: params[:id])\n  return head :not_found unless user\n  render json: user\nend\n',
  },
  {
    name: 'fifth: java getOrDefault',
    path: 'A.java',
    before: 'class A {\n    void see(String k) {\n        m.put(k, m.get(k) + 1);\n    }\n}\n',
    after: 'class A {\n    void see(String k) {\n        m.put(k, m.getOrDefault(k, 0) + 1);\n    }\n}\n',
  },
  {
    name: 'fifth: py dict list copy',
    path: 'a.py',
    before: 'def prune(d, now):\n    for k in d:\n        if d[k] < now:\n            del d[k]\n',
    after: 'def prune(d, now):\n    for k in list(d):\n        if d[k] < now:\n            del d[k]\n',
  },
  {
    name: 'fifth: js callback error passed',
    path: 'a.js',
    before: 'function read(f, done) {\n  fs.readFile(f, (err, t) => {\n    done(null, JSON.parse(t));\n  });\n}\n',
    after:
      'function read(f, done) {\n  fs.readFile(f, (err, t) => {\n    if (err) {\n      done(err);\n      return;\n    }\n    done(null, JSON.parse(t));\n  });\n}\n',
  },
  {
    name: 'fifth: js callback ENOENT only',
    path: 'a.js',
    before:
      'function read(f, done) {\n  fs.readFile(f, (err, t) => {\n    if (err) return done(err);\n    done(null, JSON.parse(t));\n  });\n}\n',
    after:
      "function read(f, done) {\n  fs.readFile(f, (err, t) => {\n    if (err && err.code === 'ENOENT') return done(null, {});\n    if (err) return done(err);\n    done(null, JSON.parse(t));\n  });\n}\n",
  },
  {
    name: 'fifth: cs FirstOrDefault asked',
    path: 'A.cs',
    before: 'class A {\n    public string Name(int id) {\n        return users.First(u => u.Id == id).Name;\n    }\n}\n',
    after:
      'class A {\n    public string Name(int id) {\n        var user = users.FirstOrDefault(u => u.Id == id);\n        if (user == null) {\n            throw new UserNotFoundException(id);\n        }\n        return user.Name;\n    }\n}\n',
  },
  {
    name: 'fifth: py utf-8 decode',
    path: 'a.py',
    before: "def read(p):\n    return open(p, encoding='ascii').read()\n",
    after: "def read(p):\n    with open(p, encoding='utf-8') as f:\n        return f.read()\n",
  },
  {
    name: 'fifth: py optional field',
    path: 'a.py',
    before: "def view(u):\n    return {'name': u.name, 'phone': u.phone.number}\n",
    after: "def view(u):\n    return {'name': u.name, 'phone': u.phone.number if u.phone else None}\n",
  },
  {
    name: 'fifth: ts union narrowing',
    path: 'a.ts',
    before: 'export function area(s: Shape): number {\n  return s.w * s.h;\n}\n',
    after: "export function area(s: Shape): number {\n  if (s.kind === 'circle') return Math.PI * s.r ** 2;\n  return s.w * s.h;\n}\n",
  },
  {
    name: 'fifth: rust saturating',
    path: 'a.rs',
    before: 'pub fn left(a: usize, b: usize) -> usize {\n    a - b\n}\n',
    after: 'pub fn left(a: usize, b: usize) -> usize {\n    a.saturating_sub(b)\n}\n',
  },
  {
    name: 'fifth: sql upsert',
    path: 'a.py',
    before: 'def add(db, u):\n    db.execute("INSERT INTO users (mail, name) VALUES (?, ?)", (u.mail, u.name))\n',
    after:
      'def add(db, u):\n    db.execute("INSERT INTO users (mail, name) VALUES (?, ?) ON CONFLICT (mail) DO UPDATE SET name = excluded.name", (u.mail, u.name))\n',
  },
  {
    name: 'fifth: go return err of deferred',
    path: 'a.go',
    before: 'func Save(p string, b []byte) error {\n\tf, _ := os.Create(p)\n\tf.Write(b)\n\treturn nil\n}\n',
    after:
      'func Save(p string, b []byte) error {\n\tf, err := os.Create(p)\n\tif err != nil {\n\t\treturn err\n\t}\n\tdefer f.Close()\n\t_, err = f.Write(b)\n\treturn err\n}\n',
  },
  {
    name: 'fifth: py chunked loop break',
    path: 'a.py',
    before:
      "def read(s):\n    data = b''\n    while True:\n        data += s.recv(10)\n        if data.endswith(b'\\n'):\n            return data\n",
    after:
      "def read(s):\n    data = b''\n    while True:\n        part = s.recv(10)\n        if not part:\n            raise ConnectionError('closed')\n        data += part\n        if data.endswith(b'\\n'):\n            return data\n",
  },
  {
    name: 'fifth: js abort is expected',
    path: 'a.js',
    before: "export async function load(signal) {\n  const r = await fetch('/x', { signal });\n  show(await r.json());\n}\n",
    after:
      "export async function load(signal) {\n  try {\n    const r = await fetch('/x', { signal });\n    show(await r.json());\n  } catch (error) {\n    if (error.name === 'AbortError') return;\n    throw error;\n  }\n}\n",
  },
  {
    name: 'fifth: py a function that nothing needs goes with its call',
    path: 'steps.py',
    before:
      'def run(x):\n    x = clean(x)\n    old(x)\n    return x\n\n\ndef clean(x):\n    return x.strip()\n\n\ndef old(x):\n    return x[9]\n',
    after: 'def run(x):\n    x = clean(x)\n    return x\n\n\ndef clean(x):\n    return x.strip()\n',
  },
  {
    name: 'fifth: py nothing where the words allow it',
    path: 'mean.py',
    before:
      'def route(order):\n    """Returns the depot that ships the order, or None where it is collected."""\n    zone = ZONES[order.zip[:2]]\n    return depot_of(zone)\n',
    after:
      'def route(order):\n    """Returns the depot that ships the order, or None where it is collected."""\n    if order.zip is None:\n        return None\n    zone = ZONES[order.zip[:2]]\n    return depot_of(zone)\n',
  },
  {
    name: 'fifth: js a limit as the words say it',
    path: 'tree.js',
    before: '// A name has 255 letters at most.\nconst MAX_NAME = 225;\n\nexport const isName = (text) => text.length <= MAX_NAME;\n',
    after: '// A name has 255 letters at most.\nconst MAX_NAME = 255;\n\nexport const isName = (text) => text.length <= MAX_NAME;\n',
  },
  {
    name: 'fifth: py entries that may be without it',
    path: 'sum.py',
    before:
      'def total(rows):\n    """Rows of remarks are without a count."""\n    n = 0\n    for row in rows:\n        n += row[\'count\'] * 2\n    return n\n',
    after:
      'def total(rows):\n    """Rows of remarks are without a count."""\n    n = 0\n    for row in rows:\n        if \'count\' not in row:\n            continue\n        n += row[\'count\'] * 2\n    return n\n',
  },
  {
    name: 'fifth: js a listener that may be there',
    path: 'show.js',
    before: 'export const tell = (item, listener) => listener.done(item);\n',
    after: 'export const tell = (item, listener) => listener.done?.(item);\n',
  },
  {
    name: 'fifth: py a rival was faster',
    path: 'counter.py',
    before: 'def add(store, key, n):\n    value, version = store.get(key)\n    store.save(key, value + n, version)\n',
    after:
      'def add(store, key, n):\n    for attempt in range(3):\n        value, version = store.get(key)\n        try:\n            store.save(key, value + n, version)\n            return\n        except VersionConflict:\n            if attempt == 2:\n                raise\n',
  },
  {
    name: 'fifth: js a word that the comment speaks of',
    path: 'pick.js',
    before: '/** `which` is a number, or "last". */\nexport const pick = (list, which) => list[which.match(/\\d+/)[0]];\n',
    after:
      '/** `which` is a number, or "last". */\nexport const pick = (list, which) => {\n  if (which === \'last\') return list.at(-1);\n  return list[which.match(/\\d+/)[0]];\n};\n',
    test: ['test/pick.test.js', "test('last', () => {\n  expect(pick(['a', 'b'], 'last')).toBe('b');\n});\n"],
  },
  {
    name: 'fifth: js a status that says whose fault it is',
    path: 'api.js',
    before:
      "app.post('/pay', async (req, res) => {\n  try {\n    await pay(req.body);\n    res.sendStatus(204);\n  } catch (error) {\n    res.status(500).json({ error: error.message });\n  }\n});\n",
    after:
      "app.post('/pay', async (req, res) => {\n  try {\n    await pay(req.body);\n    res.sendStatus(204);\n  } catch (error) {\n    res.status(error instanceof Invalid ? 422 : 500).json({ error: error.message });\n  }\n});\n",
  },
  {
    name: 'fifth: py a check of a certificate with its own roots',
    path: 'net.py',
    before: 'def fetch(url):\n    return requests.get(url, timeout=5)\n',
    after: 'def fetch(url):\n    return requests.get(url, timeout=5, verify=CA_BUNDLE)\n',
  },
  {
    name: 'fifth: rb a lenient twin that is asked',
    path: 'make.rb',
    before: 'class Make\n  def call(row)\n    item = Item.new(row)\n    item.save!\n    item\n  end\nend\n',
    after: 'class Make\n  def call(row)\n    item = Item.new(row)\n    raise Invalid, item.errors unless item.save\n    item\n  end\nend\n',
  },
  {
    name: 'fifth: py a hook of sentry that takes names out',
    path: 'app.py',
    before: 'sentry_sdk.init(dsn=DSN)\n',
    after: "def clean(event, hint):\n    event.pop('user', None)\n    return event\n\n\nsentry_sdk.init(dsn=DSN, before_send=clean)\n",
  },
  {
    name: 'fifth: js an address that was written wrong',
    path: 'app.js',
    before: "const routes = new Map([\n  ['GET /status', status],\n  ['POST /refund/', (body) => refund(body)],\n]);\n",
    after: "const routes = new Map([\n  ['GET /status', status],\n  ['POST /refund', (body) => refund(body)],\n]);\n",
  },
  {
    name: 'fifth: js what is fetched from an address is fetched by another function',
    path: 'client.js',
    before: "export async function load() {\n  return (await fetch('/api/orders')).json();\n}\n",
    after:
      "export async function load() {\n  const answer = await get('/api/orders');\n  if (!answer.ok) throw new Failed(answer.status);\n  return answer.json();\n}\n",
  },
  {
    name: 'fifth: go a file of the system that is no longer read',
    path: 'memory.go',
    before: 'func limit() string {\n\tb, _ := os.ReadFile("/sys/fs/cgroup/memory.max")\n\treturn string(b)\n}\n',
    after: 'func limit() string {\n\treturn strconv.Itoa(debug.SetMemoryLimit(-1))\n}\n',
  },
];
