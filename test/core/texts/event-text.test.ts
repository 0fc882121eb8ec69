// What an event says to people.
import { eventLine, eventLines } from '../../../src/core/texts/incident/event-text.ts';

const pino = {
  level: 50,
  time: 1795878244000,
  err: { type: 'TypeError', message: 'boom', stack: 'TypeError: boom\n    at pay (/srv/a.js:3:4)' },
};

test.each<[string, string, readonly string[]]>([
  [
    'a record: its message and its trace',
    JSON.stringify({ ...pino, msg: 'pay failed' }),
    ['pay failed', 'TypeError: boom', '    at pay (/srv/a.js:3:4)'],
  ],
  ['a record whose message is the error', JSON.stringify({ ...pino, msg: 'boom' }), ['TypeError: boom', '    at pay (/srv/a.js:3:4)']],
  ['a record without a trace', '{"level":"error","message":"disk \\u001b[31mfull"}', ['disk full']],
  ['lines as they are', 'ERROR x\n  at y', ['ERROR x', '  at y']],
  ['what only looks like a record', '{"a" b', ['{"a" b']],
])('%s', (_name, text, lines) => {
  expect(eventLines({ text })).toEqual(lines);
  expect(eventLine({ text })).toBe(lines[0]);
});
