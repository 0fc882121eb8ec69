// A kept rule set as a second opinion: what secretlint's recommended preset finds in a text must be gone from ours.
// One sample for each form that the preset knows, and all recorded logs. What the preset does not know is in redact.test.ts.
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lintSource } from '@secretlint/core';
import { creator as preset } from '@secretlint/secretlint-rule-preset-recommend';
import { createRedactor } from '../../../src/core/redact/redact.ts';

async function secondOpinion(content: string): Promise<readonly string[]> {
  const { messages } = await lintSource({
    source: { filePath: 'app.log', content, contentType: 'text', ext: '.log' },
    options: { config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: preset }] } },
  });
  return messages.map(({ range: [from, to] }) => content.slice(from, to));
}

/** Built from pieces so that no scanner takes this file for a leak; long enough and mixed enough to look real. */
const fake = (...pieces: readonly string[]): string => pieces.join('');
const mixed = (length: number): string =>
  Array.from({ length }, (_value, index) => 'aB3dE6gH9jK2mN5pQ8rS1tU4vW7xYz0c'[(index * 7) % 32]).join('');
const hex = (length: number): string => Array.from({ length }, (_value, index) => '0123456789abcdef'[(index * 7 + 3) % 16]).join('');
const letters = (length: number): string =>
  Array.from({ length }, (_value, index) => 'abcdefghijklmnopqrstuvwxyz'[(index * 7) % 26]).join('');

const PEM = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** The part that must be gone, where the preset marks more than the secret itself. */
const SAMPLES: readonly (readonly [name: string, text: string, secret?: string])[] = [
  ['GitHub, classic', fake('gh', 'p_', mixed(36))],
  ['GitHub, OAuth', fake('gh', 'o_', mixed(36))],
  ['GitHub, fine-grained', fake('github', '_pat_', mixed(82))],
  ['GitHub, installation', fake('gh', 's_', '12345_', mixed(40), '.', mixed(80), '.', mixed(40))],
  ['GitLab', fake('gl', 'pat-', mixed(20))],
  ['npm', fake('np', 'm_', mixed(36))],
  ['Slack', fake('xo', 'xb-', '123456789012-', '1234567890123-', mixed(24))],
  ['Slack, app', fake('xa', 'pp-', '1-A012345-', '1234567890123-', mixed(40))],
  ['Slack, webhook', fake('https://hooks.slack', '.com/services/T01234567/B01234567/', mixed(24))],
  ['basic auth', 'https://deploy:Tr0ub4dor-3@registry.acme.com/x', 'Tr0ub4dor-3'],
  ['OpenAI', fake('sk-', 'proj-', mixed(74), 'T3Blbk', 'FJ', mixed(74))],
  ['Anthropic', fake('sk-', 'ant-', 'api03-', mixed(93), 'AA')],
  ['Groq', fake('gs', 'k_', mixed(52))],
  ['Hugging Face', fake('h', 'f_', letters(34))],
  ['Linear', fake('lin', '_api_', mixed(40))],
  ['Notion', fake('nt', 'n_', '12345678901', mixed(35))],
  ['SendGrid', fake('S', 'G.', mixed(22), '.', mixed(43))],
  ['Shopify', fake('shp', 'at_', hex(32))],
  ['Stripe', fake('sk', '_live_', mixed(24))],
  ['Grafana', fake('gl', 'sa_', mixed(32), '_', hex(8))],
  ['Grafana Cloud', fake('gl', 'c_', mixed(64))],
  ['MongoDB', 'mongodb://app:Tr0ub4dor-3@db.acme.internal:27017/shop', 'Tr0ub4dor-3'],
  ['MySQL', 'mysql://app:Tr0ub4dor-3@db.acme.internal:3306/shop', 'Tr0ub4dor-3'],
  ['PostgreSQL', 'postgresql://app:Tr0ub4dor-3@db.acme.internal:5432/shop', 'Tr0ub4dor-3'],
  ['Vault', fake('hv', 's.', mixed(95))],
  ['Vercel', fake('vc', 'p_', mixed(24))],
  ['Databricks', fake('da', 'pi', hex(32))],
  ['Docker Hub', fake('dckr', '_pat_', mixed(27))],
  ['Figma', fake('fig', 'd_', mixed(40))],
  ['Cloudflare', fake('cf', 'ut_', mixed(40), hex(8))],
  ['AWS secret key', fake('AWS_SECRET_', 'ACCESS_KEY=', mixed(40)), mixed(40)],
  ['private key', PEM, PEM.split('\n')[1] ?? ''],
];

test.each(SAMPLES)('both find: %s', async (_name, text, secret = text) => {
  const log = `2026-03-01 12:00:00 ERROR shop failed with\n${text}\n`;
  expect(await secondOpinion(log)).not.toEqual([]);
  expect(createRedactor([])(log)).not.toContain(secret);
});

test('in the recorded logs there is nothing that only the second opinion finds', async () => {
  const root = fileURLToPath(new URL('../../golden/logs/', import.meta.url));
  const logs = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.log') && statSync(join(root, name)).size < 200_000,
  );
  const redact = createRedactor([]);
  const missed: string[] = [];
  for (const name of logs) {
    const text = readFileSync(join(root, name), 'utf8');
    if ((await secondOpinion(redact(text))).length > 0) missed.push(name);
  }
  expect(logs.length).toBeGreaterThan(20);
  expect(missed).toEqual([]);
});
