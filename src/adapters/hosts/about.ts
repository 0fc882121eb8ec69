// The code hosts by what is known of them without speaking to one. Data: the one file of `adapters/` that the configuration
// and the commands may read too. Who speaks to them is in `registry.ts`.
import { FORGE_KINDS, type ForgeKind } from '../../core/tables.ts';
import type { HostAbout } from './descriptor.ts';
import { GITHUB } from './github/about.ts';
import { GITLAB } from './gitlab/about.ts';

const RECORDS = { github: GITHUB, gitlab: GITLAB } as const satisfies Readonly<Record<ForgeKind, HostAbout>>;

/** Names of their tokens among the secrets. */
export type HostSecret = (typeof RECORDS)[keyof typeof RECORDS]['secretName'];

type Host = HostAbout & { readonly secretName: HostSecret };

/** One record for each kind. A token goes to a host only by an entry of that host's own record. */
export const HOSTS: Readonly<Record<ForgeKind, Host>> = RECORDS;

/** All of them, in the order in which they are told. */
export const ALL_HOSTS: readonly Host[] = FORGE_KINDS.map((kind) => HOSTS[kind]);

/** The variable to give its token in, for people. */
export const tokenVariable = ({ label, tokenVariables: [first] }: HostAbout): string => first ?? `a token for ${label}`;

/** The same of all: `GITHUB_TOKEN or GITLAB_TOKEN`. */
export const TOKEN_VARIABLES_WORDS = ALL_HOSTS.map(tokenVariable).join(' or ');

/** The variables that set a key of the configuration: each host has its own. */
export function variablesOf(key: keyof HostAbout['namingVariables']): readonly string[] {
  return ALL_HOSTS.map(({ namingVariables }) => namingVariables[key]);
}
