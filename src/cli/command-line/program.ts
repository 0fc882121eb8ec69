// Reads the command line with commander, whose only door this is. Runs nothing: the result is data.
import { Argument, Command, CommanderError, Help, InvalidArgumentError, Option } from 'commander';
import { insteadOf } from '../../config/earlier-program.ts';
import type { FlagValue } from '../../config/load.ts';
import type { Key } from '../../config/schema.ts';
import { fail } from '../../errors.ts';
import { parseMoment } from '../output/units.ts';
import { width, wrapped } from '../output/width.ts';
import { COMMANDS, COMMON_OPTIONS, type OptionShape } from './commands.ts';
import type { CommonFlags } from './context.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { below, helpRows, isNarrow } from './help-rows.ts';
import type { CommandName } from './options.ts';

/** A command to run, or a text (help, version) to print. */
export type Invocation =
  | {
      readonly kind: 'run';
      readonly name: CommandName;
      readonly args: readonly string[];
      readonly options: Readonly<Record<string, unknown>>;
      readonly flags: CommonFlags;
      /** What options say about the configuration. */
      readonly given: Readonly<Partial<Record<Key, FlagValue>>>;
    }
  | { readonly kind: 'text'; readonly text: string };

export interface ParseOptions {
  /** Commands that exist. */
  readonly names: readonly CommandName[];
  readonly version: string;
  /** Width of help texts. */
  readonly columns?: number | undefined;
  /** Sentences of the help in another language, by the English ones; see `core/texts/chinese/help.ts`. */
  readonly words?: Readonly<Record<string, string>> | undefined;
}

/** A sentence as it is told. */
type Tell = (sentence: string) => string;

/**
 * @param argv without the program's name
 * @throws AiOpsError `usage`, `usage-general`
 */
export function parseCommandLine(argv: readonly string[], { names, version, columns, words }: ParseOptions): Invocation {
  const tell: Tell = (sentence) => (words && Object.hasOwn(words, sentence) ? words[sentence]! : sentence);
  const room = helpWidth(columns);
  let text = '';
  let called: Invocation | undefined;
  const root = new Command('ai-ops');
  settle(
    root,
    (out) => {
      text += out;
    },
    room,
    words === undefined ? undefined : tell,
  );
  root.description(
    tell("Follows your application's logs, finds each distinct error once, lets Claude fix it, proves the fix and proposes it."),
  );
  root.version(version, '-V, --version', tell('print the version'));
  for (const shape of COMMON_OPTIONS) root.addOption(optionOf(shape, tell));
  root.addHelpText('after', rootHelp(tell, room));
  // Options are made of the command that is named, and of all where help may be asked for.
  const isNamed = names.some((name) => argv.includes(name)) && !argv.some((word) => HELP.has(word));
  const isMeant = (name: CommandName): boolean => !isNamed || argv.includes(name);
  for (const name of names) {
    addCommand(
      root,
      name,
      isMeant(name),
      (args, options) => {
        called = invocation(name, args, options, root.opts());
      },
      tell,
      room,
    );
  }
  if (argv.length === 0) return { kind: 'text', text: helpText(root) };
  if (argv.length === 1 && (argv[0] === '-v' || argv[0] === 'version')) return { kind: 'text', text: `${version}\n` };
  try {
    root.parse(isHelpOfUnknown(argv, names) ? argv.slice(1) : [...argv], { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0 || thrown.code === 'commander.help') return { kind: 'text', text: closedUp(text) };
    throw usage(thrown, argv, names);
  }
  // Only common options and no command.
  return called ?? { kind: 'text', text: helpText(root) };
}

const HELP: ReadonlySet<string> = new Set(['help', '--help', '-h']);

/** Commander says nothing then; without `help` it names what was meant. */
const isHelpOfUnknown = ([help, name = '']: readonly string[], names: readonly string[]): boolean =>
  help === 'help' && /^\w/.test(name) && name !== 'help' && !names.includes(name);

/** What a newcomer types first. */
export const FIRST_EXAMPLES = [
  ['ai-ops demo', 'see it work, without accounts or network'],
  ['ai-ops init', 'write .aiopsrc.json'],
  ['ai-ops scan app.log', 'what is in this log?'],
  ['ai-ops watch app.log', 'follow it and repair'],
] as const;

const rootHelp = (tell: Tell, room: number): string => `
${tell('Exit codes:')}
${helpRows(
  EXIT_CODES.map(([code, meaning]) => [String(code), tell(meaning)]),
  3,
  room,
)}

${tell('Examples:')}
${helpRows(
  FIRST_EXAMPLES.map(([line, what]) => [line, tell(what)]),
  33,
  room,
)}`;

/** Longer lines than that nobody likes to read. */
const helpWidth = (columns: number | undefined): number => Math.min(columns ?? 100, 120);

/** A full-width colon has its blank in itself. */
const closedUp = (text: string): string => text.replace(/^([^\s:]+：) /, '$1');

/** Settings that subcommands inherit: errors are thrown, texts collected, nothing is printed. */
function settle(root: Command, print: (text: string) => void, room: number, tell: Tell | undefined): void {
  root.exitOverride();
  root.configureOutput({
    writeOut: print,
    writeErr: () => undefined,
    getOutHelpWidth: () => room,
    getErrHelpWidth: () => room,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  root.configureHelp({ showGlobalOptions: true, minWidthToWrap: 20, formatItem: fitted, ...(tell ? spoken(tell) : {}) });
  root.helpOption('-h, --help', tell?.('show this help') ?? 'show this help');
  root.helpCommand('help [command]', tell?.('show the help of a command') ?? 'show the help of a command');
  root.allowExcessArguments(false);
}

/** An option or a command with what it is. */
function fitted(this: Help, term: string, widest: number, words: string, help: Help): string {
  const room = help.helpWidth ?? 80;
  if (words === '' || !isNarrow(widest, room)) return Help.prototype.formatItem.call(this, term, widest, words, help);
  return below(term, words, room);
}

/** What the library says itself, and lines of wide letters, which have no blanks to break at. */
function spoken(tell: Tell): Partial<Help> {
  const noted = (description: string, choices: readonly string[] | undefined, value: string | undefined): string => {
    const notes = [
      ...(choices ? [`${tell('choices')}：${choices.join('、')}`] : []),
      ...(value === undefined ? [] : [`${tell('default')}：${value}`]),
    ];
    return notes.length === 0 ? description : `${description}（${notes.join('；')}）`;
  };
  return {
    styleTitle: tell,
    displayWidth: width,
    boxWrap: (text, columns) =>
      text
        .split('\n')
        .flatMap((line) => wrapped(line, columns))
        .join('\n'),
    optionDescription: ({ description, argChoices, defaultValue, defaultValueDescription, required }) =>
      noted(
        description,
        argChoices,
        required && defaultValue !== undefined ? tell(defaultValueDescription ?? String(defaultValue)) : undefined,
      ),
    argumentDescription: ({ description, argChoices }) => noted(description, argChoices, undefined),
  };
}

function addCommand(
  root: Command,
  name: CommandName,
  isMeant: boolean,
  run: (args: readonly string[], options: Record<string, unknown>) => void,
  tell: Tell,
  room: number,
): void {
  const { summary, argument, options, examples } = COMMANDS[name];
  const command = root.command(name).description(tell(summary)).allowExcessArguments(false);
  if (!isMeant) return;
  if (argument !== undefined) {
    const shape = new Argument(argument.name, tell(argument.doc));
    command.addArgument(argument.choices === undefined ? shape : shape.choices(argument.choices));
  }
  for (const shape of options) command.addOption(optionOf(shape, tell));
  const widest = Math.max(...examples.map(([line]) => line.length));
  command.addHelpText(
    'after',
    `\n${tell('Examples:')}\n${helpRows(
      examples.map(([line, what]) => [line, tell(what)]),
      widest,
      room,
    )}`,
  );
  command.action(() => run(command.args, command.opts()));
}

function optionOf({ flags, doc, choices, default: fallback, value, conflicts }: OptionShape, tell: Tell): Option {
  const option = new Option(flags, tell(doc));
  if (choices !== undefined) option.choices(choices);
  if (value === 'count') option.argParser(count);
  if (value === 'moment') option.argParser(moment);
  if (value === 'list') option.argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]);
  if (fallback !== undefined) option.default(fallback, Array.isArray(fallback) && fallback.length === 0 ? 'none' : undefined);
  if (conflicts !== undefined) option.conflicts([...conflicts]);
  return option;
}

function count(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1 on.');
  return Number(text);
}

function moment(text: string): string {
  // Only its form is checked here; what "7d" means is known when the command runs.
  if (parseMoment(text, new Date(0)) === undefined) throw new InvalidArgumentError('Expected ISO 8601, or an age such as 30min, 2h, 7d.');
  return text;
}

function invocation(name: CommandName, args: readonly string[], own: Record<string, unknown>, common: Record<string, unknown>): Invocation {
  const options: Record<string, unknown> = { ...own };
  const given: Partial<Record<Key, FlagValue>> = {};
  for (const shape of [...COMMANDS[name].options, ...COMMON_OPTIONS]) {
    const option = new Option(shape.flags);
    const id = option.attributeName();
    const value = own[id] ?? common[id];
    if (shape.key !== undefined && value !== undefined) given[shape.key] = { flag: option.long ?? shape.flags, value };
    if (option.isBoolean() && COMMANDS[name].options.includes(shape)) options[id] = value === true;
  }
  const flags: CommonFlags = {
    config: textOf(common.config),
    json: common.json === true,
    quiet: common.quiet === true,
    verbose: common.verbose === true,
    color: common.color !== false,
    pager: common.pager !== false,
    stateDir: textOf(common.stateDir),
  };
  return { kind: 'run', name, args, options, flags, given };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function helpText(root: Command): string {
  let text = '';
  root.configureOutput({ writeOut: (out) => (text += out) });
  root.outputHelp();
  return closedUp(text);
}

/** `error: unknown option '--jsno'\n(Did you mean --json?)` → one line in our form. */
function usage(error: CommanderError, argv: readonly string[], names: readonly CommandName[]): Error {
  const detail = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^command-argument value (.*?) is invalid for argument '(.*?)'\. Allowed choices are (.*)$/s, 'no $2 $1: there are $3')
    .replace(/^option '(--[\w-]+)[^']*' argument (.*?) is invalid\. Allowed choices are (.*)$/s, '$1 cannot be $2: there are $3')
    .replace(/^option '(?:-\w, )?(--[\w-]+)[^']*' argument (.*?) is invalid\. Expected (.*)$/s, '$1 cannot be $2: expected $3')
    .replace(/^option '(?:-\w, )?(--[\w-]+)[^']*' cannot be used with option '(?:-\w, )?(--[\w-]+)[^']*'/, '$1 cannot stand beside $2')
    .replace('(Did you mean', '(did you mean')
    .replace(/\.$/, '');
  const instead = /^unknown (?:command|option)/.test(detail) ? insteadOf(argv) : undefined;
  if (instead !== undefined) return fail('usage-earlier', { detail: detail.replace(/ \(did you mean .*\)$/, ''), instead });
  const command = names.find((name) => argv.includes(name));
  const isRoot = command === undefined || error.code === 'commander.unknownCommand';
  return isRoot ? fail('usage-general', { detail }) : fail('usage', { detail, command });
}
