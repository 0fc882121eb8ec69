// Which files a command may link on the terminal: those of the checkout that it stands in, and of the state directory.
import type { LoadedConfig } from '../../config/load.ts';
import type { CommandContext } from '../command-line/context.ts';

/** @returns `undefined` where the terminal has no links: nothing is looked for then */
export async function linkedFiles(
  { output, cwd }: CommandContext,
  { config }: LoadedConfig,
): Promise<((file: string) => string | undefined) | undefined> {
  if (!output.paint.isLinked) return undefined;
  const [{ createFileAddresses }, { checkoutRoot }] = await Promise.all([import('./file-address.ts'), import('../../wiring.ts')]);
  const root = await checkoutRoot(config.repo.path ?? cwd);
  return createFileAddresses(root === undefined ? [config.state.dir] : [root, config.state.dir]);
}
