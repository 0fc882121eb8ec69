// One answer to one crash, carried out by the real program: a real git server, a host stand-in, and for the model either
// the real Claude Code CLI against a scripted Messages API, or a program that prints the CLI's result.
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { call, conversation, say } from '../e2e/conversations.ts';
import { branches, resultOf } from '../e2e/observe.ts';
import type { Script } from '../standins/anthropic/server.ts';
import { plantClaude, says } from '../support/shell-claude.ts';
import { type Ran, startWorld, type World } from '../support/world.ts';
import { answerOf, type Ending, folderOf, type Mode, type Row } from './row.ts';
import { toolchains } from './toolchains.ts';

export interface CarriedOut {
  readonly world: World;
  readonly ran: Ran;
  readonly result: Result;
  /** The prompt that was sent. Only from the real CLI. */
  readonly prompt: string;
}

/** The parts of the result line that the set looks at. */
export interface Result extends Omit<Ending, 'exit' | 'because' | 'level' | 'reproduced' | 'runs' | 'guard'> {
  readonly trace: string;
  readonly reason: string;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly request: { readonly number: number } | null;
  readonly proof: {
    readonly level: string | null;
    readonly reproduced: Ending['reproduced'];
    readonly detail: string;
    readonly introduced: {
      readonly commit: string;
      readonly how: string;
      readonly passesAt?: readonly string[];
      readonly between?: number;
    } | null;
    readonly commands: readonly Command[];
  } | null;
  readonly guard: readonly { readonly rule: string; readonly verdict: string }[];
}

interface Command {
  readonly command: string;
  readonly variant?: string;
  readonly flaky?: boolean;
  readonly before: { readonly exitCode: number | null } | null;
  readonly after: { readonly exitCode: number | null } | null;
}

interface Given {
  readonly mode: Mode;
  /** Name of the file with the answer. */
  readonly answer: string;
  readonly claude: 'real' | 'stand-in';
  /** Makes the repository with more than one commit. */
  readonly history?: (checkout: string) => Promise<unknown>;
}

/** The caller closes the world. */
export async function carryOut(row: Row, { mode, answer, claude, history }: Given): Promise<CarriedOut> {
  const text = answerOf(row.name, answer);
  const world = await startWorld({
    host: row.host,
    isNotOfClaude: true,
    script: mode === 'agentic' ? withTools(text) : [say(text)],
    name: row.name,
    template: join(folderOf(row.name), 'repo'),
    env: { ...toolchains(), CLAUDE_FIX_MODE: mode, OPEN_AT: 'L0' },
    ...(history ? { history } : {}),
  });
  copyFileSync(join(folderOf(row.name), 'crash.log'), world.log);
  const config = join(world.home, 'set.json');
  const command = claude === 'real' ? 'claude' : plantClaude(world.home, says(text), 'stand-in');
  // Another answer would be the same one.
  writeFileSync(config, JSON.stringify({ ...row.config, claude: { command, maxRetries: 0 } }));
  const ran = await world.run(['fix', '--from-log', 'app.log', '--json', '--config', config]);
  const prompt = world.messages.requests[0]?.messages.map((message) => message.text).join('\n') ?? '';
  return { world, ran, result: resultOf(ran.json) as unknown as Result, prompt };
}

/** The result in the words of the table. */
export async function endingOf({ ran, result, world }: CarriedOut): Promise<Omit<Ending, 'because'> & { readonly because: string }> {
  const requests = world.host.requests();
  const isThere = result.request !== null && requests.length === 1 && (await branches(world.bare ?? '')).includes(result.branch ?? '');
  const isNowhere = result.request === null && requests.length === 0 && (await branches(world.bare ?? '')).length === 1;
  if (!(result.outcome === 'proposed' ? isThere : isNowhere)) throw new Error(`the host does not show what the result says: ${ran.stdout}`);
  return {
    exit: ran.code as Ending['exit'],
    outcome: result.outcome,
    code: result.code,
    level: result.proof?.level ?? null,
    reproduced: result.proof?.reproduced ?? 'unknown',
    because: result.outcome === 'proposed' ? (result.proof?.detail ?? '') : result.reason,
    runs: (result.proof?.commands ?? []).map(
      ({ variant = 'base', before, after, flaky }) =>
        `${variant} ${before?.exitCode ?? '-'} ${after?.exitCode ?? '-'}${flaky ? ' flaky' : ''}`,
    ),
    guard: result.guard.map(({ rule, verdict }) => `${rule} ${verdict}`),
  };
}

/** The blocks of an answer as a model with tools would make them: it reads what is there, and writes the whole file. */
function withTools(text: string): Script {
  const blocks = [...text.matchAll(/<code_block filename="([^"]+)"( new="true")?>\n([\s\S]*?)<\/code_block>/g)];
  const turns = blocks.flatMap(([, name = '', isNew, content = '']) => [
    ...(isNew ? [] : [(path: (file: string) => string) => call('Read', { file_path: path(name) })]),
    (path: (file: string) => string) => call('Write', { file_path: path(name), content }),
  ]);
  return conversation(...turns, () => say(text.slice(0, text.indexOf('\n'))));
}
