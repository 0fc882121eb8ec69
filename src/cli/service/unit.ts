// What a service manager is told of one watcher, and how: an entry is one file.

export interface Service {
  /** `ai-ops-NAME`: letters, digits, `-`, `_` and `.` only. */
  readonly name: string;
  /** Program and arguments, absolute where they are files. */
  readonly argv: readonly string[];
  /** Absolute. */
  readonly dir: string;
  /** Where programs are looked for: a service manager's own is shorter than a person's. */
  readonly path: string;
  /** Name or number of the account it runs as; absent where it is that of the person who installs it. */
  readonly user?: string;
  /** Absolute: where its talk goes, where the manager does not keep it itself. */
  readonly log: string;
}

/** One service manager. */
export interface Manager {
  /** The text of the entry. */
  unit(service: Service): string;
  /** Where the entry goes, absolute; `isSystem` where it is of the whole machine. */
  place(name: string, home: string, isSystem: boolean): string;
  /** Commands that begin it, given once the entry is in its place. */
  begin(name: string, file: string, isSystem: boolean): readonly string[];
}
