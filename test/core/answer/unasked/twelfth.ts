// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of other languages
// A twelfth set, written after the rules had been mended with the eleven before: services as they are written every day, in
// languages that are known and some that are not.
import { block, type Case, named, sr } from './case.ts';
import { edit, makersOf, of } from './makers.ts';

const { meant, left, form } = makersOf(12);

const EXPRESS = of(
  'src/server.js',
  "import express from 'express';\nimport helmet from 'helmet';\nimport { findCart, saveCart } from './store.js';\nimport { logger } from './logger.js';\n\nconst app = express();\nconst PORT = Number(process.env.PORT ?? 8080);\n\napp.use(helmet());\napp.use(express.json({ limit: '1mb' }));\n\napp.get('/carts/:id', async (req, res) => {\n  const cart = await findCart(req.params.id);\n  res.json({ owner: cart.owner.name, total: total(cart) });\n});\n\napp.put('/carts/:id', async (req, res) => {\n  await saveCart(req.params.id, req.body);\n  res.status(204).end();\n});\n\napp.use((error, req, res, next) => {\n  logger.error(error, 'request failed');\n  res.status(500).json({ error: 'internal' });\n});\n\nfunction total(cart) {\n  return cart.items.reduce((sum, { price, count }) => sum + price * count, 0);\n}\n\nprocess.on('SIGTERM', () => server.close());\nconst server = app.listen(PORT, () => logger.info({ PORT }, 'listening'));\n",
  'owner: cart.owner.name,',
  'owner: cart?.owner?.name ?? null,',
);
const DJANGO = of(
  'shop/models.py',
  'from decimal import Decimal\n\nfrom django.core.validators import MinValueValidator\nfrom django.db import models\nfrom django.utils import timezone\n\n\nclass CartQuerySet(models.QuerySet):\n    def open(self):\n        return self.filter(paid_at=None)\n\n\nclass Cart(models.Model):\n    owner = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL)\n    paid_at = models.DateTimeField(null=True)\n    rate = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal("0.19"))\n\n    objects = CartQuerySet.as_manager()\n\n    class Meta:\n        ordering = ["-paid_at"]\n        indexes = [models.Index(fields=["owner"])]\n\n    def __str__(self):\n        return f"cart of {self.owner.username}"\n\n    def pay(self):\n        self.paid_at = timezone.now()\n        self.save(update_fields=["paid_at"])\n\n\nclass Item(models.Model):\n    cart = models.ForeignKey(Cart, related_name="items", on_delete=models.CASCADE)\n    price = models.IntegerField(validators=[MinValueValidator(0)])\n',
  'return f"cart of {self.owner.username}"',
  'return f"cart of {self.owner.username if self.owner else \'nobody\'}"',
);
const SPRING = of(
  'src/main/java/shop/CartController.java',
  'package shop;\n\nimport java.util.List;\nimport java.util.Optional;\nimport org.springframework.http.ResponseEntity;\nimport org.springframework.web.bind.annotation.*;\n\n@RestController\n@RequestMapping("/carts")\npublic class CartController {\n\n    private static final int LIMIT = 100;\n\n    private final CartStore store;\n\n    public CartController(CartStore store) {\n        this.store = store;\n    }\n\n    @GetMapping("/{id}")\n    public String owner(@PathVariable String id) {\n        return store.find(id).getOwner().getName();\n    }\n\n    @PostMapping\n    @ResponseStatus(code = org.springframework.http.HttpStatus.CREATED)\n    public Cart create(@RequestBody Cart cart) {\n        return store.save(cart);\n    }\n\n    @ExceptionHandler(IllegalStateException.class)\n    public ResponseEntity<String> conflict(IllegalStateException e) {\n        return ResponseEntity.status(409).body(e.getMessage());\n    }\n\n    enum Sort { NAME, PRICE }\n}\n',
  'return store.find(id).getOwner().getName();',
  'return Optional.ofNullable(store.find(id)).map(Cart::getOwner).map(Person::getName).orElse("");',
);
const LARAVEL = of(
  'app/Http/Controllers/CartController.php',
  "<?php\n\nnamespace App\\Http\\Controllers;\n\nuse App\\Models\\Cart;\nuse App\\Jobs\\SendReceipt;\nuse Illuminate\\Http\\Request;\n\nclass CartController extends Controller\n{\n    use Concerns\\Audited;\n\n    protected $perPage = 20;\n\n    public function __construct()\n    {\n        $this->middleware('auth');\n    }\n\n    public function show(string $id)\n    {\n        $cart = Cart::find($id);\n        return ['owner' => $cart->owner->name];\n    }\n\n    public function pay(Request $request, Cart $cart)\n    {\n        $cart->pay($request->user());\n        SendReceipt::dispatch($cart);\n        return response()->noContent();\n    }\n}\n",
  "return ['owner' => $cart->owner->name];",
  "return ['owner' => $cart?->owner?->name];",
);
const RAILS = of(
  'app/models/cart.rb',
  'class Cart < ApplicationRecord\n  include Auditable\n\n  LIMIT = 100\n\n  belongs_to :owner, class_name: "User", optional: true\n  has_many :items, dependent: :destroy\n\n  validates :rate, numericality: { greater_than: 0 }\n  before_save :round_rate\n  scope :open, -> { where(paid_at: nil) }\n\n  enum :state, { fresh: 0, paid: 1 }\n\n  def title\n    "cart of #{owner.name}"\n  end\n\n  def pay!\n    update!(paid_at: Time.current, state: :paid)\n    ReceiptJob.perform_later(self)\n  end\n\n  private\n\n  def round_rate\n    self.rate = rate.round(2)\n  end\nend\n',
  '"cart of #{owner.name}"',
  '"cart of #{owner&.name}"',
);
const ASPNET = of(
  'Controllers/CartController.cs',
  'using Microsoft.AspNetCore.Authorization;\nusing Microsoft.AspNetCore.Mvc;\n\nnamespace Shop.Controllers;\n\n[ApiController]\n[Route("carts")]\npublic class CartController(ICartStore store, ILogger<CartController> log) : ControllerBase\n{\n    private const int Limit = 100;\n\n    public string Region { get; init; } = "eu";\n\n    [HttpGet("{id}")]\n    public async Task<string> Owner(string id)\n    {\n        var cart = await store.Find(id);\n        return cart.Owner.Name;\n    }\n\n    [HttpPost("{id}/pay")]\n    [Authorize(Policy = "payer")]\n    public async Task<IActionResult> Pay(string id)\n    {\n        await store.Pay(id);\n        log.LogInformation("paid {Id}", id);\n        return NoContent();\n    }\n\n    private record Receipt(string Id, decimal Sum);\n}\n',
  'return cart.Owner.Name;',
  'return cart?.Owner?.Name ?? "";',
);
const AXUM = of(
  'src/main.rs',
  'use axum::{extract::Path, routing::get, Json, Router};\nuse serde::Serialize;\nuse std::sync::Arc;\n\nmod store;\n\nconst LIMIT: usize = 100;\n\n#[derive(Serialize)]\nstruct Owner {\n    name: String,\n    #[serde(skip_serializing_if = "Option::is_none")]\n    mail: Option<String>,\n}\n\n#[tokio::main]\nasync fn main() {\n    let store = Arc::new(store::open());\n    let app = Router::new()\n        .route("/carts/{id}", get(show))\n        .route("/health", get(|| async { "ok" }))\n        .with_state(store);\n    let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await.unwrap();\n    axum::serve(listener, app).await.unwrap();\n}\n\nasync fn show(Path(id): Path<String>) -> Json<Owner> {\n    let cart = store::find(&id).unwrap();\n    Json(Owner { name: cart.owner, mail: None })\n}\n',
  'let cart = store::find(&id).unwrap();',
  'let cart = store::find(&id).unwrap_or_default();',
);
const REDUX = of(
  'web/cartSlice.ts',
  "import { createAsyncThunk, createSlice, type PayloadAction } from '@reduxjs/toolkit';\nimport { api } from './api';\n\nexport interface Item {\n  id: string;\n  price: number;\n  note?: string;\n}\n\nconst initialState = { items: [] as Item[], status: 'idle' as 'idle' | 'busy' };\n\nexport const load = createAsyncThunk('cart/load', async (id: string) => api.get<Item[]>(`/carts/${id}`));\n\nexport const slice = createSlice({\n  name: 'cart',\n  initialState,\n  reducers: {\n    added(state, { payload }: PayloadAction<Item>) {\n      state.items.push(payload);\n    },\n    cleared: () => initialState,\n  },\n  extraReducers: (builder) => {\n    builder.addCase(load.pending, (state) => {\n      state.status = 'busy';\n    });\n    builder.addCase(load.fulfilled, (state, { payload }) => {\n      state.items = payload;\n      state.status = 'idle';\n    });\n  },\n});\n\nexport const { added, cleared } = slice.actions;\nexport const total = (items: Item[]) => items.reduce((sum, { price }) => sum + price, 0);\n",
  '      state.items = payload;',
  '      state.items = payload ?? [];',
);
const COMPOSABLE = of(
  'src/components/Cart.vue',
  '<script setup lang="ts">\nimport { computed, onMounted, ref } from \'vue\';\nimport ItemRow from \'./ItemRow.vue\';\n\nconst props = defineProps<{ id: string }>();\nconst emit = defineEmits<{ paid: [id: string] }>();\n\nconst cart = ref<Cart>();\nconst total = computed(() => cart.value.items.reduce((sum, { price }) => sum + price, 0));\n\nonMounted(async () => {\n  cart.value = await load(props.id);\n});\n\nfunction pay() {\n  emit(\'paid\', props.id);\n}\n</script>\n\n<template>\n  <h1 v-if="cart">{{ cart.owner }}</h1>\n  <ItemRow v-for="item in cart?.items" :key="item.id" :item="item" />\n  <p>{{ total }}</p>\n  <button type="button" @click="pay">Pay</button>\n</template>\n\n<style scoped>\nh1 {\n  color: navy;\n}\n</style>\n',
  'cart.value.items.reduce(',
  '(cart.value?.items ?? []).reduce(',
);
const COMPOSE_UI = of(
  'app/src/main/java/shop/CartScreen.kt',
  'package shop\n\nimport androidx.compose.material3.Button\nimport androidx.compose.material3.Text\nimport androidx.compose.runtime.Composable\nimport androidx.compose.runtime.LaunchedEffect\n\nprivate const val TAG = "cart"\n\n@Composable\nfun CartScreen(model: CartModel, onPay: (String) -> Unit) {\n    val cart = model.cart\n    LaunchedEffect(model.id) { model.load() }\n    Text(cart!!.owner)\n    cart.items.forEach { ItemRow(it) }\n    Button(onClick = { onPay(model.id) }) { Text("Pay") }\n}\n\n@Composable\nprivate fun ItemRow(item: Item) {\n    Text("${item.name}: ${item.price}")\n}\n\ninternal fun CartModel.isEmpty() = cart?.items.isNullOrEmpty()\n',
  '    Text(cart!!.owner)',
  '    if (cart == null) return\n    Text(cart.owner)',
);
const SWIFTUI = of(
  'Sources/CartView.swift',
  'import SwiftUI\nimport os\n\nprivate let log = Logger(subsystem: "shop", category: "cart")\n\nstruct CartView: View {\n    @StateObject var model: CartModel\n    @Environment(\\.dismiss) private var dismiss\n\n    var body: some View {\n        List(model.items) { item in\n            Text(item.name)\n        }\n        .navigationTitle(model.owner!.name)\n        .task { await model.load() }\n        .toolbar { Button("Pay", action: pay) }\n    }\n\n    private func pay() {\n        log.info("pay")\n        model.pay()\n        dismiss()\n    }\n}\n\n#Preview {\n    CartView(model: .sample)\n}\n\nextension CartModel {\n    static let sample = CartModel(id: "1")\n}\n',
  '.navigationTitle(model.owner!.name)',
  '.navigationTitle(model.owner?.name ?? "")',
);
const DEPLOY = of(
  'scripts/deploy.sh',
  '#!/usr/bin/env bash\nset -euo pipefail\n\nREGISTRY=registry.example.com\nTAG=$1\ntrap cleanup EXIT\n\ncleanup() {\n  rm -rf "$WORK"\n}\n\nbuild() {\n  docker build -t "$REGISTRY/shop:$TAG" .\n}\n\npush() {\n  docker push "$REGISTRY/shop:$TAG"\n}\n\nWORK=$(mktemp -d)\nbuild\npush\ncase "${2:-}" in\n  staging) kubectl --context staging set image deploy/shop shop="$REGISTRY/shop:$TAG" ;;\n  production) kubectl --context production set image deploy/shop shop="$REGISTRY/shop:$TAG" ;;\n  *) echo "nowhere" >&2; exit 2 ;;\nesac\n',
  'TAG=$1',
  'TAG=${1:?a tag}',
);
const FLYWAY = of(
  'src/main/resources/db/V4__carts.sql',
  "CREATE TABLE carts (\n  id UUID PRIMARY KEY,\n  owner VARCHAR(20) NOT NULL,\n  paid_at TIMESTAMP,\n  CONSTRAINT owner_known FOREIGN KEY (owner) REFERENCES people (name)\n);\n\nCREATE TABLE items (\n  cart UUID REFERENCES carts (id) ON DELETE CASCADE,\n  price INT CHECK (price >= 0)\n);\n\nCREATE INDEX carts_owner ON carts (owner);\nGRANT SELECT, INSERT ON carts TO shop;\nGRANT SELECT, INSERT ON items TO shop;\nCOMMENT ON TABLE carts IS 'what is not yet paid';\n",
  '  owner VARCHAR(20) NOT NULL,',
  '  owner VARCHAR(200) NOT NULL,',
);
const IMAGE = of(
  'Dockerfile',
  'FROM node:16-slim AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n\nFROM node:16-slim\nENV NODE_ENV=production\nWORKDIR /app\nCOPY --from=build /app/dist ./dist\nCOPY --from=build /app/node_modules ./node_modules\nUSER node\nEXPOSE 8080\nHEALTHCHECK CMD node dist/health.js\nCMD ["node", "dist/server.js"]\n',
  'CMD ["node", "dist/server.js"]',
  'CMD ["node", "--enable-source-maps", "dist/server.js"]',
);
const PYPROJECT = of(
  'pyproject.toml',
  '[project]\nname = "shop"\nversion = "1.4.0"\nrequires-python = ">=3.8"\ndependencies = [\n  "httpx>=0.27",\n  "pydantic>=2",\n]\n\n[project.optional-dependencies]\ntest = ["pytest", "respx"]\n\n[project.scripts]\nshop = "shop.cli:main"\n\n[tool.ruff]\nline-length = 100\n\n[tool.ruff.lint]\nselect = ["E", "F", "I"]\n\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
  'requires-python = ">=3.8"',
  'requires-python = ">=3.11"',
);
const PKG = of(
  'package.json',
  '{\n  "name": "shop",\n  "type": "module",\n  "scripts": {\n    "start": "node src/server.js",\n    "test": "node --test",\n    "lint": "eslint ."\n  },\n  "dependencies": {\n    "express": "^4.19.0",\n    "helmet": "^7.1.0"\n  },\n  "devDependencies": {\n    "eslint": "^9.0.0"\n  },\n  "engines": {\n    "node": ">=16"\n  }\n}\n',
  '"node": ">=16"',
  '"node": ">=22"',
);

const LEFT: readonly Case[] = [
  left('Express, a middleware in silence', EXPRESS, 'app.use(helmet());\n'),
  left(
    'Express, a handler of errors',
    EXPRESS,
    "app.use((error, req, res, next) => {\n  logger.error(error, 'request failed');\n  res.status(500).json({ error: 'internal' });\n});\n",
    '// error handler: unverändert\n',
  ),
  left(
    'Express, a route in silence',
    EXPRESS,
    "app.put('/carts/:id', async (req, res) => {\n  await saveCart(req.params.id, req.body);\n  res.status(204).end();\n});\n\n",
  ),
  left('Express, the end of the process in silence', EXPRESS, "process.on('SIGTERM', () => server.close());\n"),
  left(
    'Django, a class of options',
    DJANGO,
    '    class Meta:\n        ordering = ["-paid_at"]\n        indexes = [models.Index(fields=["owner"])]\n\n',
  ),
  left('Django, a field in silence', DJANGO, '    rate = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal("0.19"))\n'),
  left(
    'Django, a model in words',
    DJANGO,
    'class Item(models.Model):\n    cart = models.ForeignKey(Cart, related_name="items", on_delete=models.CASCADE)\n    price = models.IntegerField(validators=[MinValueValidator(0)])\n',
    '# class Item: no changes\n',
  ),
  left('Spring, a status in silence', SPRING, '    @ResponseStatus(code = org.springframework.http.HttpStatus.CREATED)\n'),
  left(
    'Spring, a handler',
    SPRING,
    '    @ExceptionHandler(IllegalStateException.class)\n    public ResponseEntity<String> conflict(IllegalStateException e) {\n        return ResponseEntity.status(409).body(e.getMessage());\n    }\n',
    '    // ...\n',
  ),
  left('Spring, an enumeration in silence', SPRING, '\n    enum Sort { NAME, PRICE }\n'),
  left('Spring, a constant in silence', SPRING, '    private static final int LIMIT = 100;\n\n'),
  left('Laravel, a trait in silence', LARAVEL, '    use Concerns\\Audited;\n\n'),
  left('Laravel, the constructor', LARAVEL, "    public function __construct()\n    {\n        $this->middleware('auth');\n    }\n\n"),
  left('Laravel, a line of a method in silence', LARAVEL, '        SendReceipt::dispatch($cart);\n'),
  left('Rails, a validation in silence', RAILS, '  validates :rate, numericality: { greater_than: 0 }\n'),
  left(
    'Rails, a scope and a callback',
    RAILS,
    '  before_save :round_rate\n  scope :open, -> { where(paid_at: nil) }\n',
    '  # callbacks and scopes\n',
  ),
  left('Rails, an enumeration in silence', RAILS, '  enum :state, { fresh: 0, paid: 1 }\n\n'),
  left('ASP.NET, a policy in silence', ASPNET, '    [Authorize(Policy = "payer")]\n'),
  left('ASP.NET, a property in silence', ASPNET, '    public string Region { get; init; } = "eu";\n\n'),
  left('ASP.NET, a record', ASPNET, '\n    private record Receipt(string Id, decimal Sum);\n'),
  left('axum, a route in silence', AXUM, '        .route("/health", get(|| async { "ok" }))\n'),
  left('axum, a field with its attribute', AXUM, '    #[serde(skip_serializing_if = "Option::is_none")]\n    mail: Option<String>,\n'),
  left('axum, a module in silence', AXUM, 'mod store;\n\n'),
  left('Redux, a reducer in silence', REDUX, '    cleared: () => initialState,\n'),
  left(
    'Redux, a case of a builder',
    REDUX,
    "    builder.addCase(load.pending, (state) => {\n      state.status = 'busy';\n    });\n",
    '    // pending\n',
  ),
  left(
    'Redux, a selector in silence',
    REDUX,
    'export const total = (items: Item[]) => items.reduce((sum, { price }) => sum + price, 0);\n',
  ),
  left('Vue, what is mounted', COMPOSABLE, 'onMounted(async () => {\n  cart.value = await load(props.id);\n});\n\n'),
  left('Vue, a button in silence', COMPOSABLE, '  <button type="button" @click="pay">Pay</button>\n'),
  left(
    'Compose, a row in silence',
    COMPOSE_UI,
    '@Composable\nprivate fun ItemRow(item: Item) {\n    Text("${item.name}: ${item.price}")\n}\n\n',
  ),
  left('Compose, an annotation in silence', COMPOSE_UI, '@Composable\nprivate fun', 'private fun'),
  left('SwiftUI, a preview', SWIFTUI, '#Preview {\n    CartView(model: .sample)\n}\n\n'),
  left('SwiftUI, what is loaded', SWIFTUI, '        .task { await model.load() }\n'),
  left(
    'SwiftUI, an extension in Dutch',
    SWIFTUI,
    'extension CartModel {\n    static let sample = CartModel(id: "1")\n}\n',
    '// de rest blijft gelijk\n',
  ),
  left('bash, a trap in silence', DEPLOY, 'trap cleanup EXIT\n'),
  left(
    'bash, a case in silence',
    DEPLOY,
    '  production) kubectl --context production set image deploy/shop shop="$REGISTRY/shop:$TAG" ;;\n',
  ),
  left(
    'bash, functions in words',
    DEPLOY,
    'build() {\n  docker build -t "$REGISTRY/shop:$TAG" .\n}\n\npush() {\n  docker push "$REGISTRY/shop:$TAG"\n}\n',
    '# build and push are the same\n',
  ),
  left(
    'SQL, a constraint in silence',
    FLYWAY,
    '  paid_at TIMESTAMP,\n  CONSTRAINT owner_known FOREIGN KEY (owner) REFERENCES people (name)\n',
    '  paid_at TIMESTAMP\n',
  ),
  left('SQL, a right in silence', FLYWAY, 'GRANT SELECT, INSERT ON items TO shop;\n'),
  left('a Dockerfile, its user in silence', IMAGE, 'USER node\n'),
  left(
    'a Dockerfile, a stage in words',
    IMAGE,
    'COPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n',
    '# build steps unchanged\n',
  ),
  left('pyproject, a section in silence', PYPROJECT, '[tool.ruff.lint]\nselect = ["E", "F", "I"]\n\n'),
  left('pyproject, a dependency in silence', PYPROJECT, '  "pydantic>=2",\n'),
  left('package.json, a script in silence', PKG, '    "test": "node --test",\n'),
];

const RIGHT: readonly Case[] = [
  meant('Express, a function as an arrow', EXPRESS, [
    'function total(cart) {\n  return cart.items.reduce((sum, { price, count }) => sum + price * count, 0);\n}\n',
    'const total = (cart) => cart.items.reduce((sum, { price, count }) => sum + price * count, 0);\n',
  ]),
  meant(
    'Express, one import less',
    EXPRESS,
    ["import helmet from 'helmet';\n", ''],
    ['app.use(helmet());\n', "app.disable('x-powered-by');\n"],
  ),
  meant(
    'Django, a manager in place of a set',
    DJANGO,
    [
      'class CartQuerySet(models.QuerySet):\n    def open(self):\n        return self.filter(paid_at=None)\n',
      'class CartManager(models.Manager):\n    def open(self):\n        return self.filter(paid_at=None)\n',
    ],
    ['objects = CartQuerySet.as_manager()', 'objects = CartManager()'],
  ),
  meant(
    'Spring, the constructor by Lombok',
    SPRING,
    ['    public CartController(CartStore store) {\n        this.store = store;\n    }\n\n', ''],
    ['@RequestMapping("/carts")\n', '@RequestMapping("/carts")\n@lombok.RequiredArgsConstructor\n'],
  ),
  meant('Laravel, a promoted property', LARAVEL, [
    '    protected $perPage = 20;\n\n    public function __construct()\n',
    '    public function __construct(protected int $perPage = 20)\n',
  ]),
  meant(
    'Rails, a callback as a block',
    RAILS,
    ['  before_save :round_rate\n', '  before_save { self.rate = rate.round(2) }\n'],
    ['\n  private\n\n  def round_rate\n    self.rate = rate.round(2)\n  end\n', ''],
  ),
  meant('ASP.NET, a body of an expression', ASPNET, [
    '    {\n        await store.Pay(id);\n        log.LogInformation("paid {Id}", id);\n        return NoContent();\n    }\n',
    '    {\n        log.LogInformation("paid {Id}", id);\n        return await store.Pay(id) ? NoContent() : NotFound();\n    }\n',
  ]),
  meant('axum, uses in a tree', AXUM, [
    'use axum::{extract::Path, routing::get, Json, Router};\nuse serde::Serialize;\nuse std::sync::Arc;\n',
    'use std::sync::Arc;\n\nuse axum::extract::Path;\nuse axum::routing::get;\nuse axum::{Json, Router};\nuse serde::Serialize;\n',
  ]),
  meant('Redux, a builder that is chained', REDUX, [
    "    builder.addCase(load.pending, (state) => {\n      state.status = 'busy';\n    });\n    builder.addCase(load",
    "    builder\n      .addCase(load.pending, (state) => {\n        state.status = 'busy';\n      })\n      .addCase(load",
  ]),
  meant(
    'Vue, a watch in place of what is mounted',
    COMPOSABLE,
    [
      'onMounted(async () => {\n  cart.value = await load(props.id);\n});\n',
      'watch(\n  () => props.id,\n  async (id) => {\n    cart.value = await load(id);\n  },\n  { immediate: true },\n);\n',
    ],
    ['import { computed, onMounted, ref }', 'import { computed, ref, watch }'],
  ),
  meant('Compose, a list that is lazy', COMPOSE_UI, [
    '    cart.items.forEach { ItemRow(it) }\n',
    '    LazyColumn { items(cart.items) { ItemRow(it) } }\n',
  ]),
  meant('SwiftUI, a preview of the old form', SWIFTUI, [
    '#Preview {\n    CartView(model: .sample)\n}\n',
    'struct CartView_Previews: PreviewProvider {\n    static var previews: some View {\n        CartView(model: .sample)\n    }\n}\n',
  ]),
  meant(
    'bash, one function for both',
    DEPLOY,
    [
      'build() {\n  docker build -t "$REGISTRY/shop:$TAG" .\n}\n\npush() {\n  docker push "$REGISTRY/shop:$TAG"\n}\n',
      'publish() {\n  docker build -t "$REGISTRY/shop:$TAG" .\n  docker push "$REGISTRY/shop:$TAG"\n}\n',
    ],
    ['build\npush\n', 'publish\n'],
  ),
  meant('bash, the contexts in one case', DEPLOY, [
    '  staging) kubectl --context staging set image deploy/shop shop="$REGISTRY/shop:$TAG" ;;\n  production) kubectl --context production set image deploy/shop shop="$REGISTRY/shop:$TAG" ;;\n',
    '  staging | production) kubectl --context "$2" set image deploy/shop shop="$REGISTRY/shop:$TAG" ;;\n',
  ]),
  meant('SQL, a check by its name', FLYWAY, [
    '  price INT CHECK (price >= 0)\n',
    '  price INT,\n  CONSTRAINT price_known CHECK (price >= 0)\n',
  ]),
  meant('a Dockerfile, steps in one', IMAGE, ['COPY . .\nRUN npm run build\n', 'COPY . .\nRUN npm run build && npm prune --omit=dev\n']),
  meant('pyproject, extras as a group', PYPROJECT, [
    '[project.optional-dependencies]\ntest = ["pytest", "respx"]\n',
    '[dependency-groups]\ntest = ["pytest", "respx"]\n',
  ]),
  meant('package.json, a script that runs another way', PKG, ['"test": "node --test"', '"test": "node --test test/"']),
];

const FORM: readonly Case[] = [
  form('edits in a fence in a block', EXPRESS, block(EXPRESS, `\`\`\`js\n${edit(EXPRESS)}\`\`\`\n`), 'applied', 'again'),
  form(
    'an XML of a tool',
    DJANGO,
    `<edit_file>\n<path>${DJANGO.path}</path>\n<old_text>${DJANGO.line}</old_text>\n<new_text>${DJANGO.fixedLine}</new_text>\n</edit_file>`,
    'again',
    'applied',
  ),
  form('CRLF of a whole of C#', ASPNET, block(ASPNET, ASPNET.fixed.replaceAll('\n', '\r\n')), 'applied'),
  form(
    'a unified patch in a fence',
    SPRING,
    `\`\`\`diff\n--- a/${SPRING.path}\n+++ b/${SPRING.path}\n@@ -21,3 +21,3 @@\n     public String owner(@PathVariable String id) {\n-${SPRING.line}\n+${SPRING.fixedLine}\n     }\n\`\`\`\n`,
    'again',
    'applied',
  ),
  form(
    'the method with the class around it',
    SPRING,
    block(SPRING, `public class CartController {\n    // ...\n${SPRING.fixedLine}\n    // ...\n}\n`),
    'again',
  ),
  form(
    'two edits, the second as before',
    RAILS,
    block(RAILS, `${edit(RAILS)}${sr('  LIMIT = 100\n', '  LIMIT = 100\n')}`),
    'applied',
    'again',
  ),
  form('a path from the home', DEPLOY, named(DEPLOY, `~/shop/${DEPLOY.path}`), 'applied', 'again', 'outside'),
  form(
    'an attribute of the language first',
    FLYWAY,
    `<code_block lang="sql" filename="${FLYWAY.path}">\n${FLYWAY.fixed}</code_block>`,
    'applied',
  ),
  form('a fence without a path, the file known by its content', IMAGE, `\`\`\`dockerfile\n${IMAGE.fixed}\`\`\`\n`, 'again', 'applied'),
  form('a template alone', COMPOSABLE, block(COMPOSABLE, COMPOSABLE.fixed.slice(COMPOSABLE.fixed.indexOf('<template>'))), 'again'),
  form('cut in the last function', SWIFTUI, block(SWIFTUI, SWIFTUI.fixed.slice(0, SWIFTUI.fixed.indexOf('        dismiss()'))), 'again'),
  form(
    'declined, in French',
    LARAVEL,
    "Le panier n'existe plus : c'est une erreur de données, le code est correct. Aucune modification.",
    'none',
  ),
  form('declined, with a command', PKG, 'The packages are not installed:\n\n```sh\nnpm ci\n```\n\nThe code needs no change.', 'none'),
  form('a number of TOML alone, in words', PYPROJECT, `Set \`${PYPROJECT.fixedLine}\` instead of \`${PYPROJECT.line}\`.`, 'again'),
  form(
    'tabs for blanks of Rust',
    AXUM,
    block(
      AXUM,
      AXUM.fixed.replace(/^( {4})+/gm, (lead) => '\t'.repeat(lead.length / 4)),
    ),
    'applied',
  ),
  form('Kotlin with typographic quotes', COMPOSE_UI, block(COMPOSE_UI, COMPOSE_UI.fixed.replaceAll('"', '”')), 'applied', 'again'),
  form(
    'a new file beside it, in a block',
    REDUX,
    `${block(REDUX, REDUX.fixed)}<code_block filename="web/cartSlice.test.ts" new="true">\nimport { total } from './cartSlice';\n\ntest('none', () => expect(total([])).toBe(0));\n</code_block>`,
    'left',
    'applied',
  ),
];

export const TWELFTH: readonly Case[] = [...RIGHT, ...LEFT, ...FORM];
