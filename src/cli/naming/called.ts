// How the person has called this program: what we tell them to type next has to work where they are.
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { programIn } from '../../platform/programs.ts';

export interface Call {
  /** As `ownCommand()` has it: the executable alone, or Node and the script. */
  readonly own: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @example called({ own: ['/usr/bin/node', '/srv/ai-ops/bin/ai-ops.cjs'], cwd: '/srv/ai-ops', env: { PATH: '/usr/bin' } }) // 'node bin/ai-ops.cjs' */
export function called({ own, cwd, env }: Call): string {
  const [program = '', script] = own;
  if (isSame(onPath('ai-ops', env.PATH), script ?? program)) return 'ai-ops';
  if (env.npm_command === 'exec') return 'npx ai-ops';
  const inside = (file: string): string => {
    const way = path.relative(cwd, file);
    return way.startsWith('..') || path.isAbsolute(way) ? file : path.join('.', way);
  };
  const word = (text: string): string => (/^[\w@%+=:,./\\-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  if (script === undefined) return word(withDot(inside(program)));
  // The link that npm makes beside its packages runs by itself; files of ours have an ending.
  if (path.extname(script) === '') return word(withDot(inside(script)));
  const node = isSame(onPath('node', withoutPackages(env.PATH)), program) ? 'node' : word(withDot(inside(program)));
  return `${node} ${word(inside(script))}`;
}

/** A shell looks for a name without a slash on the PATH. */
const withDot = (file: string): string => (/[/\\]/.test(file) ? file : `.${path.sep}${file}`);

/** What npm puts before a person's own PATH while it runs a script is gone afterwards. */
const withoutPackages = (search = ''): string =>
  search
    .split(path.delimiter)
    .filter((dir) => !/node_modules[/\\]\.bin[/\\]?$/.test(dir))
    .join(path.delimiter);

const onPath = (name: string, search = ''): string | undefined => programIn(search.split(path.delimiter), name);

function isSame(one: string | undefined, other: string): boolean {
  try {
    return one !== undefined && realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}
