// Which setups may be kept for another commit: plain installs of what lock files and manifests name.
import { dependsOnInputsOnly, setupInputs } from '../../../src/core/proof/machine/setup-inputs.ts';

const VENV =
  'python3 -m venv --system-site-packages .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt';
const BUNDLE = 'bundle check >/dev/null 2>&1 || { bundle config set --local path vendor/bundle && bundle install --quiet; }';

test.each([
  ['npm ci --no-audit --no-fund', {}],
  ['pnpm install --frozen-lockfile', { 'package.json': '{"dependencies":{"a":"^1.0.0"}}' }],
  ['yarn', {}],
  ["cd 'apps/web' && npm ci", {}],
  ['uv sync --frozen', { 'pyproject.toml': '[build-system]\nrequires = ["hatchling"]\n' }],
  ['POETRY_VIRTUALENVS_IN_PROJECT=true poetry install --no-interaction', {}],
  [VENV, { 'requirements.txt': 'flask==3.0.0\n-r requirements-dev.txt\n' }],
  [BUNDLE, { Gemfile: "gem 'rack'\n" }],
  ['composer install --no-interaction --no-progress --quiet', { 'composer.json': '{"require":{"a/b":"^1"}}' }],
])('by what the lock files say: %s', (command, texts) => {
  expect(dependsOnInputsOnly([command], new Map(Object.entries(texts)), ['src/a.js'])).toBe(true);
});

test.each([
  ['npm ci && npm run build', {}],
  ['make setup', {}],
  ['./scripts/setup.sh', {}],
  ['npm install ../other', {}],
  ['npm ci --prefix=web; touch x', {}],
  ['npm ci $(cat flags)', {}],
  ['pip install -e .', {}],
  ['pip install .', {}],
  ['pip install --editable .', {}],
  ['pip install --editable=.', {}],
  ['composer install --optimize-autoloader', {}],
  ['composer install -o', {}],
  ['npm ci', { 'package.json': '{"scripts":{"postinstall":"node build.js"}}' }],
  ['npm ci', { 'packages/a/package.json': '{"scripts":{"prepare": "tsc"}}' }],
  ['yarn install', { 'package.json': '{"dependencies":{"a":"file:./a"}}' }],
  ['composer install', { 'composer.json': '{"scripts":{"post-install-cmd":"@build"}}' }],
  ['composer install', { 'composer.json': '{"autoload":{"classmap":["src"]}}' }],
  [VENV, { 'requirements.txt': '-e .\n' }],
  [VENV, { 'requirements.txt': './libs/own\n' }],
  [VENV, { 'requirements.txt': '-r deps/base.list\n' }],
  ['uv sync --frozen', { 'pyproject.toml': '[build-system]\nrequires = ["maturin"]\n' }],
  [BUNDLE, { Gemfile: "gem 'own', path: 'gems/own'\n" }],
])('bound to the commit: %s %j', (command, texts) => {
  expect(dependsOnInputsOnly([command], new Map(Object.entries(texts)), ['src/a.js'])).toBe(false);
});

test('a native part of the package itself is built by its install', () => {
  expect(dependsOnInputsOnly(['npm ci'], new Map(), ['binding.gyp'])).toBe(false);
});

test('the inputs are lock files, manifests and settings of installers, wherever they are', () => {
  const inputs = [
    '.npmrc',
    '.yarn/patches/a.patch',
    'Gemfile.lock',
    'api/package.json',
    'package-lock.json',
    'requirements/dev.txt',
    'uv.lock',
  ];
  expect(setupInputs([...inputs, 'src/package.js', 'test/lock.test.js', 'notes.txt'].reverse())).toEqual(inputs);
});
