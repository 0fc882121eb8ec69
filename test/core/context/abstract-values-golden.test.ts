// On the logs of real programs: after values were abstracted, every in-app frame of every event still stands in the text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { abstractEvent } from '../../../src/core/context/abstract-values.ts';
import type { Frame } from '../../../src/core/model.ts';
import { detect } from '../read/detector-run.ts';

const root = join(import.meta.dirname, '../../golden/logs');
const events = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.log'))
  .sort()
  .flatMap((name) => detect(readFileSync(join(root, name))).map((event) => ({ name, event })))
  .filter(({ event }) => event.frames.some(({ inApp }) => inApp));

const shows = (text: string, { file, line }: Frame): boolean =>
  text.split('\n').some((each) => each.includes(file) && (line === null || each.includes(String(line))));

test('there are enough events with frames', () => {
  expect(events.length).toBeGreaterThan(250);
});

test('no in-app frame is lost', () => {
  const lost = events.flatMap(({ name, event }) =>
    event.frames
      .filter((frame) => frame.inApp && !shows(abstractEvent(event), frame))
      .map(({ file, line }) => `${name}:${event.line} ${file}:${line}`),
  );
  expect(lost).toEqual([]);
});

test('frame lines of a trace in plain text stay byte for byte', () => {
  // Written by the runtime on a line of its own, in the three forms that most logs have.
  const isFrame = /^\s+at \S+ \((?:file:\/\/)?\/[^()]+:\d+:\d+\)$|^ {2}File "[^"]+", line \d+, in \S+$|^\tat [\w.$]+\([\w.]+:\d+\)$/;
  const checked = events.flatMap(({ name, event }) => {
    const after = new Set(abstractEvent(event).split('\n'));
    const frames = event.text.split('\n').filter((line) => isFrame.test(line));
    return frames.map((line) => ({ name, line, kept: after.has(line) }));
  });
  expect(checked.length).toBeGreaterThan(250);
  expect(checked.filter(({ kept }) => !kept)).toEqual([]);
});
