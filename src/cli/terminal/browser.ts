// Opens an address in the person's browser. No shell: the address is one argument of a program. Which addresses may be opened is for
// the caller to say.
import { spawn } from 'node:child_process';
import { programOf, withoutSecrets, wordsOf } from './words.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What begins a browser here, the first to be tried first; each word `%s` is the address, which stands last where there is none. */
function browsersOf(env: Environment, platform: NodeJS.Platform): readonly (readonly string[])[] {
  const named = (env.BROWSER ?? '').split(platform === 'win32' ? ';' : ':').map(wordsOf);
  const own = named.filter((words) => words.length > 0);
  if (own.length > 0) return own;
  if (platform === 'darwin') return [['open']];
  // `start` is a word of a shell; this is what it comes to for an address.
  if (platform === 'win32') return [['rundll32', 'url.dll,FileProtocolHandler']];
  const hasScreen = [env.DISPLAY, env.WAYLAND_DISPLAY].some((value) => value !== undefined && value !== '');
  return [...(env.WSL_DISTRO_NAME ? [['wslview']] : []), ...(hasScreen ? [['xdg-open']] : [])];
}

/**
 * @param address that may be opened
 * @param env of the process
 * @returns whether a browser has taken it; where there is none, nobody has
 */
export async function openInBrowser(
  address: string,
  {
    env,
    platform = process.platform,
    signal,
  }: { readonly env: Environment; readonly platform?: NodeJS.Platform; readonly signal: AbortSignal },
): Promise<boolean> {
  for (const words of browsersOf(env, platform)) {
    const program = programOf(words, env);
    if (program !== undefined && (await takes(program, argvOf(words.slice(1), address), env, signal))) return true;
  }
  return false;
}

function argvOf(words: readonly string[], address: string): readonly string[] {
  return words.some((word) => word.includes('%s')) ? words.map((word) => word.replaceAll('%s', () => address)) : [...words, address];
}

/** A browser that lives on has taken it, after so many ms. */
const TAKEN_MS = 3000;

/** A text browser has the terminal until it ends; one with a window goes on by itself. */
function takes(program: string, argv: readonly string[], env: Environment, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, argv, { stdio: ['inherit', 'inherit', 'inherit'], env: withoutSecrets(env) });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    const hasWindow = env.DISPLAY || env.WAYLAND_DISPLAY || process.platform !== 'linux';
    const timer = hasWindow ? setTimeout(leave, TAKEN_MS) : undefined;
    signal.addEventListener('abort', leave, { once: true });
    function leave(): void {
      clearTimeout(timer);
      child.unref();
      resolve(true);
    }
  });
}
