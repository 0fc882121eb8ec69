// doc/architecture.md says what the code says: steps and their order, ports, tables, who may import whom.
import { readdirSync, readFileSync } from 'node:fs';
import { MIGRATIONS } from '../../src/adapters/ledger/schema.ts';
import { readDoc, tableRows } from './read-docs.ts';

const { prose } = readDoc('doc/architecture.md');

/** Rows of the tables below one heading, up to the next of the same rank. */
function rowsBelow(heading: string): readonly (readonly string[])[] {
  const section = prose.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  return tableRows(section ?? '');
}

const named = (cell: string | undefined): readonly string[] => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
const firstCells = (heading: string): readonly string[] => rowsBelow(heading).flatMap((row) => named(row[0]));

test('the steps are those of repair.ts, in its order', () => {
  const story = readFileSync('src/pipeline/repair.ts', 'utf8');
  const steps = [...story.matchAll(/(?:step|optional)\('(\w+)'/g)].map((match) => match[1]!);
  expect(firstCells('The steps of a repair')).toEqual(steps);
});

test('the ports are those of ports.ts that somebody stands behind', () => {
  const text = readFileSync('src/ports.ts', 'utf8');
  const interfaces = [...text.matchAll(/^export interface (\w+) \{([\s\S]*?)^\}/gm)];
  const withMethods = interfaces.filter((match) => /^ {2}\w+(?:<\w+>)?\(/m.test(match[2]!)).map((match) => match[1]!);
  // What a port is handed or hands back is not one itself.
  const parts = ['SourceSink', 'LongRunningRequest', 'Handover', 'Place', 'Workspace', 'Claim'];
  expect([...firstCells('Ports')].sort()).toEqual(withMethods.filter((name) => !parts.includes(name)).sort());
});

test('the tables are those of the ledger', () => {
  const tables = new Set<string>();
  for (const statement of MIGRATIONS.flat()) {
    if (typeof statement !== 'string') continue;
    const made = /^CREATE TABLE (\w+)/.exec(statement)?.[1];
    const [, old = '', now = ''] = /^ALTER TABLE (\w+) RENAME TO (\w+)/.exec(statement) ?? [];
    if (made !== undefined || now !== '') tables.add(made ?? now);
    tables.delete(old);
    tables.delete(/^DROP TABLE (\w+)/.exec(statement)?.[1] ?? '');
  }
  expect([...firstCells('The ledger')].sort()).toEqual([...tables].sort());
});

test('the map has every folder and file at the top of src, and every adapter', () => {
  const known = firstCells('Map of `src`');
  const top = readdirSync('src', { withFileTypes: true })
    .filter((entry) => entry.name !== 'adapters')
    .map((entry) => `src/${entry.name}${entry.isDirectory() ? '/' : ''}`);
  const adapters = readdirSync('src/adapters').map((name) => `src/adapters/${name}/`);
  expect([...top, ...adapters].filter((path) => !known.includes(path))).toEqual([]);
});

test('it can be read in five minutes', () => {
  expect(prose.split('\n').length).toBeLessThanOrEqual(230);
});
