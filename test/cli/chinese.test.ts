// Whatever the command line tells people, it tells in Chinese too. Sentences that stand where they are said have their counterpart by
// type (`say`); here those that no type holds: the help, sentences that steps and checks make, and that nobody prints a sentence past the
// tables. The texts themselves are held to Chinese marks and words.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS, COMMON_OPTIONS } from '../../src/cli/command-line/commands.ts';
import { EXIT_CODES } from '../../src/cli/command-line/exit-codes.ts';
import { FIRST_EXAMPLES } from '../../src/cli/command-line/program.ts';
import { wrapped } from '../../src/cli/output/width.ts';
import { KEY_NAMES, KEYS } from '../../src/config/schema.ts';
import { checkSentences } from '../../src/core/texts/chinese/checks.ts';
import { commandWords } from '../../src/core/texts/chinese/commands.ts';
import { detailIn } from '../../src/core/texts/chinese/details.ts';
import { chineseErrors, errorIn, errorWordsIn } from '../../src/core/texts/chinese/errors.ts';
import { firstWords } from '../../src/core/texts/chinese/first-steps.ts';
import { HELP_WORDS } from '../../src/core/texts/chinese/help.ts';
import { KEY_MEANINGS, keySentences } from '../../src/core/texts/chinese/keys.ts';
import { labelWords } from '../../src/core/texts/chinese/labels.ts';
import { listingWords } from '../../src/core/texts/chinese/listings.ts';
import { reasonWords } from '../../src/core/texts/chinese/reasons.ts';
import { reportWords } from '../../src/core/texts/chinese/report.ts';
import { named, sayIn } from '../../src/core/texts/chinese/say.ts';
import { tableWords } from '../../src/core/texts/chinese/tables.ts';
import { toldSentences } from '../../src/core/texts/chinese/told.ts';
import { usageSentences } from '../../src/core/texts/chinese/usage.ts';
import { verboseSentences } from '../../src/core/texts/chinese/verbose.ts';
import { CATALOGUE } from '../../src/errors.ts';
import { runCli } from '../support/cli-world.ts';
import { createState, keep, OUTCOME, type State, sight } from '../support/state.ts';

const HAN = /[\u4e00-\u9fff]/;

describe('the help', () => {
  const sentences = new Set([
    ...COMMON_OPTIONS.map(({ doc }) => doc),
    ...Object.values(COMMANDS).flatMap(({ summary, argument, options, examples }) => [
      ...[summary, ...(argument ? [argument.doc] : [])],
      ...options.map(({ doc }) => doc),
      ...examples.map(([, what]) => what),
    ]),
    ...EXIT_CODES.map(([, meaning]) => meaning),
    ...FIRST_EXAMPLES.map(([, what]) => what),
  ]);
  const ofTheLibrary = new Set(
    Object.keys(HELP_WORDS).slice(0, Object.keys(HELP_WORDS).indexOf('see it work, without accounts or network')),
  );

  test('has each of its sentences', () => {
    expect([...sentences].filter((sentence) => !Object.hasOwn(HELP_WORDS, sentence))).toEqual([]);
  });

  test('has none that nobody says', () => {
    expect(Object.keys(HELP_WORDS).filter((sentence) => !sentences.has(sentence) && !ofTheLibrary.has(sentence))).toEqual([]);
  });

  test('of every command is Chinese, by the variable or by the configuration', async () => {
    for (const name of Object.keys(COMMANDS)) {
      const { stdout } = await runCli([name, '--help'], { env: { AIOPS_LANGUAGE: 'zh' } });
      const said = stdout.replace(/（可选值：[^）]*）/g, '').replace(/`[^`]*`/g, '');
      expect(
        said
          .split('\n')
          .filter((line) => /(?:\b[a-z]{2,}\b[ ,;]+){3}/.test(line.replace(/^ +(?:source|sudo|journalctl|ai-ops) .*? {2,}/, ''))),
      ).toEqual([]);
    }
    expect((await runCli(['help'], { env: { AIOPS_LANGUAGE: 'auto', LANG: 'zh_CN.UTF-8' } })).stdout).toMatch(/^用法：/);
    expect((await runCli(['help'], { env: { LANG: 'zh_CN.UTF-8' } })).stdout).toMatch(/^Usage:/);
  });

  test('lines are broken beside wide letters, and no mark begins one', () => {
    expect(wrapped('跟随日志，按策略修复；共四行。', 8)).toEqual(['跟随日', '志，按策', '略修复；', '共四行。']);
    expect(wrapped('see `ai-ops status` 中的内容', 12)).toEqual(['see `ai-ops', 'status` 中的', '内容']);
    expect(wrapped('', 8)).toEqual(['']);
  });
});

describe('every text', () => {
  const tables = [
    commandWords(),
    firstWords(),
    HELP_WORDS,
    KEY_MEANINGS,
    labelWords(),
    listingWords(),
    reasonWords(),
    reportWords(),
    tableWords(),
  ];
  const texts = [
    ...tables.flatMap((table) => Object.values(table as Readonly<Record<string, string>>)),
    ...[toldSentences(), checkSentences(), keySentences(), usageSentences(), verboseSentences()].flat().map(([, chinese]) => chinese),
    ...Object.values(chineseErrors()).flat(),
  ];
  const bare = (text: string): string => text.replace(/`[^`]*`/g, '码').replace(/\{\w+:?\}/g, '值');

  test('has Chinese marks beside Chinese letters', () => {
    expect(texts.filter((text) => /[\u4e00-\u9fff][,;:!?()]|[(),;:!?][\u4e00-\u9fff]/.test(bare(text)))).toEqual([]);
  });

  test('has the words of the field', () => {
    // A request is a 合并请求, frames are 堆栈帧, what is withheld is no key.
    expect(texts.filter((text) => /守卫|调用帧|回答者|证明 ?L|追踪记录|去除密钥/.test(text))).toEqual([]);
    expect(
      texts.filter(
        (text) =>
          /(?<!合并|拉取|对服务器的|已拒绝|拒绝了|发送|个|HTTP )请求(?!在|的路由|过于|，|数|到|被|。|：|失败|；|使用|头)/.test(text) &&
          !HAN.test(text),
      ),
    ).toEqual([]);
  });
});

describe('sentences that are made where something is found', () => {
  const filesIn = (dir: string): readonly string[] =>
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(dir, name));
  const code = (path: string): string => readFileSync(path, 'utf8').replace(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  const filled = (template: string): string => template.replaceAll('\\`', '`').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '7');
  const literal = "(?:'([^'\\n]{4,})'|`((?:[^`\\\\\\n]|\\\\.){4,})`)";

  /** What stands in quotes behind each of these words. */
  const behind = (path: string, before: string): readonly string[] =>
    [...code(path).matchAll(new RegExp(`${before}${literal}`, 'g'))].map(([, plain, template = '']) => plain ?? filled(template));

  const steps = filesIn('src/pipeline/steps').flatMap((path) => behind(path, 'tell\\.say\\('));
  const checks = [
    'src/wiring/doctor.ts',
    'src/adapters/claude/cli.ts',
    'src/adapters/hosts/github/check.ts',
    'src/adapters/hosts/gitlab/check.ts',
  ];
  const found = [
    ...steps,
    ...checks.flatMap((path) => [...behind(path, "(?:name[^\\n]*|status: '\\w+', )detail: "), ...behind(path, '^\\s*hint: ')]),
  ]
    .concat(filesIn('src/core/context').flatMap((path) => behind(path, 'why: ')))
    // A place, a name or a number alone is no sentence.
    .filter((text) => /[a-z]{3,} [a-z]{2,}/.test(text.replace(/`[^`]*`/g, '')) && !/^(?:7:? 7|joins 7)/.test(text));

  test('are found in the source', () => expect(found.length).toBeGreaterThan(15));

  test.each([...new Set(found)])('%s', (sentence) => {
    const told = detailIn('zh', sentence);
    expect(told).toMatch(HAN);
    expect(
      told.replace(
        /`[^`]*`|\w+\.\w+|\w+: write|Claude|Linux|Developer|bubblewrap|GitHub|GitLab|ai-ops|ANTHROPIC_API_KEY|repo\b|api\b/g,
        '',
      ),
    ).not.toMatch(/[a-z]{3,} [a-z]{2,}/);
  });

  // Made of several parts, so that the source does not hold them whole.
  test.each([
    'told in an issue, not proposed: shown of the fix is L0, and policy.openAt asks for L2',
    'nothing was pushed: shown of the fix is L0, and policy.openAt asks for L2',
    'nothing was pushed: shown of the fix is no proof, and policy.openAt asks for L2',
    'nothing was pushed: the guard objects that the fix only hides the error; shown of it is L0, and L2 is asked for then',
    'opened https://git.example.com/a/b/issues/3; #3 was closed by a person; it stays closed',
    'ai-ops/fix-0123: 0123456789ab on top of 123456789abc',
    'x7: goes on at fix',
    'x7: another box has taken the claim over',
    'introduced by 0123456789ab: the test passes at 123456789abc and fails at it (3 runs)',
    'which commit introduced it is not known: the test fails as far back as it can be run, at 0123456789ab (1 run)',
    'nothing could be run without the fix, so nothing can be shown of one',
    'lib/x.rb:11 was last changed by ada in 60cb5be6efa5 (invoices), 2026-12-01: less than an hour before the error was first seen.',
    'lib/x.rb:11 was last changed by ada in 60cb5be6efa5 (invoices), 2026-12-01: 3 days before the error was first seen.',
  ])('%s', (sentence) => {
    const told = sentence.startsWith('told in')
      ? errorIn('zh', 'issue-opened', CATALOGUE['issue-opened'], { message: sentence, hint: '' }).message
      : detailIn('zh', sentence);
    expect(told.replace(/policy\.openAt/g, '')).not.toMatch(/[a-z]{3,} [a-z]{2,}|新增依赖|\p{Script=Han} \p{Script=Han}/u);
    expect(told).toMatch(HAN);
  });

  test('one that the tables do not have is not taken for a shorter one', () => {
    for (const words of ['a pool of threads asks for more than it may have', 'told in a letter of three pages: shown to nobody'])
      expect(detailIn('zh', words)).toBe(words);
  });

  test('an error of which only the words are left, as of a log that is watched', () => {
    const told = errorWordsIn('zh', CATALOGUE, 'the log /tmp is a directory; name the files in it, for example /tmp/*.log');
    expect(told).toBe('日志 /tmp 是目录；请给出其中的文件，例如 /tmp/*.log');
    expect(errorWordsIn('zh', CATALOGUE, 'no such container: web')).toBe('no such container: web');
  });

  test('nobody prints one past the tables', () => {
    // `paint.…('…')` and separators hold no words.
    const past = filesIn('src/cli')
      .flatMap((path) =>
        [...code(path).matchAll(/(?:output|progress)\.(?:note|warn|line|problem)\(\s*(?:'[^'\n]*'|`(?:[^`\\]|\\.)*`)/g)].map(
          ([call]) => `${path}: ${call}`,
        ),
      )
      .filter((call) => /[a-z]{3,} [a-z]{2,}/.test(call.replace(/^\S+ /, '').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '7')));
    expect(past).toEqual([]);
  });
});

describe('keys of the configuration', () => {
  test('and what came instead of what was expected', () => {
    expect(
      detailIn(
        'zh',
        ': mail.to in a.json: expected a list of mail addresses such as ["a@b.c"], entry 1 of 1 is none: a text of 14 characters without @',
      ),
    ).toBe('：a.json 中的 mail.to：应为邮件地址的列表，例如 ["a@b.c"]，第 1 项（共 1 项）不是：14 个字符的文本，其中没有 @');
  });

  test('have a meaning each, and none more', () => {
    expect(Object.keys(KEY_MEANINGS).sort()).toEqual([...KEY_NAMES].sort());
  });

  const words = KEY_NAMES.flatMap((key) => {
    const { kind, defaultText }: { readonly kind: { readonly expects: string }; readonly defaultText?: string } = KEYS[key];
    return [kind.expects, ...(defaultText === undefined ? [] : [defaultText])];
  });
  test.each([...new Set(words)])('%s', (sentence) => {
    expect(bareOfNames(detailIn('zh', sentence))).not.toMatch(ENGLISH);
    if (!sentence.includes(';')) expect(detailIn('zh', `expected ${sentence}, got null`)).toMatch(/^应为.*，实际为 null$/);
  });
});

/** What people type, and what stands for others' words, is the same in every language. */
const bareOfNames = (text: string): string => text.replace(/`[^`]*`|"[^"]*"|\{[^{}]*\}|--?[\w-]+|[\w./:]*[./_:][\w./:-]*/g, '');
const ENGLISH = /\b[a-z]{2,}(?: [a-z]{2,}){2}/;

describe('sentences of the command line', () => {
  /** Read by shells, service managers, browsers and monitors, or held above. */
  const HELD_ELSEWHERE =
    /\/(?:completing|service)\/|command-line\/(?:commands|exit-codes|program)\.ts|output\/details\.ts|report\/(?:script|style)\.ts|watching\/vitals\.ts/;
  const said = readdirSync('src/cli', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !HELD_ELSEWHERE.test(`/${name}`))
    .flatMap((name) => {
      const text = readFileSync(join('src/cli', name), 'utf8').replace(/^\s*(?:\/\/|\/?\*).*$|\bfail\('bug', .*$| \/\/ .*$/gm, '');
      return [...text.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)].map(([, plain, template = '']) => [
        name,
        (plain ?? template.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '7')).replaceAll("\\'", "'").replaceAll('\\`', '`'),
      ]);
    })
    .filter(([, text = '']) => ENGLISH.test(bareOfNames(text)));

  test('are found', () => expect(said.length).toBeGreaterThan(50));

  test('are said in Chinese too, each of them', () => {
    expect(said.filter(([, text = '']) => !HAN.test(named(text, sayIn('zh'))) && !HAN.test(detailIn('zh', text)))).toEqual([]);
  });
});

describe('what --verbose tells', () => {
  const TOLD_IN = [
    'src/core/detect/passed-over.ts',
    'src/core/policy/figures.ts',
    'src/pipeline/watch/intake.ts',
    'src/platform/http/overhear.ts',
    ...[
      'command/open',
      'file/followed-path',
      'file/generations',
      'file/resume',
      'http/follow',
      'kafka/start',
      'sentry/source',
      'stdin/source',
    ].map((name) => `src/adapters/sources/${name}.ts`),
  ];
  const said = TOLD_IN.flatMap((path) =>
    [
      ...readFileSync(path, 'utf8')
        .replace(/^\s*(?:\/\/|\/?\*).*$|'ai-ops: .*$|^import .*$/gm, '')
        .matchAll(/'([^'\n]+)'|`([^`\n]+)`/g),
    ].map(([, plain, template = '']) => plain ?? template.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '7')),
  ).filter((text) => /\b[a-z]{2,} [a-z]{2,}/.test(text) && !/^ :|cannot be$/.test(text));
  // Some stand within a longer sentence, or are followed by how long it took.
  const within = (text: string): readonly string[] => [
    text,
    `${text}, 7 ms`,
    `x.log:7: no event: ${text}: x`,
    `x.log: read from offset 7, line 7: ${text} (stream 7)`,
  ];

  test('is found', () => expect(said.length).toBeGreaterThan(40));

  test.each([...new Set(said)])('%s', (text) => {
    const told = within(text)
      .map((each) => detailIn('zh', each))
      .filter((each) => HAN.test(each));
    expect(told.filter((each) => !/\b[a-z]{2,} [a-z]{2,}/.test(bareOfNames(each)))).not.toEqual([]);
  });

  test('of a log that is watched', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'ai-ops-chinese-'));
    try {
      writeFileSync(
        join(dir, 'app.log'),
        '2026-05-04T12:00:00Z INFO up\n2026-05-04T12:00:01Z ERROR TypeError: x is not a function\n    at f (/srv/a.js:1:2)\n',
      );
      const argv = [
        'watch',
        join(dir, 'app.log'),
        '--once',
        '--from',
        'start',
        '--dry-run',
        '--verbose',
        '--state-dir',
        join(dir, 'state'),
      ];
      const { code, stderr } = await runCli(argv, { cwd: dir, env: { AIOPS_LANGUAGE: 'zh', CODE_HOST: 'local' } });
      expect([code, stderr]).toEqual([0, expect.stringContaining('按要求从头读取')]);
      const lines = stderr
        .replaceAll(dir, '')
        .split('\n')
        .map((line) => bareOfNames(line.replace(/：2026-.*$/, '')));
      expect(lines.filter((line) => ENGLISH.test(line))).toEqual([]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe('pages', () => {
  let state: State;
  beforeAll(async () => {
    state = createState();
    await state.write(async (ledger) => {
      await sight(ledger);
      await keep(
        ledger,
        { ...OUTCOME, guard: [{ rule: 'size', verdict: 'draft', detail: '2 files, 41 lines' }] },
        '2026-03-01T10:05:00.000Z',
      );
    });
  });
  afterAll(() => state.remove());

  const zh = async (...argv: readonly string[]): Promise<string> => {
    const { stdout, stderr } = await runCli([...argv, '--state-dir', state.dir], { env: { AIOPS_LANGUAGE: 'zh' } });
    return stdout + stderr;
  };

  test('explain', async () => {
    const page = await zh('explain', OUTCOME.fingerprint);
    for (const line of [
      /^决定 +跳过：/m,
      /^限制 +出现 \d+ 次，policy\.minCount 为 1；/m,
      /^预算 +最近一小时/m,
      /^指纹：/m,
      /^ {2}计入 +部分 +内容 +原因$/m,
    ])
      expect(page).toMatch(line);
    expect(page.split('\n样本')[0]).not.toMatch(/\b(?:seen|once|times|left out|as written|decision|class)\b/);
  });

  test('status TRACE and incidents FINGERPRINT', async () => {
    const trace = await zh('status', OUTCOME.trace, '--no-pager');
    for (const line of [
      /^原因 +已提出，验证级别 L2$/m,
      /^合并请求 +https:\S+（#7，未合并）$/m,
      /^费用 +\$0\.034，1 轮，模型用时 4\.2 s$/m,
      /^安全检查：1 处异议$/m,
      /^ {2}size +草稿 +2 个文件，41 行$/m,
      /npm test +退出码 1，1\.2 s/,
    ])
      expect(trace).toMatch(line);
    const incident = await zh('incidents', OUTCOME.fingerprint);
    expect(incident).toMatch(/^出现 +\d+ 次$/m);
    expect(`${trace}${incident.split('样本')[0]}`).not.toMatch(/\b(?:ago|times|once|turn|objection|with proof|exit \d)\b/);
  });
});
