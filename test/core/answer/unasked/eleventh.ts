// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code of other languages
// An eleventh set, written after the rules had been mended with the ten before: again kinds of files that no set had, files that
// two languages share, and refactorings within a fix.
import { CS, JAVA, KT, PY, RB } from './bases.ts';
import { block, type Case, named, sr } from './case.ts';
import { edit, makersOf, of } from './makers.ts';
import { DART, EX, HS, LUA, SCALA, SWIFT, VUE } from './more-bases.ts';

const { meant, left, form } = makersOf(11);

const VALA = of(
  'src/cart.vala',
  'using Gee;\n\npublic class Cart : Object {\n    private ArrayList<string> names = new ArrayList<string> ();\n\n    public signal void paid (int sum);\n\n    public string first () {\n        return names.get (0);\n    }\n\n    public int count {\n        get { return names.size; }\n    }\n\n    public string label () {\n        return string.joinv (", ", names.to_array ());\n    }\n}\n',
  '        return names.get (0);',
  '        return names.size > 0 ? names.get (0) : "";',
);
const ELIXIR_LIVE = of(
  'lib/shop_web/live/cart_live.html.heex',
  '<h1><%= @cart.owner.name %></h1>\n\n<.table rows={@cart.items}>\n  <:col :let={item} label="Name"><%= item.name %></:col>\n  <:col :let={item} label="Price"><%= item.price %></:col>\n</.table>\n\n<.form for={@form} phx-submit="pay">\n  <.input field={@form[:card]} />\n  <.button>Pay</.button>\n</.form>\n\n<.live_component module={ShopWeb.Footer} id="footer" />\n',
  '<h1><%= @cart.owner.name %></h1>',
  '<h1><%= @cart.owner && @cart.owner.name %></h1>',
);
const ANGULAR = of(
  'src/app/cart.component.html',
  '<h1>{{ cart.owner.name }}</h1>\n@if (cart.items.length) {\n  <ul>\n    @for (item of cart.items; track item.id) {\n      <li>{{ item.name | titlecase }}</li>\n    }\n  </ul>\n} @else {\n  <p>nothing</p>\n}\n<button type="button" (click)="pay()">Pay</button>\n<app-footer [cart]="cart"></app-footer>\n',
  '<h1>{{ cart.owner.name }}</h1>',
  '<h1>{{ cart.owner?.name }}</h1>',
);
const BICEP = of(
  'infra/main.bicep',
  "param location string = resourceGroup().location\nparam name string\n\nresource plan 'Microsoft.Web/serverfarms@2022-09-01' = {\n  name: '${name}-plan'\n  location: location\n  sku: {\n    name: 'F1'\n  }\n}\n\nresource site 'Microsoft.Web/sites@2022-09-01' = {\n  name: name\n  location: location\n  properties: {\n    serverFarmId: plan.id\n    httpsOnly: true\n  }\n}\n\noutput host string = site.properties.defaultHostName\n",
  "    name: 'F1'",
  "    name: 'B1'",
);
const CUE = of(
  'deploy/shop.cue',
  'package deploy\n\n#Service: {\n\tname: string\n\tport: int & >0 & <1024\n}\n\nweb: #Service & {\n\tname: "web"\n\tport: 80\n}\n\nqueue: #Service & {\n\tname: "queue"\n\tport: 5672\n}\n',
  '\tport: int & >0 & <1024',
  '\tport: int & >0 & <65536',
);
const AVRO = of(
  'schema/cart.avsc',
  '{\n  "type": "record",\n  "name": "Cart",\n  "fields": [\n    { "name": "id", "type": "string" },\n    { "name": "owner", "type": "string" },\n    { "name": "total", "type": "int", "default": 0 },\n    { "name": "paid", "type": "boolean", "default": false }\n  ]\n}\n',
  '{ "name": "owner", "type": "string" }',
  '{ "name": "owner", "type": ["null", "string"], "default": null }',
);
const HAPROXY = of(
  'deploy/haproxy.cfg',
  'global\n    maxconn 2000\n    log stdout format raw local0\n\ndefaults\n    mode http\n    timeout connect 5s\n    timeout client 5s\n    timeout server 5s\n\nfrontend web\n    bind :80\n    acl is_api path_beg /api\n    use_backend api if is_api\n    default_backend shop\n\nbackend api\n    server api1 10.0.0.2:8081 check\n\nbackend shop\n    balance roundrobin\n    server shop1 10.0.0.3:8080 check\n    server shop2 10.0.0.4:8080 check\n',
  '    timeout server 5s',
  '    timeout server 60s',
);
const FISH = of(
  'bin/report.fish',
  'function mean\n    set -l sum 0\n    for price in $argv\n        set sum (math $sum + $price)\n    end\n    math $sum / (count $argv)\nend\n\nfunction label --argument name\n    if test -z "$name"\n        echo "?"\n    else\n        echo $name\n    end\nend\n\ncomplete -c report -l verbose\n\necho (label $argv[1]): (mean $argv[2..-1])\n',
  '    math $sum / (count $argv)',
  '    test (count $argv) -gt 0; and math $sum / (count $argv); or echo 0',
);
const BAT = of(
  'build.bat',
  '@echo off\nsetlocal\nset OUT=dist\n\ncall :clean\ncall :compile %1\nexit /b 0\n\n:clean\nif exist %OUT% rmdir /s /q %OUT%\nexit /b 0\n\n:compile\nmkdir %OUT%\ncopy src\\*.js %OUT%\nexit /b 0\n\n:usage\necho build.bat [release]\nexit /b 1\n',
  'copy src\\*.js %OUT%',
  'copy "src\\*.js" "%OUT%"',
);
const ELM_CSS = of(
  'web/theme.styl',
  '@import "reset"\n\nnavy = #001f3f\n\nrounded(by = 4px)\n  border-radius by\n\n.cart\n  rounded()\n  width 100vw\n\n  &-item\n    color navy\n\n@media print\n  .cart\n    display none\n',
  '  width 100vw',
  '  width 100%',
);
const CYPHER = of(
  'db/queries.cypher',
  '// carts of a person\nMATCH (p:Person {id: $id})-[:OWNS]->(c:Cart)\nRETURN c, size(c.items) / c.count AS mean;\n\n// paid ones\nMATCH (c:Cart {paid: true})\nSET c.archived = true\nRETURN count(c);\n\nCREATE CONSTRAINT cart_id IF NOT EXISTS FOR (c:Cart) REQUIRE c.id IS UNIQUE;\n',
  'RETURN c, size(c.items) / c.count AS mean;',
  'RETURN c, CASE c.count WHEN 0 THEN 0 ELSE size(c.items) / c.count END AS mean;',
);
const SPEC = of(
  'packaging/shop.spec',
  'Name: shop\nVersion: 1.4\nRelease: 1%{?dist}\nSummary: A shop\nLicense: MIT\nBuildRequires: gcc\nRequires: openssl\n\n%description\nSums what a cart holds.\n\n%build\nmake %{?_smp_mflags}\n\n%install\nmake install DESTDIR=%{buildroot}\n\n%files\n/usr/bin/shop\n%doc README.md\n',
  'BuildRequires: gcc',
  'BuildRequires: gcc, zlib-devel',
);
const MLIR = of(
  'kernels/sum.cu',
  '#include <cstdio>\n\n__global__ void sum(const float *in, float *out, int n) {\n    int i = blockIdx.x * blockDim.x + threadIdx.x;\n    atomicAdd(out, in[i]);\n}\n\n__device__ float clampf(float x) {\n    return fminf(fmaxf(x, 0.f), 1.f);\n}\n\n__global__ void scale(float *data, float by, int n) {\n    int i = blockIdx.x * blockDim.x + threadIdx.x;\n    if (i < n) data[i] = clampf(data[i] * by);\n}\n\nextern "C" void run(const float *in, float *out, int n) {\n    sum<<<(n + 255) / 256, 256>>>(in, out, n);\n    cudaDeviceSynchronize();\n}\n',
  '    atomicAdd(out, in[i]);',
  '    if (i < n) atomicAdd(out, in[i]);',
);
const OPENAPI = of(
  'api/openapi.yaml',
  'openapi: 3.1.0\ninfo:\n  title: Shop\n  version: 1.0.0\npaths:\n  /carts/{id}:\n    get:\n      operationId: showCart\n      parameters:\n        - $ref: "#/components/parameters/Id"\n      responses:\n        "200":\n          description: the cart\n        "404":\n          description: none\n    delete:\n      operationId: dropCart\n      responses:\n        "204":\n          description: gone\n  /carts:\n    post:\n      operationId: newCart\n      responses:\n        "201":\n          description: made\ncomponents:\n  parameters:\n    Id:\n      name: id\n      in: query\n      required: true\n',
  '      in: query',
  '      in: path',
);
const DUNE = of(
  'lib/dune',
  '(library\n (name cart)\n (public_name shop.cart)\n (libraries str)\n (preprocess (pps ppx_deriving.show)))\n\n(rule\n (targets version.ml)\n (action (with-stdout-to version.ml (echo "let v = 1"))))\n\n(test\n (name test_cart)\n (libraries cart alcotest))\n',
  ' (libraries str)',
  ' (libraries str unix)',
);
const IDRIS = of(
  'src/Cart.agda',
  'module Cart where\n\nopen import Data.Nat\nopen import Data.List\n\ntotal : List ℕ → ℕ\ntotal [] = 1\ntotal (x ∷ xs) = x + total xs\n\ncount : List ℕ → ℕ\ncount [] = 0\ncount (_ ∷ xs) = suc (count xs)\n\nfirst : List ℕ → ℕ\nfirst [] = 0\nfirst (x ∷ _) = x\n',
  'total [] = 1',
  'total [] = 0',
);
const PROPS = of(
  'src/main/resources/messages_fr.properties',
  '# panier\ncart.title=Panier de {0}\ncart.empty=Rien\ncart.items={0} articles\n\n# paiement\npay.title=Payer\npay.failed=Erreur {code}\npay.done=Merci\n',
  'pay.failed=Erreur {code}',
  'pay.failed=Erreur {0}',
);
const CONFTEST = of(
  'src/reader.ts',
  "import { createReadStream } from 'node:fs';\nimport { createInterface } from 'node:readline';\n\nexport type Row = Readonly<Record<string, string>>;\n\nexport abstract class Reader<T> {\n  protected abstract parse(line: string): T | undefined;\n\n  async *rows(path: string): AsyncGenerator<T> {\n    const lines = createInterface({ input: createReadStream(path) });\n    for await (const line of lines) {\n      const row = this.parse(line);\n      yield row!;\n    }\n  }\n}\n\nexport class CsvReader extends Reader<Row> {\n  #head: readonly string[] = [];\n\n  constructor(private readonly by = ',') {\n    super();\n  }\n\n  protected parse(line: string): Row | undefined {\n    const cells = line.split(this.by);\n    if (this.#head.length === 0) {\n      this.#head = cells;\n      return undefined;\n    }\n    return Object.fromEntries(this.#head.map((name, at) => [name, cells[at] ?? '']));\n  }\n\n  static readonly endings = ['.csv', '.tsv'];\n}\n\ndeclare module './registry' {\n  interface Readers {\n    csv: CsvReader;\n  }\n}\n\nexport default CsvReader;\n",
  '      yield row!;',
  '      if (row !== undefined) yield row;',
);
const GIN = of(
  'server/routes.go',
  'package server\n\nimport (\n\t"errors"\n\t"net/http"\n)\n\nconst (\n\tmaxItems = 100\n\tmaxNames = 20\n)\n\nvar errNone = errors.New("no cart")\n\ntype Store interface {\n\tCart(id string) (*Cart, error)\n\tDrop(id string) error\n}\n\ntype Cart struct {\n\tOwner *Person `json:"owner"`\n\tItems []Item  `json:"items"`\n}\n\nfunc init() {\n\thttp.DefaultClient.Timeout = 5\n}\n\nfunc (c *Cart) Title() string {\n\treturn c.Owner.Name\n}\n\nfunc Routes(store Store) http.Handler {\n\tmux := http.NewServeMux()\n\tmux.HandleFunc("GET /carts/{id}", show(store))\n\tmux.HandleFunc("DELETE /carts/{id}", drop(store))\n\treturn mux\n}\n',
  '\treturn c.Owner.Name',
  '\tif c.Owner == nil {\n\t\treturn ""\n\t}\n\treturn c.Owner.Name',
);

const LEFT: readonly Case[] = [
  left('Vala, a property', VALA, '    public int count {\n        get { return names.size; }\n    }\n', '    // count\n'),
  left('Vala, a signal in silence', VALA, '    public signal void paid (int sum);\n\n'),
  left(
    'HEEx, a form',
    ELIXIR_LIVE,
    '<.form for={@form} phx-submit="pay">\n  <.input field={@form[:card]} />\n  <.button>Pay</.button>\n</.form>\n',
    '<%!-- form --%>\n',
  ),
  left('HEEx, a column in silence', ELIXIR_LIVE, '  <:col :let={item} label="Price"><%= item.price %></:col>\n'),
  left('Angular, the else in silence', ANGULAR, ' @else {\n  <p>nothing</p>\n}\n', '\n'),
  left(
    'Angular, what follows',
    ANGULAR,
    '<button type="button" (click)="pay()">Pay</button>\n<app-footer [cart]="cart"></app-footer>\n',
    '<!-- buttons -->\n',
  ),
  left(
    'Bicep, a resource',
    BICEP,
    "resource site 'Microsoft.Web/sites@2022-09-01' = {\n  name: name\n  location: location\n  properties: {\n    serverFarmId: plan.id\n    httpsOnly: true\n  }\n}\n",
    '// site: no change\n',
  ),
  left('Bicep, an output in silence', BICEP, '\noutput host string = site.properties.defaultHostName\n'),
  left('CUE, a service in silence', CUE, '\nqueue: #Service & {\n\tname: "queue"\n\tport: 5672\n}\n'),
  left('Avro, a field in silence', AVRO, '    { "name": "total", "type": "int", "default": 0 },\n'),
  left('HAProxy, a backend', HAPROXY, 'backend api\n    server api1 10.0.0.2:8081 check\n', '# backend api\n'),
  left('HAProxy, a server in silence', HAPROXY, '    server shop2 10.0.0.4:8080 check\n'),
  left('HAProxy, timeouts in silence', HAPROXY, '    timeout connect 5s\n    timeout client 5s\n'),
  left(
    'fish, a function in Czech',
    FISH,
    'function label --argument name\n    if test -z "$name"\n        echo "?"\n    else\n        echo $name\n    end\nend\n',
    '# zbytek beze změny\n',
  ),
  left('fish, a completion in silence', FISH, 'complete -c report -l verbose\n\n'),
  left('batch, a label', BAT, ':usage\necho build.bat [release]\nexit /b 1\n', 'rem usage\n'),
  left('batch, a call in silence', BAT, 'call :clean\n'),
  left('Stylus, what is printed', ELM_CSS, '\n@media print\n  .cart\n    display none\n', '\n// print\n'),
  left('Stylus, a variable in silence', ELM_CSS, 'navy = #001f3f\n\n'),
  left('Cypher, a query', CYPHER, '// paid ones\nMATCH (c:Cart {paid: true})\nSET c.archived = true\nRETURN count(c);\n', '// paid ones\n'),
  left('Cypher, a constraint in silence', CYPHER, '\nCREATE CONSTRAINT cart_id IF NOT EXISTS FOR (c:Cart) REQUIRE c.id IS UNIQUE;\n'),
  left('a spec of RPM, a section', SPEC, '%install\nmake install DESTDIR=%{buildroot}\n\n', '# %install\n\n'),
  left('a spec of RPM, what it requires', SPEC, 'Requires: openssl\n'),
  left(
    'CUDA, a kernel',
    MLIR,
    '__global__ void scale(float *data, float by, int n) {\n    int i = blockIdx.x * blockDim.x + threadIdx.x;\n    if (i < n) data[i] = clampf(data[i] * by);\n}\n',
    '// scale kernel remains\n',
  ),
  left('CUDA, a helper in silence', MLIR, '__device__ float clampf(float x) {\n    return fminf(fmaxf(x, 0.f), 1.f);\n}\n\n'),
  left(
    'OpenAPI, an operation in silence',
    OPENAPI,
    '    delete:\n      operationId: dropCart\n      responses:\n        "204":\n          description: gone\n',
  ),
  left(
    'OpenAPI, a path',
    OPENAPI,
    '  /carts:\n    post:\n      operationId: newCart\n      responses:\n        "201":\n          description: made\n',
    '  # /carts\n',
  ),
  left('OpenAPI, an answer in silence', OPENAPI, '        "404":\n          description: none\n'),
  left('dune, a test', DUNE, '\n(test\n (name test_cart)\n (libraries cart alcotest))\n', ''),
  left('Agda, a function', IDRIS, 'count : List ℕ → ℕ\ncount [] = 0\ncount (_ ∷ xs) = suc (count xs)\n', '-- count\n'),
  left('Agda, an equation in silence', IDRIS, 'count (_ ∷ xs) = suc (count xs)\n'),
  left('messages of Java, one in silence', PROPS, 'cart.empty=Rien\n'),
  left(
    'messages of Java, a group',
    PROPS,
    '# panier\ncart.title=Panier de {0}\ncart.empty=Rien\ncart.items={0} articles\n',
    '# panier (inchangé)\n',
  ),
  left('TypeScript, an abstract method', CONFTEST, '  protected abstract parse(line: string): T | undefined;\n\n'),
  left('TypeScript, a static field', CONFTEST, "\n  static readonly endings = ['.csv', '.tsv'];\n"),
  left(
    'TypeScript, a declaration of a module',
    CONFTEST,
    "declare module './registry' {\n  interface Readers {\n    csv: CsvReader;\n  }\n}\n\n",
  ),
  left('TypeScript, the default export', CONFTEST, '\nexport default CsvReader;\n'),
  left(
    'TypeScript, a constructor in Korean',
    CONFTEST,
    "  constructor(private readonly by = ',') {\n    super();\n  }\n",
    '  // 생성자는 그대로입니다\n',
  ),
  left('Go, a constant in silence', GIN, '\tmaxNames = 20\n'),
  left('Go, a method of an interface', GIN, '\tDrop(id string) error\n'),
  left('Go, init', GIN, 'func init() {\n\thttp.DefaultClient.Timeout = 5\n}\n\n'),
  left('Go, a route in silence', GIN, '\tmux.HandleFunc("DELETE /carts/{id}", drop(store))\n'),
  left('Go, a field with its tag', GIN, '\tItems []Item  `json:"items"`\n'),
  left('Go, an import block in words', GIN, 'import (\n\t"errors"\n\t"net/http"\n)\n', '// imports\n'),
];

const RIGHT: readonly Case[] = [
  meant('Vala, a property in one line', VALA, [
    '    public int count {\n        get { return names.size; }\n    }\n',
    '    public int count { get { return names.size; } }\n',
  ]),
  meant('HEEx, columns by a loop', ELIXIR_LIVE, [
    '  <:col :let={item} label="Name"><%= item.name %></:col>\n  <:col :let={item} label="Price"><%= item.price %></:col>\n',
    '  <:col :let={item} :for={{label, key} <- [{"Name", :name}, {"Price", :price}]} label={label}><%= Map.get(item, key) %></:col>\n',
  ]),
  meant('Angular, the old form of a condition', ANGULAR, [
    '@if (cart.items.length) {\n  <ul>\n    @for (item of cart.items; track item.id) {\n      <li>{{ item.name | titlecase }}</li>\n    }\n  </ul>\n} @else {\n  <p>nothing</p>\n}\n',
    '<ul *ngIf="cart.items.length; else none">\n  <li *ngFor="let item of cart.items">{{ item.name | titlecase }}</li>\n</ul>\n<ng-template #none><p>nothing</p></ng-template>\n',
  ]),
  meant(
    'Bicep, a name that goes everywhere',
    BICEP,
    ['param location string = resourceGroup().location\n', ''],
    ['  location: location\n', '  location: resourceGroup().location\n'],
    ['  location: location\n', '  location: resourceGroup().location\n'],
  ),
  meant('CUE, a service as one line', CUE, [
    'queue: #Service & {\n\tname: "queue"\n\tport: 5672\n}\n',
    'queue: #Service & {name: "queue", port: 5672}\n',
  ]),
  meant('Avro, the fields over several lines', AVRO, [
    '    { "name": "total", "type": "int", "default": 0 },\n',
    '    {\n      "name": "total",\n      "type": "int",\n      "default": 0\n    },\n',
  ]),
  meant('HAProxy, an access list in one', HAPROXY, [
    '    acl is_api path_beg /api\n    use_backend api if is_api\n',
    '    use_backend api if { path_beg /api }\n',
  ]),
  meant('fish, a default in one line', FISH, [
    '    if test -z "$name"\n        echo "?"\n    else\n        echo $name\n    end\n',
    '    test -n "$name"; and echo $name; or echo "?"\n',
  ]),
  meant(
    'batch, a step of its own taken in',
    BAT,
    ['call :clean\n', 'if exist %OUT% rmdir /s /q %OUT%\n'],
    [':clean\nif exist %OUT% rmdir /s /q %OUT%\nexit /b 0\n\n', ''],
  ),
  meant('Stylus, a variable by another name', ELM_CSS, ['navy = #001f3f', 'dark = #001f3f'], ['    color navy', '    color dark']),
  meant('Cypher, two in one', CYPHER, [
    'SET c.archived = true\nRETURN count(c);\n',
    'SET c.archived = true, c.at = datetime()\nRETURN count(c);\n',
  ]),
  meant('a spec of RPM, what it requires on one line', SPEC, [
    'BuildRequires: gcc, zlib-devel\n',
    'BuildRequires: gcc\nBuildRequires: zlib-devel\n',
  ]),
  meant(
    'CUDA, an index by a helper',
    MLIR,
    ['__global__ void sum(', '__device__ int at() { return blockIdx.x * blockDim.x + threadIdx.x; }\n\n__global__ void sum('],
    ['    int i = blockIdx.x * blockDim.x + threadIdx.x;\n    if (i < n) atomic', '    int i = at();\n    if (i < n) atomic'],
    ['    int i = blockIdx.x * blockDim.x + threadIdx.x;\n    if (i < n) data', '    int i = at();\n    if (i < n) data'],
  ),
  meant(
    'OpenAPI, a parameter in its place',
    OPENAPI,
    ['        - $ref: "#/components/parameters/Id"\n', '        - name: id\n          in: path\n          required: true\n'],
    ['components:\n  parameters:\n    Id:\n      name: id\n      in: path\n      required: true\n', ''],
  ),
  meant('dune, a rule by another action', DUNE, [
    ' (action (with-stdout-to version.ml (echo "let v = 1"))))\n',
    ' (action (write-file version.ml "let v = 1")))\n',
  ]),
  meant('Agda, a function by a fold', IDRIS, ['total [] = 0\ntotal (x ∷ xs) = x + total xs\n', 'total = foldr _+_ 0\n']),
  meant('messages of Java, in order', PROPS, [
    'cart.title=Panier de {0}\ncart.empty=Rien\ncart.items={0} articles\n',
    'cart.empty=Rien\ncart.items={0} articles\ncart.title=Panier de {0}\n',
  ]),
  meant(
    'TypeScript, a field in place of a parameter',
    CONFTEST,
    [
      "  constructor(private readonly by = ',') {\n    super();\n  }\n",
      "  readonly #by: string;\n\n  constructor(by = ',') {\n    super();\n    this.#by = by;\n  }\n",
    ],
    ['line.split(this.by)', 'line.split(this.#by)'],
  ),
  meant('TypeScript, a type as an interface', CONFTEST, [
    'export type Row = Readonly<Record<string, string>>;',
    'export interface Row {\n  readonly [name: string]: string;\n}',
  ]),
  meant(
    'TypeScript, head and cells apart',
    CONFTEST,
    [
      "    if (this.#head.length === 0) {\n      this.#head = cells;\n      return undefined;\n    }\n    return Object.fromEntries(this.#head.map((name, at) => [name, cells[at] ?? '']));\n",
      '    return this.#head.length === 0 ? this.#start(cells) : this.#row(cells);\n',
    ],
    [
      '  static readonly endings',
      "  #start(cells: readonly string[]): undefined {\n    this.#head = cells;\n  }\n\n  #row(cells: readonly string[]): Row {\n    return Object.fromEntries(this.#head.map((name, at) => [name, cells[at] ?? '']));\n  }\n\n  static readonly endings",
    ],
  ),
  meant('Go, constants each by itself', GIN, [
    'const (\n\tmaxItems = 100\n\tmaxNames = 20\n)\n',
    'const maxItems = 100\n\nconst maxNames = 20\n',
  ]),
  meant(
    'Go, an error where it arises',
    GIN,
    ['var errNone = errors.New("no cart")\n\n', ''],
    [
      'func Routes(store Store) http.Handler {\n',
      'func Routes(store Store) http.Handler {\n\terrNone := errors.New("no cart")\n\t_ = errNone\n',
    ],
  ),
  meant('Go, a receiver that is no pointer', GIN, ['func (c *Cart) Title()', 'func (c Cart) Title()']),
];

const FORM: readonly Case[] = [
  form(
    'a patch of the whole in a block',
    HAPROXY,
    block(
      HAPROXY,
      HAPROXY.text
        .split('\n')
        .map((line) => (line === HAPROXY.line ? `-${line}\n+${HAPROXY.fixedLine}` : ` ${line}`))
        .join('\n'),
    ),
    'again',
    'applied',
  ),
  form('CRLF in edits of batch', BAT, block(BAT, edit(BAT).replaceAll('\n', '\r\n')), 'applied'),
  form('a mark of the byte order in the file', BAT, block(BAT, `\uFEFF${BAT.fixed}`), 'applied'),
  form('letters composed another way', PROPS, block(PROPS, PROPS.fixed.normalize('NFD')), 'applied'),
  form('letters of mathematics as they are', IDRIS, block(IDRIS, edit(IDRIS)), 'applied'),
  form(
    'attributes with blanks around the equals sign',
    VALA,
    `<code_block  filename = "${VALA.path}" language = "vala" >\n${VALA.fixed}</code_block >`,
    'applied',
    'again',
  ),
  form('two files, one as it was', KT, `${block(KT, KT.fixed)}${block(RB, RB.text)}`, 'applied', 'again', 'left'),
  form('a fence with the path behind the language', SCALA, `\`\`\`scala ${SCALA.path}\n${SCALA.fixed}\`\`\`\n`, 'again', 'applied'),
  form('a fence in a fence of Markdown', SWIFT, `\`\`\`\`md\n\`\`\`swift\n${SWIFT.fixed}\`\`\`\n\`\`\`\`\n`, 'again'),
  form(
    'JSON of a call',
    LUA,
    JSON.stringify({ name: 'edit_file', arguments: { path: LUA.path, old_string: LUA.line, new_string: LUA.fixedLine } }),
    'again',
  ),
  form(
    'an edit with its marks one shorter',
    DART,
    block(DART, edit(DART).replaceAll('<<<<<<<', '<<<<<<').replaceAll('=======', '======').replaceAll('>>>>>>>', '>>>>>>')),
    'applied',
    'again',
  ),
  form('an edit that has the wrong indentation', EX, block(EX, edit(EX).replace(/^ {4}/gm, '  ')), 'applied', 'again'),
  form('edit, then the whole', HS, `${block(HS, edit(HS))}\n${block(HS, HS.fixed)}`, 'applied', 'again'),
  form('a component without its style', VUE, block(VUE, VUE.fixed.slice(0, VUE.fixed.indexOf('<style'))), 'again'),
  form(
    'one operation alone',
    OPENAPI,
    block(OPENAPI, 'components:\n  parameters:\n    Id:\n      name: id\n      in: path\n      required: true\n'),
    'again',
  ),
  form('one section alone of a spec', SPEC, block(SPEC, SPEC.fixed.slice(SPEC.fixed.indexOf('%build'))), 'again'),
  form('cut within the last message', PROPS, block(PROPS, PROPS.fixed.slice(0, -3)), 'again', 'left'),
  form('cut after a backend', HAPROXY, block(HAPROXY, HAPROXY.fixed.slice(0, HAPROXY.fixed.indexOf('backend shop\n    balance'))), 'again'),
  form('a remark of the answer above', CUE, block(CUE, `Here is the corrected file:\n\n${CUE.fixed}`), 'again', 'applied'),
  form(
    'line numbers with a bar',
    FISH,
    block(
      FISH,
      FISH.fixed
        .trimEnd()
        .split('\n')
        .map((line, at) => `${at + 1} | ${line}`)
        .join('\n'),
    ),
    'applied',
    'again',
  ),
  form('the line before and after with arrows', AVRO, `\`\`\`\n${AVRO.line.trim()}\n→\n${AVRO.fixedLine.trim()}\n\`\`\`\n`, 'again'),
  form('declined in Korean', CS, '이 오류는 데이터베이스 연결이 끊어져서 발생한 것으로, 코드를 수정할 필요가 없습니다.', 'none'),
  form(
    'declined, with what to set outside',
    JAVA,
    'Set `SHOP_TIMEOUT=60` in the environment of the service; the code is right as it is.',
    'none',
  ),
  form('a path with a scheme of an editor', PY, named(PY, `vscode://file/repo/${PY.path}`), 'applied', 'again', 'outside'),
  form('an edit of a line that the file has not', GIN, block(GIN, sr('\treturn cart.Owner.Name\n', '\treturn ""\n')), 'again'),
];

export const ELEVENTH: readonly Case[] = [...RIGHT, ...LEFT, ...FORM];
