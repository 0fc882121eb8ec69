// Principle: a file that is not there is a fault of the code where the code itself names it inside its own tree, and of
// the machine where the path lies outside of it; between the two nothing is known.
import type { Frame } from '../model.ts';
import type { Finding, Raised } from './evidence.ts';
import type { RaiseSite } from './raise-site.ts';

const MISSING =
  /\bENOENT\b|\bNo such file or directory\b|\bFileNotFound(?:Error|Exception)\b|\bNoSuchFileException\b|\bcannot find the (?:file|path) specified|\bCould not find (?:a part of the path|file)\b|failed to open stream/i;
const PATH = /['"`‘“]?((?:[A-Za-z]:[\\/]|\.{0,2}\/|~\/)[^'"`’”\s,:()]*[^'"`’”\s,:().])/;

export function missingFile({ type, message }: Raised, frames: readonly Frame[], site: RaiseSite | undefined): Finding | undefined {
  if (!MISSING.test(`${type}: ${message}`)) return undefined;
  const path = PATH.exec(message)?.[1];
  if (path === undefined) return undefined;
  const root = rootOf(frames);
  const isOutside = /^(?:\/|[A-Za-z]:)/.test(path) && (root === '' ? false : !path.startsWith(root));
  if (isOutside) return { class: 'environment', kind: 'errno', value: `no ${path}` };
  const base = path.split(/[\\/]/).at(-1) ?? '';
  const isNamed = site !== undefined && base !== '' && [...site.before, site.text, ...site.after].join('\n').includes(base);
  return { class: isNamed ? 'code-fault' : 'unknown', kind: 'use', value: `no ${path}` };
}

/** The directory that all absolute files of the application share, three parts deep at the most: `/srv/app/`. */
function rootOf(frames: readonly Frame[]): string {
  const dirs = frames.filter(({ inApp, file }) => inApp && file.startsWith('/')).map(({ file }) => file.split('/').slice(0, -1));
  const [first, ...others] = dirs;
  if (first === undefined) return '';
  let shared = first.length;
  for (const dir of others) {
    const differs = first.findIndex((part, at) => part !== dir[at]);
    if (differs >= 0) shared = Math.min(shared, differs);
  }
  const parts = first.slice(0, Math.min(shared, 3));
  return parts.length < 2 ? '' : `${parts.join('/')}/`;
}
