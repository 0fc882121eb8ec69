// The code hosts by what is known of them without speaking to one. Data: the one file of `adapters/` that the configuration
// and the commands may read too. Who speaks to them is in `registry.ts`.
import { FORGE_KINDS, type ForgeKind } from '../../core/tables.ts';
import type { HostAbout } from './descriptor.ts';
import { GITHUB } from './github/about.ts';
import { GITLAB } from './gitlab/about.ts';

/** One record for each kind. A token goes to a host only by an entry of that host's own record. */
export const HOSTS = {
  github: GITHUB,
  gitlab: GITLAB,
} as const satisfies Readonly<Record<ForgeKind, HostAbout>>;

/** All of them, in the order in which they are told. */
export const ALL_HOSTS: readonly (typeof HOSTS)[ForgeKind][] = FORGE_KINDS.map((kind) => HOSTS[kind]);

/** Names of their tokens among the secrets. */
export type HostSecret = (typeof HOSTS)[ForgeKind]['secretName'];

/** The variables to give a token in, for people: `GITHUB_TOKEN or GITLAB_TOKEN`. */
export const TOKEN_VARIABLES_WORDS = ALL_HOSTS.map(({ tokenVariables: [variable] }) => variable).join(' or ');
