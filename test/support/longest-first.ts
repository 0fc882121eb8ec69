// Jest sequencer: the suites that take long begin first, so that at the end no worker waits for one of them. Without a record
// of an earlier run (the continuous integration has none) Jest would go by the size of the file, which says little.
import { createRequire } from 'node:module';

// By `require`: as a module its default is another thing in Node than in Jest.
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer') as typeof import('@jest/test-sequencer');

type Tests = Awaited<ReturnType<InstanceType<typeof Sequencer>['sort']>>;

/** Those of about ten seconds and more on two cores, longest first. */
export const LONGEST = `
  e2e/replies adapters/sources/command/contract adapters/claude/sandbox adapters/sources/contract repairs/reproductions
  repairs/scripted repairs/surroundings repairs/compiled cli/demo adapters/claude/cli e2e/issues
  adapters/ledger/contract e2e/watch bad-input/bad-input stress/stress platform/lock-foreign adapters/git/store/store
  core/read/repeats e2e/faults e2e/after e2e/orphans package/executable adapters/git/contract repairs/overclaims
  platform/lock-wait e2e/walls adapters/git/remote-repository adapters/sources/file/following platform/lock e2e/boxes
  adapters/git/claims adapters/hosts/github/rows e2e/machine-faults cli/demo-terminal e2e/refusals e2e/retry
  adapters/git/worktree/workspaces e2e/repositories adapters/sources/file/reading adapters/ledger/crash e2e/store-lock
  adapters/hosts/issues adapters/sources/file/from-start e2e/repair e2e/sinks e2e/crash adapters/ledger/change-log
  adapters/sources/file/held-back cli/verbose package/bundle e2e/fair-budget adapters/sources/file/packed
`
  .trim()
  .split(/\s+/);

export default class LongestFirst extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const rank = ({ path }: Tests[number]): number => {
      const at = LONGEST.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(tests)).toSorted((one, other) => rank(one) - rank(other));
  }
}
