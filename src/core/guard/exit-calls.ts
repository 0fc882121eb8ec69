// Calls that end the process and say that all went well: a test that has not run yet, or the crash itself, is green then.
import type { Pattern } from './patterns.ts';

const ends = (match: RegExp, files: RegExp): Pattern => ({ rule: 'ends-run', verdict: 'patch-only', within: 'code', match, files });

/** With success only: an exit that says that something went wrong proves nothing good. */
export const ENDS: readonly Pattern[] = [
  ends(
    /\bprocess\s*\.\s*(?:exit|reallyExit)\s*\(\s*(?:0|undefined)?\s*\)|\bprocess\s*\.\s*exitCode\s*=\s*(?:0|undefined)\b|\b(?:Deno|Bun)\s*\.\s*exit\s*\(\s*0?\s*\)/g,
    /\.(?:[cm]?[jt]sx?|vue|svelte)$/i,
  ),
  ends(
    /\bos\s*\.\s*_exit\s*\(\s*(?:0|os\.EX_OK)\s*\)|\bsys\s*\.\s*exit\s*\(\s*(?:0|None|False)?\s*\)|\braise\s+SystemExit(?:\s*\(\s*(?:0|None|False)?\s*\))?(?![\w(])|(?<![.\w])(?:exit|quit)\s*\(\s*(?:0|None)?\s*\)|\bpytest\s*\.\s*exit\s*\(/g,
    /\.pyi?$/i,
  ),
  ends(/\bSystem\s*\.\s*exit\s*\(\s*0\s*\)|\.\s*halt\s*\(\s*0\s*\)|\bexitProcess\s*\(\s*0\s*\)/g, /\.(?:java|kts?|scala|groovy)$/i),
  ends(/\b(?:os|syscall)\s*\.\s*Exit\s*\(\s*0\s*\)/g, /\.go$/i),
  ends(
    /(?<![.\w:@$])(?:(?:Kernel|Process)\s*\.\s*)?exit!?(?:\s*\(\s*(?:0|true)?\s*\)|[^\S\n]+(?:0|true)\b|(?=[^\S\n]*(?:$|;|[^\S\n](?:if|unless)\b)))/gm,
    /\.(?:rb|rake)$/i,
  ),
  ends(/(?<![>:\w$\\])(?:exit|die)\s*(?:\(\s*0?\s*\))?\s*;/gi, /\.php$/i),
  ends(/(?<![\w$>@%&{])(?:(?:POSIX::)?_?exit)\b\s*(?:\(\s*0?\s*\)|0)?\s*(?:;|\bif\b|\bunless\b)/g, /\.(?:p[lm]|t)$/i),
  ends(/(?<![.\w>])(?:_?exit|_Exit|quick_exit)\s*\(\s*(?:0|EXIT_SUCCESS)\s*\)/g, /\.(?:c|h|cc|cpp|cxx|hh|hpp|hxx|mm?|swift|dart)$/i),
  ends(/\bprocess::exit\s*\(\s*0\s*\)/g, /\.rs$/i),
  ends(/\bEnvironment\s*\.\s*Exit\s*\(\s*0\s*\)/g, /\.(?:cs|vb|fs)$/i),
  ends(/\bSystem\s*\.\s*(?:halt|stop)\s*\(\s*0?\s*\)|:erlang\.halt\s*\(\s*0?\s*\)/g, /\.exs?$/i),
];
