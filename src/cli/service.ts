// `ai-ops service`: an entry for the system's service manager that keeps `watch` running in this directory; `--install` writes it where
// the manager looks. Nothing is started: the commands that do are said.
import { mkdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { ownCommand } from '../embedded.ts';
import { EXIT, fail } from '../errors.ts';
import { replaceFile } from '../platform/atomic.ts';
import { systemWords } from '../platform/errno.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { LAUNCHD } from './service/launchd.ts';
import { SYSTEMD } from './service/systemd.ts';
import { TASK } from './service/task.ts';
import type { Manager, Service } from './service/unit.ts';

type Options = OptionsOf['service'];

const MANAGERS: Readonly<Record<Options['manager'] & string, Manager>> = { systemd: SYSTEMD, launchd: LAUNCHD, task: TASK };
const OF_PLATFORM: Readonly<Partial<Record<NodeJS.Platform, keyof typeof MANAGERS>>> = { darwin: 'launchd', win32: 'task' };

export async function run(context: CommandContext, sources: readonly string[], options: Options): Promise<number> {
  const { cwd, output, env } = context;
  const loaded = await context.config();
  if (sources.length === 0 && loaded.config.logs.length === 0) throw fail('no-logs');
  if (sources.includes('-')) throw fail('usage', { detail: 'a service has no standard input to read', command: 'service' });
  const manager = MANAGERS[options.manager ?? OF_PLATFORM[process.platform] ?? 'systemd'];
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  const isSystem = process.getuid?.() === 0 && !options.user;
  const service = await serviceOf(context, sources, options, home, isSystem);
  const text = manager.unit(service);
  const file = manager.place(service.name, home, isSystem);
  if (options.install) await install(file, text, options.force);
  output.json({
    kind: 'service',
    name: service.name,
    file,
    installed: options.install,
    unit: text,
    begin: manager.begin(service.name, file, isSystem),
  });
  if (!output.isJson) output.raw(options.install ? `${file}\n` : text);
  if (!options.install) output.note(output.say('{file} is its place; `ai-ops service --install` writes it there', { file }));
  output.note(output.say('to begin it: {commands}', { commands: manager.begin(service.name, file, isSystem).join('; ') }));
  if (service.user === 'root' || service.user === '0')
    output.warn(output.say('it runs as root: give the directory to another account, or set User='));
  output.note(output.say('it runs in {dir}', { dir: cwd }));
  return EXIT.done;
}

async function serviceOf(
  { cwd, env, flags }: CommandContext,
  sources: readonly string[],
  { name }: Options,
  home: string,
  isSystem: boolean,
): Promise<Service> {
  const called = (name ?? path.basename(cwd)).replaceAll(/[^\w.-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '') || 'watch';
  const own = `ai-ops-${called}`;
  const common = [
    ...(flags.config === undefined ? [] : ['--config', path.resolve(cwd, flags.config)]),
    ...(flags.stateDir === undefined ? [] : ['--state-dir', path.resolve(cwd, flags.stateDir)]),
  ];
  const log = isSystem ? `/var/log/${own}.log` : path.join(home, 'Library', 'Logs', `${own}.log`);
  const service = { name: own, argv: [...ownCommand(), 'watch', ...common, ...sources], dir: cwd, path: searched(env.PATH), log };
  // The account that works in it: what root leaves in a checkout, nobody else can remove.
  return isSystem ? { ...service, user: env.SUDO_USER ?? String((await stat(cwd)).uid) } : service;
}

/** Directories of a PATH that mean the same from everywhere, each once. */
function searched(found = ''): string {
  return [...new Set(found.split(path.delimiter).filter((dir) => path.isAbsolute(dir)))].join(path.delimiter);
}

/** @throws AiOpsError `file-exists` where another entry is there, `file-unwritable` */
async function install(file: string, text: string, isForced: boolean): Promise<void> {
  const there = await readFile(file, 'utf8').catch(() => undefined);
  if (there === text) return;
  if (there !== undefined && !isForced) throw fail('file-exists', { file });
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await replaceFile(file, text);
  } catch (thrown) {
    throw fail('file-unwritable', { file, detail: systemWords(thrown) }, thrown);
  }
}
