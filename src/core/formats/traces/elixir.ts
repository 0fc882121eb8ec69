// Elixir and Erlang: `** (Type) message` and its indented frames.
import { chained, frame, type Grammar, type Reader } from './grammar.ts';

const HEAD = /^\*\* \(([\w.]+|EXIT from #PID<[\d.]+>)\) (.*)$/;
const INNER = /^\s+\*\* \(([\w.]+)\) (.*)$/;
/** The application, its version since Elixir 1.10, the place and the function: `(shop 1.0.2) lib/cart.ex:9: Cart.add/2`. */
const FRAME = /^\s+(?:\((\w+)(?: [\w.-]+)?\) )?(\S+\.(?:exs?|erl)):(\d+): (.+)$/;

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
            withArity(m[4]!),
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

/**
 * Where no clause of a function matches, its frame has what it was called with in place of how much: that differs from call to call.
 * @example withArity('Cart.add(:rose, %{count: 2})') // 'Cart.add/2'
 */
function withArity(name: string): string {
  const open = /^[^\s(]+(?=\()/.exec(name)?.[0];
  if (open === undefined || !name.endsWith(')')) return name;
  const inside = name.slice(open.length + 1, -1);
  let [depth, count, quote] = [0, inside.trim() === '' ? 0 : 1, ''];
  for (let at = 0; at < inside.length; at += 1) {
    const char = inside[at]!;
    if (char === '\\') at += 1;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if ('([{'.includes(char) || inside.startsWith('<<', at)) depth += 1;
    else if (')]}'.includes(char) || inside.startsWith('>>', at)) depth -= 1;
    else if (char === ',' && depth === 0) count += 1;
  }
  return `${open}/${count}`;
}
