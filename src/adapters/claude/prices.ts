// What an answer has cost where the CLI does not know the prices of the model: counted from its tokens.
import { isObject, type JsonObject } from '../../core/plain-json.ts';

/** US dollars for a million tokens. */
export interface Prices {
  readonly input: number;
  readonly output: number;
  /** Tokens that were taken from the cache of prompts; without it as `input`. */
  readonly cacheRead?: number | undefined;
  /** Tokens that were put into it; without it as `input`. */
  readonly cacheWrite?: number | undefined;
}

/**
 * @param result the object that the CLI prints at its end: `modelUsage` has the tokens of each model (as 2.1.197 writes it), `usage`
 *   those of the conversation (as the Messages API names them)
 * @returns US dollars, or `undefined` where it names no tokens
 * @example costOf({ usage: { input_tokens: 1000, output_tokens: 500 } }, { input: 1, output: 4 }) // 0.003
 */
export function costOf(
  { modelUsage, usage }: JsonObject,
  { input, output, cacheRead = input, cacheWrite = input }: Prices,
): number | undefined {
  const models = isObject(modelUsage) ? Object.values(modelUsage).filter(isObject) : [];
  const said = isObject(usage) ? [usage] : [];
  const counted = [
    ...models.map((each) => countsOf(each, BY_MODEL)),
    ...(models.length > 0 ? [] : said.map((each) => countsOf(each, BY_API))),
  ];
  if (counted.length === 0) return undefined;
  const dollars = counted.map(
    (each) => each.input * input + each.output * output + each.cacheRead * cacheRead + each.cacheWrite * cacheWrite,
  );
  return dollars.reduce((sum, one) => sum + one, 0) / 1e6;
}

type Names = Readonly<Record<keyof Prices, string>>;

const BY_MODEL: Names = {
  input: 'inputTokens',
  output: 'outputTokens',
  cacheRead: 'cacheReadInputTokens',
  cacheWrite: 'cacheCreationInputTokens',
};
const BY_API: Names = {
  input: 'input_tokens',
  output: 'output_tokens',
  cacheRead: 'cache_read_input_tokens',
  cacheWrite: 'cache_creation_input_tokens',
};

function countsOf(usage: JsonObject, names: Names): Readonly<Record<keyof Prices, number>> {
  const count = (name: string): number => {
    const value = usage[name];
    return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
  };
  return {
    input: count(names.input),
    output: count(names.output),
    cacheRead: count(names.cacheRead),
    cacheWrite: count(names.cacheWrite),
  };
}
