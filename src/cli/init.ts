// `ai-ops init`: writes `.aiopsrc.json`, asking on a terminal, from options without one. Never writes a secret and
// never overwrites a file without `--force`.
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HOSTS, TOKEN_VARIABLES_WORDS, tokenVariable } from '../adapters/hosts/about.ts';
import { givenByFile } from '../config/given.ts';
import { defaultStateDir } from '../config/load.ts';
import { invalid, type Problem } from '../config/problems.ts';
import type { Key } from '../config/schema.ts';
import { validate } from '../config/validate.ts';
import { defined } from '../core/defined.ts';
import { FIX_MODES, HOST_KINDS } from '../core/tables.ts';
import { listed, type SayHere } from '../core/texts/chinese/say.ts';
import { version } from '../embedded.ts';
import { EXIT, fail } from '../errors.ts';
import { codeOf, systemWords } from '../platform/errno.ts';
import type { Destination } from '../ports.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { sayDestination } from './repairing/destination.ts';
import { createQuestions } from './setting-up/ask.ts';
import { meaningIn } from './setting-up/meaning.ts';
import { planHere, toldLines } from './setting-up/plan-here.ts';

const FILE = '.aiopsrc.json';
/** Where an editor finds the schema: in the project where it is installed there, else in the published package of this version. */
const schemaFor = (cwd: string): string => {
  const installed = './node_modules/ai-ops/schema.json';
  return existsSync(path.join(cwd, installed)) ? installed : `https://unpkg.com/ai-ops@${version}/schema.json`;
};

type Answers = Omit<OptionsOf['init'], 'force'>;

export async function run(context: CommandContext, _args: readonly string[], { force, ...given }: OptionsOf['init']): Promise<number> {
  const { output, cwd, env } = context;
  const file = path.join(cwd, FILE);
  if (!force && existsSync(file)) throw fail('file-exists', { file: FILE });

  const answers = context.isTerminal && !context.flags.json ? await ask(context, given) : fromOptions(cwd, given);
  const content = { $schema: schemaFor(cwd), ...contentOf(answers) };
  check(content, defaultStateDir(env));
  await writeNew(file, `${JSON.stringify(content, null, 2)}\n`, force);

  output.json({ kind: 'written', file });
  output.line(output.say('wrote {file}', { file: FILE }));
  if (answers.log.length === 0) output.warn(output.say('no log is named; set `logs` in {file}', { file: FILE }));
  const plan = await planHere(cwd, answers.test ? { test: [answers.test] } : {});
  output.note(output.say('a fix will be proven by: {lines}', { lines: toldLines(plan, output.say) }));
  const destination = await destinationHere(context);
  if (destination) sayDestination(output, destination);
  for (const note of nextSteps(answers, output.say)) output.note(note);
  return EXIT.done;
}

/** By the file that was written; nothing where there is no repository yet, or the configuration cannot work: `doctor` says why. */
async function destinationHere(context: CommandContext): Promise<Destination | null> {
  const { wireSiteOnly } = await import('../wiring.ts');
  const site = context.config().then((loaded) => wireSiteOnly(loaded, context));
  return site.then(
    ({ destination }) => destination,
    () => null,
  );
}

/** Without anybody to ask: the options, and for logs what is plainly there. */
function fromOptions(cwd: string, given: Answers): Answers {
  return { ...given, log: given.log.length > 0 ? given.log : guessLogs(cwd) };
}

async function ask(context: CommandContext, given: Answers): Promise<Answers> {
  const questions = createQuestions(context);
  const { say } = context.output;
  const stateDir = defaultStateDir(context.env);
  const told = (problem: string | undefined): string | undefined => problem && say.told(problem);
  const wrongIn = (key: Key, more: (text: string) => Partial<Answers>) => (text: string) => told(wrong(key, more(text), stateDir));
  try {
    const log =
      given.log.length > 0
        ? given.log
        : list(
            await questions.text(
              say('Logs to follow (paths or globs, separated by commas)'),
              guessLogs(context.cwd).join(', '),
              wrongIn('logs', (text) => ({ log: list(text) })),
            ),
          );
    const test =
      given.test ??
      (await questions.text(
        say('Test command of the project'),
        (await planHere(context.cwd)).test.join(' && '),
        wrongIn('verify.test', (text) => ({ test: text })),
      ));
    if (given.mode === undefined) questions.explain(meaningIn(context.output.language, 'claude.mode'));
    const mode = given.mode ?? (await questions.choice(say('How Claude works'), FIX_MODES, 'code_blocks'));
    if (given.host === undefined) questions.explain(say(REQUESTS));
    const host = given.host ?? (await questions.choice(say('Where requests are opened'), ['auto', ...HOST_KINDS], 'auto'));
    const ask = (key: Key, question: string, fallback: string, more: (text: string) => Partial<Answers>): Promise<string> =>
      questions.text(question, fallback, wrongIn(key, more));
    const mailHost =
      given.mailHost ?? (await ask('mail.host', say('SMTP server for mails (empty: no mails)'), '', (text) => ({ mailHost: text })));
    if (mailHost === '') return { log, test, mode, host, mailHost, mailTo: given.mailTo, mailFrom: given.mailFrom ?? '' };
    const mailTo =
      given.mailTo.length > 0
        ? given.mailTo
        : list(
            await ask('mail.to', say('Receivers, separated by commas'), '', (text) => ({ mailHost, mailFrom: NOBODY, mailTo: list(text) })),
          );
    const mailFrom =
      given.mailFrom ?? (await ask('mail.from', say('Sender'), mailTo[0] ?? '', (text) => ({ mailHost, mailTo, mailFrom: text })));
    return { log, test, mode, host, mailHost, mailTo, mailFrom };
  } finally {
    questions.close();
  }
}

const REQUESTS =
  'A request is a pull or merge request on the code host, or with `local` a branch, a patch and a page on this machine; `auto` goes by the address of the remote, and is local without a token.';

/** Stands in for a sender that is asked for later. */
const NOBODY = 'nobody@localhost.localdomain';

/** What is wrong with one answer, in words: it is asked again, and what was answered before is kept. */
function wrong(key: Key, answer: Partial<Answers>, stateDir: string | undefined): string | undefined {
  const problem = problemsIn(contentOf({ log: [], mailTo: [], ...answer }), stateDir).find((each) => each.key === key);
  return problem?.detail;
}

/** The file's content: only what differs from the defaults, so that later defaults still reach it. */
function contentOf({ log, test, mode, host, mailHost, mailTo, mailFrom }: Answers): object {
  const mail = defined({ host: mailHost || undefined, from: mailFrom || undefined, to: some(mailTo) });
  return {
    ...defined({
      logs: some(log),
      claude: mode === undefined || mode === 'code_blocks' ? undefined : { mode },
      codeHost: host === undefined || host === 'auto' ? undefined : { kind: host },
      verify: test ? { test: [test] } : undefined,
      mail: Object.keys(mail).length > 0 ? mail : undefined,
    }),
  };
}

const some = (list: readonly string[]): readonly string[] | undefined => (list.length > 0 ? list : undefined);

function check(content: object, stateDir: string | undefined): void {
  const problems = problemsIn(content, stateDir);
  if (problems.length > 0) throw invalid(problems);
}

function problemsIn(content: object, stateDir: string | undefined): readonly Problem[] {
  const reading = givenByFile(content, FILE);
  const checked = validate(reading.given, stateDir);
  return [...reading.problems, ...('problems' in checked ? checked.problems : [])];
}

async function writeNew(file: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: force ? 'w' : 'wx' });
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') throw fail('file-exists', { file: FILE }, thrown);
    throw fail('file-unwritable', { file: FILE, detail: systemWords(thrown) }, thrown);
  }
}

function guessLogs(cwd: string): readonly string[] {
  const hasLogs = (dir: string): boolean => existsSync(dir) && readdirSync(dir).some((name) => name.endsWith('.log'));
  return ['', 'logs', 'log'].filter((dir) => hasLogs(path.join(cwd, dir))).map((dir) => (dir === '' ? '*.log' : `${dir}/*.log`));
}

function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function nextSteps({ mailHost, host }: Answers, say: SayHere): readonly string[] {
  const secrets = [tokenFor(host), ...(mailHost ? ['SMTP_USER', 'SMTP_PASSWORD'] : [])].filter((name) => name !== undefined);
  return [
    ...(secrets.length > 0
      ? [say('secrets are not kept in the file: set {names} in the environment', { names: listed(secrets, say) })]
      : []),
    say('next: `ai-ops doctor`, then `ai-ops watch --dry-run`'),
  ];
}

function tokenFor(host: Answers['host']): string | undefined {
  if (host === 'local') return undefined;
  return host === undefined || host === 'auto' ? TOKEN_VARIABLES_WORDS : tokenVariable(HOSTS[host]);
}
