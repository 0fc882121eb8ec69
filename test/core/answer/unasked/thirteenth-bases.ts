// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of other languages
// Files of services and tools, each with its fix: languages that are known, and some kinds that no rule knows.
import { of } from './makers.ts';

const text = (one: string): string => one.slice(1);

export const TASKS = of(
  'jobs/tasks.py',
  text(`
import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from .models import Invoice
from .mailer import send

log = logging.getLogger(__name__)
RETRY_AFTER = timedelta(minutes=5)


@shared_task(bind=True, max_retries=3)
def remind(self, invoice_id):
    invoice = Invoice.objects.get(pk=invoice_id)
    if invoice.paid:
        return
    for contact in invoice.contacts.all():
        send(contact.email, "reminder", invoice.number)
    invoice.reminded_at = timezone.now()
    invoice.save()


@shared_task
def close_month(month):
    invoices = Invoice.objects.filter(month=month)
    total = 0
    for invoice in invoices:
        if invoice.cancelled:
            continue
        total += invoice.amount
    average = total / len(invoices)
    log.info("month %s: %s", month, average)
    if total > 1_000_000:
        send("board@example.com", "large", total)
    return average


def overdue(invoice):
    return timezone.now() - invoice.due > RETRY_AFTER
`),
  '    average = total / len(invoices)',
  '    average = total / len(invoices) if invoices else 0',
);
export const ORDERS = of(
  'src/main/java/shop/OrderService.java',
  text(`
package shop;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

public final class OrderService {
    private final Map<String, Order> orders;
    private final Clock clock;

    public OrderService(Map<String, Order> orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    public Order find(String id) {
        return orders.get(id);
    }

    public long total(String id) {
        Order order = find(id);
        long sum = 0;
        for (Line line : order.lines()) {
            if (line.isFree()) {
                continue;
            }
            sum += line.price() * line.count();
        }
        if (order.isAbroad()) {
            sum += 500;
        }
        return sum;
    }

    public List<Order> stale() {
        List<Order> found = new ArrayList<>();
        for (Order order : orders.values()) {
            if (order.at().isBefore(clock.instant())) {
                found.add(order);
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return "OrderService" + orders.keySet();
    }
}
`),
  '        Order order = find(id);',
  '        Order order = java.util.Objects.requireNonNull(find(id), id);',
);
export const HANDLER = of(
  'internal/api/handler.go',
  text(`
package api

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
)

type Handler struct {
	store Store
	limit int
}

func New(store Store) *Handler {
	return &Handler{store: store, limit: 50}
}

func (h *Handler) List(w http.ResponseWriter, r *http.Request) {
	user := r.Context().Value(userKey).(*User)
	items, err := h.store.Items(user.ID)
	if err != nil {
		slog.Error("items", "err", err)
		http.Error(w, "internal", http.StatusInternalServerError)
		return
	}
	if len(items) > h.limit {
		items = items[:h.limit]
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(items)
}

func (h *Handler) Search(w http.ResponseWriter, r *http.Request) {
	words := strings.Fields(r.URL.Query().Get("q"))
	first := words[0]
	var found []Item
	for _, item := range h.store.All() {
		if strings.Contains(item.Name, first) {
			found = append(found, item)
		}
	}
	defer slog.Info("search", "words", len(words))
	json.NewEncoder(w).Encode(found)
}

func (h *Handler) Close() error {
	return h.store.Close()
}
`),
  '	first := words[0]',
  '	if len(words) == 0 {\n\t\thttp.Error(w, "no words", http.StatusBadRequest)\n\t\treturn\n\t}\n\tfirst := words[0]',
);
export const IMPORTER = of(
  'app/services/importer.rb',
  text(`
require "csv"

class Importer
  Result = Struct.new(:rows, :errors)

  attr_reader :path, :logger

  def initialize(path, logger: Rails.logger)
    @path = path
    @logger = logger
  end

  def call
    rows = []
    errors = []
    CSV.foreach(path, headers: true) do |row|
      next if row["email"].blank?
      person = Person.find_by(email: row["email"].downcase)
      if person.nil?
        errors << row["email"]
        next
      end
      rows << person.update!(name: row["name"].strip)
    end
    logger.info("imported #{rows.size}")
    notify(errors) unless errors.empty?
    Result.new(rows, errors)
  end

  private

  def notify(errors)
    ImportMailer.with(errors: errors).failed.deliver_later
  end
end
`),
  '      rows << person.update!(name: row["name"].strip)',
  '      rows << person.update!(name: row["name"].to_s.strip)',
);
export const MAILER = of(
  'src/Service/Newsletter.php',
  text(`
<?php

declare(strict_types=1);

namespace App\\Service;

use App\\Entity\\Subscriber;
use Psr\\Log\\LoggerInterface;

final class Newsletter
{
    private const BATCH = 100;

    public function __construct(
        private readonly Mailer $mailer,
        private readonly LoggerInterface $logger,
    ) {
    }

    /** @param Subscriber[] $subscribers */
    public function send(array $subscribers, string $subject): int
    {
        $sent = 0;
        foreach (array_chunk($subscribers, self::BATCH) as $batch) {
            foreach ($batch as $subscriber) {
                if ($subscriber->isBounced()) {
                    continue;
                }
                $name = $subscriber->getProfile()->getName();
                $this->mailer->send($subscriber->getEmail(), $subject, $name);
                $sent++;
            }
            usleep(1000);
        }
        if ($sent === 0) {
            $this->logger->warning('nobody was written to');
        }

        return $sent;
    }

    public function unsubscribe(Subscriber $subscriber): void
    {
        $subscriber->setActive(false);
        $this->logger->info('unsubscribed', ['id' => $subscriber->getId()]);
    }
}
`),
  '                $name = $subscriber->getProfile()->getName();',
  "                $name = $subscriber->getProfile()?->getName() ?? '';",
);
export const WORKER = of(
  'src/Worker.cs',
  text(`
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace Shop.Jobs;

public sealed class Worker : BackgroundService
{
    private readonly Channel<Job> queue;
    private readonly ILogger<Worker> log;

    public Worker(Channel<Job> queue, ILogger<Worker> log)
    {
        this.queue = queue;
        this.log = log;
    }

    public int Done { get; private set; }

    public event EventHandler? Drained;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await foreach (var job in queue.Reader.ReadAllAsync(stop))
        {
            if (job.IsExpired)
            {
                log.LogWarning("expired {Id}", job.Id);
                continue;
            }
            await job.Handler.RunAsync(stop);
            Done++;
        }
        Drained?.Invoke(this, EventArgs.Empty);
    }

    public override void Dispose()
    {
        queue.Writer.TryComplete();
        base.Dispose();
    }
}
`),
  '            await job.Handler.RunAsync(stop);',
  '            if (job.Handler is not null) await job.Handler.RunAsync(stop);',
);
export const LEXER = of(
  'src/lexer.rs',
  text(`
use std::iter::Peekable;
use std::str::Chars;

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Number(f64),
    Name(String),
    Plus,
    Minus,
    Open,
    Close,
}

pub struct Lexer<'a> {
    chars: Peekable<Chars<'a>>,
    line: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Lexer { chars: text.chars().peekable(), line: 1 }
    }

    pub fn next_token(&mut self) -> Option<Token> {
        while let Some(c) = self.chars.peek() {
            if *c == '\\n' {
                self.line += 1;
            }
            if !c.is_whitespace() {
                break;
            }
            self.chars.next();
        }
        match self.chars.next()? {
            '+' => Some(Token::Plus),
            '-' => Some(Token::Minus),
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            c if c.is_ascii_digit() => Some(Token::Number(self.number(c))),
            c => Some(Token::Name(self.name(c))),
        }
    }

    fn number(&mut self, first: char) -> f64 {
        let mut text = first.to_string();
        while let Some(c) = self.chars.next_if(|c| c.is_ascii_digit() || *c == '.') {
            text.push(c);
        }
        text.parse().unwrap()
    }

    fn name(&mut self, first: char) -> String {
        let mut text = first.to_string();
        while let Some(c) = self.chars.next_if(|c| c.is_alphanumeric()) {
            text.push(c);
        }
        text
    }
}
`),
  '        text.parse().unwrap()',
  '        text.parse().unwrap_or(f64::NAN)',
);
export const LIST = of(
  'src/list.c',
  text(`
#include <stdlib.h>
#include <string.h>
#include "list.h"

#define GROWTH 2

static size_t capacity_for(size_t count)
{
    size_t capacity = 8;
    while (capacity < count)
        capacity *= GROWTH;
    return capacity;
}

struct list *list_new(void)
{
    struct list *list = calloc(1, sizeof *list);
    return list;
}

int list_push(struct list *list, void *item)
{
    if (list->count == list->capacity) {
        list->capacity = capacity_for(list->count + 1);
        list->items = realloc(list->items, list->capacity * sizeof *list->items);
    }
    list->items[list->count++] = item;
    return 0;
}

void *list_pop(struct list *list)
{
    void *item = list->items[--list->count];
    list->items[list->count] = NULL;
    return item;
}

void list_free(struct list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    free(list);
}
`),
  '    void *item = list->items[--list->count];',
  '    if (list->count == 0)\n        return NULL;\n    void *item = list->items[--list->count];',
);
export const CACHE = of(
  'src/main/kotlin/shop/Cache.kt',
  text(`
package shop

import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import java.time.Duration
import java.time.Instant

private const val MAX = 1000

class Cache<K : Any, V : Any>(private val ttl: Duration) {
    private val entries = LinkedHashMap<K, Entry<V>>()
    private val lock = Mutex()
    var hits = 0
        private set

    suspend fun get(key: K, load: suspend () -> V): V = lock.withLock {
        val entry = entries[key]!!
        if (entry.until.isAfter(Instant.now())) {
            hits++
            return entry.value
        }
        val value = load()
        if (entries.size >= MAX) {
            entries.remove(entries.keys.first())
        }
        entries[key] = Entry(value, Instant.now() + ttl)
        value
    }

    fun clear() {
        entries.clear()
        hits = 0
    }

    private data class Entry<V>(val value: V, val until: Instant)

    companion object {
        val SHORT: Duration = Duration.ofSeconds(30)
    }
}
`),
  '        val entry = entries[key]!!',
  '        val entry = entries[key] ?: Entry(load(), Instant.EPOCH)',
);
export const CLIENT = of(
  'Sources/Shop/Client.swift',
  text(`
import Foundation

public enum ClientError: Error {
    case status(Int)
    case empty
}

public final class Client {
    private let session: URLSession
    private let base: URL
    public var token: String?

    public init(base: URL, session: URLSession = .shared) {
        self.base = base
        self.session = session
    }

    public func cart(id: String) async throws -> Cart {
        var request = URLRequest(url: URL(string: "/carts/\\(id)", relativeTo: base)!)
        if let token {
            request.setValue("Bearer \\(token)", forHTTPHeaderField: "Authorization")
        }
        let (data, response) = try await session.data(for: request)
        guard let http = response as? HTTPURLResponse, http.statusCode == 200 else {
            throw ClientError.status((response as! HTTPURLResponse).statusCode)
        }
        guard !data.isEmpty else { throw ClientError.empty }
        return try JSONDecoder().decode(Cart.self, from: data)
    }

    deinit {
        session.invalidateAndCancel()
    }
}
`),
  '            throw ClientError.status((response as! HTTPURLResponse).statusCode)',
  '            throw ClientError.status((response as? HTTPURLResponse)?.statusCode ?? 0)',
);
export const BACKUP = of(
  'bin/backup.sh',
  text(`
#!/usr/bin/env bash
set -euo pipefail

DEST=\${DEST:-/var/backups}
KEEP=7

log() {
  printf '%s %s\\n' "$(date +%FT%T)" "$*" >&2
}

dump() {
  local name=$1
  pg_dump "$name" | gzip > "$DEST/$name-$(date +%F).sql.gz"
}

prune() {
  local old
  for old in $(ls -t $DEST/*.gz | tail -n +$KEEP); do
    rm -- "$old"
  done
}

trap 'log failed' ERR
umask 077
mkdir -p "$DEST"
for name in shop people; do
  dump "$name"
  log "dumped $name"
done
prune
if [ -n "\${PING_URL:-}" ]; then
  curl -fsS "$PING_URL" > /dev/null
fi
log done
`),
  '  for old in $(ls -t $DEST/*.gz | tail -n +$KEEP); do',
  '  for old in $(ls -t "$DEST"/*.gz 2>/dev/null | tail -n +"$KEEP"); do',
);
export const PROCEDURE = of(
  'db/close_month.sql',
  text(`
CREATE OR REPLACE FUNCTION close_month(month date) RETURNS numeric AS $$
DECLARE
  total numeric := 0;
  average numeric;
  line record;
BEGIN
  LOCK TABLE invoices IN SHARE MODE;
  FOR line IN SELECT amount, cancelled FROM invoices WHERE invoices.month = close_month.month LOOP
    IF line.cancelled THEN
      CONTINUE;
    END IF;
    total := total + line.amount;
  END LOOP;
  SELECT total / count(*) INTO average FROM invoices WHERE invoices.month = close_month.month;
  INSERT INTO months (month, total, average) VALUES (month, total, average);
  PERFORM pg_notify('months', month::text);
  RETURN average;
END;
$$ LANGUAGE plpgsql;

GRANT EXECUTE ON FUNCTION close_month(date) TO bookkeeping;
CREATE INDEX invoices_by_month ON invoices (month);
`),
  '  SELECT total / count(*) INTO average',
  '  SELECT total / nullif(count(*), 0) INTO average',
);
export const COMPOSE = of(
  'compose.yaml',
  text(`
services:
  web:
    image: shop:1.4
    ports:
      - "8080:80"
    environment:
      LOG_LEVEL: info
      DATABASE: postgres://db/shop
    depends_on:
      - db
      - cache
    healthcheck:
      test: ["CMD", "wget", "-q", "localhost"]
      interval: 10s
    restart: unless-stopped

  db:
    image: postgres:16
    volumes:
      - data:/var/lib/postgresql/data
    shm_size: 256m

  cache:
    image: redis:7
    command: redis-server --save ""

volumes:
  data:
`),
  '      - "8080:80"',
  '      - "8080:8080"',
);
export const FORM = of(
  'src/components/OrderForm.tsx',
  text(`
import { useEffect, useMemo, useState } from 'react';
import { save, type Order } from '../api';
import { Field } from './Field';

interface Props {
  readonly order: Order;
  readonly onSaved: (order: Order) => void;
  readonly readOnly?: boolean;
}

export function OrderForm({ order, onSaved, readOnly = false }: Props) {
  const [draft, setDraft] = useState(order);
  const [error, setError] = useState<string>();
  const total = useMemo(() => draft.lines.reduce((sum, line) => sum + line.price, 0), [draft]);

  useEffect(() => {
    setDraft(order);
    setError(undefined);
  }, [order]);

  async function submit() {
    const saved = await save(draft);
    if (saved.warnings.length > 0) {
      setError(saved.warnings[0].text);
      return;
    }
    onSaved(saved.order);
  }

  return (
    <form onSubmit={submit} aria-busy={readOnly}>
      {error && <p role="alert">{error}</p>}
      <Field label="Name" value={draft.name} onChange={(name) => setDraft({ ...draft, name })} />
      <Field label="Street" value={draft.street} onChange={(street) => setDraft({ ...draft, street })} />
      <output>{total}</output>
      <button type="submit" disabled={readOnly}>
        Save
      </button>
    </form>
  );
}
`),
  '    if (saved.warnings.length > 0) {',
  '    if (saved.warnings !== undefined && saved.warnings.length > 0) {',
);
export const TWIG = of(
  'templates/order/show.html.twig',
  text(`
{% extends 'base.html.twig' %}

{% block title %}Order {{ order.number }}{% endblock %}

{% block body %}
  <h1>{{ order.number }}</h1>
  {% if order.paid %}
    <p class="paid">paid at {{ order.paidAt|date('Y-m-d') }}</p>
  {% endif %}
  <ul>
    {% for line in order.lines %}
      <li>{{ line.product.name }}: {{ line.price|number_format(2) }}</li>
    {% else %}
      <li>nothing was ordered</li>
    {% endfor %}
  </ul>
  {{ include('order/_address.html.twig') }}
  <a href="{{ path('orders') }}">back</a>
{% endblock %}

{% block scripts %}
  {{ parent() }}
  <script src="{{ asset('order.js') }}"></script>
{% endblock %}
`),
  '<p class="paid">paid at {{ order.paidAt|date(\'Y-m-d\') }}</p>',
  '<p class="paid">paid{% if order.paidAt %} at {{ order.paidAt|date(\'Y-m-d\') }}{% endif %}</p>',
);
export const AWK = of(
  'bin/report.awk',
  text(`
BEGIN {
  FS = ";"
  OFS = "\\t"
}

/^#/ {
  next
}

NF < 3 {
  bad++
  next
}

{
  sum[$1] += $3
  seen[$1]++
  if ($3 > most) {
    most = $3
    who = $1
  }
}

function mean(name) {
  return sum[name] / seen[name]
}

END {
  for (name in sum) print name, mean(name)
  print "most", who, most
  if (bad) print bad " bad lines" > "/dev/stderr"
}
`),
  '  return sum[name] / seen[name]',
  '  return seen[name] ? sum[name] / seen[name] : 0',
);
export const CADDY = of(
  'Caddyfile',
  text(`
{
	email admin@example.com
	admin off
}

shop.example.com {
	encode zstd gzip
	root * /srv/shop
	@api path /api/*
	handle @api {
		reverse_proxy web:80
	}
	handle {
		try_files {path} /index.html
		file_server
	}
	header Strict-Transport-Security max-age=31536000
	log {
		output file /var/log/shop.log
	}
}

www.shop.example.com {
	redir https://shop.example.com{uri}
}
`),
  '		reverse_proxy web:80',
  '		reverse_proxy web:8080',
);
export const ROBOT = of(
  'tests/acceptance/checkout.robot',
  text(`
*** Settings ***
Library    SeleniumLibrary
Suite Setup    Open Browser    \${URL}    headlessfirefox
Suite Teardown    Close All Browsers

*** Variables ***
\${URL}    http://localhost:8080
\${TIMEOUT}    5s

*** Test Cases ***
Pay By Card
    Put Into Cart    book
    Click Button    id:pay
    Wait Until Page Contains    Thank you    \${TIMEOUT}

Empty Cart
    Go To    \${URL}/cart
    Page Should Contain    nothing here

*** Keywords ***
Put Into Cart
    [Arguments]    \${name}
    Go To    \${URL}/products/\${name}
    Click Button    id:add
`),
  '    Click Button    id:add',
  '    Wait Until Element Is Enabled    id:add\n    Click Button    id:add',
);
export const UNIT = of(
  'deploy/shop.service',
  text(`
[Unit]
Description=Shop
After=network-online.target postgresql.service
Wants=network-online.target

[Service]
User=shop
WorkingDirectory=/srv/shop
ExecStart=/usr/bin/node dist/server.js
Restart=on-failure
RestartSec=5
LimitNOFILE=65536
ProtectSystem=strict
NoNewPrivileges=true

[Install]
WantedBy=multi-user.target
`),
  'ExecStart=/usr/bin/node dist/server.js',
  'ExecStart=/usr/bin/node --enable-source-maps dist/server.js',
);
export const PLAYBOOK = of(
  'deploy/site.yml',
  text(`
- hosts: web
  become: true
  vars:
    port: 8080
  tasks:
    - name: install packages
      apt:
        name: [nginx, nodejs]
        state: present

    - name: copy the site
      template:
        src: site.conf.j2
        dest: /etc/nginx/sites-enabled/site.conf
        mode: "0644"
      notify: reload

    - name: open the port
      ufw:
        rule: allow
        port: "{{ port }}"

  handlers:
    - name: reload
      service:
        name: nginx
        state: reloaded
`),
  '        name: [nginx, nodejs]',
  '        name: [nginx, nodejs, npm]',
);
