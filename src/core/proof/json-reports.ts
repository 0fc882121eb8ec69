// What runners say as JSON of their single tests. What is no such report says nothing.
import type { TestOutcome } from '../model.ts';
import { isObject, type JsonObject } from '../plain-json.ts';
import type { Named } from './test-results.ts';

/** RSpec and Jest, and Vitest which writes as Jest does. @param tree absolute path, which is left out of names */
export function fromJson(text: string, tree: string): Named {
  const report = parsed(text);
  const examples = listOf(report.examples).map((each) => [within(each.file_path, tree), example(each), each.status]);
  const asserted = listOf(report.testResults).flatMap((file) =>
    listOf(file.assertionResults).map((each) => [within(file.name, tree), assertion(each), each.status]),
  );
  return [...examples, ...asserted].map(([file, name, status]) => [`${file} > ${name}`, OF_STATUS[String(status)] ?? 'skipped']);
}

/** Groups that it stands in, as one. */
function example({ full_description: full, description: own }: JsonObject): string {
  const [whole, title] = [String(full), String(own)];
  const group = whole.endsWith(` ${title}`) ? whole.slice(0, -title.length).trim() : '';
  return group === '' ? whole : `${group} > ${title}`;
}

function assertion({ ancestorTitles: groups, title, fullName }: JsonObject): string {
  if (!Array.isArray(groups) || typeof title !== 'string') return String(fullName);
  return [...groups.filter((group) => group !== ''), title].join(' > ');
}

/** What is pending, disabled, or still to be written does not run. */
const OF_STATUS: Readonly<Record<string, TestOutcome>> = { passed: 'passed', failed: 'failed' };

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

const listOf = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

function within(file: unknown, tree: string): string {
  const path = String(file).replaceAll('\\', '/');
  const top = `${tree.replaceAll('\\', '/').replace(/\/+$/, '')}/`;
  return path.startsWith(top) ? path.slice(top.length) : path.replace(/^\.\//, '');
}

/** What Go prints with `-json`: the text that it would have printed, and its tests. Other lines stay as they are. */
export function fromGo(output: string): { readonly text: string; readonly named: Named } {
  const named: (readonly [string, TestOutcome])[] = [];
  const text = output.split('\n').map((line) => {
    const event = goEvent(line);
    if (event === undefined) return `${line}\n`;
    const outcome = OUTCOMES[event.Action ?? ''];
    if (event.Test !== undefined && outcome !== undefined) named.push([`${event.Package ?? ''} > ${event.Test}`, outcome]);
    // Without -v only what failed is told.
    return /^=== (?:RUN|PAUSE|CONT|NAME) |^\s*--- (?:PASS|SKIP): /.test(event.Output ?? '') ? '' : (event.Output ?? '');
  });
  return { text: text.join(''), named };
}

const OUTCOMES: Readonly<Record<string, TestOutcome>> = { pass: 'passed', fail: 'failed', skip: 'skipped' };

interface GoEvent {
  readonly Action?: string;
  readonly Package?: string;
  readonly Test?: string;
  readonly Output?: string;
}

function goEvent(line: string): GoEvent | undefined {
  if (!line.startsWith('{"')) return undefined;
  try {
    const event = JSON.parse(line) as GoEvent;
    return typeof event.Action === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}
