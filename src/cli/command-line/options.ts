// The options of each command as its `run` receives them. Only types; the command line's side is `commands.ts`.
import type { FixMode, HostKind, IncidentState, Level, TraceState, TriageClass } from '../../core/tables.ts';

/** The options a command's `run` receives; switches are false unless given. */
export interface OptionsOf {
  readonly watch: {
    readonly dryRun: boolean;
    readonly events: boolean;
    readonly from: 'start' | 'end' | 'resume';
    readonly once: boolean;
    readonly textfile?: string;
  };
  readonly scan: { readonly events: boolean; readonly level?: Level | 'all' };
  readonly explain: { readonly fromLog?: string; readonly fingerprint?: string; readonly level?: Level | 'all' };
  readonly fix: {
    /** The same as the argument. */
    readonly fromLog?: string;
    readonly fingerprint?: string;
    readonly all: boolean;
    readonly again: boolean;
    readonly mode?: FixMode;
    readonly testFirst: boolean;
    readonly dryRun: boolean;
  };
  readonly status: {
    readonly limit: number;
    readonly state?: TraceState;
    readonly fingerprint?: string;
    /** As typed; see `parseMoment`. */
    readonly since?: string;
    readonly allRepositories: boolean;
    /** State directories or ledgers of other boxes. */
    readonly merge: readonly string[];
    readonly refresh: boolean;
    readonly watch: boolean;
    readonly answer: boolean;
    readonly diff: boolean;
    readonly web: boolean;
  };
  readonly incidents: {
    readonly state?: IncidentState;
    readonly class?: TriageClass;
    readonly level?: Level;
    /** As typed; see `parseMoment`. */
    readonly since?: string;
    readonly limit?: number;
    readonly web: boolean;
    readonly allRepositories: boolean;
    /** State directories or ledgers of other boxes. */
    readonly merge: readonly string[];
  };
  readonly retry: Readonly<Record<never, never>>;
  readonly ignore: { readonly reason?: string; readonly undo: boolean };
  readonly reset: Readonly<Record<never, never>>;
  readonly clean: { readonly dryRun: boolean };
  readonly report: {
    /** As typed; `-` is standard output. */
    readonly output: string;
    readonly since?: string;
    readonly limit: number;
    readonly allRepositories: boolean;
    /** State directories or ledgers of other boxes. */
    readonly merge: readonly string[];
  };
  readonly stats: {
    /** As typed; see `parseMoment`. */
    readonly since?: string;
    readonly allRepositories: boolean;
  };
  readonly doctor: { readonly canary: boolean };
  readonly init: {
    readonly log: readonly string[];
    readonly test?: string;
    readonly mode?: FixMode;
    readonly host?: HostKind | 'auto';
    readonly mailHost?: string;
    readonly mailFrom?: string;
    readonly mailTo: readonly string[];
    readonly force: boolean;
  };
  readonly config: { readonly explain: boolean; readonly trust: readonly string[] };
  readonly demo: Readonly<Record<never, never>>;
  readonly service: {
    readonly install: boolean;
    readonly manager?: 'systemd' | 'launchd' | 'task';
    readonly name?: string;
    readonly user: boolean;
    readonly force: boolean;
  };
  readonly licenses: Readonly<Record<never, never>>;
  readonly completion: { readonly ids?: 'traces' | 'fingerprints' };
}

export type CommandName = keyof OptionsOf;
