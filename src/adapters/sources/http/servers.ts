// What a source on a server is given: who we are there, and how the network is reached. No behaviour here.
import type { SourceAddress } from '../../../core/source-address.ts';
import type { Pause } from '../../../platform/http/client.ts';
import type { ProxyEnv } from '../../../platform/http/exchange.ts';
import type { Credentials } from './connection.ts';

export interface Servers {
  /**
   * What that server may be shown.
   * @throws AiOpsError `log-unbound` where only a file of the repository names it
   */
  credentialsFor(address: SourceAddress): Credentials;
  readonly userAgent: string;
  readonly proxyEnv?: ProxyEnv | undefined;
  readonly pause?: Pause | undefined;
  /** Our clock, ms. */
  readonly now: () => number;
}
