// What the Claude Code CLI does in print mode without tools, and no more: the prompt of standard input goes to the Messages API, and
// its one answer is printed as the CLI prints it. For stories that are not about Claude: the real CLI computes for a second each time.
import { text } from 'node:stream/consumers';

const argv = process.argv.slice(2);
const at = argv.indexOf('--model');
const model = at < 0 ? 'claude-sonnet-4-5' : argv[at + 1];
const prompt = await text(process.stdin);
const answer = await fetch(`${process.env.ANTHROPIC_BASE_URL}/v1/messages`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-api-key': process.env.ANTHROPIC_API_KEY ?? '', 'anthropic-version': '2023-06-01' },
  body: JSON.stringify({
    model,
    max_tokens: 32_000,
    stream: true,
    messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
  }),
});
const events = (await answer.text()).split('\n').filter((line) => line.startsWith('data: '));
const said = events
  .map((line) => JSON.parse(line.slice('data: '.length)))
  .map(({ delta }) => delta?.text ?? '')
  .join('');
if (!answer.ok || said === '') throw new Error(`only a text is understood here, and the API said ${answer.status}: use the real CLI`);
const spent = { total_cost_usd: 0.01, num_turns: 1, duration_ms: 1, duration_api_ms: 1, modelUsage: { [model]: { outputTokens: 20 } } };
console.log(JSON.stringify({ type: 'result', subtype: 'success', is_error: false, result: said, session_id: 'short', ...spent }));
