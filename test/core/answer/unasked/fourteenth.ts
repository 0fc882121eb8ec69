// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of other languages
// A fourteenth set, written after the thirteenth had been mended with: other files again, of all the kinds before.
import { block, type Case, named, sr } from './case.ts';
import { but, edit, makersOf, of } from './makers.ts';

const { meant, left, form } = makersOf(14);
const text = (one: string): string => one.slice(1);

const NEST = of(
  'src/invoices/invoices.service.ts',
  text(`
import { Injectable, Logger, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Invoice } from './invoice.entity';

@Injectable()
export class InvoicesService {
  private readonly logger = new Logger(InvoicesService.name);
  static readonly PAGE = 20;

  constructor(
    @InjectRepository(Invoice) private readonly invoices: Repository<Invoice>,
    private readonly mailer: Mailer,
  ) {}

  async page(number: number): Promise<Invoice[]> {
    const skip = number * InvoicesService.PAGE;
    return this.invoices.find({ skip, take: InvoicesService.PAGE, order: { at: 'DESC' } });
  }

  async remind(id: string): Promise<void> {
    const invoice = await this.invoices.findOneBy({ id });
    if (invoice.paid) {
      this.logger.debug(\`\${id} is paid\`);
      return;
    }
    await this.mailer.send(invoice.customer.email, 'reminder');
    invoice.reminders += 1;
    await this.invoices.save(invoice);
  }

  async cancel(id: string, reason?: string): Promise<Invoice> {
    const invoice = await this.invoices.findOneByOrFail({ id });
    if (invoice.cancelledAt) {
      return invoice;
    }
    for (const line of invoice.lines) {
      line.amount = 0;
    }
    invoice.cancelledAt = new Date();
    invoice.reason = reason ?? null;
    return this.invoices.save(invoice);
  }
}
`),
  '    const invoice = await this.invoices.findOneBy({ id });',
  '    const invoice = await this.invoices.findOneBy({ id });\n    if (!invoice) throw new NotFoundException(id);',
);
const CLI = of(
  'tools/report.py',
  text(`
import argparse
import csv
import sys
from collections import defaultdict
from pathlib import Path

FIELDS = ("name", "amount", "month")


class Report:
    """Sums by month."""

    def __init__(self, currency="EUR"):
        self.currency = currency
        self.sums = defaultdict(int)
        self.rows = 0

    def add(self, row):
        self.sums[row["month"]] += int(row["amount"])
        self.rows += 1

    @property
    def mean(self):
        return sum(self.sums.values()) / self.rows

    def write(self, out):
        for month, amount in sorted(self.sums.items()):
            if amount == 0:
                continue
            out.write(f"{month}\\t{amount} {self.currency}\\n")
        out.flush()


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--currency", default="EUR")
    parser.add_argument("--mean", action="store_true")
    options = parser.parse_args(argv)
    report = Report(options.currency)
    for path in options.files:
        with path.open(newline="") as file:
            for row in csv.DictReader(file, FIELDS):
                report.add(row)
    if options.mean:
        print(report.mean, file=sys.stderr)
    report.write(sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
`),
  '        return sum(self.sums.values()) / self.rows',
  '        return sum(self.sums.values()) / self.rows if self.rows else 0',
);
const POOL = of(
  'worker/pool.go',
  text(`
package worker

import (
	"context"
	"errors"
	"sync"
	"time"
)

var ErrClosed = errors.New("pool is closed")

type Pool struct {
	jobs   chan Job
	mu     sync.Mutex
	closed bool
	wg     sync.WaitGroup
}

func NewPool(size int) *Pool {
	p := &Pool{jobs: make(chan Job)}
	for i := 0; i < size; i++ {
		p.wg.Add(1)
		go p.run()
	}
	return p
}

func (p *Pool) Submit(ctx context.Context, job Job) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return ErrClosed
	}
	select {
	case p.jobs <- job:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *Pool) run() {
	defer p.wg.Done()
	for job := range p.jobs {
		started := time.Now()
		job.Run()
		job.Report(time.Since(started))
	}
}

func (p *Pool) Close() {
	close(p.jobs)
	p.wg.Wait()
}
`),
  '	close(p.jobs)',
  '	p.mu.Lock()\n	if !p.closed {\n		p.closed = true\n		close(p.jobs)\n	}\n	p.mu.Unlock()',
);
const WIDGET = of(
  'lib/cart_page.dart',
  text(`
import 'package:flutter/material.dart';
import 'cart.dart';

class CartPage extends StatefulWidget {
  const CartPage({super.key, required this.cart});

  final Cart cart;

  @override
  State<CartPage> createState() => _CartPageState();
}

class _CartPageState extends State<CartPage> {
  bool _busy = false;
  String? _error;

  @override
  void initState() {
    super.initState();
    widget.cart.addListener(_refresh);
  }

  @override
  void dispose() {
    widget.cart.removeListener(_refresh);
    super.dispose();
  }

  void _refresh() => setState(() {});

  @override
  Widget build(BuildContext context) {
    return Scaffold(
      appBar: AppBar(title: Text(widget.cart.owner!.name)),
      body: ListView(
        children: [
          if (_error != null) Text(_error!),
          for (final item in widget.cart.items) ListTile(title: Text(item.name)),
          const Divider(),
          Text('\${widget.cart.total}'),
        ],
      ),
    );
  }
}
`),
  '      appBar: AppBar(title: Text(widget.cart.owner!.name)),',
  "      appBar: AppBar(title: Text(widget.cart.owner?.name ?? '')),",
);
const ACTOR = of(
  'src/main/scala/shop/Stock.scala',
  text(`
package shop

import java.time.Instant
import scala.collection.mutable

final case class Level(sku: String, count: Int, at: Instant)

object Stock {
  val Empty = Level("", 0, Instant.EPOCH)

  def total(levels: Seq[Level]): Int =
    levels.map(_.count).sum
}

class Stock(clock: () => Instant) {
  private val levels = mutable.Map.empty[String, Level]

  def take(sku: String, count: Int): Level = {
    val level = levels(sku)
    require(count > 0, "count")
    val left = level.copy(count = level.count - count, at = clock())
    levels.update(sku, left)
    left
  }

  def put(sku: String, count: Int): Unit = {
    val old = levels.getOrElse(sku, Stock.Empty)
    if (count > 1000) {
      println(s"large: $sku")
    }
    levels.update(sku, Level(sku, old.count + count, clock()))
  }

  def low: Iterable[Level] = levels.values.filter(_.count < 3)
}
`),
  '    val level = levels(sku)',
  '    val level = levels.getOrElse(sku, throw new NoSuchElementException(sku))',
);
const HELM = of(
  'chart/templates/deployment.yaml',
  text(`
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  strategy:
    type: RollingUpdate
  template:
    spec:
      serviceAccountName: {{ .Values.account }}
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          ports:
            - containerPort: 80
          {{- if .Values.probe }}
          readinessProbe:
            httpGet:
              path: /ready
              port: 80
          {{- end }}
          resources:
            limits:
              memory: 256Mi
        - name: proxy
          image: envoy:1.30
      nodeSelector:
        pool: web
`),
  '            - containerPort: 80',
  '            - containerPort: 8080',
);
const POWER = of(
  'scripts/Publish-Site.ps1',
  text(`
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [string] $Site = 'shop',
    [switch] $WhatIf
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-Version {
    param([string] $File)
    $json = Get-Content $File | ConvertFrom-Json
    return $json.version
}

function Stop-Site {
    param([string] $Name)
    if ((Get-WebAppPoolState $Name).Value -ne 'Stopped') {
        Stop-WebAppPool $Name
    }
}

$version = Get-Version (Join-Path $Path 'package.json')
Write-Host "publishing $version"
Stop-Site $Site
foreach ($file in Get-ChildItem $Path) {
    Copy-Item $file "C:\\inetpub\\$Site" -Recurse -Force
}
Start-WebAppPool $Site
if ($WhatIf) {
    Write-Host 'nothing was done'
}
`),
  '    $json = Get-Content $File | ConvertFrom-Json',
  '    $json = Get-Content -Raw $File | ConvertFrom-Json',
);
const LIQUID = of(
  'theme/sections/product.liquid',
  text(`
{% assign price = product.price | divided_by: 100.0 %}
<section class="product" id="product">
  <h1>{{ product.title }}</h1>
  {% for image in product.images %}
    <img src="{{ image.src | img_url: '600x' }}" alt="{{ image.alt }}">
  {% endfor %}
  {% if product.available %}
    <form action="/cart/add" method="post">
      <input type="hidden" name="id" value="{{ product.variants.first.id }}">
      <input type="number" name="quantity" value="1">
      <button>Buy</button>
    </form>
  {% endif %}
  <p>{{ price }}</p>
  {% render 'reviews', product: product %}
</section>

{% schema %}
{ "name": "Product", "settings": [] }
{% endschema %}
`),
  '    <img src="{{ image.src | img_url: \'600x\' }}" alt="{{ image.alt }}">',
  '    <img src="{{ image | img_url: \'600x\' }}" alt="{{ image.alt | escape }}">',
);
const OBJC = of(
  'App/CartStore.m',
  text(`
#import "CartStore.h"
#import "Item.h"

static NSString *const kFile = @"cart.plist";

@implementation CartStore {
    NSMutableArray<Item *> *_items;
}

- (instancetype)init {
    if ((self = [super init])) {
        _items = [NSMutableArray array];
    }
    return self;
}

- (Item *)first {
    return [_items objectAtIndex:0];
}

- (void)add:(Item *)item {
    NSParameterAssert(item);
    [_items addObject:item];
    [self save];
}

- (void)save {
    NSString *path = [NSTemporaryDirectory() stringByAppendingPathComponent:kFile];
    [[self plist] writeToFile:path atomically:YES];
}

- (NSArray *)plist {
    return [_items valueForKey:@"name"];
}

@end
`),
  '    return [_items objectAtIndex:0];',
  '    return [_items firstObject];',
);
const RSCRIPT = of(
  'analysis/model.R',
  text(`
library(dplyr)
library(readr)

LIMIT <- 100

load_rows <- function(path) {
  rows <- read_csv(path, col_types = "cdd")
  rows <- filter(rows, !is.na(amount))
  rows
}

fit <- function(rows) {
  if (nrow(rows) > LIMIT) {
    rows <- slice_sample(rows, n = LIMIT)
  }
  lm(amount ~ month, data = rows)
}

share <- function(rows) {
  rows$amount / sum(rows$amount)
}

rows <- load_rows("data/rows.csv")
model <- fit(rows)
saveRDS(model, "model.rds")
print(share(rows))
`),
  '  rows$amount / sum(rows$amount)',
  '  rows$amount / max(sum(rows$amount), 1)',
);

const LEFT: readonly Case[] = [
  left('Nest, a loop of another method in silence', NEST, '    for (const line of invoice.lines) {\n      line.amount = 0;\n    }\n'),
  left(
    'Nest, a condition of another method',
    NEST,
    '    if (invoice.cancelledAt) {\n      return invoice;\n    }\n',
    '    // (unverändert)\n',
  ),
  left(
    'Nest, the constructor in silence',
    NEST,
    '  constructor(\n    @InjectRepository(Invoice) private readonly invoices: Repository<Invoice>,\n    private readonly mailer: Mailer,\n  ) {}\n\n',
  ),
  left('Nest, a static in silence', NEST, '  static readonly PAGE = 20;\n'),
  left('Nest, a line below the fix in silence', NEST, '    invoice.reminders += 1;\n'),
  left('Nest, an annotation in silence', NEST, '@Injectable()\n'),
  left(
    'Nest, a method in Czech',
    NEST,
    "  async page(number: number): Promise<Invoice[]> {\n    const skip = number * InvoicesService.PAGE;\n    return this.invoices.find({ skip, take: InvoicesService.PAGE, order: { at: 'DESC' } });\n  }\n",
    '  // ostatní metody beze změny\n',
  ),
  left('Python, an option in silence', CLI, '    parser.add_argument("--currency", default="EUR")\n'),
  left('Python, a condition of the writer in silence', CLI, '            if amount == 0:\n                continue\n'),
  left('Python, a line of the constructor in silence', CLI, '        self.rows = 0\n'),
  left('Python, what main tells', CLI, '    if options.mean:\n        print(report.mean, file=sys.stderr)\n', '    # ...\n'),
  left('Python, where it begins, in silence', CLI, '\n\nif __name__ == "__main__":\n    sys.exit(main())\n', '\n'),
  left('Python, a property without its mark', CLI, '    @property\n'),
  left('Go, a case of a select in silence', POOL, '\tcase <-ctx.Done():\n\t\treturn ctx.Err()\n'),
  left('Go, a condition of another method in silence', POOL, '\tif p.closed {\n\t\treturn ErrClosed\n\t}\n'),
  left('Go, what is deferred in silence', POOL, '\tdefer p.wg.Done()\n'),
  left('Go, an error in Greek', POOL, 'var ErrClosed = errors.New("pool is closed")\n', '// τα υπόλοιπα παραμένουν ίδια\n'),
  left('Go, the wait behind the fix', POOL, '\tp.wg.Wait()\n'),
  left(
    'Dart, what is undone in silence',
    WIDGET,
    '  @override\n  void dispose() {\n    widget.cart.removeListener(_refresh);\n    super.dispose();\n  }\n\n',
  ),
  left('Dart, a child in silence', WIDGET, '          const Divider(),\n'),
  left('Dart, a field in silence', WIDGET, '  String? _error;\n'),
  left(
    'Dart, the state in Thai',
    WIDGET,
    '  @override\n  void initState() {\n    super.initState();\n    widget.cart.addListener(_refresh);\n  }\n',
    '  // ส่วนที่เหลือไม่เปลี่ยนแปลง\n',
  ),
  left('Scala, a condition of another method in silence', ACTOR, '    if (count > 1000) {\n      println(s"large: $sku")\n    }\n'),
  left('Scala, what is required in silence', ACTOR, '    require(count > 0, "count")\n'),
  left('Scala, a value of the object in silence', ACTOR, '  val Empty = Level("", 0, Instant.EPOCH)\n\n'),
  left(
    'Helm, a probe',
    HELM,
    '          {{- if .Values.probe }}\n          readinessProbe:\n            httpGet:\n              path: /ready\n              port: 80\n          {{- end }}\n',
    '          # probe: same\n',
  ),
  left('Helm, a container in silence', HELM, '        - name: proxy\n          image: envoy:1.30\n'),
  left('Helm, a limit in silence', HELM, '          resources:\n            limits:\n              memory: 256Mi\n'),
  left('PowerShell, a mode in silence', POWER, 'Set-StrictMode -Version Latest\n'),
  left(
    'PowerShell, a condition of a function in silence',
    POWER,
    "    if ((Get-WebAppPoolState $Name).Value -ne 'Stopped') {\n        Stop-WebAppPool $Name\n    }\n",
  ),
  left('PowerShell, a parameter in silence', POWER, "    [string] $Site = 'shop',\n"),
  left(
    'Liquid, a form',
    LIQUID,
    '    <form action="/cart/add" method="post">\n      <input type="hidden" name="id" value="{{ product.variants.first.id }}">\n      <input type="number" name="quantity" value="1">\n      <button>Buy</button>\n    </form>\n',
    '    {% comment %} form as before {% endcomment %}\n',
  ),
  left('Liquid, an input in silence', LIQUID, '      <input type="number" name="quantity" value="1">\n'),
  left('Liquid, a schema in silence', LIQUID, '\n{% schema %}\n{ "name": "Product", "settings": [] }\n{% endschema %}\n'),
  left('Objective-C, what is asserted in silence', OBJC, '    NSParameterAssert(item);\n'),
  left('Objective-C, a method', OBJC, '- (NSArray *)plist {\n    return [_items valueForKey:@"name"];\n}\n', '// plist: idem\n'),
  left('R, a filter in silence', RSCRIPT, '  rows <- filter(rows, !is.na(amount))\n'),
  left('R, a condition in silence', RSCRIPT, '  if (nrow(rows) > LIMIT) {\n    rows <- slice_sample(rows, n = LIMIT)\n  }\n'),
  left('R, what is saved', RSCRIPT, 'saveRDS(model, "model.rds")\n'),
];

const RIGHT: readonly Case[] = [
  meant(
    'Nest, found or fails',
    NEST,
    [
      '    const invoice = await this.invoices.findOneBy({ id });\n    if (!invoice) throw new NotFoundException(id);\n    if (invoice.paid) {',
      '    const invoice = await this.found(id);\n    if (invoice.paid) {',
    ],
    [
      '  async cancel(',
      '  private async found(id: string): Promise<Invoice> {\n    const invoice = await this.invoices.findOneBy({ id });\n    if (!invoice) throw new NotFoundException(id);\n    return invoice;\n  }\n\n  async cancel(',
    ],
    ['await this.invoices.findOneByOrFail({ id })', 'await this.found(id)'],
  ),
  meant('Nest, lines by a map', NEST, [
    '    for (const line of invoice.lines) {\n      line.amount = 0;\n    }\n',
    '    invoice.lines = invoice.lines.map((line) => ({ ...line, amount: 0 }));\n',
  ]),
  meant(
    'Python, the mean by the library',
    CLI,
    ['from pathlib import Path\n', 'from pathlib import Path\nfrom statistics import fmean\n'],
    [
      '        return sum(self.sums.values()) / self.rows if self.rows else 0\n',
      '        return fmean(self.amounts) if self.amounts else 0\n',
    ],
    ['        self.rows = 0\n', '        self.amounts = []\n'],
    ['        self.rows += 1\n', '        self.amounts.append(int(row["amount"]))\n'],
  ),
  meant(
    'Python, a constant in its place',
    CLI,
    ['FIELDS = ("name", "amount", "month")\n\n\n', '\n'],
    ['csv.DictReader(file, FIELDS)', 'csv.DictReader(file, ("name", "amount", "month"))'],
  ),
  meant(
    'Go, once in place of a flag',
    POOL,
    [
      '\tp.mu.Lock()\n\tif !p.closed {\n\t\tp.closed = true\n\t\tclose(p.jobs)\n\t}\n\tp.mu.Unlock()\n',
      '\tp.once.Do(func() { close(p.done) })\n',
    ],
    ['\tmu     sync.Mutex\n\tclosed bool\n', '\tonce   sync.Once\n\tdone   chan struct{}\n'],
    ['\tp.mu.Lock()\n\tdefer p.mu.Unlock()\n\tif p.closed {\n\t\treturn ErrClosed\n\t}\n', ''],
    ['\tcase <-ctx.Done():\n', '\tcase <-p.done:\n\t\treturn ErrClosed\n\tcase <-ctx.Done():\n'],
    ['make(chan Job)}', 'make(chan Job), done: make(chan struct{})}'],
  ),
  meant(
    'Dart, a builder in place of a listener',
    WIDGET,
    [
      '  @override\n  void initState() {\n    super.initState();\n    widget.cart.addListener(_refresh);\n  }\n\n  @override\n  void dispose() {\n    widget.cart.removeListener(_refresh);\n    super.dispose();\n  }\n\n  void _refresh() => setState(() {});\n\n',
      '',
    ],
    ['    return Scaffold(\n', '    return ListenableBuilder(listenable: widget.cart, builder: (context, _) => Scaffold(\n'],
    ['    );\n  }\n}\n', '    ));\n  }\n}\n'],
  ),
  meant(
    'Scala, an option in place of what is empty',
    ACTOR,
    ['  val Empty = Level("", 0, Instant.EPOCH)\n\n', ''],
    ['    val old = levels.getOrElse(sku, Stock.Empty)\n', '    val old = levels.get(sku).map(_.count).getOrElse(0)\n'],
    ['old.count + count', 'old + count'],
  ),
  meant('Helm, values in place of numbers', HELM, [
    '              memory: 256Mi\n',
    '              {{- toYaml .Values.limits | nindent 14 }}\n',
  ]),
  meant('PowerShell, a pipe in place of a loop', POWER, [
    'foreach ($file in Get-ChildItem $Path) {\n    Copy-Item $file "C:\\inetpub\\$Site" -Recurse -Force\n}\n',
    'Get-ChildItem $Path | Copy-Item -Destination "C:\\inetpub\\$Site" -Recurse -Force\n',
  ]),
  meant(
    'Liquid, a price in its place',
    LIQUID,
    ['{% assign price = product.price | divided_by: 100.0 %}\n', ''],
    ['<p>{{ price }}</p>', '<p>{{ product.price | divided_by: 100.0 }}</p>'],
  ),
  meant('R, a pipe in place of steps', RSCRIPT, [
    '  rows <- read_csv(path, col_types = "cdd")\n  rows <- filter(rows, !is.na(amount))\n  rows\n',
    '  read_csv(path, col_types = "cdd") |> filter(!is.na(amount))\n',
  ]),
  meant('Objective-C, a copy that is made', OBJC, [
    '    return [_items valueForKey:@"name"];\n',
    '    return [[_items valueForKey:@"name"] copy];\n',
  ]),
];

const FORM: readonly Case[] = [
  form(
    'a search with line numbers',
    NEST,
    block(NEST, sr(`22: ${NEST.line}\n`, `22: ${NEST.line}\n23:     if (!invoice) throw new NotFoundException(id);\n`)),
    'again',
    'applied',
  ),
  form(
    'a search that is nearly there',
    CLI,
    block(CLI, sr('        return sum(self.sums.values())/self.rows\n', `${CLI.fixedLine}\n`)),
    'again',
    'applied',
  ),
  form('edits of which one is empty', POOL, block(POOL, `${edit(POOL)}${sr('', '')}`), 'again', 'applied'),
  form('a whole and an edit of one file', ACTOR, `${block(ACTOR, ACTOR.fixed)}${block(ACTOR, edit(ACTOR))}`, 'again', 'applied'),
  form('fences with the path as a comment', RSCRIPT, `\`\`\`r\n# ${RSCRIPT.path}\n${RSCRIPT.fixed}\`\`\`\n`, 'again', 'applied'),
  form(
    'a patch with a context of its own',
    HELM,
    `\`\`\`patch\n*** Begin Patch\n*** Update File: ${HELM.path}\n@@\n-${HELM.line}\n+${HELM.fixedLine}\n*** End Patch\n\`\`\`\n`,
    'again',
    'applied',
  ),
  form('a path in the style of Windows with a line', POWER, named(POWER, 'scripts\\Publish-Site.ps1:13'), 'applied', 'again'),
  form('a path with a query', LIQUID, named(LIQUID, `${LIQUID.path}#L5`), 'applied', 'again'),
  form('a path of two files', NEST, named(NEST, `${NEST.path}, src/app.module.ts`), 'again'),
  form('Latin letters of full width', OBJC, block(OBJC, OBJC.fixed.replaceAll('[', '［').replaceAll(']', '］')), 'applied', 'again'),
  form(
    'blanks for the tabs of Go',
    POOL,
    block(
      POOL,
      POOL.fixed.replace(/^\t+/gm, (lead) => '    '.repeat(lead.length)),
    ),
    'applied',
  ),
  form('CRLF in a file of LF', WIDGET, block(WIDGET, WIDGET.fixed.replaceAll('\n', '\r\n')), 'applied'),
  form('a mark of order that the file does not have', ACTOR, block(ACTOR, `\uFEFF${ACTOR.fixed}`), 'applied'),
  form(
    'words behind the file',
    CLI,
    block(CLI, `${CLI.fixed}\nThis makes the mean of nothing zero instead of a crash.\n`),
    'again',
    'applied',
  ),
  form('the answer is cut within the tag', HELM, `The port is wrong.\n\n<code_block filename="chart/templ`, 'again'),
  form('the last line is cut', NEST, block(NEST, NEST.fixed.slice(0, NEST.fixed.lastIndexOf('return this.invoices.save') + 12)), 'again'),
  form(
    'declined, in Spanish',
    POOL,
    'No hay nada que corregir: el canal se cierra dos veces porque el llamador invoca Close dos veces. El código es correcto.',
    'none',
  ),
  form(
    'declined, with the settings that are wrong',
    HELM,
    'The chart is right; set `probe: false` in your values:\n\n```sh\nhelm upgrade shop ./chart --set probe=false\n```\n\nNo change of the code.',
    'none',
  ),
  form(
    'a question in place of an answer',
    LIQUID,
    'Could you show me the theme settings as well? I cannot tell which image is missing.',
    'none',
    'again',
  ),
  form(
    'new tests in a block that says so',
    CLI,
    `${block(CLI, CLI.fixed)}<code_block filename="tests/test_report.py" new="true">\nfrom tools.report import Report\n\n\ndef test_mean_of_nothing():\n    assert Report().mean == 0\n</code_block>\n`,
    'left',
    'applied',
  ),
  form(
    'three versions, each better',
    RSCRIPT,
    `${block(RSCRIPT, RSCRIPT.fixed)}${block(RSCRIPT, but(RSCRIPT, ['LIMIT <- 100', 'LIMIT <- 10']))}${block(RSCRIPT, RSCRIPT.fixed)}`,
    'again',
  ),
  form(
    'the tag of the question around an edit',
    ACTOR,
    `<file-1a2b3c4d path="${ACTOR.path}">\n${edit(ACTOR)}</file-1a2b3c4d>\n`,
    'again',
    'applied',
  ),
  form(
    'an edit that deletes what is not at fault',
    OBJC,
    block(OBJC, `${edit(OBJC)}${sr('- (NSArray *)plist {\n    return [_items valueForKey:@"name"];\n}\n', '')}`),
    'again',
    'left',
  ),
];

export const FOURTEENTH: readonly Case[] = [...RIGHT, ...LEFT, ...FORM];
