// What an incident is called wherever people meet it: what went wrong and where, so that it is known again without its
// message, which differs from one occurrence to the next. Its fingerprint stands behind it, where it is to be typed.
import type { ErrorEvent, Incident } from '../../model.ts';

/** Where an error arose: in the nearest frame of the application. */
export interface IncidentPlace {
  /** In the repository where it is found there; else the last names of what the log says. */
  readonly path: string;
  readonly line: number | null;
  readonly function?: string;
}

/** Of a path outside of the repository so much is shown. */
const SHOWN_NAMES = 2;

/**
 * @param found path of its file in the repository, where that is known
 * @returns `undefined` where no frame of the application is there
 */
export function incidentPlace({ frames }: Pick<ErrorEvent, 'frames'>, found?: string): IncidentPlace | undefined {
  const nearest = frames.find(({ inApp }) => inApp);
  if (nearest === undefined) return undefined;
  const { file, line, function: name } = nearest;
  return { path: found ?? shortened(file), line, ...(name === undefined ? {} : { function: name }) };
}

/** @example placeWords({ path: 'src/price.js', line: 13, function: 'discount' }) // 'src/price.js:13 discount' */
export function placeWords({ path, line, function: name }: IncidentPlace): string {
  return [line === null ? path : `${path}:${line}`, name].filter(Boolean).join(' ');
}

/** Names that every error may have: with no function beside it, such a name says nothing. */
const ANY_ERROR = /^(?:(?:Runtime|Standard)?(?:Error|Exception)|Throwable)$/;
/** Of a message so much is part of a name. */
const SAID = 60;

/**
 * Without a place it is what the error says, and so it is with one where nothing else tells it from the next.
 * @example 'TypeError in discount · src/price.js:13'
 */
export function incidentName({ type, title, level }: Pick<Incident, 'type' | 'title' | 'level'>, place: IncidentPlace | undefined): string {
  if (place === undefined) return title;
  const { function: name, ...where } = place;
  const what = type === null ? level : shortType(type);
  const isNamed = name !== undefined || (type !== null && !ANY_ERROR.test(what));
  return `${isNamed ? `${what}${name === undefined ? '' : ` in ${name}`}` : clipped(title) || what} · ${placeWords(where)}`;
}

const clipped = (text: string): string =>
  text.length <= SAID
    ? text
    : `${text
        .slice(0, SAID - 1)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`;

const shortType = (type: string): string => type.split(/[.\\]|::/).at(-1) || type;

/** A relative path is the application's own. */
function shortened(file: string): string {
  const path = file.replaceAll('\\', '/').replace(/^(?:file|webpack|app):\/+/, '/');
  const isRelative = !/^(?:\/|[A-Za-z]:\/|[a-z]+:\/\/)/.test(path);
  return isRelative ? path : path.split('/').slice(-SHOWN_NAMES).join('/');
}
