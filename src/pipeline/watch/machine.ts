// What every repair needs of this machine: Claude, its login, the token, the host. What is wrong with it is no fault of
// the bug: the watcher pauses as a whole, says so once, looks again every minute, and goes on by itself.
import type { Outcome } from '../../core/model.ts';
import { type AiOpsError, CATALOGUE, type ErrorCode } from '../../errors.ts';

/** Between two looks, in ms. */
export const LOOK_MS = 60_000;
/** What each look finds in order, and each repair stumbles over again, is tried less and less often, up to this. */
const MOST_MS = 3_600_000;

/** What is missing; `undefined` where nothing is. Costs no money, changes nothing, ends within seconds. */
export type Preflight = (signal: AbortSignal) => Promise<MachineFault | undefined>;

export type MachineFault = Pick<AiOpsError, 'message' | 'hint' | 'exitCode'> & { readonly code: string };

/** Why a repair ended, where that is wrong with the machine. */
export function faultOf({ code, reason, hint }: Outcome): MachineFault {
  const known = code !== null && Object.hasOwn(CATALOGUE, code) ? CATALOGUE[code as ErrorCode] : CATALOGUE.bug;
  return { code: code ?? 'bug', message: reason, hint: hint ?? known.hint, exitCode: known.exitCode };
}

export interface MachineGate {
  /** Looks at the start; says what is missing. */
  look(): Promise<void>;
  /** Whether a repair may begin now. While something is missing it is looked for again, once a minute at the most; `false` where that is not yet due. */
  mayRepair(): Promise<boolean>;
  /** A repair ended for such a reason. */
  failed(fault: MachineFault): void;
  /** A repair came to an end of its own. */
  worked(): void;
}

export interface GateListener {
  paused(fault: MachineFault, lookMs: number): void;
  goesOn(): void;
}

/** @param monotonic ms of a clock that never goes back */
export function createMachineGate(preflight: Preflight, listener: GateListener, signal: AbortSignal, monotonic: () => number): MachineGate {
  let missing: MachineFault | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let stumbled = 0;
  let looking: Promise<void> | undefined;

  const waitMs = (): number => Math.min(LOOK_MS * 2 ** Math.max(0, stumbled - 1), MOST_MS);
  const pause = (fault: MachineFault): void => {
    const isNew = missing?.code !== fault.code || missing.message !== fault.message;
    missing = fault;
    lookedAt = monotonic();
    if (isNew) listener.paused(fault, waitMs());
  };
  const lookOnce = async (): Promise<void> => {
    const fault = await preflight(signal);
    lookedAt = monotonic();
    if (signal.aborted) return;
    if (fault !== undefined) return pause(fault);
    if (missing !== undefined) listener.goesOn();
    missing = undefined;
  };
  const look = (): Promise<void> => {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  return {
    look,
    failed: (fault) => {
      stumbled += 1;
      pause(fault);
    },
    worked: () => {
      stumbled = 0;
    },
    mayRepair: async () => {
      if (lookedAt === Number.NEGATIVE_INFINITY || (missing !== undefined && monotonic() - lookedAt >= waitMs())) await look();
      return missing === undefined;
    },
  };
}
