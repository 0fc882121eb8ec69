import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { embeddedFiles } from '../bin/bundle.ts';
import { demoFiles, nodeCommand, readEmbedded, version } from '../src/embedded.ts';

test('the version is the one of package.json', () => {
  expect(version).toBe((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version);
});

test("SQLite's WASM is WASM, version 1", () => {
  expect(readEmbedded('sql-wasm.wasm').subarray(0, 8).toString('latin1')).toBe('\0asm\u0001\0\0\0');
});

const LIMIT = 300_000;

test(
  'the grammars are WASM, also as they are packed',
  () => {
    const packed = embeddedFiles().filter(({ name }) => name.endsWith('.wasm.br'));
    expect(packed.length).toBeGreaterThan(10);
    for (const { name, bytes } of packed) {
      const wasm = readEmbedded(name.slice(0, -'.br'.length) as 'tree-sitter.wasm');
      expect(wasm.subarray(0, 8).toString('latin1')).toBe('\0asm\u0001\0\0\0');
      expect(brotliDecompressSync(bytes).equals(wasm)).toBe(true);
    }
  },
  LIMIT,
);

test('the demo holds the service with its tests and its hidden files, the answers, and no log', () => {
  const paths = demoFiles().map(({ path }) => path);
  for (const path of [
    'orders-service/.aiopsrc.json',
    'orders-service/package.json',
    'orders-service/src/main.js',
    'orders-service/test/cart.test.js',
    'orders-service-answers/answers.json',
    'orders-service-answers/cart-without-coupon.txt',
  ]) {
    expect(paths).toContain(path);
  }
  expect(paths.filter((path) => path.endsWith('.log'))).toEqual([]);
  expect(demoFiles().every(({ path, text }) => text === readFileSync(`examples/${path}`, 'utf8'))).toBe(true);
});

test('a JavaScript file can be run', () => {
  expect(nodeCommand()).toEqual([process.execPath]);
});
