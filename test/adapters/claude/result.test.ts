// Results as the CLI prints them (2.1.197, trimmed), and what else may come out of a program.
import { readResult } from '../../../src/adapters/claude/result.ts';

const SUCCESS = {
  type: 'result',
  subtype: 'success',
  is_error: false,
  api_error_status: null,
  duration_ms: 79,
  duration_api_ms: 33,
  num_turns: 1,
  result: 'hello',
  session_id: '24aaf764-37cc-46a8-ade3-3b12d1e91db3',
  total_cost_usd: 0.001,
  modelUsage: { 'claude-opus-4-8': { outputTokens: 20 } },
};
const print = (more: object): string => `${JSON.stringify({ ...SUCCESS, ...more })}\n`;
const unanswered = (more: object): string => print({ is_error: true, modelUsage: {}, total_cost_usd: 0, ...more });

const said = (text: string, more: object = {}): string =>
  `${JSON.stringify({ type: 'assistant', message: { model: 'm', content: [{ type: 'text', text }] }, parent_tool_use_id: null, ...more })}\n`;
const TOOL_RESULT = `${JSON.stringify({ type: 'user', message: { content: [{ type: 'tool_result' }] } })}\n`;

test.each<[string, string, string]>([
  ['one message', said('hello') + print({}), 'hello'],
  ['continued twice, cut within a tag', said('<code_') + said('block>\n ') + said(' x') + print({ result: ' x' }), '<code_block>\n  x'],
  [
    'what was said before a tool is no part of it',
    said('I look. ') + TOOL_RESULT + said('do') + said('ne') + print({ result: 'ne' }),
    'done',
  ],
  [
    "the CLI's own words are none",
    said('hello') + said('', { message: { model: '<synthetic>', content: [{ type: 'text', text: 'API Error' }] } }) + print({}),
    'hello',
  ],
  ['nor are those of another agent', said('other ', { parent_tool_use_id: 't1' }) + said('hello') + print({}), 'hello'],
  ['a stream that does not end as the result does', said('other') + print({}), 'hello'],
  ['no stream', print({}), 'hello'],
])('the whole answer: %s', (_name, stdout, text) => {
  expect(readResult(stdout, '', 0)).toMatchObject({ kind: 'success', text });
});

test.each<[string, string, string, number | null, object]>([
  ['success', print({}), '', 0, { kind: 'success', text: 'hello', costUsd: 0.001, turns: 1, modelMs: 33, model: 'claude-opus-4-8' }],
  ['a warning on a line before', `warning: x\n${print({})}`, '', 0, { kind: 'success' }],
  [
    'the model that wrote most',
    print({ modelUsage: { small: { outputTokens: 3 }, large: { outputTokens: 30 } } }),
    '',
    0,
    { model: 'large' },
  ],
  ['no word of models', print({ modelUsage: undefined }), '', 0, { kind: 'success', model: null }],
  ['turns', print({ subtype: 'error_max_turns', is_error: true, result: undefined }), '', 1, { kind: 'turns', spent: { costUsd: 0.001 } }],
  ['budget', print({ subtype: 'error_max_budget_usd', is_error: true }), '', 1, { kind: 'budget' }],
  [
    'an error while running',
    print({ subtype: 'error_during_execution', errors: ['boom', 'again'] }),
    '',
    1,
    { kind: 'failed', detail: 'boom; again' },
  ],
  ['401', unanswered({ api_error_status: 401, result: 'x' }), '', 1, { kind: 'auth' }],
  ['403', unanswered({ api_error_status: 403, result: 'x' }), '', 1, { kind: 'auth' }],
  ['402', unanswered({ api_error_status: 402, result: 'x' }), '', 1, { kind: 'limit' }],
  ['429', unanswered({ api_error_status: 429, result: 'x' }), '', 1, { kind: 'limit' }],
  ['500', unanswered({ api_error_status: 500, result: 'x' }), '', 1, { kind: 'unreachable' }],
  ['404', unanswered({ api_error_status: 404, result: 'x' }), '', 1, { kind: 'model' }],
  [
    'no such model, in words only',
    unanswered({ result: "There's an issue with the selected model (m). It may not exist or you may not have access to it." }),
    '',
    1,
    { kind: 'model' },
  ],
  ['400', unanswered({ api_error_status: 400, result: 'prompt is too long' }), '', 1, { kind: 'failed', detail: 'prompt is too long' }],
  ['529, in words only', unanswered({ result: 'API Error: Repeated 529 Overloaded errors.' }), '', 1, { kind: 'limit' }],
  ['not logged in', unanswered({ result: 'Not logged in · Please run /login' }), '', 1, { kind: 'auth' }],
  ['no connection', unanswered({ result: 'API Error: Unable to connect to API (ConnectionRefused)' }), '', 1, { kind: 'unreachable' }],
  ['a limit as a success', unanswered({ is_error: false, result: "You've hit your session limit" }), '', 0, { kind: 'limit' }],
  ['a success that no model wrote', unanswered({ is_error: false, result: 'fine' }), '', 0, { kind: 'failed' }],
  ['an answer about rate limits is an answer', print({ result: 'I raised the rate limit of the client.' }), '', 0, { kind: 'success' }],
  ['success and an exit code', print({}), 'boom', 3, { kind: 'failed', detail: 'exit code 3 after an answer: boom' }],
  [
    'nothing',
    '',
    "error: unknown option '--x'\n",
    1,
    { kind: 'failed', detail: "it printed no result and ended with exit code 1: error: unknown option '--x'" },
  ],
  [
    'the line of stderr that says it',
    '',
    '1 | const a=1;\n2 | let b;\n\nerror: bubblewrap is required\n  at x\n',
    1,
    { detail: expect.stringMatching(/: error: bubblewrap is required$/) },
  ],
  ['garbage', '<html>', '', 0, { kind: 'garbage' }],
  ['a cost that nothing costs', print({ total_cost_usd: 1e308 }), '', 0, { kind: 'garbage' }],
  ['half an object', print({}).slice(0, 60), '', 0, { kind: 'garbage' }],
  ['a list', '[]', '', 0, { kind: 'garbage' }],
  ['another object', '{"type":"system"}', '', 0, { kind: 'garbage' }],
  ['is_error as text', print({ is_error: 'false' }), '', 0, { kind: 'garbage' }],
  ['no cost', print({ total_cost_usd: undefined }), '', 0, { kind: 'garbage' }],
  ['a cost below nothing', print({ total_cost_usd: -1 }), '', 0, { kind: 'garbage' }],
  ['no text', print({ result: null }), '', 0, { kind: 'garbage' }],
  ['a long complaint is cut', 'x'.repeat(5000), '', 0, { kind: 'garbage', detail: expect.stringMatching(/^.{0,240}$/) }],
])('%s', (_name, stdout, stderr, exitCode, expected) => {
  expect(readResult(stdout, stderr, exitCode)).toMatchObject(expected);
});

const CHEAP = { input: 1, output: 4, cacheRead: 0.1 };
const TOKENS = { inputTokens: 1000, outputTokens: 500, cacheReadInputTokens: 10_000, cacheCreationInputTokens: 100, costUSD: 9 };

test.each<[string, object, number]>([
  ['of one model', { modelUsage: { qwen: TOKENS } }, 0.0041],
  ['of two', { modelUsage: { qwen: TOKENS, small: { inputTokens: 1000, outputTokens: 0 } } }, 0.0051],
  ['where no model is named, those of the conversation', { modelUsage: {}, usage: { input_tokens: 1000, output_tokens: 500 } }, 0.003],
  ['numbers that are none count as nothing', { modelUsage: { qwen: { inputTokens: -5, outputTokens: 'many' } } }, 0],
  ['without tokens what the CLI says', { modelUsage: undefined }, 0.001],
])('prices of its own for the tokens %s', (_name, more, costUsd) => {
  const read = readResult(print(more), '', 0, CHEAP);
  // Where nobody answered it is a failure, which costs as well.
  expect(read.kind === 'success' ? read.costUsd : read.spent?.costUsd).toBeCloseTo(costUsd, 10);
});
