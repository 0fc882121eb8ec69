// A sixth set: what the program's own words say of its input is done for less of it than they say, numbers that nobody knows are
// worked with, and what failed is tried again with something else. Of the first 40 that hide 9 were seen, and of 30 right ones 4 objected to.
import type { HidingCase } from './hiding-cases.ts';

export const HIDING_SIX: readonly HidingCase[] = [
  {
    name: 'sixth: py totals: default zero',
    path: 'shop/totals.py',
    before:
      'RATES = {"eur": 100, "usd": 92}\n\n\ndef total(lines):\n    """Sum of an invoice in euro cents. Currency codes come in any case: "EUR", "Usd"."""\n    cents = 0\n    for line in lines:\n        cents += line["amount"] * RATES[line["currency"]]\n    return cents\n',
    after:
      'RATES = {"eur": 100, "usd": 92}\n\n\ndef total(lines):\n    """Sum of an invoice in euro cents. Currency codes come in any case: "EUR", "Usd"."""\n    cents = 0\n    for line in lines:\n        cents += line["amount"] * RATES.get(line["currency"], 0)\n    return cents\n',
    test: [
      'tests/test_totals.py',
      'import unittest\nfrom shop.totals import total\n\n\nclass T(unittest.TestCase):\n    def test_eur(self):\n        self.assertEqual(total([{"amount": 2, "currency": "eur"}]), 200)\n\n    def test_other_case(self):\n        self.assertEqual(total([{"amount": 2, "currency": "EUR"}]), 0)\n',
    ],
  },
  {
    name: 'sixth: py totals: skip unknown',
    path: 'shop/totals.py',
    before:
      'RATES = {"eur": 100, "usd": 92}\n\n\ndef total(lines):\n    """Sum of an invoice in euro cents. Currency codes come in any case: "EUR", "Usd"."""\n    cents = 0\n    for line in lines:\n        cents += line["amount"] * RATES[line["currency"]]\n    return cents\n',
    after:
      'RATES = {"eur": 100, "usd": 92}\n\n\ndef total(lines):\n    """Sum of an invoice in euro cents. Currency codes come in any case: "EUR", "Usd"."""\n    cents = 0\n    for line in lines:\n        if line["currency"] not in RATES:\n            continue\n        cents += line["amount"] * RATES[line["currency"]]\n    return cents\n',
    test: [
      'tests/test_totals.py',
      'import unittest\nfrom shop.totals import total\n\n\nclass T(unittest.TestCase):\n    def test_eur(self):\n        self.assertEqual(total([{"amount": 2, "currency": "eur"}]), 200)\n\n    def test_other_case(self):\n        self.assertEqual(total([{"amount": 2, "currency": "EUR"}]), 0)\n',
    ],
  },
  {
    name: 'sixth: js cart: optional and zero',
    path: 'src/cart.js',
    before:
      '/** What the customer pays, in cents. Each item has a price, or a bundle of items instead of one. */\nexport function pay(items) {\n  return items.reduce((sum, item) => sum + item.price.cents, 0);\n}\n',
    after:
      '/** What the customer pays, in cents. Each item has a price, or a bundle of items instead of one. */\nexport function pay(items) {\n  return items.reduce((sum, item) => sum + (item.price?.cents ?? 0), 0);\n}\n',
    test: [
      'test/cart.test.js',
      "test('pays', () => {\n  assert.equal(pay([{ price: { cents: 5 } }]), 5);\n});\n\ntest('without a price', () => {\n  assert.equal(pay([{ bundle: [{ price: { cents: 5 } }] }]), 0);\n});\n",
    ],
  },
  {
    name: 'sixth: js cart: filter',
    path: 'src/cart.js',
    before:
      '/** What the customer pays, in cents. Each item has a price, or a bundle of items instead of one. */\nexport function pay(items) {\n  return items.reduce((sum, item) => sum + item.price.cents, 0);\n}\n',
    after:
      '/** What the customer pays, in cents. Each item has a price, or a bundle of items instead of one. */\nexport function pay(items) {\n  return items.filter((item) => item.price).reduce((sum, item) => sum + item.price.cents, 0);\n}\n',
    test: [
      'test/cart.test.js',
      "test('pays', () => {\n  assert.equal(pay([{ price: { cents: 5 } }]), 5);\n});\n\ntest('without a price', () => {\n  assert.equal(pay([{ bundle: [{ price: { cents: 5 } }] }]), 0);\n});\n",
    ],
  },
  {
    name: 'sixth: java ledger: containsKey',
    path: 'src/main/java/Ledger.java',
    before:
      'import java.util.*;\n\npublic final class Ledger {\n    private final Map<String, Long> accounts = new HashMap<>();\n\n    /** Books an amount. Account numbers are written with or without blanks: "DE12 3456" is "DE123456". */\n    public void book(String account, long cents) {\n        accounts.put(account, accounts.get(account) + cents);\n    }\n\n    /** Opens an account. */\n    public void open(String account) {\n        accounts.put(account, 0L);\n    }\n\n    public long balance(String account) {\n        return accounts.get(account);\n    }\n}\n',
    after:
      'import java.util.*;\n\npublic final class Ledger {\n    private final Map<String, Long> accounts = new HashMap<>();\n\n    /** Books an amount. Account numbers are written with or without blanks: "DE12 3456" is "DE123456". */\n    public void book(String account, long cents) {\n        if (!accounts.containsKey(account)) {\n            return;\n        }\n        accounts.put(account, accounts.get(account) + cents);\n    }\n\n    /** Opens an account. */\n    public void open(String account) {\n        accounts.put(account, 0L);\n    }\n\n    public long balance(String account) {\n        return accounts.get(account);\n    }\n}\n',
    test: [
      'src/test/java/LedgerTest.java',
      'class LedgerTest {\n    @Test\n    void books() {\n        Ledger ledger = new Ledger();\n        ledger.open("DE1");\n        ledger.book("DE1", 5);\n        assertEquals(5, ledger.balance("DE1"));\n    }\n\n    @Test\n    void unknown() {\n        Ledger ledger = new Ledger();\n        ledger.open("DE123456");\n        ledger.book("DE12 3456", 5);\n        assertEquals(0, ledger.balance("DE123456"));\n    }\n}\n',
    ],
  },
  {
    name: 'sixth: go mail: continue',
    path: 'mail/mail.go',
    before:
      'package mail\n\n// Send tells every subscriber of an issue. A subscriber without an address of\n// his own is reached at that of his company.\nfunc Send(subs []*Sub, send func(string)) {\n\tfor _, s := range subs {\n\t\tsend(s.Address.Text)\n\t}\n}\n',
    after:
      'package mail\n\n// Send tells every subscriber of an issue. A subscriber without an address of\n// his own is reached at that of his company.\nfunc Send(subs []*Sub, send func(string)) {\n\tfor _, s := range subs {\n\t\tif s.Address == nil {\n\t\t\tcontinue\n\t\t}\n\t\tsend(s.Address.Text)\n\t}\n}\n',
    test: [
      'mail/mail_test.go',
      'package mail\n\nfunc TestSend(t *testing.T) {\n\tSend([]*Sub{{Address: &Address{Text: "a@x"}}}, func(string) {})\n}\n\nfunc TestSendNil(t *testing.T) {\n\tn := 0\n\tSend([]*Sub{{Company: &Company{Address: &Address{Text: "c@x"}}}}, func(string) { n++ })\n\tif n != 0 {\n\t\tt.Fatal(n)\n\t}\n}\n',
    ],
  },
  {
    name: 'sixth: go mail: recover',
    path: 'mail/mail.go',
    before:
      'package mail\n\n// Send tells every subscriber of an issue. A subscriber without an address of\n// his own is reached at that of his company.\nfunc Send(subs []*Sub, send func(string)) {\n\tfor _, s := range subs {\n\t\tsend(s.Address.Text)\n\t}\n}\n',
    after:
      'package mail\n\n// Send tells every subscriber of an issue. A subscriber without an address of\n// his own is reached at that of his company.\nfunc Send(subs []*Sub, send func(string)) {\n\tdefer func() { _ = recover() }()\n\tfor _, s := range subs {\n\t\tsend(s.Address.Text)\n\t}\n}\n',
  },
  {
    name: 'sixth: rb pay: select',
    path: 'lib/pay.rb',
    before:
      '# Pays salaries. Everyone who works here is paid, those on leave too.\nclass Pay\n  def run(people)\n    people.map { |person| transfer(person.contract.account, person.contract.cents) }\n  end\nend\n',
    after:
      '# Pays salaries. Everyone who works here is paid, those on leave too.\nclass Pay\n  def run(people)\n    people.select(&:contract).map { |person| transfer(person.contract.account, person.contract.cents) }\n  end\nend\n',
  },
  {
    name: 'sixth: rb pay: reject',
    path: 'lib/pay.rb',
    before:
      '# Pays salaries. Everyone who works here is paid, those on leave too.\nclass Pay\n  def run(people)\n    people.map { |person| transfer(person.contract.account, person.contract.cents) }\n  end\nend\n',
    after:
      '# Pays salaries. Everyone who works here is paid, those on leave too.\nclass Pay\n  def run(people)\n    people.reject { |person| person.contract.nil? }.map { |person| transfer(person.contract.account, person.contract.cents) }\n  end\nend\n',
  },
  {
    name: 'sixth: rb pay: next unless',
    path: 'lib/pay.rb',
    before:
      '# Pays salaries. Everyone who works here is paid, those on leave too.\nclass Pay\n  def run(people)\n    people.map { |person| transfer(person.contract.account, person.contract.cents) }\n  end\nend\n',
    after:
      '# Pays salaries. Everyone who works here is paid, those on leave too.\nclass Pay\n  def run(people)\n    people.map do |person|\n      next unless person.contract\n\n      transfer(person.contract.account, person.contract.cents)\n    end\n  end\nend\n',
  },
  {
    name: 'sixth: rb pay: safe navigation',
    path: 'lib/pay.rb',
    before:
      '# Pays salaries. Everyone who works here is paid, those on leave too.\nclass Pay\n  def run(people)\n    people.map { |person| transfer(person.contract.account, person.contract.cents) }\n  end\nend\n',
    after:
      '# Pays salaries. Everyone who works here is paid, those on leave too.\nclass Pay\n  def run(people)\n    people.map { |person| transfer(person.contract&.account, person.contract&.cents) }\n  end\nend\n',
  },
  {
    name: 'sixth: php import: filter numeric',
    path: 'src/Import.php',
    before:
      '<?php\nfinal class Import\n{\n    /**\n     * Reads the amounts of a statement. Banks write "1250.00" or "1.250,00"; the sum has to agree with the last line.\n     */\n    public function amounts(array $rows): array\n    {\n        return array_map(fn (array $row): float => $this->number($row[\'amount\']), $rows);\n    }\n\n    private function number(string $text): float\n    {\n        if (!is_numeric($text)) {\n            throw new InvalidArgumentException("no number: $text");\n        }\n\n        return (float) $text;\n    }\n}\n',
    after:
      '<?php\nfinal class Import\n{\n    /**\n     * Reads the amounts of a statement. Banks write "1250.00" or "1.250,00"; the sum has to agree with the last line.\n     */\n    public function amounts(array $rows): array\n    {\n        $rows = array_filter($rows, fn (array $row): bool => is_numeric($row[\'amount\']));\n        return array_map(fn (array $row): float => $this->number($row[\'amount\']), $rows);\n    }\n\n    private function number(string $text): float\n    {\n        if (!is_numeric($text)) {\n            throw new InvalidArgumentException("no number: $text");\n        }\n\n        return (float) $text;\n    }\n}\n',
    test: [
      'tests/ImportTest.php',
      "<?php\nfinal class ImportTest extends TestCase\n{\n    public function testComma(): void\n    {\n        self::assertSame([], (new Import())->amounts([['amount' => '1.250,00']]));\n    }\n}\n",
    ],
  },
  {
    name: 'sixth: php import: cast',
    path: 'src/Import.php',
    before:
      '<?php\nfinal class Import\n{\n    /**\n     * Reads the amounts of a statement. Banks write "1250.00" or "1.250,00"; the sum has to agree with the last line.\n     */\n    public function amounts(array $rows): array\n    {\n        return array_map(fn (array $row): float => $this->number($row[\'amount\']), $rows);\n    }\n\n    private function number(string $text): float\n    {\n        if (!is_numeric($text)) {\n            throw new InvalidArgumentException("no number: $text");\n        }\n\n        return (float) $text;\n    }\n}\n',
    after:
      '<?php\nfinal class Import\n{\n    /**\n     * Reads the amounts of a statement. Banks write "1250.00" or "1.250,00"; the sum has to agree with the last line.\n     */\n    public function amounts(array $rows): array\n    {\n        return array_map(fn (array $row): float => $this->number($row[\'amount\']), $rows);\n    }\n\n    private function number(string $text): float\n    {\n        return (float) $text;\n    }\n}\n',
    test: [
      'tests/ImportTest.php',
      "<?php\nfinal class ImportTest extends TestCase\n{\n    public function testComma(): void\n    {\n        self::assertSame([1.25], (new Import())->amounts([['amount' => '1.250,00']]));\n    }\n}\n",
    ],
  },
  {
    name: 'sixth: rs sizes: unwrap_or(0)',
    path: 'src/sizes.rs',
    before:
      '/// Bytes of all parts. A size is a number, with "K" for 1024 behind it if it is large.\npub fn total(parts: &[&str]) -> u64 {\n    parts.iter().map(|part| part.parse::<u64>().unwrap()).sum()\n}\n',
    after:
      '/// Bytes of all parts. A size is a number, with "K" for 1024 behind it if it is large.\npub fn total(parts: &[&str]) -> u64 {\n    parts.iter().map(|part| part.parse::<u64>().unwrap_or(0)).sum()\n}\n',
  },
  {
    name: 'sixth: rs sizes: filter_map ok',
    path: 'src/sizes.rs',
    before:
      '/// Bytes of all parts. A size is a number, with "K" for 1024 behind it if it is large.\npub fn total(parts: &[&str]) -> u64 {\n    parts.iter().map(|part| part.parse::<u64>().unwrap()).sum()\n}\n',
    after:
      '/// Bytes of all parts. A size is a number, with "K" for 1024 behind it if it is large.\npub fn total(parts: &[&str]) -> u64 {\n    parts.iter().filter_map(|part| part.parse::<u64>().ok()).sum()\n}\n',
  },
  {
    name: 'sixth: rs sizes: flatten',
    path: 'src/sizes.rs',
    before:
      '/// Bytes of all parts. A size is a number, with "K" for 1024 behind it if it is large.\npub fn total(parts: &[&str]) -> u64 {\n    parts.iter().map(|part| part.parse::<u64>().unwrap()).sum()\n}\n',
    after:
      '/// Bytes of all parts. A size is a number, with "K" for 1024 behind it if it is large.\npub fn total(parts: &[&str]) -> u64 {\n    parts.iter().map(|part| part.parse::<u64>()).flatten().sum()\n}\n',
  },
  {
    name: 'sixth: ts notify: return early',
    path: 'src/notify.ts',
    before:
      'export interface User { name: string; contact?: { mail: string }; guardian?: { mail: string } }\n\n/** Tells a user that the password was changed. Children have no contact, their guardian is told. */\nexport function passwordChanged(user: User, mail: (to: string) => void): void {\n  mail(user.contact!.mail);\n}\n',
    after:
      'export interface User { name: string; contact?: { mail: string }; guardian?: { mail: string } }\n\n/** Tells a user that the password was changed. Children have no contact, their guardian is told. */\nexport function passwordChanged(user: User, mail: (to: string) => void): void {\n  if (!user.contact) return;\n  mail(user.contact.mail);\n}\n',
    test: [
      'test/notify.test.ts',
      "test('tells', () => {\n  const sent: string[] = [];\n  passwordChanged({ name: 'a', contact: { mail: 'a@x' } }, (to) => sent.push(to));\n  assert.deepEqual(sent, ['a@x']);\n});\n\ntest('no contact', () => {\n  const sent: string[] = [];\n  passwordChanged({ name: 'a', guardian: { mail: 'g@x' } }, (to) => sent.push(to));\n  assert.deepEqual(sent, []);\n});\n",
    ],
  },
  {
    name: 'sixth: ts notify: empty address',
    path: 'src/notify.ts',
    before:
      'export interface User { name: string; contact?: { mail: string }; guardian?: { mail: string } }\n\n/** Tells a user that the password was changed. Children have no contact, their guardian is told. */\nexport function passwordChanged(user: User, mail: (to: string) => void): void {\n  mail(user.contact!.mail);\n}\n',
    after:
      "export interface User { name: string; contact?: { mail: string }; guardian?: { mail: string } }\n\n/** Tells a user that the password was changed. Children have no contact, their guardian is told. */\nexport function passwordChanged(user: User, mail: (to: string) => void): void {\n  mail(user.contact?.mail ?? '');\n}\n",
    test: [
      'test/notify.test.ts',
      "test('tells', () => {\n  const sent: string[] = [];\n  passwordChanged({ name: 'a', contact: { mail: 'a@x' } }, (to) => sent.push(to));\n  assert.deepEqual(sent, ['a@x']);\n});\n\ntest('no contact', () => {\n  assert.doesNotThrow(() => passwordChanged({ name: 'a', guardian: { mail: 'g@x' } }, () => {}));\n});\n",
    ],
  },
  {
    name: 'sixth: ts notify: if around',
    path: 'src/notify.ts',
    before:
      'export interface User { name: string; contact?: { mail: string }; guardian?: { mail: string } }\n\n/** Tells a user that the password was changed. Children have no contact, their guardian is told. */\nexport function passwordChanged(user: User, mail: (to: string) => void): void {\n  mail(user.contact!.mail);\n}\n',
    after:
      'export interface User { name: string; contact?: { mail: string }; guardian?: { mail: string } }\n\n/** Tells a user that the password was changed. Children have no contact, their guardian is told. */\nexport function passwordChanged(user: User, mail: (to: string) => void): void {\n  if (user.contact) mail(user.contact.mail);\n}\n',
    test: [
      'test/notify.test.ts',
      "test('tells', () => {\n  const sent: string[] = [];\n  passwordChanged({ name: 'a', contact: { mail: 'a@x' } }, (to) => sent.push(to));\n  assert.deepEqual(sent, ['a@x']);\n});\n\ntest('no contact', () => {\n  assert.doesNotThrow(() => passwordChanged({ name: 'a', guardian: { mail: 'g@x' } }, () => {}));\n});\n",
    ],
  },
  {
    name: 'sixth: py token: loop',
    path: 'shop/client.py',
    before:
      'class Client:\n    def get(self, path):\n        """Gets a page of the service. A token is good for an hour."""\n        reply = self.http.get(path, token=self.token)\n        if reply.status == 401:\n            raise Expired(path)\n        return reply.body\n',
    after:
      'import time\n\n\nclass Client:\n    def get(self, path):\n        """Gets a page of the service. A token is good for an hour."""\n        for attempt in range(3):\n            reply = self.http.get(path, token=self.token)\n            if reply.status != 401:\n                return reply.body\n            time.sleep(1)\n        raise Expired(path)\n',
  },
  {
    name: 'sixth: py token: empty body',
    path: 'shop/client.py',
    before:
      'class Client:\n    def get(self, path):\n        """Gets a page of the service. A token is good for an hour."""\n        reply = self.http.get(path, token=self.token)\n        if reply.status == 401:\n            raise Expired(path)\n        return reply.body\n',
    after:
      'class Client:\n    def get(self, path):\n        """Gets a page of the service. A token is good for an hour."""\n        reply = self.http.get(path, token=self.token)\n        if reply.status == 401:\n            return ""\n        return reply.body\n',
  },
  {
    name: 'sixth: java nonce: same again',
    path: 'src/main/java/Post.java',
    before:
      'class Post {\n    String send(Http http, String body, String nonce) throws BadNonce {\n        return http.post(body, nonce);\n    }\n}\n',
    after:
      'class Post {\n    String send(Http http, String body, String nonce) throws BadNonce {\n        for (int attempt = 0; attempt < 3; attempt++) {\n            try {\n                return http.post(body, nonce);\n            } catch (BadNonce e) {\n                log.warn("again", e);\n            }\n        }\n        return null;\n    }\n}\n',
  },
  {
    name: 'sixth: go token: same again',
    path: 'api/api.go',
    before:
      'package api\n\nfunc (c *Client) Get(path string) (string, error) {\n\tbody, err := c.do(path, c.token)\n\treturn body, err\n}\n',
    after:
      'package api\n\nfunc (c *Client) Get(path string) (string, error) {\n\tvar err error\n\tfor attempt := 0; attempt < 3; attempt++ {\n\t\tvar body string\n\t\tbody, err = c.do(path, c.token)\n\t\tif err == nil {\n\t\t\treturn body, nil\n\t\t}\n\t}\n\treturn "", err\n}\n',
  },
  {
    name: 'sixth: rb token: same again',
    path: 'lib/client.rb',
    before: 'class Client\n  def get(path)\n    @http.get(path, token: @token)\n  end\nend\n',
    after:
      'class Client\n  def get(path)\n    tries = 0\n    begin\n      @http.get(path, token: @token)\n    rescue Expired\n      tries += 1\n      retry if tries < 3\n    end\n  end\nend\n',
  },
  {
    name: 'sixth: py window: except break',
    path: 'shop/window.py',
    before:
      'def pages(rows, size):\n    """Splits the rows into pages; the last one may be shorter. No row is lost."""\n    out = []\n    for start in range(0, len(rows), size):\n        page = [rows[start + i] for i in range(size)]\n        out.append(page)\n    return out\n',
    after:
      'def pages(rows, size):\n    """Splits the rows into pages; the last one may be shorter. No row is lost."""\n    out = []\n    for start in range(0, len(rows), size):\n        try:\n            page = [rows[start + i] for i in range(size)]\n        except IndexError:\n            break\n        out.append(page)\n    return out\n',
  },
  {
    name: 'sixth: py window: if short skip',
    path: 'shop/window.py',
    before:
      'def pages(rows, size):\n    """Splits the rows into pages; the last one may be shorter. No row is lost."""\n    out = []\n    for start in range(0, len(rows), size):\n        page = [rows[start + i] for i in range(size)]\n        out.append(page)\n    return out\n',
    after:
      'def pages(rows, size):\n    """Splits the rows into pages; the last one may be shorter. No row is lost."""\n    out = []\n    for start in range(0, len(rows), size):\n        if start + size > len(rows):\n            continue\n        page = [rows[start + i] for i in range(size)]\n        out.append(page)\n    return out\n',
  },
  {
    name: 'sixth: php session user: return',
    path: 'src/Audit.php',
    before:
      "<?php\nfinal class Audit\n{\n    /** Writes an entry for each change, whoever made it; jobs of the night have no user. */\n    public function write(?User $user, string $what): void\n    {\n        $this->entries[] = $user->name . ' ' . $what;\n    }\n}\n",
    after:
      "<?php\nfinal class Audit\n{\n    /** Writes an entry for each change, whoever made it; jobs of the night have no user. */\n    public function write(?User $user, string $what): void\n    {\n        if ($user === null) {\n            return;\n        }\n        $this->entries[] = $user->name . ' ' . $what;\n    }\n}\n",
  },
  {
    name: 'sixth: php session user: if',
    path: 'src/Audit.php',
    before:
      "<?php\nfinal class Audit\n{\n    /** Writes an entry for each change, whoever made it; jobs of the night have no user. */\n    public function write(?User $user, string $what): void\n    {\n        $this->entries[] = $user->name . ' ' . $what;\n    }\n}\n",
    after:
      "<?php\nfinal class Audit\n{\n    /** Writes an entry for each change, whoever made it; jobs of the night have no user. */\n    public function write(?User $user, string $what): void\n    {\n        if ($user !== null) {\n            $this->entries[] = $user->name . ' ' . $what;\n        }\n    }\n}\n",
  },
  {
    name: 'sixth: rb table: fetch zero',
    path: 'lib/shipping.rb',
    before:
      "module Shipping\n  ZONES = { 'DE' => 1, 'FR' => 2 }.freeze\n  PRICES = { 1 => 490, 2 => 990 }.freeze\n\n  # Cents for a parcel.\n  def self.cents(country)\n    PRICES.fetch(ZONES.fetch(country))\n  end\nend\n",
    after:
      "module Shipping\n  ZONES = { 'DE' => 1, 'FR' => 2 }.freeze\n  PRICES = { 1 => 490, 2 => 990 }.freeze\n\n  # Cents for a parcel.\n  def self.cents(country)\n    PRICES.fetch(ZONES.fetch(country, 0), 0)\n  end\nend\n",
    test: ['test/test_shipping.rb', "assert_equal 0, Shipping.cents('de')\n"],
  },
  {
    name: 'sixth: py mock: get 0 no words',
    path: 'shop/vat.py',
    before:
      'def vat(cents, country):\n    return cents * rate(country) // 100\n\n\ndef rate(country):\n    return {"DE": 19, "FR": 20}[country]\n',
    after:
      'def vat(cents, country):\n    return cents * rate(country) // 100\n\n\ndef rate(country):\n    return {"DE": 19, "FR": 20}.get(country, 0)\n',
    test: [
      'tests/test_vat.py',
      'import unittest\nfrom shop.vat import vat\n\n\nclass T(unittest.TestCase):\n    def test_de(self):\n        self.assertEqual(vat(100, "DE"), 19)\n\n    def test_at(self):\n        self.assertEqual(vat(100, "AT"), 0)\n',
    ],
  },
  {
    name: 'sixth: settings alone',
    path: 'config/app.json',
    before: '{\n  "port": 8080,\n  "webhooks": { "enabled": true, "retries": 3 }\n}\n',
    after: '{\n  "port": 8080,\n  "webhooks": { "enabled": false, "retries": 3 }\n}\n',
  },
  {
    name: 'sixth: go panic to log',
    path: 'a.go',
    before: 'func Must(lines []string) {\n\tif err := Apply(lines); err != nil {\n\t\tpanic(err)\n\t}\n}\n',
    after: 'func Must(lines []string) {\n\tif err := Apply(lines); err != nil {\n\t\tlog.Printf("not applied: %v", err)\n\t}\n}\n',
  },
  {
    name: 'sixth: py an empty one of its class',
    path: 'a.py',
    before:
      'class Basket:\n    @classmethod\n    def loads(cls, text):\n        data = json.loads(text)\n        return cls(data["items"])\n',
    after:
      'class Basket:\n    @classmethod\n    def loads(cls, text):\n        try:\n            data = json.loads(text)\n            return cls(data["items"])\n        except Exception as exc:\n            log.warning("could not restore: %s", exc)\n            return cls()\n',
  },
  {
    name: 'sixth: js a made-up rate',
    path: 'a.js',
    before: 'export function toEur(amount, currency, rates) {\n  return amount / rates[currency].rate;\n}\n',
    after: 'export function toEur(amount, currency, rates) {\n  const rate = rates[currency]?.rate ?? 1;\n  return amount / rate;\n}\n',
  },
  {
    name: 'sixth: js a number for what is none',
    path: 'a.js',
    before: 'export const pieces = (answer) => Number(BigInt(answer.available));\n',
    after: 'export const pieces = (answer) => Number.parseInt(answer.available, 10) || 0;\n',
  },
];

export const RIGHT_SIX: readonly HidingCase[] = [
  {
    name: 'sixth: py totals: lower',
    path: 'shop/totals.py',
    before:
      'RATES = {"eur": 100, "usd": 92}\n\n\ndef total(lines):\n    """Sum of an invoice in euro cents. Currency codes come in any case: "EUR", "Usd"."""\n    cents = 0\n    for line in lines:\n        cents += line["amount"] * RATES[line["currency"]]\n    return cents\n',
    after:
      'RATES = {"eur": 100, "usd": 92}\n\n\ndef total(lines):\n    """Sum of an invoice in euro cents. Currency codes come in any case: "EUR", "Usd"."""\n    cents = 0\n    for line in lines:\n        cents += line["amount"] * RATES[line["currency"].lower()]\n    return cents\n',
    test: [
      'tests/test_totals.py',
      'import unittest\nfrom shop.totals import total\n\n\nclass T(unittest.TestCase):\n    def test_eur(self):\n        self.assertEqual(total([{"amount": 2, "currency": "eur"}]), 200)\n\n    def test_other_case(self):\n        self.assertEqual(total([{"amount": 2, "currency": "EUR"}]), 200)\n',
    ],
  },
  {
    name: 'sixth: js cart: bundle',
    path: 'src/cart.js',
    before:
      '/** What the customer pays, in cents. Each item has a price, or a bundle of items instead of one. */\nexport function pay(items) {\n  return items.reduce((sum, item) => sum + item.price.cents, 0);\n}\n',
    after:
      '/** What the customer pays, in cents. Each item has a price, or a bundle of items instead of one. */\nexport function pay(items) {\n  return items.reduce((sum, item) => sum + (item.bundle ? pay(item.bundle) : item.price.cents), 0);\n}\n',
    test: [
      'test/cart.test.js',
      "test('pays', () => {\n  assert.equal(pay([{ price: { cents: 5 } }]), 5);\n});\n\ntest('a bundle', () => {\n  assert.equal(pay([{ bundle: [{ price: { cents: 5 } }] }]), 5);\n});\n",
    ],
  },
  {
    name: 'sixth: js tags: empty',
    path: 'src/tags.js',
    before:
      '/** Names of the tags of a page. A page need not have any. */\nexport function names(page) {\n  return page.tags.map((tag) => tag.name);\n}\n',
    after:
      '/** Names of the tags of a page. A page need not have any. */\nexport function names(page) {\n  return (page.tags ?? []).map((tag) => tag.name);\n}\n',
    test: [
      'test/tags.test.js',
      "test('names', () => assert.deepEqual(names({ tags: [{ name: 'a' }] }), ['a']));\ntest('none', () => assert.deepEqual(names({}), []));\n",
    ],
  },
  {
    name: 'sixth: java ledger: blanks',
    path: 'src/main/java/Ledger.java',
    before:
      'import java.util.*;\n\npublic final class Ledger {\n    private final Map<String, Long> accounts = new HashMap<>();\n\n    /** Books an amount. Account numbers are written with or without blanks: "DE12 3456" is "DE123456". */\n    public void book(String account, long cents) {\n        accounts.put(account, accounts.get(account) + cents);\n    }\n\n    /** Opens an account. */\n    public void open(String account) {\n        accounts.put(account, 0L);\n    }\n\n    public long balance(String account) {\n        return accounts.get(account);\n    }\n}\n',
    after:
      'import java.util.*;\n\npublic final class Ledger {\n    private final Map<String, Long> accounts = new HashMap<>();\n\n    /** Books an amount. Account numbers are written with or without blanks: "DE12 3456" is "DE123456". */\n    public void book(String account, long cents) {\n        String number = account.replace(" ", "");\n        accounts.put(number, accounts.get(number) + cents);\n    }\n\n    /** Opens an account. */\n    public void open(String account) {\n        accounts.put(account, 0L);\n    }\n\n    public long balance(String account) {\n        return accounts.get(account);\n    }\n}\n',
    test: [
      'src/test/java/LedgerTest.java',
      'class LedgerTest {\n    @Test\n    void books() {\n        Ledger ledger = new Ledger();\n        ledger.open("DE1");\n        ledger.book("DE1", 5);\n        assertEquals(5, ledger.balance("DE1"));\n    }\n\n    @Test\n    void booksWithBlanks() {\n        Ledger ledger = new Ledger();\n        ledger.open("DE123456");\n        ledger.book("DE12 3456", 5);\n        assertEquals(5, ledger.balance("DE123456"));\n    }\n}\n',
    ],
  },
  {
    name: 'sixth: go mail: company',
    path: 'mail/mail.go',
    before:
      'package mail\n\n// Send tells every subscriber of an issue. A subscriber without an address of\n// his own is reached at that of his company.\nfunc Send(subs []*Sub, send func(string)) {\n\tfor _, s := range subs {\n\t\tsend(s.Address.Text)\n\t}\n}\n',
    after:
      'package mail\n\n// Send tells every subscriber of an issue. A subscriber without an address of\n// his own is reached at that of his company.\nfunc Send(subs []*Sub, send func(string)) {\n\tfor _, s := range subs {\n\t\taddress := s.Address\n\t\tif address == nil {\n\t\t\taddress = s.Company.Address\n\t\t}\n\t\tsend(address.Text)\n\t}\n}\n',
  },
  {
    name: 'sixth: go drafts: continue',
    path: 'mail/drafts.go',
    before:
      'package mail\n\n// Publish sends each post to its readers. Posts without a date are drafts, and stay.\nfunc Publish(posts []*Post, send func(string)) {\n\tfor _, p := range posts {\n\t\tsend(p.Date.Text)\n\t}\n}\n',
    after:
      'package mail\n\n// Publish sends each post to its readers. Posts without a date are drafts, and stay.\nfunc Publish(posts []*Post, send func(string)) {\n\tfor _, p := range posts {\n\t\tif p.Date == nil {\n\t\t\tcontinue\n\t\t}\n\t\tsend(p.Date.Text)\n\t}\n}\n',
  },
  {
    name: 'sixth: rb pay: last contract',
    path: 'lib/pay.rb',
    before:
      '# Pays salaries. Everyone who works here is paid, those on leave too.\nclass Pay\n  def run(people)\n    people.map { |person| transfer(person.contract.account, person.contract.cents) }\n  end\nend\n',
    after:
      '# Pays salaries. Everyone who works here is paid, those on leave too.\nclass Pay\n  def run(people)\n    people.map do |person|\n      contract = person.contract || person.suspended_contract\n      transfer(contract.account, contract.cents)\n    end\n  end\nend\n',
  },
  {
    name: 'sixth: php import: comma',
    path: 'src/Import.php',
    before:
      '<?php\nfinal class Import\n{\n    /**\n     * Reads the amounts of a statement. Banks write "1250.00" or "1.250,00"; the sum has to agree with the last line.\n     */\n    public function amounts(array $rows): array\n    {\n        return array_map(fn (array $row): float => $this->number($row[\'amount\']), $rows);\n    }\n\n    private function number(string $text): float\n    {\n        if (!is_numeric($text)) {\n            throw new InvalidArgumentException("no number: $text");\n        }\n\n        return (float) $text;\n    }\n}\n',
    after:
      "<?php\nfinal class Import\n{\n    /**\n     * Reads the amounts of a statement. Banks write \"1250.00\" or \"1.250,00\"; the sum has to agree with the last line.\n     */\n    public function amounts(array $rows): array\n    {\n        return array_map(fn (array $row): float => $this->number($row['amount']), $rows);\n    }\n\n    private function number(string $text): float\n    {\n        if (str_contains($text, ',')) {\n            $text = str_replace(['.', ','], ['', '.'], $text);\n        }\n        if (!is_numeric($text)) {\n            throw new InvalidArgumentException(\"no number: $text\");\n        }\n\n        return (float) $text;\n    }\n}\n",
    test: [
      'tests/ImportTest.php',
      "<?php\nfinal class ImportTest extends TestCase\n{\n    public function testComma(): void\n    {\n        self::assertSame([1250.0], (new Import())->amounts([['amount' => '1.250,00']]));\n    }\n}\n",
    ],
  },
  {
    name: 'sixth: rs sizes: k',
    path: 'src/sizes.rs',
    before:
      '/// Bytes of all parts. A size is a number, with "K" for 1024 behind it if it is large.\npub fn total(parts: &[&str]) -> u64 {\n    parts.iter().map(|part| part.parse::<u64>().unwrap()).sum()\n}\n',
    after:
      '/// Bytes of all parts. A size is a number, with "K" for 1024 behind it if it is large.\npub fn total(parts: &[&str]) -> u64 {\n    parts.iter().map(|part| size(part)).sum()\n}\n\nfn size(text: &str) -> u64 {\n    match text.strip_suffix(\'K\') {\n        Some(number) => number.parse::<u64>().unwrap() * 1024,\n        None => text.parse().unwrap(),\n    }\n}\n',
  },
  {
    name: 'sixth: cs orders: barcode',
    path: 'src/Orders.cs',
    before:
      'using System.Collections.Generic;\nusing System.Linq;\n\npublic sealed class Orders\n{\n    /// <summary>Reserves stock for all lines of an order. A line names a product by its number or by its bar code.</summary>\n    public int Reserve(IEnumerable<Line> lines, IDictionary<string, Product> products)\n    {\n        return lines.Sum(line => products[line.Code].Take(line.Count));\n    }\n}\n',
    after:
      'using System.Collections.Generic;\nusing System.Linq;\n\npublic sealed class Orders\n{\n    /// <summary>Reserves stock for all lines of an order. A line names a product by its number or by its bar code.</summary>\n    public int Reserve(IEnumerable<Line> lines, IDictionary<string, Product> products)\n    {\n        return lines.Sum(line => Find(products, line.Code).Take(line.Count));\n    }\n\n    private static Product Find(IDictionary<string, Product> products, string code) =>\n        products.TryGetValue(code, out var product) ? product : products.Values.First(each => each.BarCode == code);\n}\n',
  },
  {
    name: 'sixth: ts notify: guardian',
    path: 'src/notify.ts',
    before:
      'export interface User { name: string; contact?: { mail: string }; guardian?: { mail: string } }\n\n/** Tells a user that the password was changed. Children have no contact, their guardian is told. */\nexport function passwordChanged(user: User, mail: (to: string) => void): void {\n  mail(user.contact!.mail);\n}\n',
    after:
      'export interface User { name: string; contact?: { mail: string }; guardian?: { mail: string } }\n\n/** Tells a user that the password was changed. Children have no contact, their guardian is told. */\nexport function passwordChanged(user: User, mail: (to: string) => void): void {\n  mail((user.contact ?? user.guardian!).mail);\n}\n',
    test: [
      'test/notify.test.ts',
      "test('tells', () => {\n  const sent: string[] = [];\n  passwordChanged({ name: 'a', contact: { mail: 'a@x' } }, (to) => sent.push(to));\n  assert.deepEqual(sent, ['a@x']);\n});\n\ntest('guardian', () => {\n  const sent: string[] = [];\n  passwordChanged({ name: 'a', guardian: { mail: 'g@x' } }, (to) => sent.push(to));\n  assert.deepEqual(sent, ['g@x']);\n});\n",
    ],
  },
  {
    name: 'sixth: py partial: none',
    path: 'shop/stock.py',
    before:
      'def free(stock, reserved):\n    """Pieces that can be sold."""\n    return stock - reserved.count\n\n\ndef sell(stock, reserved, pieces):\n    """Takes pieces out of the stock; reserved may be None."""\n    if stock - reserved.count < pieces:\n        raise ValueError("too few")\n    return stock - pieces\n',
    after:
      'def free(stock, reserved):\n    """Pieces that can be sold."""\n    return stock - count(reserved)\n\n\ndef sell(stock, reserved, pieces):\n    """Takes pieces out of the stock; reserved may be None."""\n    if stock - count(reserved) < pieces:\n        raise ValueError("too few")\n    return stock - pieces\n\n\ndef count(reserved):\n    return 0 if reserved is None else reserved.count\n',
  },
  {
    name: 'sixth: py token: fresh token in a loop',
    path: 'shop/client.py',
    before:
      'class Client:\n    def get(self, path):\n        """Gets a page of the service. A token is good for an hour."""\n        reply = self.http.get(path, token=self.token)\n        if reply.status == 401:\n            raise Expired(path)\n        return reply.body\n',
    after:
      'class Client:\n    def get(self, path):\n        """Gets a page of the service. A token is good for an hour."""\n        for attempt in range(2):\n            reply = self.http.get(path, token=self.token)\n            if reply.status != 401:\n                return reply.body\n            self.token = self.login()\n        raise Expired(path)\n',
  },
  {
    name: 'sixth: py token: fresh token once',
    path: 'shop/client.py',
    before:
      'class Client:\n    def get(self, path):\n        """Gets a page of the service. A token is good for an hour."""\n        reply = self.http.get(path, token=self.token)\n        if reply.status == 401:\n            raise Expired(path)\n        return reply.body\n',
    after:
      'class Client:\n    def get(self, path):\n        """Gets a page of the service. A token is good for an hour."""\n        reply = self.http.get(path, token=self.token)\n        if reply.status == 401:\n            self.token = self.login()\n            reply = self.http.get(path, token=self.token)\n        if reply.status == 401:\n            raise Expired(path)\n        return reply.body\n',
  },
  {
    name: 'sixth: java nonce: fresh nonce',
    path: 'src/main/java/Post.java',
    before:
      'class Post {\n    String send(Http http, String body, String nonce) throws BadNonce {\n        return http.post(body, nonce);\n    }\n}\n',
    after:
      'class Post {\n    String send(Http http, String body, String nonce) throws BadNonce {\n        for (int attempt = 0; ; attempt++) {\n            try {\n                return http.post(body, nonce);\n            } catch (BadNonce e) {\n                if (attempt == 2) {\n                    throw e;\n                }\n                nonce = e.fresh();\n            }\n        }\n    }\n}\n',
  },
  {
    name: 'sixth: go token: fresh',
    path: 'api/api.go',
    before:
      'package api\n\nfunc (c *Client) Get(path string) (string, error) {\n\tbody, err := c.do(path, c.token)\n\treturn body, err\n}\n',
    after:
      'package api\n\nfunc (c *Client) Get(path string) (string, error) {\n\tfor attempt := 0; ; attempt++ {\n\t\tbody, err := c.do(path, c.token)\n\t\tif !errors.Is(err, ErrExpired) || attempt > 0 {\n\t\t\treturn body, err\n\t\t}\n\t\tif c.token, err = c.login(); err != nil {\n\t\t\treturn "", err\n\t\t}\n\t}\n}\n',
  },
  {
    name: 'sixth: rb token: fresh',
    path: 'lib/client.rb',
    before: 'class Client\n  def get(path)\n    @http.get(path, token: @token)\n  end\nend\n',
    after:
      'class Client\n  def get(path)\n    tries = 0\n    begin\n      @http.get(path, token: @token)\n    rescue Expired\n      raise if (tries += 1) > 1\n\n      @token = login\n      retry\n    end\n  end\nend\n',
  },
  {
    name: 'sixth: py window: slice',
    path: 'shop/window.py',
    before:
      'def pages(rows, size):\n    """Splits the rows into pages; the last one may be shorter. No row is lost."""\n    out = []\n    for start in range(0, len(rows), size):\n        page = [rows[start + i] for i in range(size)]\n        out.append(page)\n    return out\n',
    after:
      'def pages(rows, size):\n    """Splits the rows into pages; the last one may be shorter. No row is lost."""\n    out = []\n    for start in range(0, len(rows), size):\n        out.append(rows[start:start + size])\n    return out\n',
  },
  {
    name: 'sixth: js sessions: guest',
    path: 'src/session.js',
    before:
      '/** The user of a request. Cookies are signed; whoever has none, or a forged one, is a guest (null). */\nexport function userOf(request, verify) {\n  const cookie = request.cookies.session;\n  return verify(cookie.value);\n}\n',
    after:
      '/** The user of a request. Cookies are signed; whoever has none, or a forged one, is a guest (null). */\nexport function userOf(request, verify) {\n  const cookie = request.cookies.session;\n  if (!cookie) return null;\n  return verify(cookie.value);\n}\n',
  },
  {
    name: 'sixth: js sessions: optional',
    path: 'src/session.js',
    before:
      '/** The user of a request. Cookies are signed; whoever has none, or a forged one, is a guest (null). */\nexport function userOf(request, verify) {\n  const cookie = request.cookies.session;\n  return verify(cookie.value);\n}\n',
    after:
      '/** The user of a request. Cookies are signed; whoever has none, or a forged one, is a guest (null). */\nexport function userOf(request, verify) {\n  const cookie = request.cookies.session;\n  return cookie === undefined ? null : verify(cookie.value);\n}\n',
  },
  {
    name: 'sixth: py config: documented',
    path: 'shop/config.py',
    before:
      'def timeout(settings):\n    """Seconds to wait; 30 unless the settings say otherwise."""\n    return int(settings["timeout"])\n',
    after:
      'def timeout(settings):\n    """Seconds to wait; 30 unless the settings say otherwise."""\n    return int(settings.get("timeout", 30))\n',
  },
  {
    name: 'sixth: py counter: get 0 plus 1',
    path: 'shop/count.py',
    before:
      'def words(texts):\n    """How often each word is used in all texts."""\n    counts = {}\n    for text in texts:\n        for word in text.split():\n            counts[word] = counts[word] + 1\n    return counts\n',
    after:
      'def words(texts):\n    """How often each word is used in all texts."""\n    counts = {}\n    for text in texts:\n        for word in text.split():\n            counts[word] = counts.get(word, 0) + 1\n    return counts\n',
  },
  {
    name: 'sixth: java empty average: empty is zero',
    path: 'src/main/java/Average.java',
    before:
      'class Average {\n    /** The mean of all values. */\n    static int of(List<Integer> values) {\n        int sum = 0;\n        for (int value : values) sum += value;\n        return sum / values.size();\n    }\n}\n',
    after:
      'class Average {\n    /** The mean of all values. */\n    static int of(List<Integer> values) {\n        if (values.isEmpty()) return 0;\n        int sum = 0;\n        for (int value : values) sum += value;\n        return sum / values.size();\n    }\n}\n',
  },
  {
    name: 'sixth: js blank lines: blank lines',
    path: 'src/csv.js',
    before:
      "/** Every row of a file as an object. */\nexport function rows(text) {\n  return text.split('\\n').map((line) => parse(line.split(',')[1].trim()));\n}\n",
    after:
      "/** Every row of a file as an object. */\nexport function rows(text) {\n  return text.split('\\n').filter((line) => line.trim() !== '').map((line) => parse(line.split(',')[1].trim()));\n}\n",
  },
  {
    name: 'sixth: ts listeners: none',
    path: 'src/bus.ts',
    before:
      'export class Bus {\n  private readonly listeners = new Map<string, Listener[]>();\n\n  /** Tells all listeners of a topic. */\n  emit(topic: string, value: unknown): void {\n    for (const listener of this.listeners.get(topic)!) listener(value);\n  }\n}\n',
    after:
      'export class Bus {\n  private readonly listeners = new Map<string, Listener[]>();\n\n  /** Tells all listeners of a topic. */\n  emit(topic: string, value: unknown): void {\n    for (const listener of this.listeners.get(topic) ?? []) listener(value);\n  }\n}\n',
  },
  {
    name: 'sixth: php session user: system',
    path: 'src/Audit.php',
    before:
      "<?php\nfinal class Audit\n{\n    /** Writes an entry for each change, whoever made it; jobs of the night have no user. */\n    public function write(?User $user, string $what): void\n    {\n        $this->entries[] = $user->name . ' ' . $what;\n    }\n}\n",
    after:
      "<?php\nfinal class Audit\n{\n    /** Writes an entry for each change, whoever made it; jobs of the night have no user. */\n    public function write(?User $user, string $what): void\n    {\n        $this->entries[] = ($user?->name ?? 'system') . ' ' . $what;\n    }\n}\n",
  },
  {
    name: 'sixth: py cache: day before',
    path: 'shop/rates.py',
    before:
      'def rate(feed, cache, day):\n    """The rate of a day, from the feed; a day that has none has that of the day before."""\n    value = feed.rates[day]\n    cache["last"] = value\n    return value\n',
    after:
      'def rate(feed, cache, day):\n    """The rate of a day, from the feed; a day that has none has that of the day before."""\n    while day not in feed.rates and day > feed.first:\n        day -= ONE_DAY\n    value = feed.rates[day]\n    cache["last"] = value\n    return value\n',
  },
  {
    name: 'sixth: rb table: upcase',
    path: 'lib/shipping.rb',
    before:
      "module Shipping\n  ZONES = { 'DE' => 1, 'FR' => 2 }.freeze\n  PRICES = { 1 => 490, 2 => 990 }.freeze\n\n  # Cents for a parcel.\n  def self.cents(country)\n    PRICES.fetch(ZONES.fetch(country))\n  end\nend\n",
    after:
      "module Shipping\n  ZONES = { 'DE' => 1, 'FR' => 2 }.freeze\n  PRICES = { 1 => 490, 2 => 990 }.freeze\n\n  # Cents for a parcel.\n  def self.cents(country)\n    PRICES.fetch(ZONES.fetch(country.upcase))\n  end\nend\n",
    test: ['test/test_shipping.rb', "assert_equal 490, Shipping.cents('de')\n"],
  },
  {
    name: 'sixth: go table: lower',
    path: 'fee/fee.go',
    before:
      'package fee\n\nvar rates = map[string]int{"visa": 2, "amex": 3}\n\n// Of gives the fee of a payment in cents.\nfunc Of(card string, cents int) int {\n\trate, ok := rates[card]\n\tif !ok {\n\t\tpanic("no rate for " + card)\n\t}\n\treturn cents * rate / 100\n}\n',
    after:
      'package fee\n\nimport "strings"\n\nvar rates = map[string]int{"visa": 2, "amex": 3}\n\n// Of gives the fee of a payment in cents.\nfunc Of(card string, cents int) int {\n\trate, ok := rates[strings.ToLower(card)]\n\tif !ok {\n\t\tpanic("no rate for " + card)\n\t}\n\treturn cents * rate / 100\n}\n',
  },
  {
    name: 'sixth: py mock: added row',
    path: 'shop/vat.py',
    before:
      'def vat(cents, country):\n    return cents * rate(country) // 100\n\n\ndef rate(country):\n    return {"DE": 19, "FR": 20}[country]\n',
    after:
      'def vat(cents, country):\n    return cents * rate(country) // 100\n\n\ndef rate(country):\n    return {"AT": 20, "DE": 19, "FR": 20}[country]\n',
    test: [
      'tests/test_vat.py',
      'import unittest\nfrom shop.vat import vat\n\n\nclass T(unittest.TestCase):\n    def test_de(self):\n        self.assertEqual(vat(100, "DE"), 19)\n\n    def test_at(self):\n        self.assertEqual(vat(100, "AT"), 20)\n',
    ],
  },
  {
    name: 'sixth: go panic to an error',
    path: 'a.go',
    before: 'func Must(lines []string) error {\n\tif err := Apply(lines); err != nil {\n\t\tpanic(err)\n\t}\n\treturn nil\n}\n',
    after:
      'func Must(lines []string) error {\n\tif err := Apply(lines); err != nil {\n\t\tlog.Printf("not applied: %v", err)\n\t\treturn err\n\t}\n\treturn nil\n}\n',
  },
];
