// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of other languages
// Further files of kinds that no set before had, and longer ones in languages that are known well, each with its fix.
import { of } from './makers.ts';

export const HAXE = of(
  'src/Cart.hx',
  'package shop;\n\nimport haxe.ds.StringMap;\n\nclass Cart {\n  var items:StringMap<Int>;\n\n  public function new() {\n    items = new StringMap();\n  }\n\n  public function price(name:String):Int {\n    return items.get(name);\n  }\n\n  public function total():Int {\n    var sum = 0;\n    for (value in items) sum += value;\n    return sum;\n  }\n}\n',
  '    return items.get(name);',
  '    return items.exists(name) ? items.get(name) : 0;',
);
export const RAKU = of(
  'lib/Cart.rakumod',
  'unit module Cart;\n\nsub first(@names) is export {\n    @names[0].uc\n}\n\nsub total(@prices) is export {\n    [+] @prices\n}\n\nmulti label(Str $name) is export { "cart of $name" }\nmulti label(@names) is export { @names.join(", ") }\n',
  '    @names[0].uc',
  '    @names ?? @names[0].uc !! ""',
);
export const GLEAM = of(
  'src/cart.gleam',
  'import gleam/list\nimport gleam/result\nimport gleam/string\n\npub type Item {\n  Item(name: String, price: Int)\n}\n\npub fn first(items: List(Item)) -> String {\n  let assert [item, ..] = items\n  item.name\n}\n\npub fn total(items: List(Item)) -> Int {\n  list.fold(items, 0, fn(sum, item) { sum + item.price })\n}\n\npub fn label(items: List(Item)) -> String {\n  items\n  |> list.map(fn(item) { item.name })\n  |> string.join(", ")\n}\n',
  '  let assert [item, ..] = items',
  '  let item = items |> list.first |> result.unwrap(Item("", 0))',
);
export const RES = of(
  'src/Cart.res',
  'type item = {name: string, price: int}\n\nlet first = items => items->Array.getUnsafe(0)->name\n\nlet total = items => {\n  items->Array.reduce(0, (sum, item) => sum + item.price)\n}\n\nlet label = items => {\n  items->Array.map(item => item.name)->Array.join(", ")\n}\n\n@react.component\nlet make = (~items) => <p> {React.string(label(items))} </p>\n',
  'items->Array.getUnsafe(0)->name',
  'items->Array.get(0)->Option.mapOr("", item => item.name)',
);
export const QML = of(
  'ui/Cart.qml',
  'import QtQuick 2.15\nimport QtQuick.Controls 2.15\n\nItem {\n    id: root\n    property var cart\n    signal paid(string id)\n\n    function total() {\n        return cart.items.reduce((sum, item) => sum + item.price, 0)\n    }\n\n    Label {\n        id: owner\n        text: cart.owner.name\n    }\n\n    ListView {\n        anchors.top: owner.bottom\n        model: cart.items\n        delegate: Text { text: modelData.name }\n    }\n\n    Button {\n        text: qsTr("Pay")\n        onClicked: root.paid(cart.id)\n    }\n}\n',
  '        text: cart.owner.name',
  '        text: cart.owner ? cart.owner.name : ""',
);
export const GLSL = of(
  'shaders/light.frag',
  '#version 330 core\nin vec3 normal;\nin vec3 position;\nout vec4 colour;\nuniform vec3 light;\n\nfloat falloff(float distance) {\n    return 1.0 / (distance * distance);\n}\n\nvec3 shade(vec3 base) {\n    float lambert = max(dot(normalize(normal), normalize(light - position)), 0.0);\n    return base * lambert;\n}\n\nvoid main() {\n    colour = vec4(shade(vec3(1.0)) * falloff(length(light - position)), 1.0);\n}\n',
  '    return 1.0 / (distance * distance);',
  '    return 1.0 / max(distance * distance, 1e-4);',
);
export const PUPPET = of(
  'manifests/init.pp',
  "class shop (\n  String $version = 'latest',\n  Integer $port = 80,\n) {\n  package { 'shop':\n    ensure => $version,\n  }\n\n  file { '/etc/shop.conf':\n    ensure  => file,\n    content => epp('shop/shop.conf.epp', { 'port' => $port }),\n    notify  => Service['shop'],\n  }\n\n  service { 'shop':\n    ensure => running,\n    enable => true,\n  }\n}\n\nclass shop::monitoring {\n  include shop\n}\n",
  '  Integer $port = 80,',
  '  Integer $port = 8080,',
);
export const HBS = of(
  'views/cart.hbs',
  '{{#extend "layout"}}\n  <h1>{{cart.owner.name}}</h1>\n\n  {{#each cart.items}}\n    <p>{{name}}: {{price}}</p>\n  {{else}}\n    <p>nothing</p>\n  {{/each}}\n\n  {{#if user.admin}}\n    <a href="/admin/{{cart.id}}">edit</a>\n  {{/if}}\n\n  {{> footer}}\n{{/extend}}\n',
  '  <h1>{{cart.owner.name}}</h1>',
  '  <h1>{{#with cart.owner}}{{name}}{{/with}}</h1>',
);
export const JSP = of(
  'src/main/webapp/cart.jsp',
  '<%@ page contentType="text/html;charset=UTF-8" %>\n<%@ taglib prefix="c" uri="http://java.sun.com/jsp/jstl/core" %>\n<%@ taglib prefix="fmt" uri="http://java.sun.com/jsp/jstl/fmt" %>\n<h1>${cart.owner.name.toUpperCase()}</h1>\n<c:forEach items="${cart.items}" var="item">\n  <p>${item.name} <fmt:formatNumber value="${item.price}" /></p>\n</c:forEach>\n\n<c:if test="${not empty message}">\n  <div>${message}</div>\n</c:if>\n<%@ include file="footer.jspf" %>\n',
  '<h1>${cart.owner.name.toUpperCase()}</h1>',
  '<h1><c:out value="${cart.owner.name}" default="" /></h1>',
);
export const XSLT = of(
  'xsl/cart.xsl',
  '<?xml version="1.0"?>\n<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">\n  <xsl:template match="/cart">\n    <total><xsl:value-of select="sum(item/@price) div count(item)"/></total>\n    <xsl:apply-templates select="item"/>\n  </xsl:template>\n\n  <xsl:template match="item">\n    <name><xsl:value-of select="@name"/></name>\n  </xsl:template>\n\n  <xsl:template name="footer">\n    <p>end</p>\n  </xsl:template>\n</xsl:stylesheet>\n',
  'sum(item/@price) div count(item)',
  'sum(item/@price) div (count(item) + number(not(item)))',
);
export const MESON = of(
  'meson.build',
  "project('shop', 'c', version: '1.2.0')\n\nzlib = dependency('zlib')\nconf = configuration_data()\nconf.set('PORT', 80)\n\nconfigure_file(output: 'config.h', configuration: conf)\n\nshop = executable('shop', 'main.c', 'cart.c', dependencies: [zlib], install: true)\n\ntest('cart', executable('test_cart', 'test_cart.c'))\n\ninstall_data('shop.1', install_dir: get_option('mandir') / 'man1')\n",
  "conf.set('PORT', 80)",
  "conf.set('PORT', 8080)",
);
export const COMPOSE = of(
  'docker-compose.yml',
  'services:\n  web:\n    build: .\n    ports:\n      - "80:80"\n    depends_on:\n      - db\n      - cache\n    environment:\n      DATABASE: postgres://db/shop\n\n  db:\n    image: postgres:16\n    volumes:\n      - data:/var/lib/postgresql/data\n\n  cache:\n    image: redis:7\n    command: redis-server --save ""\n\nvolumes:\n  data:\n',
  '      - "80:80"',
  '      - "80:8080"',
);
export const HELM = of(
  'chart/templates/deployment.yaml',
  'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ include "shop.fullname" . }}\n  labels:\n    {{- include "shop.labels" . | nindent 4 }}\nspec:\n  replicas: {{ .Values.replicas }}\n  template:\n    spec:\n      {{- with .Values.imagePullSecrets }}\n      imagePullSecrets:\n        {{- toYaml . | nindent 8 }}\n      {{- end }}\n      containers:\n        - name: shop\n          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"\n          {{- if .Values.probe.enabled }}\n          livenessProbe:\n            httpGet:\n              path: {{ .Values.probe.path }}\n              port: http\n          {{- end }}\n',
  '{{ .Values.image.tag }}',
  '{{ .Values.image.tag | default .Chart.AppVersion }}',
);
export const GITLAB = of(
  '.gitlab-ci.yml',
  'stages: [build, test, deploy]\n\ndefault:\n  image: node:16\n\nbuild:\n  stage: build\n  script:\n    - npm ci\n    - npm run build\n  artifacts:\n    paths: [dist]\n\nunit:\n  stage: test\n  script:\n    - npm test\n\ndeploy:\n  stage: deploy\n  script:\n    - ./deploy.sh\n  rules:\n    - if: $CI_COMMIT_BRANCH == "main"\n',
  '  image: node:16',
  '  image: node:22',
);
export const CRON = of(
  'deploy/crontab',
  'MAILTO=ops@example.com\nPATH=/usr/local/bin:/usr/bin:/bin\n\n# reports\n0 6 * * * shop report --day yesterday\n*/5 * * * shop queue --drain\n\n# cleaning\n30 2 * * 0 shop clean --older 90\n@reboot shop warm\n',
  '*/5 * * * shop queue --drain',
  '*/5 * * * * shop queue --drain',
);
export const RST = of(
  'docs/usage.rst',
  'Usage\n=====\n\nInstall it with ``pip install shop``.\n\n.. code-block:: python\n\n   from shop import total\n   total(cart)\n\nSettings\n--------\n\n``rate``\n   The tax, 0.19 by default.\n``limit``\n   As many items as a cart holds.\n\nErrors\n------\n\nA cart without items raises ``KeyError``.\n',
  'A cart without items raises ``KeyError``.',
  'A cart without items has a total of 0.',
);
export const ANDROID = of(
  'app/src/main/res/values/strings.xml',
  '<?xml version="1.0" encoding="utf-8"?>\n<resources>\n    <string name="app_name">Shop</string>\n    <string name="total">Total: %d</string>\n    <string name="pay">Pay</string>\n    <string name="empty">Nothing here</string>\n    <plurals name="items">\n        <item quantity="one">%d item</item>\n        <item quantity="other">%d items</item>\n    </plurals>\n    <string-array name="sorts">\n        <item>name</item>\n        <item>price</item>\n    </string-array>\n</resources>\n',
  'Total: %d</string>',
  'Total: %1$s</string>',
);
export const PLIST = of(
  'ios/Info.plist',
  '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n\t<key>CFBundleName</key>\n\t<string>Shop</string>\n\t<key>NSAppTransportSecurity</key>\n\t<dict>\n\t\t<key>NSAllowsArbitraryLoads</key>\n\t\t<true/>\n\t</dict>\n\t<key>UIRequiredDeviceCapabilities</key>\n\t<array>\n\t\t<string>armv7</string>\n\t</array>\n\t<key>UISupportedInterfaceOrientations</key>\n\t<array>\n\t\t<string>UIInterfaceOrientationPortrait</string>\n\t</array>\n</dict>\n</plist>\n',
  '<string>armv7</string>',
  '<string>arm64</string>',
);
export const PGSQL = of(
  'db/migrations/004_mean.sql',
  "BEGIN;\n\nCREATE OR REPLACE FUNCTION mean(cart_id int) RETURNS numeric AS $$\nBEGIN\n  RETURN (SELECT sum(price) / count(*) FROM items WHERE cart = cart_id);\nEND;\n$$ LANGUAGE plpgsql;\n\nALTER TABLE items ADD COLUMN note text;\nCREATE INDEX items_cart ON items (cart);\nINSERT INTO settings (name, value) VALUES ('rate', '0.19');\nUPDATE items SET note = '' WHERE note IS NULL;\n\nCOMMIT;\n",
  'sum(price) / count(*)',
  'sum(price) / nullif(count(*), 0)',
);
export const JQ = of(
  'bin/report.jq',
  'def price: .price // 0;\n\ndef label:\n  if .name == null then "?" else .name end;\n\n{\n  mean: (map(price) | add / length),\n  names: map(label),\n  large: map(select(price > 100))\n}\n',
  '  mean: (map(price) | add / length),',
  '  mean: (if length == 0 then 0 else (map(price) | add / length) end),',
);
export const LESS = of(
  'web/cart.less',
  '@import "base";\n@navy: #001f3f;\n\n.rounded(@by: 4px) {\n  border-radius: @by;\n}\n\n.cart {\n  .rounded();\n  width: 100vw;\n\n  &-item {\n    color: @navy;\n  }\n}\n\n@media print {\n  .cart { display: none; }\n}\n',
  '  width: 100vw;',
  '  width: 100%;',
);
export const VAGRANT = of(
  'Vagrantfile',
  'Vagrant.configure("2") do |config|\n  config.vm.box = "debian/buster64"\n  config.vm.network "forwarded_port", guest: 80, host: 8080\n\n  config.vm.provider "virtualbox" do |vb|\n    vb.memory = 1024\n    vb.cpus = 2\n  end\n\n  config.vm.provision "shell", inline: <<-SHELL\n    apt-get update\n    apt-get install -y nginx\n  SHELL\nend\n',
  'debian/buster64',
  'debian/bookworm64',
);
export const CPP = of(
  'src/cart.hpp',
  '#pragma once\n#include <string>\n#include <unordered_map>\n\nnamespace shop {\n\nenum class Kind { plain, gift };\n\nclass Cart {\n public:\n  explicit Cart(std::string owner) : owner_(std::move(owner)) {}\n\n  int price(const std::string& name) const { return items_.find(name)->second; }\n  bool empty() const noexcept { return items_.empty(); }\n\n  template <typename F>\n  void each(F f) const {\n    for (const auto& [name, price] : items_) f(name, price);\n  }\n\n private:\n  std::string owner_;\n  std::unordered_map<std::string, int> items_;\n};\n\ninline int operator+(const Cart& a, int b) { return a.price("x") + b; }\n\n}  // namespace shop\n',
  'return items_.find(name)->second;',
  'const auto it = items_.find(name); return it == items_.end() ? 0 : it->second;',
);
export const NEST = of(
  'src/cart.controller.ts',
  "import { Controller, Get, Param, Post, UseGuards } from '@nestjs/common';\nimport { AuthGuard } from './auth.guard';\nimport { CartService } from './cart.service';\n\n@Controller('carts')\n@UseGuards(AuthGuard)\nexport class CartController {\n  constructor(private readonly carts: CartService) {}\n\n  @Get(':id')\n  async show(@Param('id') id: string) {\n    const cart = await this.carts.find(id);\n    return { owner: cart.owner.name };\n  }\n\n  @Post(':id/pay')\n  @UseGuards(AuthGuard)\n  async pay(@Param('id') id: string) {\n    return this.carts.pay(id);\n  }\n}\n",
  'owner: cart.owner.name',
  "owner: cart?.owner?.name ?? ''",
);
export const FLASK = of(
  'app/views.py',
  'from dataclasses import dataclass\nfrom functools import lru_cache\n\nfrom flask import Blueprint, abort, jsonify\n\nfrom .auth import login_required\nfrom .store import carts\n\nbp = Blueprint("carts", __name__)\n\n\n@dataclass(frozen=True)\nclass Item:\n    name: str\n    price: int = 0\n    count: int = 1\n\n    @property\n    def total(self):\n        return self.price * self.count\n\n\n@lru_cache(maxsize=128)\ndef rate(country):\n    return {"de": 0.19, "at": 0.2}[country]\n\n\n@bp.get("/carts/<id>")\n@login_required\ndef show(id):\n    cart = carts.get(id)\n    return jsonify(owner=cart.owner.name)\n\n\n@bp.errorhandler(404)\ndef missing(error):\n    return jsonify(error="not found"), 404\n',
  '    return jsonify(owner=cart.owner.name)',
  '    if cart is None:\n        abort(404)\n    return jsonify(owner=cart.owner.name)',
);
export const SWITCH = of(
  'lib/reduce.js',
  "'use strict';\n\nconst { EventEmitter } = require('node:events');\n\nconst INITIAL = { items: [], total: 0 };\n\nfunction reduce(state = INITIAL, action) {\n  switch (action.type) {\n    case 'add':\n      return { ...state, items: [...state.items, action.item] };\n    case 'remove':\n      return { ...state, items: state.items.filter(({ id }) => id !== action.item.id) };\n    case 'clear':\n      return INITIAL;\n    default:\n      return state;\n  }\n}\n\nclass Store extends EventEmitter {\n  #state = INITIAL;\n\n  get state() {\n    return this.#state;\n  }\n\n  dispatch(action) {\n    this.#state = reduce(this.#state, action);\n    this.emit('change', this.#state);\n  }\n}\n\nStore.prototype.reset = function () {\n  this.dispatch({ type: 'clear' });\n};\n\nmodule.exports = { reduce, Store };\n",
  'id !== action.item.id)',
  'id !== action.item?.id)',
);
export const TRAIT = of(
  'src/cart.rs',
  'use std::collections::HashMap;\nuse std::fmt;\n\n#[derive(Debug, Clone, Default)]\npub struct Cart {\n    items: HashMap<String, i64>,\n}\n\nimpl Cart {\n    pub fn price(&self, name: &str) -> i64 {\n        self.items[name]\n    }\n\n    pub fn total(&self) -> i64 {\n        self.items.values().sum()\n    }\n}\n\nimpl fmt::Display for Cart {\n    fn fmt(&self, f: &mut fmt::Formatter<\'_>) -> fmt::Result {\n        write!(f, "{} items", self.items.len())\n    }\n}\n\nmacro_rules! cart {\n    ($($name:expr => $price:expr),*) => {{\n        let mut items = HashMap::new();\n        $(items.insert($name.to_string(), $price);)*\n        Cart { items }\n    }};\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn sums() {\n        assert_eq!(cart!("a" => 2, "b" => 3).total(), 5);\n    }\n}\n',
  '        self.items[name]',
  '        self.items.get(name).copied().unwrap_or_default()',
);
export const SEALED = of(
  'src/main/kotlin/Cart.kt',
  'package shop\n\nimport java.time.Instant\nimport kotlin.math.roundToInt\n\nsealed interface Event {\n    data class Added(val name: String, val price: Int) : Event\n    data object Cleared : Event\n}\n\nclass Cart(private val clock: () -> Instant = Instant::now) {\n    private val items = mutableMapOf<String, Int>()\n    val size get() = items.size\n\n    fun price(name: String): Int = items[name]!!\n\n    fun apply(event: Event) = when (event) {\n        is Event.Added -> items[event.name] = event.price\n        Event.Cleared -> items.clear()\n    }\n\n    companion object {\n        const val LIMIT = 100\n        fun of(vararg names: String) = Cart().also { cart -> names.forEach { cart.items[it] = 1 } }\n    }\n}\n\nfun Cart.mean(): Int = (size / 2.0).roundToInt()\n',
  'items[name]!!',
  'items[name] ?: 0',
);
export const LOCALE = of(
  'locales/de.json',
  '{\n  "cart": {\n    "title": "Warenkorb von {{name}}",\n    "empty": "Nichts im Korb",\n    "items_one": "{{count}} Artikel",\n    "items_other": "{{count}} Artikel"\n  },\n  "pay": {\n    "title": "Zahlen",\n    "failed": "Fehler: {code}"\n  }\n}\n',
  '"Fehler: {code}"',
  '"Fehler: {{code}}"',
);
