// The name under which a checkpoint says: this log was waited for, and was not there. A file that stands at its path
// later was born since, and is read from its first byte.

const PREFIX = 'absent:';

/** @example absentGeneration('app.log') // 'absent:app.log' */
export function absentGeneration(source: string): string {
  return `${PREFIX}${source}`;
}

/** @returns the source that such a name was made for, `undefined` for the name of a real generation */
export function absentSource(generation: string): string | undefined {
  return generation.startsWith(PREFIX) ? generation.slice(PREFIX.length) : undefined;
}
