// The identity of a bug, version 2. The principle: a fingerprint keeps what the programmer wrote and drops what the user
// or the machine put in. What the programmer wrote is, nearest first: the error's type; the functions that led to it, with
// their files and folders; where no function is named, the words of the message. Line numbers are left out: an edit above
// the bug must not make a new incident. Compare Sentry's grouping: same ingredients, fewer rules.
import { hash } from 'node:crypto';
import type { ErrorEvent, Fingerprint, FingerprintPart } from '../model.ts';
import { codeOf, faultOf, reporterOf } from './fault-code.ts';
import { frameParts } from './frame-parts.ts';
import { cleanName } from './function-name.ts';
import { callIn, missingOf, namedIn } from './missing-name.ts';
import { normalize } from './normalize.ts';
import { requestOf } from './route.ts';

const VERSION = 'v2';

/**
 * @returns the fingerprint with every part, also those that do not contribute, so that grouping can be explained
 * @example fingerprint(event).id // 'v2:' and 32 hexadecimal digits
 */
export function fingerprint(event: ErrorEvent): Fingerprint {
  const basis = partsOf(event, false).flatMap((part) => (part.contributes ? [`${part.kind}\0${part.value}`] : []));
  return {
    id: `${VERSION}:${hash('sha256', basis.join('\n')).slice(0, 32)}`,
    // Asked for by `explain` only: what does not count need not be made for every event.
    get parts() {
      return partsOf(event, true);
    },
  };
}

/** @param isWhole also what does not contribute */
function partsOf(event: ErrorEvent, isWhole: boolean): readonly FingerprintPart[] {
  const { parts: frames, isNamed } = frameParts(event, isWhole);
  const missing = missingOf(event);
  return [
    { kind: 'language', value: event.language, contributes: false, hint: 'type, frames and message tell it already' },
    ...typeParts(event),
    ...counted('fault', faultOf(event), 'the kind of fault, in the words of the runtime'),
    ...counted('fault', missing, 'what is not there has a name that somebody wrote'),
    ...counted('code', codeOf(event), 'the type does not say what went wrong'),
    ...counted(
      'fault',
      isNamed || missing !== undefined ? undefined : namedIn(event.message),
      'no frame names a function, the message names what was asked for',
    ),
    ...counted('fault', isNamed ? undefined : callIn(event.text), 'no frame names a function, what failed names the call it was in'),
    ...frames,
    ...(isWhole || !isNamed ? [messagePart(event, isNamed)] : []),
  ];
}

/** One short line for people: `TypeError: cannot read …`. */
export function title(event: ErrorEvent): string {
  const said = (event.message ?? '').split('\n')[0]!.trim();
  const message = event.cause === undefined ? said : `${said}: ${event.cause}`;
  const text =
    event.type === null
      ? message || (event.text.split('\n')[0] ?? '')
      : message === '' || event.type.endsWith(`: ${message}`)
        ? event.type
        : `${shortType(event.type)}: ${message}`;
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

const shortType = (type: string): string => type.split(/[.\\]|::/).at(-1) || type;

/** A group around one error is that error: which of them is printed depends on who waited for it. */
function typeParts({ type, message, rootCause }: ErrorEvent): readonly FingerprintPart[] {
  const isGroupOfOne = rootCause !== undefined && /ExceptionGroup$/.test(type ?? '') && /\(1 sub-exception\)$/.test(message ?? '');
  if (isGroupOfOne) {
    const aside = { kind: 'type', value: type!, contributes: false, hint: 'a group of one error is that error' } as const;
    return [aside, typePart('type', rootCause.type)];
  }
  return [...(type === null ? [] : [typePart('type', type)]), ...(rootCause === undefined ? [] : [typePart('root-cause', rootCause.type)])];
}

function typePart(kind: 'type' | 'root-cause', type: string): FingerprintPart {
  const value = cleanName(reporterOf(type));
  return { kind, value, contributes: true, ...(value === type ? {} : { hint: 'left out: generated part of the name' }) };
}

function counted(kind: 'fault' | 'code', value: string | undefined, hint: string): readonly FingerprintPart[] {
  return value === undefined ? [] : [{ kind, value, contributes: true, hint }];
}

function messagePart(event: ErrorEvent, isNamed: boolean): FingerprintPart {
  const said = event.message ?? event.text;
  const message = event.cause === undefined ? said : `${said.split('\n', 1)[0]}: ${event.cause}`;
  const request = event.type === null && event.message !== null ? requestOf(event.message) : undefined;
  if (request !== undefined) {
    const value = event.cause === undefined ? request : `${request}: ${normalize(event.cause).text}`;
    return { kind: 'message', value, contributes: !isNamed, hint: 'the route of the request' };
  }
  const { text, replaced } = normalize(message);
  if (isNamed) return { kind: 'message', value: text, contributes: false, hint: 'in-app frames identify the error' };
  const hints = [
    ...(replaced.length === 0 ? [] : [`replaced by <*>: ${replaced.join(', ')}`]),
    ...(BEYOND_TWO_LINES.test(message) ? ['left out: lines after the second'] : []),
  ];
  return { kind: 'message', value: text, contributes: true, ...(hints.length === 0 ? {} : { hint: hints.join('; ') }) };
}

/** `normalize` reads two lines that say something. */
const BEYOND_TWO_LINES = /^\s*\S[^\n]*\n\s*\S[^\n]*\n\s*\S/;
