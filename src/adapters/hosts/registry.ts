// The code hosts ai-ops knows: one line here for each, from a choice to a working port.

import { defined } from '../../core/defined.ts';
import type { ForgeKind } from '../../core/tables.ts';
import type { Pause } from '../../platform/http/client.ts';
import type { ProxyEnv } from '../../platform/http/exchange.ts';
import type { Clock, CodeHost } from '../../ports.ts';
import type { ForgeChoice, LocalChoice } from './choice.ts';
import type { RequestForm } from './forge/proposals.ts';
import { createGitHubHost } from './github/host.ts';
import { createGitLabHost } from './gitlab/host.ts';
import { createLocalHost } from './local/host.ts';

/** What the factories need beside the choice. */
export interface HostParts {
  /** Empty for `local`. */
  readonly token: string;
  /** `ai-ops/<version>` */
  readonly userAgent: string;
  readonly clock: Clock;
  /** `<state>/requests/<repository>` */
  readonly requestsDir: string;
  /** `<state>/requests`: older versions had one for all. */
  readonly sharedRequestsDir?: string;
  /** Our own object store of the repository. */
  readonly storePath: string;
  /** For `local`: whether the base branch holds the fix of a commit. */
  readonly isTakenOver: (commit: string, signal: AbortSignal) => Promise<boolean>;
  /** Of requests on a host. */
  readonly form?: RequestForm;
  readonly pause?: Pause;
  readonly proxyEnv?: ProxyEnv;
  /** See `HttpOptions`. */
  readonly isLook?: boolean;
}

type ForgeParts = Pick<ForgeChoice, 'baseUrl' | 'project' | 'web'> &
  Omit<HostParts, 'requestsDir' | 'sharedRequestsDir' | 'storePath' | 'isTakenOver'>;

const FORGES: Readonly<Record<ForgeKind, (parts: ForgeParts) => CodeHost>> = { github: createGitHubHost, gitlab: createGitLabHost };

export function createHost(choice: ForgeChoice | LocalChoice, parts: HostParts): CodeHost {
  const { requestsDir: dir, sharedRequestsDir: sharedDir, storePath, isTakenOver, ...rest } = parts;
  if (choice.kind === 'local') return createLocalHost({ dir, ...defined({ sharedDir }), storePath, isTakenOver });
  const { baseUrl, project, web } = choice;
  return FORGES[choice.kind]({ baseUrl, project, web, ...rest });
}
