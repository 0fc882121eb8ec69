// Loaded into an ai-ops before it starts (`--import`): it waits four seconds where it would wait for longer, so that a server that hangs
// does not cost a test minutes. Nothing else is changed.
import { Socket } from 'node:net';

const LONGEST_MS = 4_000;
/** Of whole transfers, which have nothing to do with who is silent. */
const TRANSFER_MS = 600_000;
const { setTimeout: quiet } = Socket.prototype;
const { timeout } = AbortSignal;

Socket.prototype.setTimeout = function (ms, ...rest) {
  return quiet.call(this, Math.min(ms, LONGEST_MS), ...rest);
};
AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms > TRANSFER_MS ? ms : Math.min(ms, LONGEST_MS));
