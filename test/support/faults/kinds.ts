// What can go wrong with one write, in words that hold for HTTP, git and SMTP alike, and who is told to do it.

export type FaultKind =
  /** Nobody listens any more when the write is to begin. */
  | 'refused'
  /** The connection is reset before the server has read the body. */
  | 'reset'
  /** The server gets half of the body, then the connection is reset. */
  | 'cut'
  /** The server has done it; the answer is lost. */
  | 'lost'
  /** The server has done it, and never says so. */
  | 'hangs-after'
  /** The server never reads it. */
  | 'hangs'
  | '500'
  | '502'
  | '503'
  | '429'
  | '429-after'
  /** A sign-in page, with status 200. */
  | 'page'
  /** The server has done it; half of its answer comes, and looks complete. */
  | 'half'
  /** `kill -9` of ai-ops before the server has read the write, in the middle of it, and after it was done. */
  | 'killed-before'
  | 'killed-during'
  | 'killed-after';

/** The writes of a repair, by what they do for it. */
export type WriteName = 'claim' | 'reclaim' | 'push' | 'release' | 'create' | 'label' | 'update' | 'mail';

export interface Plan {
  readonly write: WriteName;
  readonly kind: FaultKind;
  /** `once`: the next one goes through. `on`: until it is mended. */
  readonly lasts: 'once' | 'on';
  /** For `refused`: exchanges before the server goes away. */
  readonly after: number;
}

/** What the proxies of one world have in common: the order of all exchanges, and what is to go wrong. */
export interface Director {
  /** Exchanges in order: the name of a write, or `METHOD path`. */
  readonly traffic: string[];
  /** Notes an exchange. @returns what is to be done to it instead */
  begins(name: string): FaultKind | undefined;
  /** To be awaited before the answer of an exchange goes on. */
  ends(): Promise<void>;
  /** Ends ai-ops at once. */
  kill(): Promise<void>;
}

export interface Stage extends Director {
  plan(plan: Plan | null, kill: () => Promise<void>): void;
  /** How often the planned fault has struck. */
  strikes(): number;
  /** Proxies by the writes that pass through them: what closes their door. */
  readonly doors: Map<WriteName, () => Promise<void>>;
}

export function createStage(): Stage {
  const traffic: string[] = [];
  const doors = new Map<WriteName, () => Promise<void>>();
  let planned: Plan | null = null;
  let struck = 0;
  let killer: () => Promise<void> = async () => undefined;
  const closeWhenDue = async (): Promise<void> => {
    if (planned?.kind !== 'refused' || struck > 0 || traffic.length !== planned.after) return;
    struck += 1;
    await doors.get(planned.write)?.();
  };
  return {
    traffic,
    doors,
    plan: (plan, kill) => {
      [planned, killer, struck] = [plan, kill, 0];
      traffic.length = 0;
    },
    strikes: () => struck,
    begins: (name) => {
      traffic.push(name);
      if (planned === null || planned.kind === 'refused' || planned.write !== name) return undefined;
      if (planned.lasts === 'once' && struck > 0) return undefined;
      struck += 1;
      return planned.kind;
    },
    ends: closeWhenDue,
    kill: () => killer(),
  };
}
