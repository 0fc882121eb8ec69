// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of other languages
// Files in languages and of kinds that no set before had, each with its fix.
import { of } from './makers.ts';

export const TCL = of(
  'lib/cart.tcl',
  'package provide cart 1.0\n\nproc first {names} {\n    return [lindex $names 0]\n}\n\nproc total {prices} {\n    set sum 0\n    foreach price $prices {\n        incr sum $price\n    }\n    return $sum\n}\n\nproc label {names} {\n    return [join $names ", "]\n}\n',
  'return [lindex $names 0]',
  'if {[llength $names] == 0} { return "" }\n    return [lindex $names 0]',
);
export const COBOL = of(
  'src/PAYROLL.cbl',
  '       IDENTIFICATION DIVISION.\n       PROGRAM-ID. PAYROLL.\n       DATA DIVISION.\n       WORKING-STORAGE SECTION.\n       01 WS-HOURS PIC 9(3).\n       01 WS-RATE PIC 9(3)V99.\n       01 WS-PAY PIC 9(6)V99.\n       PROCEDURE DIVISION.\n       MAIN-PARA.\n           PERFORM READ-PARA\n           PERFORM CALC-PARA\n           STOP RUN.\n       READ-PARA.\n           ACCEPT WS-HOURS\n           ACCEPT WS-RATE.\n       CALC-PARA.\n           DIVIDE WS-PAY BY WS-HOURS GIVING WS-RATE\n           DISPLAY "RATE: " WS-RATE.\n',
  '           DIVIDE WS-PAY BY WS-HOURS GIVING WS-RATE',
  '           IF WS-HOURS > 0\n               DIVIDE WS-PAY BY WS-HOURS GIVING WS-RATE\n           END-IF',
);
export const NIX = of(
  'nix/default.nix',
  '{ pkgs ? import <nixpkgs> { } }:\n\nlet\n  python = pkgs.python311;\n  deps = with python.pkgs; [ requests click ];\nin\npkgs.stdenv.mkDerivation {\n  pname = "cart";\n  version = "1.2.0";\n  src = ./.;\n\n  buildInputs = [ python ] ++ deps;\n\n  installPhase = \'\'\n    mkdir -p $out/bin\n    cp cart.py $out/bin/cart\n  \'\';\n\n  meta = {\n    description = "A cart";\n    license = pkgs.lib.licenses.mit;\n  };\n}\n',
  '    cp cart.py $out/bin/cart',
  '    install -m755 cart.py $out/bin/cart',
);
export const CRYSTAL = of(
  'src/cart.cr',
  'require "json"\n\nclass Cart\n  getter items : Array(Item)\n\n  def initialize(@items)\n  end\n\n  def first : String\n    items.first.name\n  end\n\n  def total : Int32\n    items.sum(&.price)\n  end\n\n  def to_label : String\n    items.map(&.name).join(", ")\n  end\nend\n',
  '    items.first.name',
  '    items.first?.try(&.name) || ""',
);
export const DLANG = of(
  'source/cart.d',
  'module cart;\n\nimport std.algorithm : map, sum;\nimport std.array : join;\n\nstruct Item { string name; int price; }\n\nstring first(Item[] items)\n{\n    return items[0].name;\n}\n\nint total(Item[] items)\n{\n    return items.map!(i => i.price).sum;\n}\n\nstring label(Item[] items)\n{\n    return items.map!(i => i.name).join(", ");\n}\n\nunittest\n{\n    assert(total([Item("a", 2), Item("b", 3)]) == 5);\n}\n',
  '    return items[0].name;',
  '    return items.length ? items[0].name : "";',
);
export const VERILOG = of(
  'rtl/counter.v',
  'module counter(\n  input wire clk,\n  input wire rst,\n  output reg [7:0] q\n);\n\nalways @(posedge clk) begin\n  q <= q + 1;\nend\n\nwire full = (q == 8\'hff);\n\nalways @(posedge clk) begin\n  if (full) $display("wrapped");\nend\n\nendmodule\n\nmodule blink(input wire clk, output wire led);\n  wire [7:0] q;\n  counter c(.clk(clk), .rst(1\'b0), .q(q));\n  assign led = q[7];\nendmodule\n',
  '  q <= q + 1;',
  '  if (rst) q <= 0; else q <= q + 1;',
);
export const VHDL = of(
  'rtl/adder.vhd',
  'library ieee;\nuse ieee.std_logic_1164.all;\nuse ieee.numeric_std.all;\n\nentity adder is\n  port (a, b : in unsigned(7 downto 0); s : out unsigned(8 downto 0));\nend entity;\n\narchitecture rtl of adder is\nbegin\n  s <= resize(a + b, 9);\nend architecture;\n\nentity doubler is\n  port (a : in unsigned(7 downto 0); s : out unsigned(8 downto 0));\nend entity;\n\narchitecture rtl of doubler is\nbegin\n  s <= resize(a, 9) + resize(a, 9);\nend architecture;\n',
  '  s <= resize(a + b, 9);',
  '  s <= resize(a, 9) + resize(b, 9);',
);
export const ASM = of(
  'boot/print.s',
  '.intel_syntax noprefix\n.global print_str\n.global strlen\n\n.section .text\nstrlen:\n    xor rax, rax\n.next:\n    cmp byte ptr [rdi + rax], 0\n    je .done\n    inc rax\n    jmp .next\n.done:\n    ret\n\nprint_str:\n    push rdi\n    call strlen\n    mov rdx, rax\n    pop rsi\n    mov edi, 2\n    mov eax, 1\n    syscall\n    ret\n\nexit:\n    mov eax, 60\n    xor edi, edi\n    syscall\n',
  '    mov edi, 2',
  '    mov edi, 1',
);
export const LATEX = of(
  'doc/paper.tex',
  '\\documentclass{article}\n\\usepackage{graphicx}\n\\newcommand{\\cart}{\\textsc{Cart}}\n\n\\begin{document}\n\n\\section{Introduction}\nThe \\cart{} sums what it holds.\nSee Figure~\\ref{fig:sum}.\n\n\\section{Method}\nEach price is looked up once.\nAn unknown name is an error.\n\n\\begin{figure}\n  \\includegraphics{sum.pdf}\n  \\label{fig:total}\n\\end{figure}\n\n\\section{Results}\nTen carts were summed.\nNone was wrong.\n\n\\end{document}\n',
  '  \\label{fig:total}',
  '  \\label{fig:sum}',
);
export const POD = of(
  'Podfile',
  "platform :ios, '15.0'\nuse_frameworks!\n\ntarget 'Shop' do\n  pod 'Alamofire', '~> 5.6'\n  pod 'Kingfisher'\n\n  target 'ShopTests' do\n    inherit! :search_paths\n    pod 'Quick'\n  end\nend\n\npost_install do |installer|\n  installer.pods_project.targets.each do |target|\n    target.build_configurations.each do |config|\n      config.build_settings['ENABLE_BITCODE'] = 'NO'\n    end\n  end\nend\n",
  "  pod 'Alamofire', '~> 5.6'",
  "  pod 'Alamofire', '~> 5.9'",
);
export const JENKINS = of(
  'Jenkinsfile',
  "pipeline {\n  agent any\n\n  environment {\n    REGISTRY = 'registry.example.com'\n  }\n\n  stages {\n    stage('Build') {\n      steps {\n        sh 'npm install'\n        sh 'npm run build'\n      }\n    }\n    stage('Test') {\n      steps {\n        sh 'npm test'\n      }\n    }\n    stage('Publish') {\n      when { branch 'main' }\n      steps {\n        sh 'docker push $REGISTRY/shop'\n      }\n    }\n  }\n\n  post {\n    always {\n      junit 'reports/*.xml'\n    }\n  }\n}\n",
  "        sh 'npm install'",
  "        sh 'npm ci'",
);
export const BAZEL = of(
  'pkg/cart/BUILD.bazel',
  'load("@rules_go//go:def.bzl", "go_library", "go_test")\n\ngo_library(\n    name = "cart",\n    srcs = ["cart.go"],\n    importpath = "example.com/shop/cart",\n    visibility = ["//visibility:private"],\n)\n\ngo_test(\n    name = "cart_test",\n    srcs = ["cart_test.go"],\n    embed = [":cart"],\n)\n\nfilegroup(\n    name = "testdata",\n    srcs = glob(["testdata/**"]),\n)\n',
  '    visibility = ["//visibility:private"],',
  '    visibility = ["//visibility:public"],',
);
export const SYSTEMD = of(
  'deploy/shop.service',
  '[Unit]\nDescription=Shop\nAfter=network.target\n\n[Service]\nExecStart=/usr/bin/node /srv/shop/index.js\nRestart=no\nUser=shop\nEnvironment=NODE_ENV=production\n\n[Install]\nWantedBy=multi-user.target\n',
  'Restart=no',
  'Restart=on-failure',
);
export const K8S = of(
  'deploy/shop.yaml',
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: shop\n          image: shop:1.4\n          resources:\n            limits:\n              memory: 64Mi\n          readinessProbe:\n            httpGet:\n              path: /ready\n              port: 8080\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  ports:\n    - port: 80\n      targetPort: 8080\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  LEVEL: info\n',
  '              memory: 64Mi',
  '              memory: 256Mi',
);
export const ACTIONS = of(
  '.github/workflows/ci.yml',
  'name: ci\non:\n  push:\n    branches: [main]\n\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - uses: actions/setup-node@v4\n        with:\n          node-version: 16\n      - run: npm ci\n      - run: npm test\n\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm ci\n      - run: npm run lint\n',
  '          node-version: 16',
  '          node-version: 22',
);
export const TWIG = of(
  'templates/cart.html.twig',
  "{% extends 'base.html.twig' %}\n\n{% block title %}Cart{% endblock %}\n\n{% block body %}\n  <h1>{{ cart.owner.name }}</h1>\n  {% for item in cart.items %}\n    <p>{{ item.name }}: {{ item.price|number_format(2) }}</p>\n  {% else %}\n    <p>nothing</p>\n  {% endfor %}\n{% endblock %}\n\n{% block footer %}\n  <a href=\"{{ path('help') }}\">Help</a>\n{% endblock %}\n",
  '  <h1>{{ cart.owner.name }}</h1>',
  "  <h1>{{ cart.owner.name|default('') }}</h1>",
);
export const ERB = of(
  'app/views/carts/show.html.erb',
  '<h1><%= @cart.owner.name %></h1>\n\n<% if @cart.items.any? %>\n  <ul>\n    <% @cart.items.each do |item| %>\n      <li><%= item.name %> <%= number_to_currency(item.price) %></li>\n    <% end %>\n  </ul>\n<% else %>\n  <p>Nothing here.</p>\n<% end %>\n\n<%= link_to "Pay", pay_cart_path(@cart), class: "button" %>\n<%= render "shared/footer" %>\n',
  '<h1><%= @cart.owner.name %></h1>',
  '<h1><%= @cart.owner&.name %></h1>',
);
export const PUG = of(
  'views/cart.pug',
  'extends layout\n\nblock content\n  h1= cart.owner.name\n  ul\n    each item in cart.items\n      li= item.name\n    else\n      li nothing\n\nblock scripts\n  script(src="/cart.js")\n  script(src="/pay.js")\n\nmixin price(value)\n  span.price= value.toFixed(2)\n',
  '  h1= cart.owner.name',
  '  h1= cart.owner ? cart.owner.name : ""',
);
export const BLADE = of(
  'resources/views/cart.blade.php',
  "@extends('layouts.app')\n\n@section('content')\n    <h1>{{ $cart->owner->name }}</h1>\n    @foreach ($cart->items as $item)\n        <p>{{ $item->name }}</p>\n    @endforeach\n@endsection\n\n@section('scripts')\n    <script src=\"/js/cart.js\"></script>\n@endsection\n",
  '    <h1>{{ $cart->owner->name }}</h1>',
  "    <h1>{{ $cart->owner->name ?? '' }}</h1>",
);
export const RAZOR = of(
  'Pages/Cart.cshtml',
  '@page\n@model CartModel\n\n<h1>@Model.Owner.Name</h1>\n\n@foreach (var item in Model.Items)\n{\n    <p>@item.Name</p>\n}\n\n@functions {\n    string Price(decimal value) => value.ToString("C");\n}\n\n@section Scripts {\n    <script src="~/js/cart.js"></script>\n}\n',
  '<h1>@Model.Owner.Name</h1>',
  '<h1>@Model.Owner?.Name</h1>',
);
export const TSQL = of(
  'db/procedures.sql',
  "CREATE PROCEDURE dbo.Mean @cart INT AS\nBEGIN\n    SELECT SUM(price) / COUNT(price) FROM items WHERE cart = @cart;\nEND\nGO\n\nCREATE PROCEDURE dbo.Clear @cart INT AS\nBEGIN\n    DELETE FROM items WHERE cart = @cart;\n    INSERT INTO log (what) VALUES ('cleared');\nEND\nGO\n\nGRANT EXECUTE ON dbo.Mean TO shop;\nGRANT EXECUTE ON dbo.Clear TO shop;\nGO\n",
  '    SELECT SUM(price) / COUNT(price) FROM items',
  '    SELECT SUM(price) / NULLIF(COUNT(price), 0) FROM items',
);
export const AWK = of(
  'bin/mean.awk',
  '#!/usr/bin/awk -f\nfunction label(name) {\n    return name == "" ? "?" : name\n}\n\nBEGIN { FS = "," }\n\nNR > 1 {\n    sum += $2\n    count++\n    names[label($1)]++\n}\n\nEND {\n    print "mean", sum / count\n    for (name in names) print name, names[name]\n}\n',
  '    print "mean", sum / count',
  '    print "mean", count ? sum / count : 0',
);
export const GROOVY = of(
  'src/main/groovy/shop/Cart.groovy',
  'package shop\n\nimport groovy.json.JsonSlurper\n\nclass Cart {\n    List<Map> items\n\n    String first() {\n        items[0].name\n    }\n\n    BigDecimal total() {\n        items.sum { it.price }\n    }\n\n    static Cart parse(String text) {\n        new Cart(items: new JsonSlurper().parseText(text))\n    }\n}\n',
  '        items[0].name',
  "        items ? items[0].name : ''",
);
export const PASCAL = of(
  'src/cart.pas',
  'unit Cart;\n\ninterface\n\ntype\n  TNames = array of string;\n\nfunction First(const Names: TNames): string;\nfunction Total(const Prices: array of Integer): Integer;\n\nimplementation\n\nfunction First(const Names: TNames): string;\nbegin\n  Result := Names[0];\nend;\n\nfunction Total(const Prices: array of Integer): Integer;\nvar\n  Price: Integer;\nbegin\n  Result := 0;\n  for Price in Prices do\n    Result := Result + Price;\nend;\n\nend.\n',
  '  Result := Names[0];',
  "  if Length(Names) = 0 then Result := '' else Result := Names[0];",
);
export const ADA = of(
  'src/stats.adb',
  "with Ada.Text_IO; use Ada.Text_IO;\n\npackage body Stats is\n\n   function Mean (Values : Vector) return Float is\n      Sum : Float := 0.0;\n   begin\n      for V of Values loop\n         Sum := Sum + V;\n      end loop;\n      return Sum / Float (Values'Length);\n   end Mean;\n\n   procedure Show (Values : Vector) is\n   begin\n      Put_Line (Float'Image (Mean (Values)));\n   end Show;\n\nend Stats;\n",
  "      return Sum / Float (Values'Length);",
  "      if Values'Length = 0 then\n         return 0.0;\n      end if;\n      return Sum / Float (Values'Length);",
);
export const PROLOG = of(
  'src/cart.pro',
  ":- module(cart, [total/2, label/2]).\n\ntotal([Price | Prices], Sum) :-\n    total(Prices, Rest),\n    Sum is Price + Rest.\n\nlabel(Names, Text) :-\n    atomic_list_concat(Names, ', ', Text).\n\nfree(Cart) :-\n    total(Cart, Sum),\n    Sum > 100.\n",
  'total([Price | Prices], Sum) :-',
  'total([], 0).\ntotal([Price | Prices], Sum) :-',
);
export const COFFEE = of(
  'src/cart.coffee',
  "round = require './round'\n\nclass Cart\n  constructor: (@items) ->\n\n  first: ->\n    @items[0].name\n\n  total: ->\n    sum = 0\n    sum += item.price for item in @items\n    round sum\n\n  label: ->\n    (item.name for item in @items).join ', '\n\nmodule.exports = Cart\n",
  '    @items[0].name',
  '    @items[0]?.name',
);
export const MATLAB = of(
  'matlab/stats.m',
  'function m = stats(values)\n% STATS  the mean of values\n  m = sum(values) / numel(values);\n  m = rounded(m);\nend\n\nfunction r = rounded(x)\n  r = round(x * 100) / 100;\nend\n\nfunction s = spread(values)\n  centre = stats(values);\n  s = sqrt(sum((values - centre).^2));\nend\n',
  '  m = sum(values) / numel(values);',
  '  m = sum(values) / max(numel(values), 1);',
);
export const NOTEBOOK = of(
  'notebooks/mean.ipynb',
  '{\n "cells": [\n  {\n   "cell_type": "markdown",\n   "metadata": {},\n   "source": [\n    "# Means\\n",\n    "of all carts"\n   ]\n  },\n  {\n   "cell_type": "code",\n   "execution_count": null,\n   "metadata": {},\n   "outputs": [],\n   "source": [\n    "def mean(values):\\n",\n    "    return sum(values) / len(values)"\n   ]\n  },\n  {\n   "cell_type": "code",\n   "execution_count": null,\n   "metadata": {},\n   "outputs": [],\n   "source": [\n    "print(mean(load()))"\n   ]\n  }\n ],\n "metadata": {},\n "nbformat": 4,\n "nbformat_minor": 5\n}\n',
  'return sum(values) / len(values)"',
  'return sum(values) / len(values) if values else 0"',
);
export const TSX = of(
  'web/Cart.tsx',
  "import { useEffect, useState } from 'react';\nimport { load, type Cart } from './api';\nimport styles from './cart.module.css';\n\ninterface Props {\n  readonly id: string;\n}\n\nexport function CartView({ id }: Props) {\n  const [cart, setCart] = useState<Cart>();\n\n  useEffect(() => {\n    void load(id).then(setCart);\n  }, [id]);\n\n  const onPay = () => {\n    void fetch(`/pay/${id}`, { method: 'POST' });\n  };\n\n  return (\n    <section className={styles.cart}>\n      <h1>{cart.owner.name}</h1>\n      {cart?.items.map((item) => (\n        <Row key={item.id} item={item} />\n      ))}\n      <button onClick={onPay}>Pay</button>\n    </section>\n  );\n}\n\nconst Row = ({ item }: { item: Cart['items'][number] }) => <p>{item.name}</p>;\n",
  '<h1>{cart.owner.name}</h1>',
  '<h1>{cart?.owner.name}</h1>',
);
export const ENV = of(
  'config/.env.example',
  '# database\nDB_HOST=localhost\nDB_PORT=3306\nDB_NAME=shop\n\n# mail\nMAIL_FROM=shop@example.com\nMAIL_HOST=mail.example.com\n\n# cache\nCACHE_TTL=0\nCACHE_HOST=localhost\n',
  'DB_PORT=3306',
  'DB_PORT=5432',
);
export const PO = of(
  'locale/de.po',
  'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Cart of %s"\nmsgstr "Korb"\n\nmsgid "Total"\nmsgstr "Summe"\n\nmsgid "Pay"\nmsgstr "Zahlen"\n',
  'msgstr "Korb"',
  'msgstr "Korb von %s"',
);
export const CADDY = of(
  'Caddyfile',
  'shop.example.com {\n\treverse_proxy /api/* localhost:8081\n\troot * /srv/shop\n\tfile_server\n}\n\nstatus.example.com {\n\trespond "ok" 200\n}\n',
  '\treverse_proxy /api/* localhost:8081',
  '\treverse_proxy /api/* localhost:8080',
);
