// Adds names to `trust` of the user's own file, which is made where there is none. Keeps what else stands in it.
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { userDir } from '../../config/load.ts';
import { isObject, parsedJson } from '../../core/plain-json.ts';
import { listed } from '../../core/texts/chinese/say.ts';
import { EXIT, fail } from '../../errors.ts';
import { replaceFile } from '../../platform/atomic.ts';
import { codeOf } from '../../platform/errno.ts';
import type { CommandContext } from '../command-line/context.ts';

/** @throws AiOpsError `config-unreadable` for a file that is no JSON, `file-unwritable` */
export async function addTrust({ env, output }: Pick<CommandContext, 'env' | 'output'>, names: readonly string[]): Promise<number> {
  const dir = userDir(env);
  const file = path.join(dir, 'config.json');
  const other = ['config.yaml', 'config.yml'].map((name) => path.join(dir, name)).find((one) => existsSync(one));
  if (other !== undefined && !existsSync(file))
    throw fail('config-unreadable', { file: other, detail: 'only JSON is written; add the name to `trust` in it' });
  const content = existsSync(file) ? parsedJson(await readFile(file, 'utf8').catch(() => '')) : {};
  if (!isObject(content) || (content.trust !== undefined && !Array.isArray(content.trust)))
    throw fail('config-unreadable', { file, detail: 'expected JSON with `trust` as a list' });
  const trust = [...new Set([...((content.trust as readonly unknown[] | undefined) ?? []), ...names])];
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await replaceFile(file, `${JSON.stringify({ ...content, trust }, null, 2)}\n`, { keep: true });
  } catch (thrown) {
    throw fail('file-unwritable', { file, detail: codeOf(thrown) || 'unknown' }, thrown);
  }
  output.json({ kind: 'trusted', file, trust });
  output.line(output.say('{file} trusts {names}', { file, names: listed(trust.map(String), output.say) }));
  return EXIT.done;
}
