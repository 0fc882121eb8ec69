// `ai-ops licenses`: whose work is inside, each with its text.
import { readFileSync } from 'node:fs';
import { runCli } from '../support/cli-world.ts';

interface Notice {
  readonly kind: string;
  readonly name: string;
  readonly license: string;
  readonly text: string;
}

const told = async (): Promise<readonly Notice[]> =>
  (await runCli(['licenses', '--json'])).stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Notice);

test('the program is named first, with its own licence', async () => {
  expect((await told())[0]).toMatchObject({
    kind: 'license',
    name: 'ai-ops',
    license: 'MIT',
    text: readFileSync('LICENSE', 'utf8').trim(),
  });
});

test('every package that is bundled is named once, and has a licence', async () => {
  const names = (await told()).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['commander', 'isomorphic-git', '@octokit/rest', '@gitbeaker/rest', 'nodemailer', 'sql.js', 'tail']),
  );
  expect(new Set(names).size).toBe(names.length);
  for (const { license } of await told()) expect(license).toMatch(/\w/);
});

test('for people: the texts, one after another', async () => {
  const { code, stdout, stderr } = await runCli(['licenses']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^={80}\nai-ops \d/);
  expect(stdout).toContain('Permission is hereby granted');
});
