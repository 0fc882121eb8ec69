// Long lists go through a pager, as git's do: only on a terminal, only what is longer than it, and by the program that the person's own
// variables name. What is shorter is printed as it is.
import { spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import type { TerminalWritable } from '../command-line/context.ts';
import { width } from '../output/width.ts';
import { programOf, withoutSecrets, wordsOf } from './words.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A program and its arguments. */
export type Pager = readonly [program: string, ...argv: string[]];

/** Of `less` where nobody has said otherwise: ends by itself on a short text, lets colours and links through, leaves the text there. */
const LESS = 'FRX';

/**
 * By `AI_OPS_PAGER`, `PAGER`, else `less` where it is installed; nothing and `cat` say that there is none.
 * @param env of the process: what a repository's files say does not count
 * @returns what is missing, by name, where a pager is named that is not there
 */
export function pagerOf(env: Environment): Pager | { readonly missing: string } | undefined {
  const named = env.AI_OPS_PAGER ?? env.PAGER;
  const words = wordsOf(named ?? 'less');
  if (words.length === 0 || words[0] === 'cat') return undefined;
  const program = programOf(words, env);
  if (program === undefined) return named === undefined ? undefined : { missing: words[0]! };
  return [program, ...words.slice(1)];
}

export interface Paged {
  /** In place of the terminal. */
  readonly stdout: TerminalWritable;
  /** In place of standard error: what is said while somebody leafs would stand in the middle of the text. */
  readonly talk: Pick<TerminalWritable, 'write'>;
  /** Prints what is short, waits for who leafs through what is long, then says what was held back. */
  end(): Promise<void>;
}

/** @param hold told when the keys are the pager's, and when they are ours again */
export function createPaged(
  { stdout, stderr }: { readonly stdout: TerminalWritable; readonly stderr: TerminalWritable },
  pager: Pager,
  env: Environment,
  hold: (isPaging: boolean) => void,
): Paged {
  const held: string[] = [];
  let text = '';
  let rows = 0;
  let leafing: { readonly input: Writable; readonly done: Promise<void> } | undefined;
  let isClosed = false;

  const begin = (): Writable => {
    const [program, ...argv] = pager;
    hold(true);
    const child = spawn(program, argv, {
      stdio: ['pipe', 'inherit', 'inherit'],
      env: { ...withoutSecrets(env), LESS: env.LESS ?? LESS, LESSCHARSET: env.LESSCHARSET ?? 'utf-8', LV: env.LV ?? '-c' },
    });
    // Whoever has read enough closes it.
    child.stdin.on('error', () => {
      isClosed = true;
    });
    const done = new Promise<void>((resolve) => {
      child.once('error', () => {
        // It was there a moment ago.
        if (!isClosed) stdout.write(text);
        isClosed = true;
        resolve();
      });
      child.once('close', () => resolve());
    });
    leafing = { input: child.stdin, done };
    return child.stdin;
  };

  const sink = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, next): void {
      const piece = typeof chunk === 'string' ? chunk : chunk.toString('utf8');
      const goOn = (): void => next();
      if (isClosed) goOn();
      else if (leafing) leafing.input.write(piece, goOn);
      else {
        text += piece;
        rows += rowsOf(piece, stdout.columns ?? 80);
        // The line of the prompt below it is one, too.
        if (rows < (stdout.rows ?? 24)) goOn();
        else begin().write(text, goOn);
      }
    },
  });
  Object.defineProperties(sink, {
    isTTY: { value: true },
    columns: { get: () => stdout.columns },
    rows: { get: () => stdout.rows },
  });

  return {
    stdout: sink,
    talk: stderr.isTTY ? { write: (piece: string) => held.push(piece) > 0 } : stderr,
    async end() {
      await new Promise<void>((resolve) => sink.end(() => resolve()));
      if (leafing) {
        leafing.input.end();
        await leafing.done;
        hold(false);
      } else stdout.write(text);
      for (const piece of held) stderr.write(piece);
    },
  };
}

/** Rows that lines take, with those that are longer than the terminal is wide. */
function rowsOf(piece: string, columns: number): number {
  const lines = piece.split('\n');
  return lines.slice(0, -1).reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / columns)), 0);
}
