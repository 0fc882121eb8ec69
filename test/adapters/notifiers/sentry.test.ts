// Notes on issues of Sentry: on the right issue, once, whatever becomes of an answer.
import { createSentryNotifier } from '../../../src/adapters/notifiers/sentry/notifier.ts';
import type { Message, Notice } from '../../../src/ports.ts';
import { type SentryServer, startSentry } from '../../standins/sentry/server.ts';

const LIVE = new AbortController().signal;
describe.each(['sentry', 'glitchtip'] as const)('%s', (kind) => {
  let server: SentryServer;
  beforeEach(async () => {
    server = await startSentry(kind);
    server.issues.push({ id: '17', count: 1, lastSeen: '2026-03-01T10:00:00Z', status: 'unresolved', title: 'KeyError', event: {} });
    server.admits('Bearer t0ken');
  });
  afterEach(async () => {
    await server.close();
    expect(server.violations).toEqual([]);
  });
  const notifier = (over = {}) =>
    createSentryNotifier({ note: true, resolve: true, authorization: () => 'Bearer t0ken', userAgent: 'a test', ...over });
  const issue = (): string => `sentry://127.0.0.1:${server.port}/acme/shop?tls=off#17`;
  const notice = (kindOf: Notice['kind'] = 'proposed'): Notice => ({
    ...{
      id: `trace.1`,
      kind: kindOf,
      trace: '1',
      fingerprint: 'v2:1',
      subject: 'A fix',
      line: 'A fix: https://example.com/pull/1',
      text: '',
      html: '',
      patch: '',
    },
    sources: ['app.log', issue()],
  });
  const message = (kindOf?: Notice['kind']): Message => {
    const { sources: _sources, ...kept } = notice(kindOf);
    return { ...kept, ...notifier().texts!(notice(kindOf)), ...notifier().address('trace.1'), notifier: 'sentry' };
  };

  test('the address of a request, once, also where no answer came', async () => {
    server.loseNext();
    await expect(notifier().send(message(), LIVE)).rejects.toMatchObject({ code: 'sentry-deferred', reach: 'nobody' });
    expect((await notifier().send(message(), LIVE)).said).toContain('the note is there already');
    expect(server.comments).toEqual([{ issue: '17', text: 'A fix: https://example.com/pull/1' }]);
  });

  test('resolved when the fix is confirmed', async () => {
    await notifier().send(message('confirmed'), LIVE);
    expect(server.issues[0]?.status).toBe('resolved');
  });

  test('it takes what came from an issue, and is wanted', () => {
    expect(notifier().takes!(notice())).toBe(true);
    expect(notifier({ note: false }).takes!(notice())).toBe(false);
    expect(notifier({ resolve: false }).takes!(notice('confirmed'))).toBe(false);
    expect(notifier().takes!({ ...notice(), sources: ['app.log'] })).toBe(false);
    expect(notifier().takes!(notice('failed'))).toBe(false);
  });

  test('a token without the right is said once, a busy server is tried again', async () => {
    await expect(notifier({ authorization: () => undefined }).send(message(), LIVE)).rejects.toMatchObject({
      code: 'sentry-refused',
      reach: 'refused',
    });
    const busy = { status: 429, headers: { 'retry-after': '120' }, body: {} };
    server.next(busy);
    await expect(notifier().send(message(), LIVE)).rejects.toMatchObject({ code: 'sentry-deferred', cause: { waitMs: 120_000 } });
  });
});
