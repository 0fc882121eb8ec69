// Follows an SMTP conversation through nodemailer's log, to know one thing that its errors do not tell: whether the server
// was given the body of the mail. Before that nothing can have been delivered; after it nobody knows without an answer. It hears, too,
// which logins the server offers.

export interface Conversation {
  readonly logger: Readonly<
    Record<'level' | 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', (entry: unknown, text?: unknown) => void>
  >;
  bodyWasBegun(): boolean;
  /** Whether the server, when it was asked last, offered this mechanism of SASL. */
  offers(mechanism: string): boolean;
}

/** Keeps counts only: passwords go through this log. */
export function createConversation(): Conversation {
  let commands = 0;
  let replies = 0;
  let isAsked = false;
  let isBegun = false;
  let offered: readonly string[] = [];

  const note = (entry: unknown, text?: unknown): void => {
    const { tnx } = (entry ?? {}) as { tnx?: string };
    const line = String(text ?? '');
    if (tnx === 'client') {
      commands += 1;
      isAsked ||= line === 'DATA';
    }
    if (tnx !== 'server') return;
    replies += 1;
    const logins = [...line.matchAll(/^250[- ]AUTH[ =](.*)$/gim)];
    if (logins.length > 0)
      offered = logins.flatMap(([, names = '']) =>
        names
          .toUpperCase()
          .trim()
          .split(/[\s=]+/),
      );
    // The greeting is one reply more than there are commands. Some servers say 250 where 354 is right, and with
    // PIPELINING the replies to RCPT come after DATA was sent: so they are counted. In doubt it was begun.
    isBegun ||= isAsked && (line.startsWith('354') || (replies > commands && /^[23]/.test(line)));
  };
  const quiet = (): void => undefined;
  return {
    logger: { level: quiet, trace: note, debug: note, info: note, warn: quiet, error: quiet, fatal: quiet },
    bodyWasBegun: () => isBegun,
    offers: (mechanism) => offered.includes(mechanism),
  };
}
