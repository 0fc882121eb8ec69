// What a terminal is given beside lines: links that lead where we say, a pager that the person has chosen, the page of a repair in
// the browser. Rules by rows; the pager on a real terminal, which is tmux.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createPaint, wantsLinks } from '../../src/cli/output/colors.ts';
import { cleaned } from '../../src/cli/output/output.ts';
import { tableLines } from '../../src/cli/output/tables/table.ts';
import { width } from '../../src/cli/output/width.ts';
import { openInBrowser } from '../../src/cli/terminal/browser.ts';
import { createFileAddresses } from '../../src/cli/terminal/file-address.ts';
import { pagerOf } from '../../src/cli/terminal/pager.ts';
import { pageOf } from '../../src/cli/terminal/web.ts';
import { wordsOf } from '../../src/cli/terminal/words.ts';
import { runCli } from '../support/cli-world.ts';
import { MAIN } from '../support/main-file.ts';
import { createState, keep, OUTCOME, type State, sight } from '../support/state.ts';

let place: string;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'ai-ops-terminal-')));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** A program in a directory of the PATH. */
function plant(name: string, script: string, dir = join(place, 'bin')): string {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(dir, name), 0o755);
  return join(dir, name);
}

describe('links', () => {
  const XTERM = { TERM: 'xterm-256color' };
  test.each<[string, Readonly<Record<string, string>>, boolean]>([
    ['a terminal that nobody knows', XTERM, false],
    ['VTE of 2018', { ...XTERM, VTE_VERSION: '5402' }, true],
    ['the one release of VTE that crashed on them', { ...XTERM, VTE_VERSION: '5000' }, false],
    ['iTerm2', { ...XTERM, TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.4.23' }, true],
    ['an old iTerm2', { ...XTERM, TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.15' }, false],
    ['Visual Studio Code', { ...XTERM, TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.99.0' }, true],
    ['Apple Terminal', { ...XTERM, TERM_PROGRAM: 'Apple_Terminal', TERM_PROGRAM_VERSION: '453' }, false],
    ['Windows Terminal', { ...XTERM, WT_SESSION: 'f' }, true],
    ['kitty', { TERM: 'xterm-kitty' }, true],
    ['a new tmux', { TERM: 'tmux-256color', TMUX: 'x', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.5a' }, true],
    [
      'an old tmux in a terminal that has them',
      { TERM: 'screen', TMUX: 'x', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.3a', VTE_VERSION: '7600' },
      false,
    ],
    ['screen in one', { TERM: 'screen.xterm', STY: 'x', WT_SESSION: 'f' }, false],
    ['forced', { ...XTERM, FORCE_HYPERLINK: '1' }, true],
    ['forbidden', { TERM: 'xterm-kitty', FORCE_HYPERLINK: '0' }, false],
    ['no colours', { TERM: 'xterm-kitty', FORCE_HYPERLINK: '1', NO_COLOR: '1' }, false],
    ['CI', { TERM: 'xterm-kitty', CI: 'true' }, false],
    ['dumb', { TERM: 'dumb', VTE_VERSION: '7600' }, false],
  ])('%s', (_name, env, shown) => {
    expect(wantsLinks({ isTerminal: true, refused: false }, env)).toBe(shown);
    expect(wantsLinks({ isTerminal: true, refused: true }, env)).toBe(false);
    if (env.FORCE_HYPERLINK !== '1') expect(wantsLinks({ isTerminal: false, refused: false }, env)).toBe(false);
  });

  const paint = createPaint(false, true);

  test('lead where we say, leave the blanks beside them, and take no columns', () => {
    const link = paint.link('#7   ', 'https://git.example.org/pull/7');
    expect(link).toMatch(/^\u001b\]8;id=ai-ops-[0-9a-f]{16};https:\/\/git\.example\.org\/pull\/7\u001b\\#7\u001b\]8;;\u001b\\ {3}$/);
    expect([width(link), cleaned(link, true), cleaned(link, false)]).toEqual([5, link, '#7   ']);
    expect(createPaint(true).link('#7', 'https://git.example.org/pull/7')).toBe('#7');
  });

  test('never to another scheme, and never with what would end them', () => {
    for (const address of [
      undefined,
      'javascript:alert(1)',
      '/etc/passwd',
      'https://a.example/ b',
      'https://a.example/\u001b]0;x\u0007',
      'ssh://a',
    ])
      expect(paint.link('text', address)).toBe('text');
  });

  test('those that a log holds are not shown', () => {
    const theirs = '\u001b]8;;https://evil.example/\u001b\\click\u001b]8;;\u001b\\';
    expect(cleaned(theirs, true)).not.toContain('evil.example');
    expect(cleaned('\u001b]8;id=ai-ops-0000000000000000;https://evil.example/\u001b\\click', true)).not.toContain('evil.example');
  });

  test('files are those of the checkout alone', () => {
    mkdirSync(join(place, 'repo/src'), { recursive: true });
    writeFileSync(join(place, 'repo/src/a b.js'), '');
    writeFileSync(join(place, 'secret'), '');
    symlinkSync(join(place, 'secret'), join(place, 'repo/way-out'));
    const at = createFileAddresses([join(place, 'repo')]);
    const wanted = `file://${hostname().toLowerCase()}${place}/repo/src/a%20b.js`;
    expect([at('src/a b.js'), at(join(place, 'repo/src/a b.js'))]).toEqual([wanted, wanted]);
    for (const other of ['way-out', '../secret', join(place, 'secret'), 'src', 'src/gone.js', '', '/etc/passwd'])
      expect(at(other)).toBeUndefined();
    expect(createFileAddresses([])('src')).toBeUndefined();
  });

  test('of a listing: the request, its trace, the file of its incident', async () => {
    const state = createState();
    try {
      await state.write(async (ledger) => {
        await sight(ledger);
        await keep(ledger, OUTCOME, '2026-03-01T10:05:00.000Z');
      });
      const argv = ['status', '--state-dir', state.dir];
      const shown = await runCli(argv, { env: { FORCE_HYPERLINK: '1' }, cwd: place });
      expect(
        shown.stdout.match(/\u001b\]8;id=[^;]+;(?<address>[^\u001b]+)\u001b\\[^\u001b]+/g)?.map((link) => link.replace(/^.*?;.*?;/, '')),
      ).toEqual([OUTCOME.trace, '#7'].map((text) => `https://git.example.org/shop/orders/pull/7\u001b\\${text}`));
      expect((await runCli(argv, { env: { FORCE_HYPERLINK: '1', NO_COLOR: '1' }, cwd: place })).stdout).not.toContain('\u001b');
    } finally {
      state.remove();
    }
  });
});

describe('words of a variable', () => {
  test.each([
    ['less -R', ['less', '-R']],
    [' less  "--prompt=a b" \'x y\'z ', ['less', '--prompt=a b', 'x yz']],
    ['less; rm -rf $HOME', ['less;', 'rm', '-rf', '$HOME']],
    ['', []],
  ])('%s', (line, words) => expect(wordsOf(line)).toEqual(words));
});

describe('the pager', () => {
  test('is what the person has named, found on the PATH; nothing and cat are none', () => {
    const less = plant('less', '');
    const more = plant('more', '');
    const PATH = dirname(less);
    expect(pagerOf({ PATH })).toEqual([less]);
    expect(pagerOf({ PATH, PAGER: 'more -s' })).toEqual([more, '-s']);
    expect(pagerOf({ PATH, PAGER: 'more', AI_OPS_PAGER: 'less -S' })).toEqual([less, '-S']);
    expect(pagerOf({ PATH, PAGER: 'more', AI_OPS_PAGER: '' })).toBeUndefined();
    expect(pagerOf({ PATH, PAGER: 'cat' })).toBeUndefined();
    expect(pagerOf({ PATH: '' })).toBeUndefined();
    expect(pagerOf({ PATH, PAGER: 'nope' })).toEqual({ missing: 'nope' });
    // A file of whoever wrote the repository.
    expect(pagerOf({ PATH: ['.', 'bin', ''].join(delimiter), PAGER: './bin/less' })).toEqual({ missing: './bin/less' });
  });
});

describe('on a terminal', () => {
  let state: State;
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-S', join(place, 'socket'), '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: place, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8' },
    });
  const screen = (): string => tmux('capture-pane', '-p', '-t', 'page').trimEnd();

  beforeEach(async () => {
    state = createState();
    await state.write(async (ledger) => {
      await sight(ledger);
      for (let at = 0; at < 20; at += 1)
        await keep(ledger, { ...OUTCOME, trace: `trace${at}abcdefg`.slice(0, 12) }, `2026-03-01T10:05:${10 + at}.000Z`);
    });
  });
  afterEach(() => {
    tmux('kill-server');
    state.remove();
  });

  /** @param words of `env` before the command */
  function start(words: readonly string[], ...argv: readonly string[]): void {
    const command = [...words, process.execPath, MAIN, ...argv, '--state-dir', state.dir].map((part) => `'${part}'`).join(' ');
    tmux('new-session', '-d', '-s', 'page', '-c', place, '-x', '100', '-y', '10', `env ${command}; echo "exit=$?"; cat`);
  }

  async function shows(pattern: RegExp): Promise<string> {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const text = screen();
      if (pattern.test(text)) return text;
    }
    throw new Error(`${pattern} was not shown; the screen is:\n${screen()}`);
  }

  const PAGER =
    'echo begun; head -3; echo "args=$*"; echo "less=$LESS $LESSCHARSET"; echo "token=$GITHUB_TOKEN"; until read key < /dev/tty; do :; done';

  test('what is longer than it is leafed through, without our secrets; Ctrl-C is the pager’s, and what was said comes behind', async () => {
    plant('leaf', `trap 'echo caught' INT\n${PAGER}`);
    start([`PATH=${join(place, 'bin')}:${process.env.PATH}`, 'PAGER=leaf -x', 'GITHUB_TOKEN=a-token-of-the-host-42'], 'status');
    const text = await shows(/^token=/m);
    expect(text).toMatch(/begun\nSTARTED .*\n.*trace19.*\n.*trace18.*\nargs=-x\nless=FRX utf-8\ntoken=$/);
    tmux('send-keys', '-t', 'page', 'C-c');
    await shows(/caught/);
    expect(screen()).not.toContain('exit=');
    tmux('send-keys', '-t', 'page', 'Enter');
    await shows(/exit=0/);
  });

  test('what fits is printed, and nobody is asked', async () => {
    plant('leaf', 'echo begun');
    start([`PATH=${join(place, 'bin')}:${process.env.PATH}`, 'PAGER=leaf'], 'status', '--limit', '3');
    expect(await shows(/exit=0/)).not.toContain('begun');
  });

  test('--no-pager', async () => {
    plant('leaf', 'echo begun');
    start([`PATH=${join(place, 'bin')}:${process.env.PATH}`, 'PAGER=leaf'], 'status', '--no-pager');
    expect(await shows(/exit=0/)).not.toContain('begun');
  });

  test('of a pager that is not there it is said so', async () => {
    start(['PAGER=./leaf'], 'status', '--limit', '2');
    expect(await shows(/exit=0/)).toContain('./leaf of AI_OPS_PAGER or PAGER is not there');
  });
});

describe('the browser', () => {
  const signal = new AbortController().signal;
  const seen = (): readonly string[] => readFileSync(join(place, 'seen'), 'utf8').trimEnd().split('\n');

  test('gets the address as one argument, and no shell reads it', async () => {
    plant('firefox', `printf '%s\\n' "$@" "token=$GITHUB_TOKEN" > ${join(place, 'seen')}`);
    const env = { PATH: `${join(place, 'bin')}:/usr/bin:/bin`, BROWSER: 'nope:firefox --new-tab', GITHUB_TOKEN: 'a-token-of-the-host-42' };
    const address = `https://git.example.org/pull/7?a=$(touch%20${place}/ran)&b=;touch`;
    expect(await openInBrowser(address, { env, signal })).toBe(true);
    expect(seen()).toEqual(['--new-tab', address, 'token=']);
    expect(await openInBrowser('https://b.example/', { env: { ...env, BROWSER: 'firefox %s --quiet' }, signal })).toBe(true);
    expect(seen()).toEqual(['https://b.example/', '--quiet', 'token=']);
    expect(existsSync(join(place, 'ran'))).toBe(false);
  });

  test('that is not there, that fails, or that a repository would bring, has not taken it', async () => {
    plant('broken', 'exit 3');
    plant('here', 'exit 0', place);
    const PATH = join(place, 'bin');
    for (const BROWSER of ['broken', 'nope', './here'])
      expect(await openInBrowser('https://a.example/', { env: { PATH, BROWSER }, signal })).toBe(false);
    expect(await openInBrowser('https://a.example/', { env: { PATH }, platform: 'linux', signal })).toBe(false);
  });

  const repository = 'git.example.org/shop/orders';
  const of = (url: string) => [{ request: { url, number: 7, state: 'open' }, issue: null, repository }] as const;

  test.each([
    ['https://git.example.org/shop/orders/pull/7', true],
    ['http://git.example.org:8080/shop/orders/pull/7', true],
    ['https://evil.example/shop/orders/pull/7', false],
    ['https://git.example.org@evil.example/', false],
    ['https://user:word@git.example.org/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['/state/requests/fix.md', false],
  ])('%s: opened %p', (url, isOpened) => expect(pageOf(of(url), null)).toBe(isOpened ? new URL(url).href : undefined));

  test('the newest request goes before every issue', () => {
    const [request] = of('https://git.example.org/pull/7');
    const issue = { request: null, issue: { url: 'https://git.example.org/issues/9', number: 9, state: 'open' }, repository } as const;
    expect(pageOf([issue, request], null)).toBe('https://git.example.org/pull/7');
    expect(pageOf([issue], null)).toBe('https://git.example.org/issues/9');
  });

  test('status TRACE --web prints the address where there is no browser; without a page on a host it is the report', async () => {
    const state = createState();
    try {
      await state.write(async (ledger) => {
        await sight(ledger);
        await keep(ledger, { ...OUTCOME, repository }, '2026-03-01T10:05:00.000Z');
        await keep(ledger, { ...OUTCOME, trace: 'bbb111bbb222', request: null }, '2026-03-01T10:06:00.000Z');
      });
      const web = (...argv: readonly string[]) => runCli([...argv, '--web', '--state-dir', state.dir], { cwd: place, env: { PATH: '' } });
      const page = join(state.dir, 'report.html');
      expect((await web('status', 'bbb')).stdout).toBe(`file://${page}#t-bbb111bbb222\n`);
      expect(readFileSync(page, 'utf8')).toContain('id="t-bbb111bbb222"');
      expect((await web('status')).stderr).toContain('--web needs a trace');
      expect((await web('incidents')).stderr).toContain('--web needs a fingerprint');
      expect((await web('status', 'bbb', '--json')).code).toBe(2);
    } finally {
      state.remove();
    }
  });
});

test('what is wanted of a name stays before other columns, and the last column is not filled up', () => {
  const shape = [
    { title: 'NAME', cell: (row: string) => row, shrinks: true, least: 20 },
    { title: 'WHY', cell: () => 'because of something long', shrinks: true },
    { title: 'ID', cell: () => '0123456789ab', drops: 1, paint: (text: string) => `<${text}>` },
  ] as const;
  const lines = [...tableLines(shape, ['TypeError in total · src/cart.js:6'], 60)];
  expect(lines[1]).toBe('TypeError in total · src/cart.js:6  because o…  <0123456789ab>');
  expect([...tableLines(shape, ['TypeError in total · src/cart.js:6'], 40)][1]).toBe('TypeError in total · src/cart…  because…');
});
