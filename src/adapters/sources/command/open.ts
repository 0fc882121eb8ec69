// From the name of a log to the command that prints it, or to the files that it is kept in where these are the better source:
// no tool stands between, nothing is skipped when they are rotated, and no login is needed.
import { accessSync, constants } from 'node:fs';
import { commandOf, type LogCommand, presetOf } from '../../../core/log-commands.ts';
import { fail } from '../../../errors.ts';
import type { LongRunning, Source } from '../../../ports.ts';
import { combineSources } from '../combine.ts';
import { createFileSource, type FileSourceOptions } from '../file/source.ts';
import { createCommandSource } from './source.ts';

export interface CommandsAround {
  /** The command of an entry of `logs`, by its name. @throws AiOpsError `log-name`, `log-command-unbound` */
  commandFor(name: string): LogCommand;
  /** What runs them. */
  start(): Promise<{
    readonly programs: LongRunning;
    readonly env: Readonly<Record<string, string>>;
    readonly dir: string;
    readonly now: () => number;
  }>;
}

/** How a log is read, and why so, for people. */
type Form = { readonly why: string } & ({ readonly spec: LogCommand } | { readonly files: string });

/** @throws AiOpsError `log-name`, `log-command-unbound` */
export function formOf(name: string, around: Pick<CommandsAround, 'commandFor'>): Form {
  if (name.startsWith('command:')) return { spec: around.commandFor(name), why: 'the command of `logs`' };
  const preset = presetOf(name);
  const spec = preset && commandOf(preset);
  if (preset === undefined || spec === undefined) throw fail('log-name', { source: name, detail: 'a part of it is missing or cannot be' });
  const program = spec.command[0] ?? '';
  if (preset.kind !== 'kubernetes') return { spec, why: `printed by ${program}` };
  const [namespace = '', selector = ''] = preset.rest.split('/');
  const isName = /^[a-z0-9.-]+$/.test(selector) && preset.rest.split('/').length === 2;
  if (isName && isReadable(PODS))
    return { files: `${PODS}/${namespace}_${selector}-*/*/*.log`, why: `${PODS} can be read: no rotation is missed there` };
  return { spec, why: `printed by ${program}: ${isName ? `${PODS} cannot be read here` : 'its files do not say their labels'}` };
}

const PODS = '/var/log/pods';

function isReadable(dir: string): boolean {
  try {
    accessSync(dir, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @throws AiOpsError `log-name`, `log-command-unbound` */
export async function openCommands(names: readonly string[], around: CommandsAround, files: FileSourceOptions): Promise<Source> {
  const forms = names.map((name) => ({ name, form: formOf(name, around) }));
  const how = await around.start();
  return combineSources(
    forms.map(({ name, form }) =>
      'files' in form ? createFileSource([form.files], files) : createCommandSource({ name, spec: form.spec, why: form.why, ...how }),
    ),
  );
}
