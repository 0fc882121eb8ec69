// Command lines that people keep in variables (`PAGER`, `BROWSER`), read as words and never by a shell, and the environment for the
// programs that they name.
import path from 'node:path';
import { isCalledSecret, secretsOf } from '../../core/redact/environment.ts';
import { programIn } from '../../platform/programs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** @example wordsOf('less -R "--prompt=a b"') // ['less', '-R', '--prompt=a b'] */
export function wordsOf(line: string): readonly string[] {
  const words = [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)];
  return words.map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, (_all, single?: string, double?: string) => single ?? double ?? ''));
}

/**
 * The program that the first word names: absolute, or in a directory of the PATH that is absolute. What is named by a way from the
 * working directory would be a file of whoever wrote the repository.
 */
export function programOf([name = '']: readonly string[], env: Environment): string | undefined {
  if (path.isAbsolute(name)) return programIn([path.dirname(name)], path.basename(name));
  if (name === '' || /[/\\]/.test(name)) return undefined;
  const dirs = (env.PATH ?? env.Path ?? '').split(path.delimiter);
  const endings = process.platform === 'win32' ? ['.exe', '.com'] : [''];
  return endings.map((ending) => programIn(dirs, `${name}${ending}`)).find((found) => found !== undefined);
}

/** Ours without what is secret. */
export function withoutSecrets(env: Environment): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || isCalledSecret(name) || secretsOf({ [name]: value }).length > 0 ? [] : [[name, value] as const],
  );
  return Object.fromEntries(kept);
}
