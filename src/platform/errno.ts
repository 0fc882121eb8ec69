// Reads what was thrown, whatever realm made it: `instanceof Error` is false for errors of node itself inside a vm context.

/** The `code` of a system error or of a library's error; empty where there is none. */
export function codeOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
}

/**
 * What the system says, without the call and the path.
 * @example systemWords(error) // 'EACCES: permission denied'
 */
export const systemWords = (thrown: unknown): string => messageOf(thrown).split(',', 1)[0] as string;

/** The first line of the message, or the code where there is no message. */
export function messageOf(thrown: unknown): string {
  const text = typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown);
  return (text === '' ? codeOf(thrown) : text).split('\n', 1)[0] as string;
}
