// Incidents and proposals for tests: complete and ordinary; a test changes only what it is about.
import type { ErrorEvent, Incident } from '../../src/core/model.ts';
import type { Proposal } from '../../src/core/texts/proposal.ts';

export const EVENT: ErrorEvent = {
  id: 'g1:120',
  source: 'app.log',
  format: 'plain',
  language: 'javascript',
  level: 'error',
  type: 'TypeError',
  message: "Cannot read properties of undefined (reading 'price')",
  frames: [
    { file: '/srv/app/src/pricing.js', line: 12, column: 21, function: 'orderTotal', inApp: true },
    { file: '/srv/app/src/orders.js', line: 30, column: 5, function: 'placeOrder', inApp: true },
    { file: 'node:internal/process/task_queues', line: 95, inApp: false },
  ],
  line: 4,
  endLine: 7,
  offset: 120,
  endOffset: 400,
  time: '2026-03-01T10:00:00.000Z',
  text: "ERROR TypeError: Cannot read properties of undefined (reading 'price')\n    at orderTotal (/srv/app/src/pricing.js:12:21)",
};

export const INCIDENT: Incident = {
  fingerprint: 'v1:0123456789abcdef0123456789abcdef',
  title: "TypeError: Cannot read properties of undefined (reading 'price')",
  level: 'error',
  type: EVENT.type,
  message: EVENT.message,
  language: 'javascript',
  frames: EVENT.frames,
  sample: EVENT,
  count: 3,
  first: { source: 'app.log', line: 4, offset: 120, time: '2026-03-01T10:00:00.000Z' },
  last: { source: 'app.log', line: 40, offset: 2120, time: '2026-03-01T10:05:00.000Z' },
  state: 'new',
  reason: null,
  attempts: 0,
  lastAttemptAt: null,
};

export const PROPOSAL: Proposal = {
  language: 'en',
  version: '1.2.3',
  trace: 'abc123def456',
  mode: 'code_blocks',
  incident: INCIDENT,
  base: { commit: '1111111111111111111111111111111111111111', branch: 'main' },
  answer: {
    summary: 'The price is missing for retired items.',
    text: 'whole answer',
    engine: 'claude 2.1.197',
    turns: 1,
    costUsd: 0.0123,
    modelMs: 4200,
  },
  files: [{ path: 'src/pricing.js', status: 'modified', added: 3, removed: 1 }],
  guard: [],
  proof: {
    level: 'L2',
    detail: 'the tests pass with the fix and nothing that passed before fails',
    commands: [{ command: 'npm test', before: { exitCode: 0, durationMs: 1200 }, after: { exitCode: 0, durationMs: 1100 } }],
  },
};
