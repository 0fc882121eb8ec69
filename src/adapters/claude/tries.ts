// What Claude did within its walls, read from the CLI's own record of the run (`--output-format stream-json`): which tools it had,
// and which calls were stopped. Never read from the answer's words, and never from the words of an error: a call was stopped
// when the CLI answered it with an error and it asked for a tool that is not there, a place outside, or what permissions deny.
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { defined } from '../../core/defined.ts';
import type { StoppedTry } from '../../core/model.ts';
import { isObject, type JsonObject } from '../../core/plain-json.ts';

/** What a run was started with. */
export interface Walls {
  /** Names of the tools that were offered. */
  readonly tools: readonly string[];
  readonly permissionMode: string;
  /** Where Claude works, absolute. */
  readonly dir: string;
}

export interface Tries {
  readonly stopped: readonly StoppedTry[];
  /** Set where the CLI says itself that a wall was not up: more tools than offered, an MCP server, a plugin, another mode. */
  readonly breach?: string;
}

/** More are counted, not listed. */
const MOST_TRIES = 25;
const NAME_CHARS = 40;
const INPUT_CHARS = 120;

/** @param stdout one JSON object a line; other lines are not looked at */
export function readTries(stdout: string, walls: Walls): Tries {
  const lines = stdout.split('\n').flatMap(parsed);
  const begun = lines.filter(({ type, subtype }) => type === 'system' && subtype === 'init');
  // The same directory may have two names.
  const dirs = [walls.dir, ...begun.flatMap(({ cwd }) => (typeof cwd === 'string' ? [cwd] : []))];
  const breach = begun.map((line) => breachIn(line, walls));
  const denied = new Set(lines.flatMap((line) => list(line.permission_denials).map(({ tool_use_id: id }) => id)));
  const blocks = lines.flatMap(({ message }) => list(isObject(message) ? message.content : undefined));
  const failed = new Set(
    blocks.filter(({ type, is_error: isError }) => type === 'tool_result' && isError === true).map((b) => b.tool_use_id),
  );
  const calls = blocks.filter(({ type, id }) => type === 'tool_use' && (denied.has(id) || failed.has(id)));
  const stopped = calls.filter((call) => denied.has(call.id) || isOutside(call, walls.tools, dirs)).map((call) => tried(call, dirs));
  const said = breach.find((words) => words !== undefined);
  return { stopped: counted(stopped), ...defined({ breach: said }) };
}

function breachIn({ tools, mcp_servers: servers, plugins, permissionMode: mode }: JsonObject, walls: Walls): string | undefined {
  const more = Array.isArray(tools) ? tools.find((tool) => !walls.tools.includes(String(tool))) : undefined;
  if (more !== undefined) return `a tool that was not offered, ${short(String(more), NAME_CHARS)}`;
  if (Array.isArray(servers) && servers.length > 0) return 'an MCP server';
  if (Array.isArray(plugins) && plugins.length > 0) return 'a plugin';
  return mode === undefined || mode === walls.permissionMode ? undefined : `permission mode ${short(String(mode), NAME_CHARS)}`;
}

/** Asked for a tool that is not there, or for a place that is not the work tree's to give. */
function isOutside({ name, input }: JsonObject, tools: readonly string[], dirs: readonly string[]): boolean {
  if (!tools.includes(String(name))) return true;
  const { file_path: file, path, notebook_path: notebook, pattern } = isObject(input) ? input : {};
  const places = [file, path, notebook, name === 'Glob' ? pattern : undefined].filter((place) => typeof place === 'string');
  return places.some((place) => dirs.every((dir) => leadsOut(place, dir)));
}

function leadsOut(place: string, dir: string): boolean {
  if (place.startsWith('~')) return true;
  const within = relative(dir, resolve(dir, place));
  if (within === '..' || within.startsWith(`..${sep}`) || isAbsolute(within)) return true;
  return within.split(sep).some((name) => name === '.git' || /^\.env(?:\.|$)/.test(name));
}

function tried({ name, input }: JsonObject, dirs: readonly string[]): StoppedTry {
  const { command, file_path: file, path, url, query, pattern } = isObject(input) ? input : {};
  const telling = [command, file, path, url, query, pattern].find((value) => typeof value === 'string');
  const words = dirs.reduce((text, dir) => text.replaceAll(dir, '.'), telling ?? JSON.stringify(input ?? {}));
  return { tool: short(String(name), NAME_CHARS), input: short(words, INPUT_CHARS), times: 1 };
}

/** The same try once, with how often; what does not fit is one entry of its own. */
function counted(tries: readonly StoppedTry[]): readonly StoppedTry[] {
  const each = new Map<string, StoppedTry>();
  for (const one of tries) {
    const key = `${one.tool} ${one.input}`;
    each.set(key, { ...one, times: (each.get(key)?.times ?? 0) + 1 });
  }
  const all = [...each.values()];
  if (all.length <= MOST_TRIES) return all;
  const left = all.slice(MOST_TRIES - 1);
  const times = left.reduce((sum, one) => sum + one.times, 0);
  return [...all.slice(0, MOST_TRIES - 1), { tool: 'others', input: '', times }];
}

/** One short line of a stranger's words. */
function short(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…`.toWellFormed() : line;
}

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** A line that is no JSON object says nothing. */
function parsed(line: string): readonly JsonObject[] {
  if (!line.startsWith('{')) return [];
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? [value] : [];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return []; // cut where the output was too long
  }
}
