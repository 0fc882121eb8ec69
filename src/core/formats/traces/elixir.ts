// Elixir and Erlang: `** (Type) message` and its indented frames.
import { chained, frame, type Grammar, type Reader } from './grammar.ts';

const HEAD = /^\*\* \(([\w.]+|EXIT from #PID<[\d.]+>)\) (.*)$/;
const INNER = /^\s+\*\* \(([\w.]+)\) (.*)$/;
const FRAME = /^\s+(?:\((\w+) [\w.-]+\) )?(\S+\.(?:exs?|erl)):(\d+): (.+)$/;

/** How the lines follow each other. */
export const elixirGrammar: Grammar = {
  name: 'elixir',
  opens: (line) => (HEAD.test(line) ? 'head' : undefined),
  resumes: (line) => (FRAME.test(line) || HEAD.test(line) ? 'frames' : undefined),
  next(state, line) {
    if (HEAD.test(line)) return undefined;
    if (FRAME.test(line)) return 'frames';
    if (/^\s+\S/.test(line)) return state;
    return /^(?:Last message|State|Function|Args|Initial Call|Ancestors|Client)\b.*(?::| is (?:alive|dead))/.test(line)
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
      ? [
          frame(
            m[2]!,
            m[3],
            m[4],
            !/^(?:elixir|stdlib|kernel|mix|iex|ex_unit|logger|plug|phoenix|ecto|db_connection|cowboy|bandit)(?:_\w+)?$/.test(m[1] ?? '') &&
              !/^deps\//.test(m[2]!),
          ),
        ]
      : [];
  });
  const head = lines.map((line) => HEAD.exec(line)).find((m) => m !== null);
  const inner = head && /^(?:EXIT|exit$)/.test(head[1]!) ? lines.map((line) => INNER.exec(line)).find((m) => m !== null) : undefined;
  if (inner) return chained('elixir', [{ type: inner[1]!, message: inner[2]!, frames }]);
  if (!head && frames.length === 0) return undefined;
  return chained('elixir', [{ type: head?.[1] ?? 'Exception', message: head?.[2]?.trim() ?? null, frames }]);
};
