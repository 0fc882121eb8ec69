// Files in fifteen further languages that answers are tried on, each with its fix.
import { type Base, base } from './bases.ts';

const of = (path: string, text: string, old: string, now: string): Base => base(path, text.split('\n'), old, now);

export const SWIFT = of(
  'Sources/Cart.swift',
  `import Foundation

struct Cart {
    var items: [String: Int]

    func price(of name: String) -> Int {
        return items[name]!
    }

    func total() -> Int {
        var sum = 0
        for (_, price) in items {
            sum += price
        }
        return sum
    }

    func label() -> String {
        let names = items.keys.sorted()
        return names.joined(separator: ", ")
    }
}
`,
  'items[name]!',
  'items[name] ?? 0',
);

export const DART = of(
  'lib/cart.dart',
  `class Cart {
  final Map<String, int> items;
  Cart(this.items);

  int priceOf(String name) {
    return items[name]!;
  }

  int total() {
    var sum = 0;
    items.forEach((name, price) => sum += price);
    return sum;
  }

  String label() => items.keys.join(', ');
}
`,
  'items[name]!',
  'items[name] ?? 0',
);

export const EX = of(
  'lib/shop/cart.ex',
  `defmodule Shop.Cart do
  @moduledoc "A cart."

  def price(items, name) do
    Map.fetch!(items, name)
  end

  def total(items) do
    items
    |> Map.values()
    |> Enum.sum()
  end

  defp label(items) do
    items |> Map.keys() |> Enum.join(", ")
  end

  def show(items), do: IO.puts(label(items))
end
`,
  'Map.fetch!(items, name)',
  'Map.get(items, name, 0)',
);

export const LUA = of(
  'src/cart.lua',
  `local M = {}

function M.price(items, name)
  return items[name].price
end

function M.total(items)
  local sum = 0
  for _, item in pairs(items) do
    sum = sum + item.price
  end
  return sum
end

local function trim(text)
  return (text:gsub("^%s+", ""))
end

function M.label(name)
  return trim(name):upper()
end

return M
`,
  'items[name].price',
  'items[name] and items[name].price or 0',
);

export const SCALA = of(
  'src/main/scala/Cart.scala',
  `package shop

final case class Item(name: String, price: Int)

class Cart(items: List[Item]) {
  def first: String = items.head.name

  def total: Int = {
    val prices = items.map(_.price)
    prices.sum
  }

  def label(separator: String): String = {
    val names = items.map(_.name)
    names.mkString(separator)
  }
}
`,
  'items.head.name',
  'items.headOption.fold("")(_.name)',
);

export const HS = of(
  'src/Cart.hs',
  `module Cart (first, total, label) where

import Data.List (intercalate)

first :: [String] -> String
first names = head names

total :: [Int] -> Int
total prices =
  let known = filter (> 0) prices
   in sum known

label :: [String] -> String
label names = intercalate ", " (filter (not . null) names)
`,
  'first names = head names',
  'first names = case names of { [] -> ""; (name : _) -> name }',
);

export const PERL = of(
  'lib/Stats.pm',
  `package Stats;
use strict;
use warnings;

sub mean {
    my @values = @_;
    return sum(@values) / @values;
}

sub sum {
    my $total = 0;
    $total += $_ for @_;
    return $total;
}

sub label {
    my ($name) = @_;
    $name =~ s/^\\s+//;
    return "mean of $name";
}

1;
`,
  'return sum(@values) / @values;',
  'return @values ? sum(@values) / @values : 0;',
);

export const CLJ = of(
  'src/shop/cart.clj',
  `(ns shop.cart
  (:require [clojure.string :as str]))

(defn price [items name]
  (:price (get items name)))

(defn total [items]
  (reduce + (map price-of (vals items))))

(defn label [items]
  (->> (keys items)
       (map str/trim)
       (str/join ", ")))
`,
  '(:price (get items name))',
  '(:price (get items name {:price 0}))',
);

export const R = of(
  'R/stats.R',
  `mean_of <- function(values) {
  sum(values) / length(values)
}

spread <- function(values) {
  centre <- mean_of(values)
  sqrt(sum((values - centre)^2))
}

label <- function(name) {
  trimmed <- trimws(name)
  paste("mean of", trimmed)
}
`,
  'sum(values) / length(values)',
  'if (length(values) == 0) 0 else sum(values) / length(values)',
);

export const JL = of(
  'src/Stats.jl',
  `module Stats

function mean_of(values)
    return sum(values) / length(values)
end

function spread(values)
    centre = mean_of(values)
    return sqrt(sum((values .- centre) .^ 2))
end

label(name) = "mean of " * strip(name)

end
`,
  'return sum(values) / length(values)',
  'return isempty(values) ? 0.0 : sum(values) / length(values)',
);

export const VUE = of(
  'web/src/Cart.vue',
  `<template>
  <main>
    <h1>{{ title }}</h1>
    <ul><li v-for="item in cart.items" :key="item.id">{{ item.name }}</li></ul>
    <p v-if="empty">Nothing &amp; nobody</p>
  </main>
</template>

<script setup>
import { computed } from 'vue';

const props = defineProps({ cart: Object });
const title = computed(() => props.cart.title.toUpperCase());
const empty = computed(() => props.cart.items.length === 0);
</script>

<style scoped>
h1 {
  color: navy;
}
</style>
`,
  'props.cart.title.toUpperCase()',
  "(props.cart.title ?? '').toUpperCase()",
);

export const TF = of(
  'infra/main.tf',
  `resource "aws_s3_bucket" "logs" {
  bucket = "shop-logs"
}

resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  visibility_timeout_seconds = 5
  message_retention_seconds  = 86400
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

output "queue" {
  value = aws_sqs_queue.orders.url
}
`,
  'visibility_timeout_seconds = 5',
  'visibility_timeout_seconds = 60',
);

export const DOCKER = of(
  'Dockerfile',
  `FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm install
COPY . .
RUN npm run build

FROM node:22-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/dist ./dist
USER node
EXPOSE 8080
CMD ["node", "dist/server.js"]
`,
  'RUN npm install',
  'RUN npm ci',
);

export const PROTO = of(
  'api/cart.proto',
  `syntax = "proto3";

package shop;

message Item {
  string name = 1;
  int32 price = 2;
}

message Cart {
  repeated Item items = 1;
}

enum State {
  STATE_UNKNOWN = 0;
  STATE_OPEN = 1;
}

service Carts {
  rpc Get (Item) returns (Cart);
  rpc List (Item) returns (stream Cart);
}
`,
  'int32 price = 2;',
  'int64 price = 2;',
);

export const JSON_FILE = of(
  'config/limits.json',
  `{
  "server": {
    "port": 80,
    "host": "0.0.0.0"
  },
  "limits": {
    "requests": 0,
    "burst": 20
  },
  "cache": {
    "size": 100,
    "ttl": 60
  },
  "features": ["search", "cart"]
}
`,
  '"requests": 0',
  '"requests": 100',
);

export const FURTHER: readonly Base[] = [SWIFT, DART, EX, LUA, SCALA, HS, PERL, CLJ, R, JL, VUE, TF, DOCKER, PROTO, JSON_FILE];
