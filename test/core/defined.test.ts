import { defined } from '../../src/core/defined.ts';

interface Model {
  readonly name?: string;
  readonly limit: number | null;
}

test('what is undefined is left out, and only that', () => {
  const model: Model = defined({ name: undefined as string | undefined, limit: null });
  expect(Object.entries(model)).toEqual([['limit', null]]);
  expect(defined({ name: '', limit: 0, is: false })).toEqual({ name: '', limit: 0, is: false });
});

test('for the type checker a field that may be undefined is optional, the others are there', () => {
  const made = defined({ name: undefined as string | undefined, limit: 5 });
  const limit: number = made.limit;
  // @ts-expect-error it may be absent
  const name: string = made.name;
  expect([limit, name]).toEqual([5, undefined]);
});
