// `ai-ops config`: the effective configuration, each value with where it came from. Secrets are told of, never shown.
import { join } from 'node:path';
import { KEY_NAMES, type Key } from '../config/schema.ts';
import { SECRET_NAMES, SECRETS } from '../config/secrets.ts';
import { defined } from '../core/defined.ts';
import { createRedactor } from '../core/redact/redact.ts';
import { commandsJson, proofLines } from '../core/texts/proof-commands.ts';
import { EXIT } from '../errors.ts';
import type { CommandContext } from './command-line/context.ts';
import { planHere } from './plan-here.ts';

interface Row {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
}

const MASK = '********';
const redact = createRedactor([]);

export async function run(context: CommandContext): Promise<number> {
  const { output } = context;
  const { config, origins, secrets, secretOrigins, files } = await context.config();
  const look = (key: Key): unknown => key.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], config);

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
    ...KEY_NAMES.map((key) => ({ name: key, value: shown(look(key)), origin: origins[key] })),
    ...SECRET_NAMES.map((name) => ({
      name: SECRETS[name].variables[0]!,
      value: secrets[name] === null ? '-' : MASK,
      origin: secretOrigins[name] ?? 'not set',
    })),
  ];
  output.table<Row>(
    [
      { title: 'KEY', cell: (row) => row.name },
      { title: 'VALUE', cell: (row) => row.value, shrinks: true },
      {
        title: 'FROM',
        cell: (row) => row.origin,
        paint: (text, row) => (row.origin === 'default' || row.origin === 'not set' ? output.paint.faint(text) : output.paint.accent(text)),
      },
    ],
    rows,
  );
  output.note(`commands of the proof, as the files here say: ${proofLines(plan).join('; ')}`);
  output.note(files.length === 0 ? 'no configuration file was found; `ai-ops init` writes one' : `read: ${files.join(', ')}`);
  return EXIT.done;
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
