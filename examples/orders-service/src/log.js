// The service's log: one JSON object a line, in pino's form. The courier is older and writes plain lines.
import { appendFileSync } from 'node:fs';
import { hostname } from 'node:os';

const LEVELS = { info: 30, warn: 40, error: 50 };

let write = (text) => process.stdout.write(text);

/** From now on, append to this file. It is opened anew for every line, so it may be rotated at any time. */
export function logTo(file) {
  write = (text) => appendFileSync(file, text);
}

export function log(level, fields, msg) {
  const head = { level: LEVELS[level], time: Date.now(), pid: process.pid, hostname: hostname() };
  write(`${JSON.stringify({ ...head, ...fields, ...(fields.err && { err: errorFields(fields.err) }), msg })}\n`);
}

/** `2026-03-01 02:11:10,480 ERROR courier: text`, with the error's stack on the lines below. */
export function logPlain(level, name, text, error) {
  const time = new Date().toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
  write(`${time} ${level.toUpperCase()} ${name}: ${text}\n${error ? `${error.stack}\n` : ''}`);
}

function errorFields(error) {
  return { type: error.name, message: error.message, stack: stackOf(error) };
}

function stackOf(error) {
  return error.cause ? `${error.stack}\ncaused by: ${stackOf(error.cause)}` : error.stack;
}
