// Erlang: what error_logger prints (`=CRASH REPORT====` is a head of `formats/`), escripts, and a runtime that dies at boot.
// Elixir's own form is read in `elixir.ts`; both count as one language.
import { chained, frame, type Grammar, type Reader } from './grammar.ts';

const OPEN =
  /^(?:escript: exception (?:error|exit|throw): |\{"init terminating in do_boot"|init terminating in do_boot|Runtime terminating during boot)/;
const TERM = /\{([a-z]\w*|'[^']+'),([a-z]\w*|'[^']+'),(?:\d+|\[[^\]]*\]),\s*\[\{file,"([^"]+)"\},\s*\{line,(\d+)\}\]\}/g;
const CALL = /\bin (?:function|call from) +([\w:'/<>.-]+\/\d+)(?: \((\S+?), line (\d+)\))?/;
const SAID = /(?:^|\s)exception (error|exit|throw): (.*)$/;
const REASON = /(?:\*\* |^|^\{"init terminating in do_boot",)\{+([a-z]\w*)[,}]/;
const OTP =
  /^(?:erlang|erl_\w+|gen|gen_\w+|proc_lib|supervisor|init|lists|maps|sets|dict|ets|io|io_lib|file|timer|escript|string|binary|application\w*|logger\w*|rpc|code|error_handler|shell|crypto|ssl|inet|re)(?:\.erl)?$/;

/** How the lines follow each other; the report below a head belongs to it without being asked here. */
export const erlangGrammar: Grammar = {
  name: 'erlang',
  opens: (line) => (OPEN.test(line) ? 'report' : undefined),
  resumes: (line) => (CALL.test(line) ? 'report' : undefined),
  next: (_, line) => (/^\s+\S|^init terminating|^Crash dump is being written/.test(line) ? 'report' : undefined),
};

/** Frames as terms or as prose, in their order; modules of OTP are library. */
export const readErlang: Reader = (lines) => {
  const text = lines.map((line) => line.trim()).join('');
  const client = text.search(/\*\* Client <[\d.]+> stacktrace/);
  const frames = [...text.slice(0, client < 0 ? undefined : client).matchAll(TERM)].map((m) =>
    frame(m[3]!, m[4], `${m[1]}:${m[2]}`.replace(/'/g, ''), !OTP.test(m[1]!)),
  );
  for (const line of lines) {
    const m = CALL.exec(line);
    if (m?.[2]) frames.push(frame(m[2], m[3], m[1], !OTP.test(m[1]!.split(':')[0]!)));
  }
  const said = lines.map((line) => SAID.exec(line)).find((m) => m !== null);
  if (frames.length === 0 && !said) return undefined;
  const reason = lines.map((line) => REASON.exec(line)).find((m) => m !== null && m[1] !== 'init');
  const term = said && /^\{([a-z]\w*)\b/.exec(said[2]!);
  return chained('elixir', [
    { type: term?.[1] ?? (said ? `exception ${said[1]}` : (reason?.[1] ?? 'exception')), message: said?.[2] ?? reasonLine(lines), frames },
  ]);
};

const reasonLine = (lines: readonly string[]): string | null =>
  lines
    .find((line) => /^\*\* Generic server|^Error in process|^\*\* State machine|init terminating/.test(line))
    ?.replace(/^\*\* /, '')
    .trim() ?? null;
