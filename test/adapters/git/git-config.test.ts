// The grammar of `.git/config`, checked against the git program.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEntries, remoteUrl } from '../../../src/adapters/git/git-config.ts';
import { git } from '../../support/git-program.ts';

const rows: [name: string, text: string, key: string][] = [
  ['plain', '[remote "origin"]\n\turl = https://host.example/a/b.git\n', 'remote.origin.url'],
  ['case of section and key', '[REMOTE "origin"]\nURL=x\n', 'remote.origin.url'],
  ['case of a subsection is kept', '[remote "Origin"]\nurl=x\n', 'remote.Origin.url'],
  ['the last wins', '[remote "origin"]\nurl=x\nurl=y\n', 'remote.origin.url'],
  ['comments', '# c\n[core] ; c\n  bare = true # yes\n', 'core.bare'],
  ['quotes keep comment signs and spaces', '[a "b"]\nc = " x # y " ; z\n', 'a.b.c'],
  ['escapes', '[a "q\\"\\\\r"]\nc = "t\\tn\\\\"\n', 'a.q"\\r.c'],
  ['continued line', '[a]\nb = one \\\n two\n', 'a.b'],
  ['value on the line of the section', '[a] b = c\n', 'a.b'],
  ['CRLF', '[a]\r\nb = c\r\n', 'a.b'],
];

test.each(rows)('%s', async (_name, text, key) => {
  const dir = await mkdtemp(join(tmpdir(), 'ai-ops-config-'));
  try {
    await writeFile(join(dir, 'config'), text);
    expect(new Map(parseEntries(text)).get(key)).toBe(await git(dir, 'config', '--file', 'config', '--get', key));
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('the remote is origin, or the only one', () => {
  const url = (text: string): string | undefined => remoteUrl(new Map(parseEntries(text)));
  expect(url('[remote "up"]\nurl=a\n[remote "origin"]\nurl=b\n')).toBe('b');
  expect(url('[remote "up"]\nurl=a\n')).toBe('a');
  expect(url('[remote "up"]\nurl=a\n[remote "down"]\nurl=b\n')).toBeUndefined();
  expect(url('[core]\nbare=false\n')).toBeUndefined();
});
