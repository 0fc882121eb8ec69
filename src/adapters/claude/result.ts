// What `claude --print --output-format stream-json` printed: its last line → a result, the messages before → its whole text, or the class of its failure. Trusts no field it has not checked.
// Success is `subtype: "success"` with `is_error: false`, an exit code of 0, and a model that really answered:
// limit texts come as successes too.
import { isObject, type JsonObject } from '../../core/plain-json.ts';
import type { Spent } from '../../ports.ts';
import { costOf, type Prices } from './prices.ts';

export interface ClaudeResult extends Spent {
  readonly kind: 'success';
  readonly text: string;
  /** The model that wrote most, `null` where the CLI does not say. */
  readonly model: string | null;
}

export interface ClaudeFailure {
  readonly kind: 'auth' | 'limit' | 'budget' | 'turns' | 'unreachable' | 'model' | 'failed' | 'garbage';
  readonly detail: string;
  readonly spent?: Spent;
}

/**
 * @param stdout of a run that ended by itself with `exitCode`
 * @param prices of a model whose prices the CLI does not know: its tokens then tell the cost
 */
export function readResult(stdout: string, stderr: string, exitCode: number | null, prices?: Prices): ClaudeResult | ClaudeFailure {
  const printed = stdout.trim();
  if (printed === '')
    return {
      kind: 'failed',
      detail: `it printed no result${exitCode === 0 ? '' : ` and ended with exit code ${exitCode}`}${said(stderr)}`,
    };
  const json = parseObject(printed);
  if (json === undefined || json.type !== 'result')
    return { kind: 'garbage', detail: `no result object but ${quote(lastLine(printed))}${said(stderr)}` };
  const { subtype, is_error: isError, result } = json;
  const spent = readSpent(json, prices);
  if (typeof subtype !== 'string' || typeof isError !== 'boolean' || spent === undefined) {
    return { kind: 'garbage', detail: 'the result object lacks subtype, is_error, total_cost_usd, num_turns or duration_api_ms' };
  }
  if (subtype !== 'success') return { kind: BY_SUBTYPE[subtype] ?? 'failed', detail: errorText(json, subtype), spent };
  if (typeof result !== 'string') return { kind: 'garbage', detail: 'the result object holds no text', spent };
  const models = isObject(json.modelUsage) ? json.modelUsage : undefined;
  const answered = models === undefined || Object.keys(models).length > 0;
  if (isError || !answered) return { kind: classify(json.api_error_status, result), detail: quote(result), spent };
  if (exitCode !== 0) return { kind: 'failed', detail: `exit code ${exitCode} after an answer${said(stderr)}`, spent };
  return { kind: 'success', text: continued(printed, result), model: busiest(models), ...spent };
}

/**
 * The whole answer. At the limit of one message's tokens the CLI asks to go on by itself, and its result is the last part
 * only: the parts before stand in the stream, as messages since the last result of a tool.
 */
function continued(printed: string, result: string): string {
  const parts: string[] = [];
  for (const line of printed.split('\n')) {
    const json = /^\{"(?:type":"(?:assistant|user)"|message")/.test(line) ? parseObject(line) : undefined;
    if (json?.type === 'user') parts.length = 0;
    if (json?.type === 'assistant' && json.parent_tool_use_id == null) parts.push(...textsOf(json.message));
  }
  const whole = parts.join('');
  return whole.trimEnd().endsWith(result.trimEnd()) ? whole : result;
}

/** What the CLI itself writes in a model's place is not an answer's. */
function textsOf(message: unknown): readonly string[] {
  if (!isObject(message) || message.model === '<synthetic>' || !Array.isArray(message.content)) return [];
  return message.content.flatMap((part: unknown) =>
    isObject(part) && part.type === 'text' && typeof part.text === 'string' ? [part.text] : [],
  );
}

const BY_SUBTYPE: Readonly<Record<string, ClaudeFailure['kind']>> = { error_max_turns: 'turns', error_max_budget_usd: 'budget' };

/** HTTP status where the CLI passes it on; its own words where it does not, as 2.1.197 writes them. */
function classify(status: unknown, words: string): ClaudeFailure['kind'] {
  if (status === 401 || status === 403) return 'auth';
  if (status === 402 || status === 429 || status === 529) return 'limit';
  // The one path that is asked is the CLI's own: what a server does not have is the model, or the whole address.
  if (status === 404) return 'model';
  if (typeof status === 'number') return status >= 500 ? 'unreachable' : 'failed';
  return WORDS.find(({ pattern }) => pattern.test(words))?.kind ?? 'failed';
}

const WORDS: readonly { readonly kind: ClaudeFailure['kind']; readonly pattern: RegExp }[] = [
  { kind: 'auth', pattern: /not logged in|\/login|invalid api key|failed to authenticate|oauth token/i },
  {
    kind: 'limit',
    pattern: /\b529\b|overloaded|rate.?limit|(?:usage|session|weekly|5-hour) limit|limit reached|hit your limit|credit balance/i,
  },
  { kind: 'model', pattern: /issue with the selected model/i },
  {
    kind: 'unreachable',
    pattern: /unable to connect|connection error|malformed response|gateway|timed? ?out|ECONN|ENOTFOUND|certificate/i,
  },
];

function readSpent(json: JsonObject, prices: Prices | undefined): Spent | undefined {
  const { total_cost_usd: told, num_turns: turns, duration_api_ms: modelMs } = json;
  const costUsd = (prices && costOf(json, prices)) ?? told;
  if (!isAmount(costUsd) || !isAmount(turns) || !isAmount(modelMs)) return undefined;
  return { costUsd, turns, modelMs };
}

function errorText(json: JsonObject, subtype: string): string {
  const errors = Array.isArray(json.errors) ? json.errors.filter((error) => typeof error === 'string') : [];
  return errors.length === 0 ? subtype : quote(errors.join('; '));
}

function busiest(models: JsonObject | undefined): string | null {
  const written = Object.entries(models ?? {}).map(([name, usage]) => ({
    name,
    tokens: isObject(usage) && isAmount(usage.outputTokens) ? usage.outputTokens : 0,
  }));
  return written.sort((a, b) => b.tokens - a.tokens)[0]?.name ?? null;
}

const lastLine = (printed: string): string => printed.slice(printed.lastIndexOf('\n') + 1);

/** The whole output, or its last line: messages and warnings are printed before the result. */
function parseObject(printed: string): JsonObject | undefined {
  for (const text of [printed, lastLine(printed)]) {
    try {
      const value: unknown = JSON.parse(text);
      if (isObject(value)) return value;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

/** Dollars, turns and milliseconds: a week of them is less than this. */
const MOST = 1e9;

const isAmount = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= MOST;

/** One short line of a foreign program's words. */
function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

/** The CLI prints pages of its own source before the line that says what is wrong. */
function said(stderr: string): string {
  const line = /^(?:error|fatal)\b.*$/im.exec(stderr)?.[0] ?? stderr;
  return line.trim() === '' ? '' : `: ${quote(line)}`;
}
