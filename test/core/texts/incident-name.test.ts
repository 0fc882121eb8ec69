// What an incident is called: type and place, and the message where these say nothing.
import { incidentName } from '../../../src/core/texts/incident/incident-name.ts';

const of = (type: string | null, title: string, name?: string) =>
  incidentName({ type, title, level: 'error' }, { path: 'src/auth.js', line: 8, ...(name === undefined ? {} : { function: name }) });

test.each([
  ['a type of its own', of('TypeError', 'TypeError: x is undefined', 'check'), 'TypeError in check · src/auth.js:8'],
  ['a type of its own, without a function', of('shop.errors.PriceError', 'PriceError: none'), 'PriceError · src/auth.js:8'],
  ['a name of every error, in a function', of('Error', 'Error: Please authenticate', 'check'), 'Error in check · src/auth.js:8'],
  ['a name of every error alone', of('Error', 'Error: Please authenticate'), 'Error: Please authenticate · src/auth.js:8'],
  ['of another language', of('java.lang.RuntimeException', 'RuntimeException: no rate'), 'RuntimeException: no rate · src/auth.js:8'],
  ['no type', of(null, 'order 17 failed'), 'order 17 failed · src/auth.js:8'],
  ['no type, in a function', of(null, 'order 17 failed', 'place'), 'error in place · src/auth.js:8'],
  ['nothing said', of(null, ''), 'error · src/auth.js:8'],
  ['no place', incidentName({ type: null, title: 'disk full', level: 'fatal' }, undefined), 'disk full'],
])('%s', (_name, told, expected) => expect(told).toBe(expected));

test('a long message is cut, never within a letter', () => {
  const told = of('Error', `Error: ${'a'.repeat(51)}\u{1f600} and more`);
  expect(told).toBe(`Error: ${'a'.repeat(51)}… · src/auth.js:8`);
});
