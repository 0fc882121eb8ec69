// What a fix may not bring more of than there was: calls that run other code, errors that are swallowed, checks that are silenced.
// Counted over the whole change set on both sides, so that moving a line is no finding and adding one is.
import type { Verdict } from '../model.ts';
import { GO, JS, JVM, PERL, PHP, PY, RUBY } from './file-names.ts';
import { ANSWERED, LIMITS, REPORTS } from './hiding/reports.ts';
import type { Pattern, ReadFile, Side } from './policy.ts';
import { quote } from './policy.ts';

const SHELL = /\.(?:sh|bash|zsh|ps1|bat|cmd)$/i;
const CATCHES = /\.(?:[cm]?[jt]sx?|vue|svelte|java|kts?|scala|groovy|cs|php|dart|swift|cc|cpp|cxx|hpp|mm)$/i;

const runs = (match: RegExp, files?: RegExp, within: keyof Side = 'code'): Pattern => ({
  rule: 'runs-code',
  verdict: 'patch-only',
  within,
  match,
  ...(files ? { files } : {}),
});

/** Calls that run a program, or text as a program. */
const RUNS: readonly Pattern[] = [
  runs(
    /(?<![.\w$>:\\])eval\s*\(|\b(?:window|globalThis|self|global|Kernel)\.eval\s*\(/g,
    /\.(?!(?:java|kts?|go|rs|cs|md|mdx|rst|txt|log|json|ya?ml|toml|csv|css|scss|svg)$)\w+$/i,
  ),
  runs(/\bnew\s+Function\s*\(|(?<![.\w$])Function\s*\(\s*["'`]|\.constructor\s*\(\s*["'`]|\bset(?:Timeout|Interval)\s*\(\s*["']/g, JS),
  runs(
    /(?:\bfrom\s*|\brequire\s*\(\s*|\bimport\s*\(?\s*)["'`](?:node:)?(?:child_process|vm|worker_threads|cluster|inspector|module)["'`]/g,
    JS,
    'uncommented',
  ),
  runs(
    /\bprocess\.(?:binding|dlopen|_linkedBinding)\b|(?<![.\w$])(?:exec|execSync|spawn|spawnSync|execFile|execFileSync|fork)\s*\(|\b(?:child_process|cp|vm)\.\w+\s*\(|\.(?:execSync|spawnSync|execFileSync)\s*\(|\bvm2?\.run\w*\(|\b(?:Deno|Bun)\.(?:run|Command|spawn|spawnSync)\b|\b(?:execa|shelljs)\b/g,
    JS,
  ),
  runs(/\b(?:require|import)\s*\(\s*(?!["'`)\s])/g, JS, 'uncommented'),
  runs(
    /\bsubprocess\b|\bos\s*\.\s*(?:system|popen|exec\w{1,3}|spawn\w{1,3}|posix_spawn\w?|fork)\s*\(|(?<![.\w])(?:exec|compile|execfile|__import__)\s*\(|\bimportlib\.import_module\s*\(|\bpty\.spawn|\bshell\s*=\s*True|\bcreate_subprocess_\w+|\bcode\.Interactive/g,
    PY,
  ),
  runs(
    /\b(?:pickle|cPickle|dill|marshal|shelve|jsonpickle|joblib)\s*\.\s*(?:loads?|open|decode|Unpickler)\b|\byaml\s*\.\s*(?:unsafe_load|full_load|load)\s*\((?![^)\n]{0,200}Safe)|\bctypes\b/g,
    PY,
  ),
  runs(
    /\bRuntime\s*\.\s*getRuntime\b|\bProcessBuilder\b|\bScriptEngineManager\b|\bObjectInputStream\b|\bdefineClass\b|\bGroovyShell\b|\bXMLDecoder\b|\bInitialContext\s*\(|\bURLClassLoader\b/g,
    JVM,
  ),
  runs(/\bexec\.Command(?:Context)?\b|\bsyscall\.(?:Exec|ForkExec)\b|\bplugin\.Open\b|\bos\.StartProcess\b/g, GO),
  runs(/"(?:os\/exec|plugin|syscall|unsafe)"/g, GO, 'uncommented'),
  runs(
    /(?<![.\w:@$])(?:system|exec|spawn|syscall|eval)\s*(?:\(|["'])|\bKernel\.(?:system|exec|spawn|open)\b|\bOpen3\b|\bIO\.popen\b|\bMarshal\.load\b|\bYAML\.(?:unsafe_load|load)\b(?!_)|\b(?:instance|class|module)_eval\b|%x[[({|!]|=\s*`[^`\n]+`/g,
    RUBY,
  ),
  runs(
    /(?<![>:\w$\\])(?:shell_exec|passthru|proc_open|popen|system|exec|pcntl_exec|assert|unserialize|create_function|call_user_func(?:_array)?)\s*\(|\bpreg_replace\s*\(\s*["'][^"'\n]{0,200}\/\w*e\w*["']|(?:include|require)(?:_once)?\s*\(?\s*\$|=\s*`[^`\n]+`/g,
    PHP,
  ),
  runs(
    /\bProcess\s*\.\s*Start\b|\bnew\s+ProcessStartInfo\b|\bBinaryFormatter\b|\bAssembly\s*\.\s*Load\w*\s*\(|\bCSharpScript\b|\bDllImport\b|\bTypeNameHandling\b|\bActivator\.CreateInstance\b/g,
    /\.(?:cs|vb|fs)$/i,
  ),
  runs(/\bCommand::new\b|\bstd::process\b|\blibloading\b|\bunsafe\s*\{/g, /\.rs$/i),
  runs(
    /(?<![.\w>:])(?:system|popen|exec[lv]p?e?|posix_spawnp?|dlopen|ShellExecute\w?|WinExec|CreateProcess\w?)\s*\(/g,
    /\.(?:c|h|cc|cpp|cxx|hpp|mm?)$/i,
  ),
  runs(/\bSystem\.(?:cmd|shell)\b|:os\.cmd\b|\bCode\.(?:eval|compile)_\w+|:erlang\.binary_to_term\b|\bPort\.open\b/g, /\.exs?$/i),
  runs(/\bProcess\.(?:run|start|runSync)\b|\bProcess\s*\(\s*\)|\bNSTask\b|\bNSAppleScript\b/g, /\.(?:dart|swift)$/i),
  runs(/(?<![.\w$>:])(?:system|exec|qx)\b\s*[({["']|\beval\s*["'$]|=\s*`[^`\n]+`/g, PERL),
  runs(
    /\b(?:curl|wget)\b[^\n|;]{0,300}\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b|\b(?:eval|source)\s+["$`(]|\b(?:nc|ncat)\s+-|\/dev\/tcp\/|\bInvoke-Expression\b|\biex\b|\bDownloadString\b/gi,
    SHELL,
  ),
];

const ends = (match: RegExp, files: RegExp): Pattern => ({ rule: 'ends-run', verdict: 'patch-only', within: 'code', match, files });

/**
 * Calls that end the process and say that all went well: a test that has not run yet, or the crash itself, is green then.
 * With success only: an exit that says that something went wrong proves nothing good.
 */
const ENDS: readonly Pattern[] = [
  ends(
    /\bprocess\s*\.\s*(?:exit|reallyExit)\s*\(\s*(?:0|undefined)?\s*\)|\bprocess\s*\.\s*exitCode\s*=\s*(?:0|undefined)\b|\b(?:Deno|Bun)\s*\.\s*exit\s*\(\s*0?\s*\)/g,
    JS,
  ),
  ends(
    /\bos\s*\.\s*_exit\s*\(\s*(?:0|os\.EX_OK)\s*\)|\bsys\s*\.\s*exit\s*\(\s*(?:0|None|False)?\s*\)|\braise\s+SystemExit(?:\s*\(\s*(?:0|None|False)?\s*\))?(?![\w(])|(?<![.\w])(?:exit|quit)\s*\(\s*(?:0|None)?\s*\)|\bpytest\s*\.\s*exit\s*\(/g,
    /\.pyi?$/i,
  ),
  ends(/\bSystem\s*\.\s*exit\s*\(\s*0\s*\)|\.\s*halt\s*\(\s*0\s*\)|\bexitProcess\s*\(\s*0\s*\)/g, /\.(?:java|kts?|scala|groovy)$/i),
  ends(/\b(?:os|syscall)\s*\.\s*Exit\s*\(\s*0\s*\)/g, GO),
  ends(
    /(?<![.\w:@$])(?:(?:Kernel|Process)\s*\.\s*)?exit!?(?:\s*\(\s*(?:0|true)?\s*\)|[^\S\n]+(?:0|true)\b)|(?<=(?:^|[;{|&]|\b(?:then|do|and|or|else))[^\S\n]*)exit!?(?=[^\S\n]*(?:$|;|[^\S\n](?:if|unless)\b))/gm,
    /\.(?:rb|rake)$/i,
  ),
  ends(/(?<![>:\w$\\])(?:exit|die)\s*(?:\(\s*0?\s*\))?\s*;/gi, /\.php$/i),
  ends(/(?<![\w$>@%&{])(?:(?:POSIX::)?_?exit)\b\s*(?:\(\s*0?\s*\)|0)?\s*(?:;|\bif\b|\bunless\b)/g, /\.(?:p[lm]|t)$/i),
  ends(/(?<![.\w>])(?:_?exit|_Exit|quick_exit)\s*\(\s*(?:0|EXIT_SUCCESS)\s*\)/g, /\.(?:c|h|cc|cpp|cxx|hh|hpp|hxx|mm?|swift|dart)$/i),
  ends(/\bprocess::exit\s*\(\s*0\s*\)/g, /\.rs$/i),
  ends(/\bEnvironment\s*\.\s*Exit\s*\(\s*0\s*\)/g, /\.(?:cs|vb|fs)$/i),
  ends(/\bSystem\s*\.\s*(?:halt|stop)\s*\(\s*0?\s*\)|:erlang\.halt\s*\(\s*0?\s*\)/g, /\.exs?$/i),
];

const swallows = (match: RegExp, files: RegExp, verdict: Verdict['verdict'] = 'patch-only'): Pattern => ({
  rule: 'swallowed-error',
  verdict,
  files,
  within: 'code',
  match,
});

/** What a handler gives back in place of an error. */
const NOTHING = '(?:return(?:\\s+(?:null|undefined|nil|None|false|true|0|-1|""|\'\'|``|\\[\\s*\\]|\\{\\s*\\}|\\(\\s*\\)))?|continue|break)';
const HANDLER = 'catch\\s*(?:\\([^()\\n]{0,200}(?:\\([^()\\n]{0,80}\\))?[^()\\n]{0,80}\\)\\s*)?(?:when\\s*\\([^()\\n]{0,200}\\)\\s*)?';

/** What stands in braces, with as many within one another as that. */
const braces = (deep: number): string => `\\{[^{}]{0,2000}${deep === 0 ? '' : `(?:${braces(deep - 1)}[^{}]{0,1000}){0,10}`}\\}`;
const EVAL_BLOCK = `eval\\s*${braces(4)}\\s*;(?![^}]{0,300}\\$(?:@|EVAL_ERROR\\b))`;

const SWALLOWS: readonly Pattern[] = [
  swallows(new RegExp(`\\b${HANDLER}\\{[\\s;]{0,400}\\}`, 'g'), CATCHES),
  swallows(new RegExp(`\\b${HANDLER}\\{\\s{0,200}${NOTHING}\\s{0,40};?\\s{0,200}\\}`, 'g'), CATCHES, 'draft'),
  swallows(
    /\.catch\s*\(\s*(?:\(\s*\w{0,40}\s*\)|\w{1,40})\s*=>\s*(?:\{[\s;]{0,200}\}|null|undefined|void 0|false|\(\s*\{\s*\}\s*\)|\[\s*\]|""|'')\s*\)|\.catch\s*\(\s*(?:function\s*\([^()\n]{0,60}\)\s*\{\s{0,200}\}|noop|_\.noop|Function\.prototype|Boolean)\s*\)/g,
    JS,
  ),
  {
    ...swallows(
      /\bprocess\s*\.\s*on(?:ce)?\s*\(\s*["'`](?:uncaughtException|unhandledRejection)|\b(?:window|self)\.onerror\s*=|["'`]unhandledrejection["'`]/g,
      JS,
    ),
    within: 'uncommented',
  },
  swallows(/\bexcept\b[^:\n]{0,200}:\s{0,200}(?:pass\b|\.\.\.)/g, PY),
  swallows(
    /\bexcept\b[^:\n]{0,200}:\s{0,200}(?:continue|break|return(?:[^\S\n]+(?:None|False|True|0|-1|""|''|\[\s*\]|\{\s*\}|\(\s*\)))?)[^\S\n]*(?=\n|$)/g,
    PY,
    'draft',
  ),
  swallows(/\bexcept\s*(?:BaseException\b[^:\n]{0,60})?:/g, PY, 'draft'),
  swallows(/\b(?:contextlib\.)?suppress\s*\(/g, PY),
  { ...swallows(/\berrors\s*=\s*["']ignore["']/g, PY, 'draft'), within: 'uncommented' },
  swallows(
    /[^\S\n]rescue\s+(?:nil|false|true|""|''|0|\[\s*\]|\{\s*\})(?=\s*(?:\n|;|$|\)))|\brescue\b[^\n]{0,200}\n\s{0,200}(?:nil\s{0,80})?end\b|\brescue\s*(?:=>\s*\w+\s*)?;?\s*end\b|\brescue\s+Exception\b/g,
    RUBY,
  ),
  swallows(
    /^[^\S\n]*(?:_\s*,\s*)*_\s*=\s*(?:err\b|\w[\w.]*\([^\n]*\)[^\S\n]*$)|\bif\s+err\s*!=\s*nil\s*\{\s{0,200}\}|\brecover\s*\(\s*\)/gm,
    GO,
  ),
  swallows(/\bif\s+err\s*!=\s*nil\s*\{\s{0,200}return(?:\s+nil(?:\s*,\s*nil)?)?\s{0,200}\}/g, GO, 'draft'),
  { ...swallows(/,\s*_\s*:?=\s*[\w.]+\(/g, GO, 'draft'), notInTests: true },
  { ...swallows(/\blet\s+_\s*=\s*[^\n;]{1,200}\(/g, /\.rs$/i), notInTests: true },
  swallows(/\.ok\(\)\s*;|\bErr\(_\)\s*=>\s*(?:\{\s{0,200}\}|\(\))|\bcatch_unwind\b/g, /\.rs$/i),
  swallows(/\btry\?|\bcatch\s*\{\s{0,200}\}/g, /\.swift$/i),
  swallows(/\brescue\s{1,200}_\w*\s*->\s*(?::\w+|nil|true|false|-?\d[\d.]*|""|\[\s*\]|%?\{\s*\})(?=\s*(?:\n|$))/g, /\.exs?$/i),
  swallows(/\brunCatching\s*\{[^{}]{0,400}\}\s*\.\s*(?:getOrDefault|getOrNull|getOrElse)\b/g, /\.kts?$/i, 'draft'),
  swallows(
    /\bTry\s*(?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\{[^{}]{0,400}\})\s*\.\s*(?:getOrElse|toOption|orElse)\b/g,
    /\.scala$/i,
    'draft',
  ),
  swallows(/(?<![\w*"'@$])@\s{0,2}(?:\$\w+(?:->|\[|::)|\w+\s*\(|\(\s*\$)|\berror_reporting\s*\(\s*0\s*\)|\bset_error_handler\s*\(/g, PHP),
  // Perl: where nobody looks at `$@` behind the block.
  swallows(new RegExp(`(?:^|[;{}])\\s*${EVAL_BLOCK}`, 'gm'), PERL),
  swallows(new RegExp(`=\\s*${EVAL_BLOCK}`, 'g'), PERL, 'draft'),
  swallows(new RegExp(`(\\$\\w+)\\s*=\\s*${EVAL_BLOCK}\\s*return\\s+\\1\\s*(?:\\|\\||//)`, 'g'), PERL),
  swallows(new RegExp(`eval\\s*${braces(4)}\\s*(?:\\|\\||//)\\s*(?:0|''|""|\\[\\s*\\]|\\{\\s*\\}|undef|\\(\\s*\\))`, 'g'), PERL),
  swallows(
    /\|\|\s*(?:true|:)(?=\s|$|;)|^\s*set\s+\+e\b|-ErrorAction\s+(?:SilentlyContinue|Ignore)\b|2>\s*\/dev\/null\s*\)?"?\s*\|\|/gim,
    SHELL,
  ),
  swallows(/\bOn\s+Error\s+Resume\s+Next\b/gi, /\.(?:vb|bas|vbs)$/i),
];

const silences = (match: RegExp, verdict: Verdict['verdict'] = 'patch-only', files?: RegExp): Pattern => ({
  rule: 'suppression',
  verdict,
  within: 'text',
  match,
  ...(files ? { files } : {}),
});

/**
 * Rules of the form of a text, and of what nobody uses: who silences nothing else hides no fault. What values may be, what may be
 * missing, thrown or never awaited is none of it.
 */
const OF_FORM: Readonly<Record<'eslint' | 'python' | 'java' | 'cs' | 'ruby' | 'rust' | 'cpp', string>> = {
  eslint:
    '(?:@[\\w-]+(?:/[\\w-]+)*/)?(?:no-unused-\\w+|max-[\\w-]+|camelcase|complexity|no-console|no-underscore-dangle|prefer-const|quotes|indent|semi|curly|func-names|id-length|naming-convention|sort-[\\w-]+|import/(?:order|prefer-default-export|no-cycle|extensions)|no-(?:param-reassign|plusplus|continue|nested-ternary|use-before-define|multi-spaces|restricted-syntax|var-requires|require-imports|lonely-if|else-return|shadow|empty-function|explicit-any|non-null-assertion))',
  python:
    '(?:[EWNDIQCR]\\d{3,4}|F(?:401|403|811|841)|PL[RC]\\d+|UP\\d+|SIM\\d+|ANN\\d+|too-many-[\\w-]+|too-few-[\\w-]+|line-too-long|invalid-name|missing-[\\w-]+docstring|unused-[\\w-]+|wrong-import-[\\w-]+|import-outside-toplevel|protected-access|consider-[\\w-]+|duplicate-code)',
  java: '"(?:unused\\w*|rawtypes|deprecation|serial|checkstyle[\\w:]*|MagicNumber|LongMethod|LongParameterList|ComplexMethod|CyclomaticComplexMethod|TooManyFunctions|UnusedPrivate\\w+|MaxLineLength|FunctionName\\w*|NestedBlockDepth|ReturnCount|LargeClass|DEPRECATION|UNUSED_\\w+)"',
  cs: '(?:CA1[0-7]\\d\\d|IDE\\d{4}|SA\\d{4}|CS(?:0618|0612|1591|0169|0414|0219|0067)|612|618|1591|169|414|219|67)\\b',
  ruby: '(?:Layout|Style|Metrics|Naming|Performance|Gemspec|Bundler)(?:/\\w+)?',
  rust: '(?:dead_code|unused_(?!must_use)\\w+|non_\\w+|missing_docs|deprecated|clippy::(?:too_many_\\w+|type_complexity|large_\\w+|module_\\w+|new_without_default|needless_\\w+|redundant_\\w+|upper_case_acronyms|wrong_self_convention|len_without_is_empty|enum_variant_names|should_implement_trait|collapsible_\\w+|similar_names))',
  cpp: '(?:readability|modernize|google|cppcoreguidelines-(?:macro-usage|avoid-magic-numbers)|llvm|hicpp-(?:use|named)|fuchsia|build|whitespace|runtime/(?:explicit|references))[\\w/.-]*',
};

/** Not where all that is named is of that kind. */
const unlessOf = (names: string, open: string, close: string): string => `(?!${open}${names}(?:\\s*,\\s*${names})*${close})`;

/** Words that tell a linter, a compiler, a type checker, a coverage tool or a scanner to look away. */
const SILENCES: readonly Pattern[] = [
  silences(new RegExp(`\\beslint-disable${unlessOf(OF_FORM.eslint, '(?:-next-line|-line)?\\s+', '\\s*(?:\\*/|--|$)')}`, 'gm')),
  silences(
    /\b(?:tslint|jshint|oxlint|stylelint)[-:]disable|\b(?:jshint|jslint)\s+ignore|@ts-(?:ignore|expect-error|nocheck)\b|\b(?:biome|deno-lint|tsdoc)-ignore\b|\/\/\s*@flow\s+strict-local|\$Flow(?:FixMe|Ignore)\b/g,
  ),
  silences(
    new RegExp(
      `#\\s*(?:flake8:\\s*)?noqa\\b${unlessOf(OF_FORM.python, ':\\s*', '\\s*(?:#|$|[^\\w,-])')}|#\\s*pylint:\\s*disable${unlessOf(OF_FORM.python, '(?:-next)?=\\s*', '\\s*(?:#|$|[^\\w,-])')}`,
      'gim',
    ),
  ),
  silences(
    /#\s*type:\s*ignore|#\s*ruff:\s*noqa\b|#\s*pylint:\s*skip-file|#\s*pyright:\s*(?:ignore|basic)|#\s*mypy:\s*(?:ignore|disallow)|#\s*nosec\b|#\s*fmt:\s*off|#\s*pragma:\s*no\s*cover/gi,
  ),
  silences(/\bwarnings\.(?:filterwarnings|simplefilter)\s*\(\s*["'](?:ignore|once)/g),
  silences(new RegExp(`@Suppress(?:Warnings)?\\s*\\(${unlessOf(OF_FORM.java, '\\s*(?:value\\s*=\\s*)?\\{?\\s*', '\\s*\\}?\\s*\\)')}`, 'g')),
  silences(/@file:Suppress\b|@SuppressFBWarnings\b|\bNOSONAR\b|@SuppressLint\b|\/\/\s*noinspection\b|\bCHECKSTYLE[.:]\s*OFF\b/g),
  silences(
    new RegExp(
      `#pragma\\s+warning\\s*disable${unlessOf(OF_FORM.cs, '\\s+', '\\s*(?://|$)')}|\\bNOLINT(?:NEXTLINE|BEGIN)?\\b${unlessOf(OF_FORM.cpp, '\\(', '\\)')}`,
      'gm',
    ),
  ),
  silences(
    /#pragma\s+(?:warning\s*\(\s*disable|GCC\s+diagnostic\s+ignored|clang\s+diagnostic\s+ignored)|\[(?:assembly:\s*)?SuppressMessage\b|#nullable\s+disable|<NoWarn>/g,
  ),
  silences(new RegExp(`\\brubocop:(?:disable|todo)\\b${unlessOf(OF_FORM.ruby, '\\s+', '\\s*(?:#|--|$)')}`, 'gm')),
  silences(/#\s*:nocov:|\bstandard:disable\b|#\s*sorbet\b|#\s*typed:\s*(?:false|ignore)/g),
  silences(
    new RegExp(`#!?\\[(?:cfg_attr\\((?:[^\\]\\n]{0,80}[^\\w\\]\\n])?)?allow\\(${unlessOf(OF_FORM.rust, '\\s*', '\\s*,?\\s*\\)')}`, 'g'),
  ),
  silences(/\/\/\s*nolint\b|\/\/\s*#nosec\b|\blint:ignore\b/g),
  silences(
    /@phpstan-ignore|@psalm-suppress|\bphpcs:(?:ignore|disable)|@codeCoverageIgnore|\bswiftlint:disable|\/\/\s*ignore(?:_for_file)?:|@dialyzer\b|\bcredo:disable|\bktlint-disable|\bscalastyle:off|\bno\s+(?:warnings|strict)\s*;/g,
  ),
  silences(
    /\b(?:istanbul|c8|v8|node:coverage)\s+(?:ignore|disable)\b|\bLCOV_EXCL|\bskipcq\b|\bnosemgrep\b|\bgitleaks:allow\b|\bsecretlint-disable\b|\bcodeql\[|\blgtm\s*\[/g,
  ),
  { ...silences(/\bas\s+any\b|\bas\s+unknown\s+as\b|:\s*any\b(?=\s*[,;)=\]])|<any>/g, 'draft', /\.[cm]?tsx?$/i), within: 'code' },
];

const PATTERNS: readonly Pattern[] = [...RUNS, ...ENDS, ...SWALLOWS, ...ANSWERED, ...REPORTS, ...LIMITS, ...SILENCES];

/** One verdict for each pattern that occurs more often after than before, with the first place where it does. */
export function patterns(files: readonly ReadFile[]): readonly Verdict[] {
  const found = new Map<string, Verdict>();
  for (const pattern of PATTERNS) {
    const { rule } = pattern;
    const looked = pattern.notInTests ? files.filter(({ isTest }) => !isTest) : files;
    const counted = looked.map((file) => ({
      file,
      was: hits(pattern, file.path, file.before),
      is: hits(pattern, file.path, file.after),
    }));
    const was = counted.reduce((sum, entry) => sum + entry.was.length, 0);
    const is = counted.reduce((sum, entry) => sum + entry.is.length, 0);
    if (is <= was) continue;
    const place = counted.find((entry) => entry.is.length > entry.was.length);
    if (place === undefined) continue;
    // In a test it makes the test see less, and hides nothing of the program.
    const verdict = (rule === 'swallowed-error' || rule === 'silenced-report') && place.file.isTest ? 'draft' : pattern.verdict;
    const news = place.is.find((hit) => !place.was.includes(hit)) ?? place.is.at(-1) ?? '';
    const key = `${rule} ${place.file.path}`;
    if (found.has(key) && strength(found.get(key)?.verdict) >= strength(verdict)) continue;
    found.set(key, { rule, verdict, detail: `${place.file.path} gets ${SAYS[rule]}: ${quote(news)}` });
  }
  return [...found.values()];
}

const SAYS: Readonly<Record<string, string>> = {
  'runs-code': 'a call that runs other code',
  'ends-run': 'a call that ends the run as if all were well',
  'swallowed-error': 'a handler that swallows the error',
  'limit-raised': 'a limit that is put further away',
  'silenced-report': 'what keeps errors from being told',
  suppression: 'a comment that silences a check',
};

const strength = (verdict: Verdict['verdict'] | undefined): number =>
  ['allow', 'draft', 'patch-only', 'refuse'].indexOf(verdict ?? 'allow');

function hits({ files, match, within }: Pattern, path: string, side: Side): readonly string[] {
  if (files !== undefined && !files.test(path)) return [];
  return (side[within].match(match) ?? []).map((hit) => hit.replace(/\s+/g, ' ').trim());
}
