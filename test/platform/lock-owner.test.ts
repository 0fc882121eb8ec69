// Who is alive, who is dead, and who cannot be asked from here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isOfThisBoot, lifeOf, type Owner, parseOwner, thisProcess } from '../../src/platform/lock-owner.ts';
import { eventually } from '../support/program.ts';

const me = thisProcess('0123456789abcdef');
const namespace = me.place.split(' ')[1];

const lives: readonly [name: string, owner: Owner, expected: 'alive' | 'dead' | 'unknown'][] = [
  ['this process', me, 'alive'],
  ['its pid in another life', { ...me, start: '1' }, 'dead'],
  ['a pid that is not there', { ...me, pid: 2 ** 30 }, 'dead'],
  ['this place before its last boot', { ...me, boot: 'another' }, 'dead'],
  ['another host', { ...me, boot: 'another', place: 'elsewhere pid:[1]' }, 'unknown'],
  ['another container of this host', { ...me, place: `${hostname()} pid:[1]` }, 'unknown'],
  ['this process, under a name that the host had before', { ...me, place: `elsewhere ${namespace}` }, 'alive'],
  ['a dead process, under a name that the host had before', { ...me, start: '1', place: `elsewhere ${namespace}` }, 'dead'],
  ['a host of our name without /proc', { ...me, boot: null, place: hostname() }, 'unknown'],
  ['this process, without /proc', { ...me, start: null }, 'alive'],
  ['a pid that is not there, without /proc', { ...me, start: null, pid: 2 ** 30 }, 'dead'],
  ['no process, without /proc', { ...me, start: null, pid: 0 }, 'dead'],
];

test.each(lives)('%s', (_name, owner, expected) => {
  expect(lifeOf(owner)).toBe(expected);
});

test('an owner of another boot is told from one of this boot', () => {
  expect(isOfThisBoot(me)).toBe(true);
  expect(isOfThisBoot({ ...me, boot: 'another' })).toBe(false);
});

test('a killed process that nobody has waited for yet is dead', async () => {
  // The shell's child is killed and stays a zombie, because the shell has become `sleep`, which never waits.
  const shell = spawn('sh', ['-c', 'sleep 600 & echo $!; kill -9 $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [text] = (await once(shell.stdout, 'data')) as [Buffer];
  const pid = Number(text.toString());
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  await eventually(
    () => lifeOf({ ...me, pid, start: fields[19] ?? '' }) === 'dead' || undefined,
    () => readFileSync(`/proc/${pid}/stat`, 'latin1'),
  );
  shell.kill('SIGKILL');
  await once(shell, 'close');
});

test.each([
  ['an owner', JSON.stringify(me), me],
  ['nothing', '', undefined],
  ['half of one', JSON.stringify(me).slice(0, 40), undefined],
  ['no owner', '[1]', undefined],
  ['a token that would lead out of the directory', JSON.stringify({ ...me, token: '../../x' }), undefined],
])('read: %s', (_name, text, expected) => {
  expect(parseOwner(text)).toEqual(expected);
});
