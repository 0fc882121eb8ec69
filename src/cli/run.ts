// One run of the program: command line → command → exit code, and the funnel that every error goes through.
// It does not end the process and knows no signals; that is `main.ts`.
import { spokenIn } from '../config/language.ts';
import type { LoadedConfig } from '../config/load.ts';
import { createRedactor } from '../core/redact/redact.ts';
import { errorIn } from '../core/texts/chinese/errors.ts';
import { sayBy, sayIn } from '../core/texts/chinese/say.ts';
import type { TextLanguage } from '../core/texts/phrases.ts';
import { version } from '../embedded.ts';
import { type AiOpsError, asAiOpsError, EXIT, fail, rowOf } from '../errors.ts';
import { codeOf } from '../platform/errno.ts';
import type { Details, Redact } from '../ports.ts';
import { COMMAND_NAMES } from './command-line/commands.ts';
import type { CommandContext, CommonFlags, TerminalWritable, World } from './command-line/context.ts';
import type { CommandName, OptionsOf } from './command-line/options.ts';
import { type Invocation, parseCommandLine } from './command-line/program.ts';
import { createPaint, isTerminal, wantsAnimation, wantsColor, wantsLinks } from './output/colors.ts';
import { AREAS, createDetails, wantedAreas } from './output/details.ts';
import { cleaned, createOutput, ndjson, problemLines, type Sink } from './output/output.ts';
import { createProgress, type LiveProgress } from './output/progress.ts';
import { isJournal, severityPrefix, stamped, timePrefix } from './output/stamped.ts';
import { REGISTRY } from './registry.ts';
import type { Paged } from './terminal/pager.ts';

/**
 * Runs the command that `argv` names.
 * @param argv without the program's name
 * @returns the exit code; never throws
 */
export async function run(argv: readonly string[], world: World): Promise<number> {
  // Until the command line has been understood, its own words tell how an error is shown.
  let flags: Pick<CommonFlags, 'json' | 'verbose' | 'quiet' | 'color'> = {
    json: argv.includes('--json'),
    quiet: argv.includes('--quiet'),
    verbose: argv.includes('--verbose'),
    color: !argv.includes('--no-color'),
  };
  let redact: Redact = createRedactor([]);
  // Until the configuration is read, the variable tells.
  let language: TextLanguage = spokenIn(world.env.AIOPS_LANGUAGE, world.env);
  let progress: LiveProgress | undefined;
  let paged: Paged | undefined;
  let endOverhearing: () => void = () => undefined;
  try {
    const parsing = { names: COMMAND_NAMES, version, columns: world.stdout.columns };
    const invocation = parseCommandLine(argv, parsing);
    if (invocation.kind === 'text') {
      const words = await helpWords(language, world);
      const { text } = words === undefined ? invocation : (parseCommandLine(argv, { ...parsing, words }) as typeof invocation);
      world.stdout.write(text);
      return EXIT.done;
    }
    flags = invocation.flags;
    const hears = (loaded: LoadedConfig, secrets: readonly string[]): void => {
      redact = createRedactor(secrets);
      language = loaded.config.language;
    };
    // Below the spinner's line, where there is one.
    const detail = (area: string, words: string): void =>
      (progress ?? context.output).detail(`[${area}] ${redact(sayIn(language).told(words))}`);
    const details = listening(flags, world, detail);
    paged = await pagedFor(invocation, world, language);
    const shown = paged ? { ...world, stdout: paged.stdout } : world;
    const context = createContext(invocation, shown, details, { hears, language: () => language, talk: paged?.talk });
    endOverhearing = await overhearing(details);
    const code = await dispatch(invocation.name, { ...context, progress: () => (progress ??= context.progress()) }, invocation);
    await paged?.end();
    return world.signal.aborted ? EXIT.interrupted : code;
  } catch (thrown) {
    const error = world.signal.aborted && isAbort(thrown) ? fail('interrupted') : asAiOpsError(thrown);
    progress?.stop();
    await paged?.end();
    showError(error, world, { ...flags, language }, redact);
    return error.exitCode;
  } finally {
    endOverhearing();
    progress?.stop();
  }
}

/** Of the language that the variable or the configuration names; what is wrong with that is told where it is used. */
async function helpWords(spoken: TextLanguage, { cwd, env }: World): Promise<Readonly<Record<string, string>> | undefined> {
  const { loadConfig } = await import('../config/load.ts');
  const language =
    spoken === 'zh'
      ? spoken
      : await loadConfig({ cwd, env, flags: {} }).then(
          ({ config }) => config.language,
          () => spoken,
        );
  return language === 'zh' ? (await import('../core/texts/chinese/help.ts')).HELP_WORDS : undefined;
}

/** Who hears details; says of a name in `AIOPS_DEBUG` that it is none. */
function listening(
  { verbose, quiet }: Pick<CommonFlags, 'verbose' | 'quiet'>,
  { env, stderr }: World,
  print: (area: string, words: string) => void,
): Details {
  const { areas, unknown } = wantedAreas(verbose, env.AIOPS_DEBUG);
  if (unknown.length > 0 && !quiet)
    stderr.write(
      `ai-ops: ${sayIn(spokenIn(env.AIOPS_LANGUAGE, env))('AIOPS_DEBUG knows {areas}; not {unknown}', { areas: Object.keys(AREAS).join(', '), unknown: cleaned(unknown.join(', '), false) })}\n`,
    );
  return createDetails(quiet ? new Set() : areas, print);
}

async function overhearing(details: Details): Promise<() => void> {
  const tell = details('http');
  return tell ? (await import('../wiring.ts')).overhearRequests(tell) : () => undefined;
}

/** What is long, and ends; a page that is kept live, and what lasts, are no such texts. */
const PAGED: ReadonlySet<CommandName> = new Set(['scan', 'status', 'incidents', 'explain', 'stats', 'config', 'licenses']);

async function pagedFor({ name, flags, options }: Run, world: World, language: TextLanguage): Promise<Paged | undefined> {
  const isLeafed = (PAGED.has(name) || (name === 'fix' && options.dryRun === true)) && options.watch !== true && options.web !== true;
  // The pager writes to our own standard output.
  if (!isLeafed || !flags.pager || flags.json || !isTerminal(world.stdout, world.env) || world.stdout.fd !== 1) return undefined;
  const { createPaged, pagerOf } = await import('./terminal/pager.ts');
  const pager = pagerOf(world.env);
  if (pager === undefined) return undefined;
  if ('missing' in pager) {
    const words = sayIn(language)('{program} of AI_OPS_PAGER or PAGER is not there', { program: cleaned(pager.missing, false) });
    world.stderr.write(`ai-ops: ${words}\n`);
    return undefined;
  }
  return createPaged(world, pager, world.env, world.onLend ?? (() => undefined));
}

type Run = Extract<Invocation, { readonly kind: 'run' }>;

async function dispatch<N extends CommandName>(name: N, context: CommandContext, { args, options }: Run): Promise<number> {
  const command = await REGISTRY[name]();
  // `program.ts` reads exactly the options that `commands.ts` declares for this name.
  return command.run(context, args, options as unknown as OptionsOf[N]);
}

function createContext(
  { name, flags, given }: Run,
  world: World,
  details: Details,
  {
    hears,
    language,
    talk,
  }: {
    readonly hears: (loaded: LoadedConfig, secrets: readonly string[]) => void;
    readonly language: () => TextLanguage;
    /** Where what is said waits until a page was read. */
    readonly talk: Paged['talk'] | undefined;
  },
): CommandContext {
  const refused = !flags.color || flags.json;
  const color = {
    stdout: wantsColor({ isTerminal: world.stdout.isTTY === true, refused }, world.env),
    stderr: wantsColor({ isTerminal: world.stderr.isTTY === true, refused }, world.env),
  };
  const links = {
    stdout: wantsLinks({ isTerminal: world.stdout.isTTY === true, refused }, world.env),
    stderr: wantsLinks({ isTerminal: world.stderr.isTTY === true, refused }, world.env),
  };
  // What runs for ever is read later: each line has its time.
  const lasts = name === 'watch';
  const told = (stream: TerminalWritable, fd: 1 | 2): Sink => {
    if (!lasts || stream.isTTY || (flags.json && fd === 1)) return stream;
    return stamped(stream, isJournal(fd, world.env.JOURNAL_STREAM) ? severityPrefix : timePrefix(now, offsetHere));
  };
  const stderr = talk ?? told(world.stderr, 2);
  let loaded: Promise<LoadedConfig> | undefined;
  const load = async (): Promise<LoadedConfig> => {
    const [{ loadConfig }, { secretValues }] = await Promise.all([import('../config/load.ts'), import('../config/secrets.ts')]);
    const result = await loadConfig({ cwd: world.cwd, env: world.env, flags: given, configFile: flags.config });
    hears(result, secretValues(result.secrets));
    return result;
  };
  return {
    ...world,
    isTerminal: world.stderr.isTTY === true && world.stdin().isTTY === true,
    flags,
    output: createOutput({
      ...{ stdout: told(world.stdout, 1), stderr },
      ...{ json: flags.json, quiet: flags.quiet, color, links },
      at: lasts ? now : undefined,
      language,
    }),
    details,
    config: () => (loaded ??= load()),
    reloadedConfig: async () => {
      const fresh = await load();
      loaded = Promise.resolve(fresh);
      return fresh;
    },
    progress: () =>
      createProgress({
        stream: stderr,
        paint: createPaint(color.stderr),
        animated: wantsAnimation(world.stderr.isTTY === true, world.env) && !flags.json && flags.color,
        silent: flags.json || flags.quiet,
        now: Date.now,
        details,
        say: sayBy(language),
      }),
  };
}

const now = (): Date => new Date();
const offsetHere = (instant: number): number => -new Date(instant).getTimezoneOffset();

/** One error line, one hint; with `--json` the same as one JSON object below them. All of it is talk: standard error. */
export function showError(
  error: AiOpsError,
  world: Pick<World, 'stderr' | 'env'>,
  flags: Pick<CommonFlags, 'json' | 'verbose' | 'color'> & { readonly language?: TextLanguage },
  redact: Redact,
): void {
  const isColored = wantsColor({ isTerminal: world.stderr.isTTY === true, refused: !flags.color || flags.json }, world.env);
  const paint = createPaint(isColored);
  const message = redact(error.message);
  const hint = redact(error.hint);
  const told = errorIn(flags.language ?? 'en', error.code, rowOf(error.code), { message, hint });
  const lines = [...problemLines(paint, told, sayIn(flags.language ?? 'en'), error.exitCode !== EXIT.noError)];
  if (flags.verbose) lines.push(redact(stackOf(error)));
  world.stderr.write(`${lines.map((line) => cleaned(line, isColored)).join('\n')}\n`);
  if (flags.json) world.stderr.write(`${ndjson({ kind: 'error', code: error.code, message, hint, exitCode: error.exitCode })}\n`);
}

function stackOf(error: AiOpsError): string {
  const causes: string[] = [];
  for (let one: unknown = error; one instanceof Error && causes.length < 5; one = one.cause) causes.push(one.stack ?? one.message);
  return causes.join('\ncaused by ');
}

/** What `signal.throwIfAborted`, timers, streams and `fetch` throw when the signal aborts. */
function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === 'AbortError' || codeOf(thrown) === 'ABORT_ERR');
}
