// The shipped schema and example agree with the table of keys. (That they are up to date is `npm run docs -- --check`.)
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { givenByFile } from '../../src/config/given.ts';
import { KEY_NAMES, KEYS } from '../../src/config/schema.ts';
import { validate } from '../../src/config/validate.ts';

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

let bySchema: ValidateFunction;
beforeAll(() => {
  bySchema = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(json('schema.json') as object);
});

function byUs(content: unknown): boolean {
  const reading = givenByFile(content, 'rc');
  return reading.problems.length === 0 && !('problems' in validate(reading.given, '/state'));
}

describe('accepted or refused by the schema as by us', () => {
  const rows: readonly (readonly [string, unknown, boolean])[] = [
    ['the example', json('aiopsrc.example.json'), true],
    ['the configuration of the example service', json('examples/orders-service/.aiopsrc.json'), true],
    ['nothing', {}, true],
    ['$schema alone', { $schema: './schema.json' }, true],
    ['null where we find out ourselves', { repo: { url: null }, mail: { from: null } }, true],
    ['unknown key', { nope: 1 }, false],
    ['unknown key in a section', { claude: { nope: 1 } }, false],
    ['wrong type', { policy: { draft: 'yes' } }, false],
    ['not one of the words', { language: 'fr' }, false],
    ['too small', { policy: { maxFiles: 0 } }, false],
    ['a fraction', { policy: { maxFiles: 1.5 } }, false],
    ['money may be a fraction', { claude: { maxBudgetUsd: 0.5 } }, true],
    ['a text for a list of one', { logs: 'a.log', verify: { test: 'npm test' }, mail: { to: 'ops@example.org' } }, true],
    ['a word for a list of one', { policy: { repair: 'code-fault' } }, true],
    ['a text that is none of the list', { policy: { repair: 'all' } }, false],
    ['an empty text for a list', { verify: { test: '' } }, false],
    ['a text for arguments', { claude: { args: '--model opus' } }, false],
    ['an empty text in a list', { logs: [''] }, false],
    ['not an address', { mail: { to: ['nobody'] } }, false],
    ['a path as file name', { state: { file: '../x' } }, false],
    ['a line break in a command', { verify: { test: ['a\nb'] } }, false],
  ];
  test.each(rows)('%s', (_name, content, expected) => {
    expect([bySchema(content), byUs(content)]).toEqual([expected, expected]);
  });
});

test.each(KEY_NAMES.filter((key) => key !== 'state.dir').map((key) => [key]))('the default of %s is accepted', (key) => {
  const [section, name] = key.split('.') as [string, string?];
  const value: unknown = KEYS[key as keyof typeof KEYS].default;
  expect(byUs(name === undefined ? { [section]: value } : { [section]: { [name]: value } })).toBe(true);
});

test('no variable sets two keys', () => {
  const variables = KEY_NAMES.flatMap((key) => KEYS[key].env);
  expect(new Set(variables).size).toBe(variables.length);
});
