// `ai-ops config [KEY]`: the effective configuration, each value with where it came from, and what a key means. Secrets are
// told of, never shown.
import { join } from 'node:path';
import type { LoadedConfig } from '../config/load.ts';
import { nearestKey } from '../config/problems.ts';
import { KEY_NAMES, KEYS, type Key } from '../config/schema.ts';
import { SECRET_NAMES, SECRETS } from '../config/secrets.ts';
import { defined } from '../core/defined.ts';
import { createRedactor } from '../core/redact/redact.ts';
import { listed } from '../core/texts/chinese/say.ts';
import { commandsJson } from '../core/texts/proof-commands.ts';
import { EXIT, fail } from '../errors.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import type { Output } from './output/output.ts';
import { addTrust } from './setting-up/add-trust.ts';
import { meaningIn } from './setting-up/meaning.ts';
import { planHere, toldLines } from './setting-up/plan-here.ts';

interface Row {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
}

const MASK = '********';
const redact = createRedactor([]);

export async function run(context: CommandContext, [typed]: readonly string[], { explain, trust }: OptionsOf['config']): Promise<number> {
  // Before anything of a repository is read: what it asks for may be what cannot be loaded without this.
  if (trust.length > 0) return addTrust(context, trust);
  const loaded = await context.config();
  if (typed === undefined && !explain) return list(context, loaded);
  const keys = KEY_NAMES.filter((key) => typed === undefined || key === typed || key.startsWith(`${typed}.`));
  if (keys.length === 0) throw fail('key-unknown', { key: typed ?? '', nearest: nearestKey(typed ?? '') ?? KEY_NAMES[0]! });
  const told = keys.map((key) => tellKey(key, loaded));
  for (const one of told) context.output.json(one);
  if (explain) context.output.line(told.map((one) => explained(one, context.output)).join('\n\n'));
  else
    table(
      context,
      told.map(({ key, value, origin }) => ({ name: key, value: shown(value), origin })),
    );
  return EXIT.done;
}

/** One key as JSON has it. */
interface ToldKey {
  readonly kind: 'key';
  readonly key: Key;
  readonly value: unknown;
  readonly origin: string;
  /** In words where it is not a constant. */
  readonly default: unknown;
  readonly expects: string;
  /** Variables that set it, the first that is set wins. */
  readonly variables: readonly string[];
  readonly meaning: string;
}

const valueAt = (key: Key, config: LoadedConfig['config']): unknown =>
  key.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], config);

function tellKey(key: Key, { config, origins }: LoadedConfig): ToldKey {
  const { kind, default: fallback, defaultText, env, doc } = KEYS[key];
  const value = masked(valueAt(key, config));
  return {
    ...{ kind: 'key', key, value, origin: origins[key], default: defaultText ?? fallback, expects: kind.expects, variables: env },
    meaning: doc,
  };
}

function explained({ key, value, origin, default: fallback, expects, variables }: ToldKey, { say, language }: Output): string {
  const words = { expects: say.told(expects), default: say.told(shown(fallback)) };
  return [
    say('{key} = {value}  ({origin})', { key, value: shown(value), origin: say.told(origin) }),
    `  ${meaningIn(language, key)}`,
    `  ${say('expects {expects}; default {default}', words)}`,
    ...(variables.length > 0 ? [`  ${say('set by {names} too', { names: listed(variables, say) })}`] : []),
  ].join('\n');
}

async function list(
  context: CommandContext,
  { config, origins, secrets, secretOrigins, files, unneeded, renamed }: LoadedConfig,
): Promise<number> {
  const { output } = context;

  const { setup, check, test } = config.verify;
  const given = defined({ setup: setup ?? undefined, check: check ?? undefined, test: test ?? undefined });
  const plan = await planHere(join(config.repo.path ?? context.cwd, config.repo.subdir ?? ''), given);
  output.json({
    kind: 'config',
    commands: commandsJson(plan),
    files,
    values: masked(config),
    origins,
    secrets: Object.fromEntries(
      SECRET_NAMES.map((name) => [
        SECRETS[name].variables[0]!,
        secrets[name] === null ? null : { value: MASK, origin: secretOrigins[name] ?? '' },
      ]),
    ),
  });
  const rows: readonly Row[] = [
    ...KEY_NAMES.map((key) => ({ name: key, value: shown(valueAt(key, config)), origin: origins[key] })),
    ...SECRET_NAMES.map((name) => ({
      name: SECRETS[name].variables[0]!,
      value: secrets[name] === null ? '-' : MASK,
      origin: secretOrigins[name] ?? 'not set',
    })),
  ];
  table(context, rows);
  output.note(output.say('commands of the proof, as the files here say: {lines}', { lines: toldLines(plan, output.say) }));
  output.note(
    files.length === 0
      ? output.say('no configuration file was found; `ai-ops init` writes one')
      : output.say('read: {files}', { files: listed(files, output.say) }),
  );
  if (unneeded.length > 0) output.note(output.say('not needed: {names}; there is no server', { names: listed(unneeded, output.say) }));
  for (const [old, now] of renamed) output.note(output.say('not read: {old} is called {now} here', { old, now }));
  return EXIT.done;
}

function table({ output }: CommandContext, rows: readonly Row[]): void {
  const { say } = output;
  output.table<Row>(
    [
      { title: say('KEY'), cell: (row) => row.name, main: true },
      { title: say('VALUE'), cell: (row) => row.value, shrinks: true },
      {
        title: say('FROM'),
        cell: (row) => say.told(row.origin),
        paint: (text, row) => (row.origin === 'default' || row.origin === 'not set' ? output.paint.faint(text) : output.paint.accent(text)),
      },
    ],
    rows,
  );
}

function shown(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '-';
  if (Array.isArray(value))
    return redact(value.map((each) => (/[\s,]/.test(String(each)) ? JSON.stringify(each) : String(each))).join(', '));
  return redact(String(value));
}

/** The same values with anything of the form of a secret taken out of their texts. */
function masked(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]));
  return value;
}
