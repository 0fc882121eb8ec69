// Elixir and Erlang: `** (Type) message` and its indented frames.
import { chained, frame, type Grammar, type Reader } from './grammar.ts';

const HEAD = /^\*\* \(([\w.]+)\) (.*)$/;
const FRAME = /^\s+(?:\((\w+) [\w.-]+\) )?(\S+\.(?:exs?|erl)):(\d+): (.+)$/;

/** How the lines follow each other. */
export const elixirGrammar: Grammar = {
  name: 'elixir',
  opens: (line) => (HEAD.test(line) ? 'head' : undefined),
  resumes: (line) => (FRAME.test(line) || HEAD.test(line) ? 'frames' : undefined),
  next(state, line) {
    if (HEAD.test(line)) return undefined;
    if (FRAME.test(line) || /^\s+\S/.test(line)) return 'frames';
    return /^(?:Last message|State|Function|Args|Initial Call|Ancestors)\b.*:/.test(line)
      ? 'frames'
      : state === 'head'
        ? '?head'
        : undefined;
  },
};

export const readElixir: Reader = (lines) => {
  const frames = lines.flatMap((line) => {
    const m = FRAME.exec(line);
    return m
      ? [frame(m[2]!, m[3], m[4], !/^(?:elixir|stdlib|kernel|plug|phoenix|ecto|cowboy)$/.test(m[1] ?? '') && !/^deps\//.test(m[2]!))]
      : [];
  });
  const head = lines.map((line) => HEAD.exec(line)).find((m) => m !== null);
  if (!head && frames.length === 0) return undefined;
  return chained('elixir', [{ type: head?.[1] ?? 'Exception', message: head?.[2] ?? null, frames }]);
};
