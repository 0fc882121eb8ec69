// The exit codes as they are told to people, in `--help` and `doc/cli.md`. The codes themselves are in `errors.ts`.

/** Each code with what it means. */
export const EXIT_CODES: readonly (readonly [number, string])[] = [
  [0, 'done, or nothing to do'],
  [1, 'a repair failed'],
  [2, 'usage or configuration error'],
  [3, 'no error found in the log'],
  [4, 'authentication or permission refused'],
  [5, 'refused by the guard or the proof'],
  [6, 'a limit or budget stopped it'],
  [7, 'a needed program or server could not be reached'],
  [70, 'our own bug'],
  [130, 'interrupted'],
];
