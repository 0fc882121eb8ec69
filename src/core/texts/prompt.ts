// The prompt of one repair, in both modes and both languages. The task is ours, the event is fenced as data, the files are exact.
// Nothing here is a wall: what Claude may touch is decided by its tools and judged by the guard.

import type { FilePart } from '../context/excerpt.ts';
import type { ErrorEvent, FixMode } from '../model.ts';
import { cap, fence, visible } from '../redact/fence.ts';
import type { Likeness } from '../tables.ts';
import type { TextLanguage } from './phrases.ts';
import { PROMPT_WORDS, type PromptWords } from './prompt-words.ts';

/** A file that the event points to. */
export interface PromptFile {
  readonly path: string;
  /** The whole file, exactly; absent in agentic mode, where Claude reads it itself. */
  readonly text?: string;
  /** What is shown of it, where the whole is too large. */
  readonly parts?: readonly FilePart[];
  /** Line of the nearest frame. */
  readonly line?: number | null;
  /** `test`: it tests the nearest file. Others mean nothing here. */
  readonly role?: string;
}

/** A change that has mended an error like this one, and has held. */
export interface PromptFix {
  readonly how: Likeness;
  /** Redacted already. */
  readonly diff: string;
}

export interface PromptFacts {
  readonly mode: FixMode;
  /** Redacted already. */
  readonly event: Pick<ErrorEvent, 'text'>;
  /** Title of the incident, redacted. */
  readonly title: string;
  /** Nearest first. */
  readonly files: readonly PromptFile[];
  /** Random, for this prompt alone: at least 8 lower-case letters and digits. */
  readonly nonce: string;
  readonly language: TextLanguage;
  readonly fixes?: readonly PromptFix[];
  /** The test alone is asked for; the fix is not paid for before it reproduces the error. */
  readonly testFirst?: boolean;
}

/** Above this a whole file costs more than it tells, and more of it is lost by a slip. */
const WHOLE_LINES = 200;

/** Of one earlier change: what it shows is a way to mend, and it is paid for with every answer. */
const FIX_CHARS = 4000;

/** Room for a long path and for a long title. */
const TITLE_CHARS = 300;

/** The whole prompt, ending with a newline. The same facts give the same text. */
export function prompt(facts: PromptFacts): string {
  const { mode, event, files, nonce, language, fixes = [] } = facts;
  const words = PROMPT_WORDS[language];
  const title = cap(visible(facts.title).replaceAll('\n', ' '), TITLE_CHARS);
  const shown = files.filter(({ text }) => text !== undefined);
  const sections = [
    words.intro,
    section(words.event, fill(words.untrusted, nonce), fence(event.text.includes(title) ? event.text : `${title}\n\n${event.text}`, nonce)),
    section(words.places, files.length === 0 ? words.noPlaces : files.map((file) => place(file, words)).join('\n')),
    ...(shown.length === 0 ? [] : [section(words.files, fill(words.exact, nonce), ...shown.map((file) => fileOf(file, nonce)))]),
    ...(fixes.length === 0 ? [] : [section(words.fixes, fill(words.held, nonce), ...fixes.map((fix) => fixOf(fix, nonce, words)))]),
    section(words.task, (facts.testFirst ? words.testRules : words.rules).map((rule) => `- ${rule}`).join('\n')),
    section(words.answer, mode === 'code_blocks' ? blocksForm(shown, words) : words.agentic),
  ];
  return `${sections.join('\n\n')}\n`;
}

const section = (title: string, ...parts: readonly string[]): string => `# ${title}\n\n${parts.join('\n\n')}`;

const fill = (text: string, nonce: string): string => text.replaceAll('{nonce}', nonce);

const place = ({ path, line, role }: PromptFile, words: { readonly line: string; readonly tests: string }): string =>
  `- ${nameOf(path)}${line ? words.line.replace('{line}', String(line)) : ''}${role === 'test' ? words.tests : ''}`;

/** Long files are asked for as edits, by name. */
function blocksForm(shown: readonly PromptFile[], words: PromptWords): string {
  const long = shown.filter(({ text = '', parts }) => parts !== undefined || text.split('\n').length > WHOLE_LINES);
  if (long.length === 0) return words.codeBlocks;
  const names = long.map(({ path }) => `- ${nameOf(path)}`).join('\n');
  return `${words.codeBlocks}\n\n${words.mustEdit}\n\n${names}\n\n${words.edits}`;
}

const fixOf = ({ how, diff }: PromptFix, nonce: string, words: PromptWords): string =>
  `${words.like[how]}\n\n${fence(diff.trimEnd(), nonce, FIX_CHARS, 'fix')}`;

const fileOf = (file: PromptFile, nonce: string): string =>
  file.parts === undefined ? wholeFile(file, nonce) : file.parts.map((part) => partOf(file.path, part, nonce)).join('\n\n');

const partOf = (path: string, { from, to, text }: FilePart, nonce: string): string =>
  `<file-${nonce} path="${nameOf(path)}" lines="${from}-${to}">\n${text}\n</file-${nonce}>`;

const wholeFile = ({ path, text = '' }: PromptFile, nonce: string): string =>
  `<file-${nonce} path="${nameOf(path)}">\n${text}${text.endsWith('\n') || text === '' ? '' : '\n'}</file-${nonce}>`;

/** Paths come from git, where any byte is allowed. */
const nameOf = (path: string): string =>
  visible(path)
    .replace(/[\n\t]/g, ' ')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;');
