// A program that shows progress on its terminal: two finished steps and one that runs until a line is typed.
import { once } from 'node:events';
import { createPaint } from '../../src/cli/output/colors.ts';
import { createProgress } from '../../src/cli/output/progress.ts';
import type { StepRecord } from '../../src/core/model.ts';

const step = (name: StepRecord['name'], outcome: StepRecord['outcome'], summary: string): StepRecord => ({
  name,
  outcome,
  summary,
  startedAt: '',
  endedAt: null,
  durationMs: outcome === 'running' ? null : 1500,
});
const progress = createProgress({ stream: process.stderr, paint: createPaint(true), animated: true, silent: false, now: Date.now });

progress.step('t', step('checkout', 'running', ''));
progress.step('t', step('checkout', 'ok', '基础提交 on main'));
progress.step('t', step('fix', 'running', 'a summary that is far longer than this narrow terminal is wide'));
await once(process.stdin, 'data');
progress.step('t', step('fix', 'ok', 'answered'));
progress.stop();
process.stdin.destroy();
