// What reaches a host, and what it says where it refuses a call: alike on every host but for its words.
import type { Pause } from '../../../platform/http/client.ts';
import type { ProxyEnv } from '../../../platform/http/exchange.ts';
import type { Clock } from '../../../ports.ts';
import type { RequestForm } from './proposals.ts';

export interface ForgeOptions {
  /** Without a slash at the end. GitHub: `https://api.github.com`, or `https://host/api/v3`; GitLab: with its sub-path, without `/api/v4`. */
  readonly baseUrl: string;
  /** `owner/name`, `group/sub/app` */
  readonly project: string;
  /** Of its pages, without a slash at the end; those of the API's origin without. */
  readonly web?: string;
  readonly token: string;
  /** `ai-ops/<version>`: GitHub refuses clients without a name. */
  readonly userAgent: string;
  readonly clock: Clock;
  /** Without one, a request has its text and nothing else. */
  readonly form?: RequestForm;
  readonly pause?: Pause;
  readonly proxyEnv?: ProxyEnv;
  /** See `HttpOptions`. */
  readonly isLook?: boolean;
}

/** An answer with a status of 400 or more. Header names are lower case. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

export interface Where {
  /** Name for messages. */
  readonly host: string;
  readonly project: string;
  readonly variable: string;
  readonly clock: Clock;
}
