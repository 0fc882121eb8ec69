// Where requests go, and why, in words: nobody who has wished for a host ends up with a local file without being told.
import type { Destination } from '../../ports.ts';
import { ALL_HOSTS, HOSTS, TOKEN_VARIABLES_WORDS, tokenVariable } from './about.ts';
import type { ForgeChoice, LocalChoice } from './choice.ts';

export interface DestinationFacts {
  readonly choice: ForgeChoice | LocalChoice;
  /** The remote without credentials; `null` for none or a path. */
  readonly remote: string | null;
  /** Where the token came from. */
  readonly tokenOrigin: string | undefined;
  /** A token for some host is configured. */
  readonly hasToken: boolean;
}

const PROJECTS = ALL_HOSTS.map(({ namingVariables }) => namingVariables['codeHost.project']).join(' or ');
const ELSE_LOCAL = 'or codeHost.kind to local if that is what you want';

/** @example destinationOf({ choice: { kind: 'local', reason: 'no-token' }, remote: 'https://github.com/a/b', … }).isUnmeant // true */
export function destinationOf({ choice, remote, tokenOrigin, hasToken }: DestinationFacts): Destination {
  if (choice.kind !== 'local') {
    const { label } = HOSTS[choice.kind];
    return {
      words: `requests go to ${label}, ${choice.host}/${choice.project} (${tokenOrigin ?? 'no token'})`,
      isUnmeant: false,
      hint: '',
    };
  }
  const local = (why: string, hint = ''): Destination => ({ words: `requests are local: ${why}`, isUnmeant: hint !== '', hint });
  switch (choice.reason) {
    case 'asked':
      return local('codeHost.kind is local');
    case 'no-remote':
      if (!hasToken) return local('the repository has no remote on a host');
      return local(
        'there is a token, but the repository has no remote called origin, and no other one alone, on a host',
        `set repo.url, or CODE_HOST and ${PROJECTS}, ${ELSE_LOCAL}`,
      );
    case 'no-token':
      return local(`there is no token for ${remote}`, `set ${tokenVariable(HOSTS[choice.forge])}, ${ELSE_LOCAL}`);
    case 'unknown-host':
      return local(
        `${remote} is not known as ${ALL_HOSTS.map(({ label }) => label).join(' or ')}`,
        `set CODE_HOST, and ${TOKEN_VARIABLES_WORDS}, ${ELSE_LOCAL}`,
      );
  }
}
