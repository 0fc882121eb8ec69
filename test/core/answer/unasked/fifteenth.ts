// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of other languages
// A fifteenth set, written after the fourteenth had been mended with.
import { block, type Case, named, sr } from './case.ts';
import { edit, makersOf, of } from './makers.ts';

const { meant, left, form } = makersOf(15);
const text = (one: string): string => one.slice(1);

const MIDDLEWARE = of(
  'lib/session.js',
  text(`
'use strict';

const crypto = require('node:crypto');
const { parse, serialize } = require('cookie');
const store = require('./store');

const NAME = 'sid';
const DAY = 24 * 60 * 60 * 1000;

function createId() {
  return crypto.randomBytes(16).toString('hex');
}

module.exports = function session(options = {}) {
  const secure = options.secure ?? true;
  return async function (req, res, next) {
    const cookies = parse(req.headers.cookie);
    let id = cookies[NAME];
    if (id && !/^[0-9a-f]{32}$/.test(id)) {
      id = undefined;
    }
    if (!id) {
      id = createId();
      res.setHeader('set-cookie', serialize(NAME, id, { secure, httpOnly: true }));
    }
    req.session = await store.load(id);
    res.on('finish', () => store.save(id, req.session, Date.now() + DAY));
    next();
  };
};

module.exports.destroy = async (req) => {
  await store.remove(req.session.id);
  delete req.session;
};
`),
  '    const cookies = parse(req.headers.cookie);',
  "    const cookies = parse(req.headers.cookie ?? '');",
);
const PARSER = of(
  'app/parsers/feed.py',
  text(`
from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

DATE = re.compile(r"(\\d{4})-(\\d\\d)-(\\d\\d)")
NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@dataclass
class Entry:
    title: str
    link: str
    tags: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.title = self.title.strip()


class FeedError(Exception):
    pass


def entries(text):
    root = ET.fromstring(text)
    if root.tag.endswith("html"):
        raise FeedError("a page, no feed")
    found = []
    for node in root.findall("atom:entry", NS):
        title = node.find("atom:title", NS).text
        link = node.find("atom:link", NS).get("href")
        entry = Entry(title, link)
        for tag in node.findall("atom:category", NS):
            entry.tags.append(tag.get("term"))
        found.append(entry)
    return found


def dated(entry):
    match = DATE.search(entry.link)
    if match is None:
        return None
    return tuple(int(part) for part in match.groups())
`),
  '        title = node.find("atom:title", NS).text',
  '        title = node.findtext("atom:title", "", NS)',
);
const REPO = of(
  'src/main/java/bank/AccountRepository.java',
  text(`
package bank;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Repository
public class AccountRepository {
    private static final Logger LOG = LoggerFactory.getLogger(AccountRepository.class);
    private static final String FIND = "SELECT id, owner, balance FROM accounts WHERE id = ?";
    private static final String SAVE = "UPDATE accounts SET balance = ? WHERE id = ?";

    private final DataSource source;

    public AccountRepository(DataSource source) {
        this.source = source;
    }

    public Account find(long id) throws SQLException {
        try (Connection connection = source.getConnection(); PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setLong(1, id);
            ResultSet rows = query.executeQuery();
            rows.next();
            return new Account(rows.getLong("id"), rows.getString("owner"), rows.getBigDecimal("balance"));
        }
    }

    @Transactional
    public void save(Account account) throws SQLException {
        if (account.balance().signum() < 0) {
            LOG.warn("overdrawn: {}", account.id());
        }
        try (Connection connection = source.getConnection(); PreparedStatement update = connection.prepareStatement(SAVE)) {
            update.setBigDecimal(1, account.balance());
            update.setLong(2, account.id());
            if (update.executeUpdate() != 1) {
                throw new SQLException("no account " + account.id());
            }
        }
    }
}
`),
  '            rows.next();',
  '            if (!rows.next()) {\n                throw new SQLException("no account " + id);\n            }',
);
const QUEUE = of(
  'src/queue.cpp',
  text(`
#include "queue.h"

#include <algorithm>
#include <chrono>
#include <mutex>

namespace shop {

namespace {
constexpr std::size_t kLimit = 1024;
}

Queue::Queue(std::size_t size) : size_(std::min(size, kLimit)) {
  items_.reserve(size_);
}

Queue::~Queue() {
  close();
}

bool Queue::push(Item item) {
  std::lock_guard lock(mutex_);
  if (closed_ || items_.size() == size_) {
    return false;
  }
  items_.push_back(std::move(item));
  changed_.notify_one();
  return true;
}

Item Queue::pop() {
  std::unique_lock lock(mutex_);
  Item item = std::move(items_.front());
  items_.erase(items_.begin());
  return item;
}

void Queue::close() {
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

}  // namespace shop
`),
  '  std::unique_lock lock(mutex_);',
  '  std::unique_lock lock(mutex_);\n  changed_.wait(lock, [this] { return closed_ || !items_.empty(); });\n  if (items_.empty()) throw Closed();',
);
const RAKE = of(
  'app/models/booking.rb',
  text(`
class Booking < ApplicationRecord
  STATES = %w[open paid cancelled].freeze

  belongs_to :room
  belongs_to :guest, optional: true
  has_many :payments, dependent: :destroy

  validates :from, :to, presence: true
  validates :state, inclusion: { in: STATES }
  validate :ends_after_it_begins

  scope :current, -> { where("? BETWEEN from AND to", Date.current) }

  after_commit :tell_guest, on: :create

  def nights
    (to - from).to_i
  end

  def price
    sum = nights * room.rate
    sum -= guest.discount
    sum += 20 if nights < 3
    sum
  end

  def cancel!
    return if cancelled?

    payments.each(&:refund!)
    update!(state: "cancelled")
    BookingMailer.cancelled(self).deliver_later
  end

  private

  def ends_after_it_begins
    errors.add(:to, :too_early) if from && to && to <= from
  end

  def tell_guest
    BookingMailer.booked(self).deliver_later
  end
end
`),
  '    sum -= guest.discount',
  '    sum -= guest&.discount.to_i',
);
const TFLB = of(
  'infra/main.tf',
  text(`
terraform {
  required_version = ">= 1.5"
}

locals {
  name = "shop"
  tags = { team = "web" }
}

resource "aws_lb" "web" {
  name               = local.name
  internal           = false
  load_balancer_type = "application"
  subnets            = var.subnets
  tags               = local.tags
}

resource "aws_lb_target_group" "web" {
  name     = local.name
  port     = 80
  protocol = "HTTP"
  vpc_id   = var.vpc

  health_check {
    path    = "/health"
    matcher = "200"
  }

  lifecycle {
    create_before_destroy = true
  }
}

output "dns" {
  value = aws_lb.web.dns_name
}
`),
  '  port     = 80',
  '  port     = 8080',
);
const SVELTE = of(
  'src/routes/Cart.svelte',
  text(`
<script lang="ts">
  import { onDestroy } from 'svelte';
  import { cart } from '$lib/stores';
  import Row from './Row.svelte';

  export let currency = 'EUR';
  let open = false;
  const timer = setInterval(() => cart.refresh(), 60_000);

  $: total = $cart.items.reduce((sum, item) => sum + item.price, 0);

  function toggle() {
    open = !open;
  }

  onDestroy(() => clearInterval(timer));
</script>

<button on:click={toggle} aria-expanded={open}>{$cart.owner.name}</button>
{#if open}
  {#each $cart.items as item (item.id)}
    <Row {item} {currency} />
  {:else}
    <p>nothing</p>
  {/each}
  <strong>{total} {currency}</strong>
{/if}

<style>
  strong {
    color: var(--accent);
  }
</style>
`),
  '{$cart.owner.name}</button>',
  "{$cart.owner?.name ?? ''}</button>",
);
const HASKELL = of(
  'src/Cart.hs',
  text(`
module Cart (Item (..), first, total, render) where

import Data.List (intercalate, sortOn)
import qualified Data.Map.Strict as Map

data Item = Item
  { name :: String
  , price :: Int
  }
  deriving (Eq, Show)

first :: [Item] -> String
first items = name (head (sortOn price items))

total :: [Item] -> Int
total = sum . map price

render :: [Item] -> String
render items
  | null items = "nothing"
  | length items > 10 = show (length items) ++ " items"
  | otherwise = intercalate ", " (map name items)

byName :: [Item] -> Map.Map String Item
byName items = Map.fromList [(name item, item) | item <- items]
`),
  'first items = name (head (sortOn price items))',
  'first items = case sortOn price items of { (item : _) -> name item; [] -> "" }',
);

const LEFT: readonly Case[] = [
  left(
    'JavaScript, a check of an id in silence',
    MIDDLEWARE,
    '    if (id && !/^[0-9a-f]{32}$/.test(id)) {\n      id = undefined;\n    }\n',
  ),
  left(
    'JavaScript, what is saved at the end',
    MIDDLEWARE,
    "    res.on('finish', () => store.save(id, req.session, Date.now() + DAY));\n",
    '    // speichern wie bisher\n',
  ),
  left(
    'JavaScript, the export behind in silence',
    MIDDLEWARE,
    '\nmodule.exports.destroy = async (req) => {\n  await store.remove(req.session.id);\n  delete req.session;\n};\n',
  ),
  left('JavaScript, a constant in silence', MIDDLEWARE, 'const DAY = 24 * 60 * 60 * 1000;\n'),
  left('JavaScript, strictness in silence', MIDDLEWARE, "'use strict';\n\n"),
  left(
    'Python, a guard before the loop in silence',
    PARSER,
    '    if root.tag.endswith("html"):\n        raise FeedError("a page, no feed")\n',
  ),
  left(
    'Python, a loop of tags',
    PARSER,
    '        for tag in node.findall("atom:category", NS):\n            entry.tags.append(tag.get("term"))\n',
    '        # теги без изменений\n',
  ),
  left('Python, a name space in silence', PARSER, '    "dc": "http://purl.org/dc/elements/1.1/",\n'),
  left('Python, a field in silence', PARSER, '    tags: list[str] = field(default_factory=list)\n'),
  left(
    'Python, what comes after the fields in silence',
    PARSER,
    '    def __post_init__(self):\n        self.title = self.title.strip()\n\n',
  ),
  left('Python, a guard of another function in silence', PARSER, '    if match is None:\n        return None\n'),
  left(
    'Java, a warning of another method in silence',
    REPO,
    '        if (account.balance().signum() < 0) {\n            LOG.warn("overdrawn: {}", account.id());\n        }\n',
  ),
  left(
    'Java, a check within another method',
    REPO,
    '            if (update.executeUpdate() != 1) {\n                throw new SQLException("no account " + account.id());\n            }\n',
    '            // … (identical)\n',
  ),
  left('Java, a transaction in silence', REPO, '    @Transactional\n'),
  left(
    'Java, the constructor in silence',
    REPO,
    '    public AccountRepository(DataSource source) {\n        this.source = source;\n    }\n\n',
  ),
  left('Java, a statement in silence', REPO, '    private static final String SAVE = "UPDATE accounts SET balance = ? WHERE id = ?";\n'),
  left('C++, a destructor in silence', QUEUE, 'Queue::~Queue() {\n  close();\n}\n\n'),
  left('C++, a condition of another method in silence', QUEUE, '  if (closed_ || items_.size() == size_) {\n    return false;\n  }\n'),
  left('C++, who is told in silence', QUEUE, '  changed_.notify_all();\n'),
  left(
    'C++, a method in Hebrew',
    QUEUE,
    'bool Queue::push(Item item) {\n  std::lock_guard lock(mutex_);\n  if (closed_ || items_.size() == size_) {\n    return false;\n  }\n  items_.push_back(std::move(item));\n  changed_.notify_one();\n  return true;\n}\n',
    '// שאר הקוד ללא שינוי\n',
  ),
  left('Ruby, a validation in silence', RAKE, '  validates :state, inclusion: { in: STATES }\n'),
  left('Ruby, a line of the price in silence', RAKE, '    sum += 20 if nights < 3\n'),
  left('Ruby, a guard of another method in silence', RAKE, '    return if cancelled?\n\n'),
  left('Ruby, refunds of another method in silence', RAKE, '    payments.each(&:refund!)\n'),
  left('Ruby, an association', RAKE, '  has_many :payments, dependent: :destroy\n', '  # associations\n'),
  left('Terraform, a check in silence', TFLB, '  health_check {\n    path    = "/health"\n    matcher = "200"\n  }\n\n'),
  left('Terraform, an argument of another in silence', TFLB, '  internal           = false\n'),
  left('Terraform, an output', TFLB, 'output "dns" {\n  value = aws_lb.web.dns_name\n}\n', '# outputs stay\n'),
  left('Svelte, what is undone in silence', SVELTE, '  onDestroy(() => clearInterval(timer));\n'),
  left('Svelte, what is else in silence', SVELTE, '  {:else}\n    <p>nothing</p>\n'),
  left('Svelte, a style', SVELTE, '<style>\n  strong {\n    color: var(--accent);\n  }\n</style>\n', '<!-- styles -->\n'),
  left('Haskell, a case in silence', HASKELL, '  | length items > 10 = show (length items) ++ " items"\n'),
  left(
    'Haskell, a function in silence',
    HASKELL,
    '\nbyName :: [Item] -> Map.Map String Item\nbyName items = Map.fromList [(name item, item) | item <- items]\n',
  ),
];

const RIGHT: readonly Case[] = [
  meant(
    'JavaScript, a check in a function',
    MIDDLEWARE,
    [
      '    let id = cookies[NAME];\n    if (id && !/^[0-9a-f]{32}$/.test(id)) {\n      id = undefined;\n    }\n',
      '    let id = validId(cookies[NAME]);\n',
    ],
    ['function createId() {', 'const validId = (id) => (/^[0-9a-f]{32}$/.test(id) ? id : undefined);\n\nfunction createId() {'],
  ),
  meant('Python, tags by a comprehension', PARSER, [
    '        entry = Entry(title, link)\n        for tag in node.findall("atom:category", NS):\n            entry.tags.append(tag.get("term"))\n        found.append(entry)\n',
    '        tags = [tag.get("term") for tag in node.findall("atom:category", NS)]\n        found.append(Entry(title, link, tags))\n',
  ]),
  meant(
    'Python, a generator in place of a list',
    PARSER,
    ['    found = []\n', ''],
    ['        found.append(entry)\n    return found\n', '        yield entry\n'],
  ),
  meant(
    'Java, an optional that is given',
    REPO,
    ['    public Account find(long id)', '    public Optional<Account> find(long id)'],
    [
      '            if (!rows.next()) {\n                throw new SQLException("no account " + id);\n            }\n            return new Account(',
      '            return !rows.next() ? Optional.empty() : Optional.of(new Account(',
    ],
    ['rows.getBigDecimal("balance"));', 'rows.getBigDecimal("balance")));'],
  ),
  meant('C++, a scope less', QUEUE, [
    '  {\n    std::lock_guard lock(mutex_);\n    closed_ = true;\n  }\n  changed_.notify_all();\n',
    '  std::lock_guard lock(mutex_);\n  closed_ = true;\n  changed_.notify_all();\n',
  ]),
  meant(
    'C++, a limit in its place',
    QUEUE,
    ['namespace {\nconstexpr std::size_t kLimit = 1024;\n}\n\n', ''],
    ['std::min(size, kLimit)', 'std::min<std::size_t>(size, 1024)'],
  ),
  meant('Ruby, a sum in one line', RAKE, [
    '    sum = nights * room.rate\n    sum -= guest&.discount.to_i\n    sum += 20 if nights < 3\n    sum\n',
    '    nights * room.rate - guest&.discount.to_i + (nights < 3 ? 20 : 0)\n',
  ]),
  meant(
    'Ruby, a validation of the framework',
    RAKE,
    ['  validate :ends_after_it_begins\n', '  validates :to, comparison: { greater_than: :from }, if: -> { from && to }\n'],
    ['  def ends_after_it_begins\n    errors.add(:to, :too_early) if from && to && to <= from\n  end\n\n', ''],
  ),
  meant(
    'Terraform, a name of its own',
    TFLB,
    ['  name = "shop"\n', ''],
    ['  name               = local.name\n', '  name               = "shop"\n'],
    ['  name     = local.name\n', '  name     = "shop"\n'],
  ),
  meant(
    'Svelte, a total by a store',
    SVELTE,
    ['  $: total = $cart.items.reduce((sum, item) => sum + item.price, 0);\n\n', ''],
    ['<strong>{total} {currency}</strong>', '<strong>{$cart.total} {currency}</strong>'],
  ),
  meant(
    'Haskell, a fold in place of what is composed',
    HASKELL,
    ['total = sum . map price\n', "total = foldl' (\\sum item -> sum + price item) 0\n"],
    ['import Data.List (intercalate, sortOn)', "import Data.List (foldl', intercalate, sortOn)"],
  ),
  meant(
    'Haskell, an import that is not used',
    HASKELL,
    ['import qualified Data.Map.Strict as Map\n', 'import Data.Map.Strict (Map, fromList)\n'],
    [
      'byName :: [Item] -> Map.Map String Item\nbyName items = Map.fromList',
      'byName :: [Item] -> Map String Item\nbyName items = fromList',
    ],
  ),
];

const FORM: readonly Case[] = [
  form('edits under a name in bold', PARSER, `**${PARSER.path}**\n\n${edit(PARSER)}`, 'applied', 'again'),
  form('a path with its line in brackets', REPO, named(REPO, `${REPO.path} (line 32)`), 'applied', 'again'),
  form(
    'a search of two places, one of them meant by its context',
    QUEUE,
    block(
      QUEUE,
      sr('    std::lock_guard lock(mutex_);\n    closed_ = true;\n', '    std::scoped_lock lock(mutex_);\n    closed_ = true;\n'),
    ),
    'left',
    'applied',
  ),
  form('a search in another case', RAKE, block(RAKE, sr(`${RAKE.line.toUpperCase()}\n`, `${RAKE.fixedLine}\n`)), 'again'),
  form(
    'JSON in a fence',
    TFLB,
    `\`\`\`json\n{"files": [{"path": "${TFLB.path}", "content": ${JSON.stringify(TFLB.fixed)}}]}\n\`\`\`\n`,
    'again',
    'applied',
  ),
  form('the whole in three ticks without a path', HASKELL, `Here it is:\n\n\`\`\`haskell\n${HASKELL.fixed}\`\`\`\n`, 'again', 'applied'),
  form(
    'a shell that writes it',
    MIDDLEWARE,
    `\`\`\`sh\ncat > ${MIDDLEWARE.path} <<'EOF'\n${MIDDLEWARE.fixed}EOF\n\`\`\`\n`,
    'again',
    'applied',
  ),
  form(
    'line numbers with a bar before each line',
    PARSER,
    block(
      PARSER,
      PARSER.fixed
        .split('\n')
        .map((line, at) => `${String(at + 1).padStart(3)} | ${line}`)
        .join('\n'),
    ),
    'applied',
    'again',
  ),
  form(
    'a tab in place of each two blanks',
    RAKE,
    block(
      RAKE,
      RAKE.fixed.replace(/^( {2})+/gm, (lead) => '\t'.repeat(lead.length / 2)),
    ),
    'applied',
  ),
  form(
    'soft hyphens and blanks without width',
    REPO,
    block(REPO, REPO.fixed.replaceAll('public', 'pub\u00adlic').replaceAll(' = ', ' =\u200b ')),
    'applied',
    'again',
  ),
  form(
    'entities in all of a page',
    SVELTE,
    block(SVELTE, SVELTE.fixed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
    'applied',
    'again',
  ),
  form(
    'a remark at the end of the tag',
    QUEUE,
    `<code_block filename="${QUEUE.path}"> <!-- fixed -->\n${QUEUE.fixed}</code_block>\n`,
    'applied',
  ),
  form('ends after the second method', REPO, block(REPO, REPO.fixed.slice(0, REPO.fixed.indexOf('    @Transactional'))), 'again'),
  form('declined, in Japanese', RAKE, 'これはデータの問題です。コードは正しいので、変更は不要です。', 'none'),
  form(
    'declined, with what the caller should do',
    PARSER,
    'The feed has no title, which the format forbids. The caller should catch `AttributeError`; I leave the parser as it is.',
    'none',
  ),
  form(
    'declined, and quoted below what looks like a name',
    PARSER,
    `The trace is of an older release; the file given here already asks for \`feed.title\` in this line:\n\n\`\`\`\n${PARSER.text.split('\n').find((line) => line.trim().length > 12 && line.includes('('))}\n\`\`\`\n\nNothing is left to change.`,
    'none',
  ),
  form('nothing changed, said at length', TFLB, `I looked at it again and it is right.\n\n${block(TFLB, TFLB.text)}`, 'again', 'none'),
];

export const FIFTEENTH: readonly Case[] = [...RIGHT, ...LEFT, ...FORM];
