// The rows of the semantics of a code host: what a person or a script gets, which calls it took, and how long was
// waited. A row is named by the number under which the semantic is known to the project.
import type { Ensured } from '../../../src/adapters/hosts/forge/proposals.ts';
import type { AiOpsError, ErrorCode } from '../../../src/errors.ts';

export interface Refused {
  readonly code: ErrorCode;
  readonly exit: number;
  readonly message: RegExp;
  readonly hint?: RegExp;
}

export interface Opened {
  readonly created: boolean;
  /** All of them, joined. */
  readonly notes?: RegExp;
}

/** What came of `ensureRequest`, in the words of a row. */
export interface Got {
  readonly gets: Refused | Opened;
  /** In short: `list 200`, `create 201`. */
  readonly calls: readonly string[];
  /** Pauses, ms. */
  readonly waits: readonly number[];
}

export async function ending(run: Promise<Ensured>): Promise<Ensured | AiOpsError> {
  return run.catch((thrown: unknown) => thrown as AiOpsError);
}

/** Asserts the three; nothing that was seen may be missing in the row. */
export function expectGot(ended: Ensured | AiOpsError, seen: Omit<Got, 'gets'>, { gets, ...expected }: Got): void {
  if ('code' in gets) {
    if (!(ended instanceof Error)) throw new Error(`it succeeded: ${JSON.stringify(ended)}`);
    const { code, exitCode, message, hint } = ended;
    expect({ code, exitCode, message, hint }).toEqual({
      ...{ code: gets.code, exitCode: gets.exit },
      message: expect.stringMatching(gets.message),
      hint: expect.stringMatching(gets.hint ?? /./),
    });
  } else {
    if (ended instanceof Error) throw ended;
    expect({ created: ended.created, notes: ended.notes.join('; ') }).toEqual({
      created: gets.created,
      notes: gets.notes === undefined ? '' : expect.stringMatching(gets.notes),
    });
  }
  expect(seen).toEqual(expected);
}
