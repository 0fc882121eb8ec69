// The commands of our pages are run as they stand there, page by page and in their order, by a reader with a checkout of the example
// service. What is not run says so above its block (`commands.test.ts`). The fast lane takes those of the README that only look.

import { EXIT } from '../../src/errors.ts';
import { LIMIT } from '../e2e/observe.ts';
import { IS_SLOW_LANE } from '../support/lane.ts';
import { type Block, commandsOf, readBlocks, SHELL, whyNotRun } from './command-blocks.ts';
import { type Reader, startReader } from './page-world.ts';

const isRun = ({ language }: Block): boolean => SHELL.test(language);
const pages = Map.groupBy(readBlocks().filter(isRun), ({ path }) => path);

/** One command after the other; what goes to another directory is one story. */
function wanted(block: Block): readonly string[] {
  const commands = commandsOf(block).filter((command) => whyNotRun(block, command) === undefined);
  return commands.some((command) => command.startsWith('cd ')) ? [commands.join('\n')] : commands;
}

/** What only looks, and needs nothing to be there. */
const LOOKS = /^ai-ops (?:scan|status|incidents|stats|report|clean --dry-run)\b(?!.*\b(?:TRACE|FINGERPRINT)\b)/;

const PAGES = [...pages]
  .map(([path, blocks]) => ({ path, commands: blocks.flatMap(wanted) }))
  .map(({ path, commands }) => ({
    path,
    commands: IS_SLOW_LANE ? commands : commands.filter((command) => path === 'README.md' && LOOKS.test(command)),
  }))
  .filter(({ commands }) => commands.length > 0);

describe.each(PAGES)('$path', ({ commands }) => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await startReader(!IS_SLOW_LANE);
  }, LIMIT);
  afterAll(() => reader.close());

  test.each(commands.map((command) => ({ command })))(
    '$command',
    async ({ command }) => {
      const ran = await reader.types(command);
      const isGood = ran.code === (ran.isLasting ? EXIT.interrupted : EXIT.done);
      expect(isGood ? [] : ran).toEqual([]);
    },
    LIMIT,
  );
});
