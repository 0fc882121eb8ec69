// What every notifier must do, whatever it speaks: one try is one message at the other side or none, and its error says which.
// Run on the real adapters against real servers.
import type { Message, Notice, Notifier } from '../../src/ports.ts';

/** The other side. */
export interface OtherSide {
  readonly notifier: Notifier;
  /** Names of the messages that have arrived, one for each arrival. */
  arrived(): readonly string[];
  /** What it does with the next message. */
  next(what: 'refuse' | 'later' | 'cut'): void;
  close(): Promise<void>;
}

export const NOTICE: Notice = {
  id: 'trace.abc123def456',
  kind: 'proposed',
  trace: 'abc123def456',
  fingerprint: 'v2:0123456789abcdef0123456789abcdef',
  subject: '[ai-ops] Fix TypeError in orderTotal (src/pricing.js) [proof L4]',
  line: 'Fix TypeError in orderTotal (src/pricing.js): https://github.com/acme/shop/pull/7',
  text: 'plain words',
  html: '<p>rich words</p>',
  patch: '',
  about: {
    title: 'Fix TypeError in orderTotal (src/pricing.js) [proof L4]',
    lines: ['orderTotal (src/pricing.js:12) failed 3 times.', 'The new test fails without the fix.'],
    url: 'https://github.com/acme/shop/pull/7',
    place: 'src/pricing.js:12 orderTotal',
    count: 3,
    firstAt: '2026-03-01T10:00:00.000Z',
    lastAt: '2026-03-01T10:05:00.000Z',
    proof: { level: 'L4', reproduced: 'yes' },
    guard: [{ rule: 'size', verdict: 'draft', detail: 'many lines' }],
  },
};

/** As the outbox keeps it. */
export function kept(notice: Notice, notifier: Notifier): Message {
  const { about: _, ...plain } = { ...notice, ...notifier.texts?.(notice), ...notifier.address(notice.id), notifier: notifier.name };
  return JSON.parse(JSON.stringify(plain)) as Message;
}

export function notifierContract(name: string, start: () => Promise<OtherSide>): void {
  const live = new AbortController().signal;

  describe(`notifier contract: ${name}`, () => {
    let other: OtherSide;
    beforeEach(async () => {
      other = await start();
    });
    afterEach(() => other.close());
    const send = async (signal = live): Promise<string> =>
      other.notifier.send(kept(NOTICE, other.notifier), signal).then(
        ({ said }) => said,
        ({ code, reach, scope }: { code: string; reach?: string; scope?: string }) => [code, reach, scope].filter(Boolean).join(' '),
      );

    test('one message arrives once, and is told in one line', async () => {
      expect(await send()).toMatch(/^[^\n]{3,200}$/);
      expect(other.arrived()).toHaveLength(1);
    });

    test('it is addressed alike with every try', async () => {
      const { notifier } = other;
      expect(notifier.address(NOTICE.id)).toEqual(notifier.address(NOTICE.id));
      expect(notifier.address(NOTICE.id).deliveryId).not.toBe(notifier.address('trace.other').deliveryId);
      expect(notifier.address(NOTICE.id).recipients.length).toBeGreaterThan(0);
    });

    test('refused for good: nobody has it, and it is not tried again', async () => {
      other.next('refuse');
      expect(await send()).toMatch(/^\S+ refused message$/);
      expect(other.arrived()).toEqual([]);
    });

    test('put off: nobody has it, and the next try brings it', async () => {
      other.next('later');
      expect(await send()).toMatch(/^\S+ nobody (?:message|server)$/);
      expect(other.arrived()).toEqual([]);
      await send();
      expect(other.arrived()).toHaveLength(1);
    });

    test('cut off after it was given: it is not known', async () => {
      other.next('cut');
      expect(await send()).toMatch(/^\S+ uncertain message$/);
    });

    test('nobody there: nobody has it, and the next message would fare the same', async () => {
      await other.close();
      expect(await send()).toMatch(/^\S+ nobody server$/);
    });

    test('ended before it began, nothing arrives', async () => {
      expect(await send(AbortSignal.abort())).toMatch(/^interrupted/);
      expect(other.arrived()).toEqual([]);
    });

    test('what it says of itself holds no secret', async () => {
      expect(JSON.stringify(await other.notifier.check(live))).not.toMatch(/secret|access_token|hooks\//);
    });
  });
}
