// Lines that are held until it is known what they are, and given back one by one where they are none of it.
import { detect, ranges } from '../read/detector-run.ts';

test('what looked like an object and is none is read once, also where another one begins below it', () => {
  const log = [
    `{"level":37,"cart.rb:32:in 'add'`,
    '[2026-01-02 03:04:05] #<Thread:0x00007fd3ae57b870@picker cart.rb:1 run> terminated with exception (report_on_exception is true):',
    '2026-01-02 03:04:05,678 INFO [main] shop - order 17 came{"text": "ready',
  ];
  expect(ranges(detect(`${log.join('\n')}\n`))).toBe('2-2');
});
