// The end of every `switch` over a closed list: the type checker refuses it where a member has no branch.

/**
 * Is never reached. A plain `Error`, so that the core may throw it; whoever catches it says that it is our own bug.
 * @example default: return assertNever(state);
 */
export function assertNever(value: never): never {
  throw new Error(`no branch for ${JSON.stringify(value)}`);
}
