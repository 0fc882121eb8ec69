// Layouts of repositories, with the commands that somebody who knows the tool would run, written down before the rules were
// tried on them. Halves by the hash of the name: rules were read against `tuning`; of `never-tuned` only the total is looked at.
import { readFileSync } from 'node:fs';
import { manifestsToRead, planChecks } from '../../../src/core/proof/checks.ts';

interface Layout {
  readonly name: string;
  readonly near: string;
  readonly files: Readonly<Record<string, string>>;
  readonly expert: string;
  readonly setup?: string;
  readonly test: string;
}

const LAYOUTS: Readonly<Record<'tuning' | 'never-tuned', readonly Layout[]>> = JSON.parse(
  readFileSync(new URL('plan-layouts.json', import.meta.url), 'utf8'),
);

function plan({ near, files }: Layout): { readonly setup: string; readonly test: string } {
  const paths = Object.keys(files);
  const texts = new Map(manifestsToRead(paths, near).map((path) => [path, files[path] ?? '']));
  const { setup, test } = planChecks({}, { paths, texts }, near);
  return { setup: setup.join('; '), test: test.join('; ') };
}

test.each(LAYOUTS.tuning)('$name: $expert', (layout) => {
  const { setup, test: command } = plan(layout);
  expect(setup).toMatch(new RegExp(layout.setup ?? ''));
  expect(command).toMatch(new RegExp(layout.test));
});

test('the half that nobody tuned with', () => {
  const right = LAYOUTS['never-tuned'].filter((layout) => {
    const { setup, test: command } = plan(layout);
    return new RegExp(layout.setup ?? '').test(setup) && new RegExp(layout.test).test(command);
  });
  expect([right.length, LAYOUTS['never-tuned'].length]).toEqual([20, 21]);
});
