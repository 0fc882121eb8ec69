// Principle: a test of a fix works on what the repository holds. One that reads the user's home, the environment as a whole,
// or files of the machine shows nothing of the bug, and what it reads would stand in its output, which goes to a model and to
// a request. What a test sets for the code under test, and a path that is only a value, are none of its business.

import type { Verdict } from '../model.ts';
import { isCalledSecret } from '../redact/environment.ts';
import { beyond, quote, type ReadFile, refuse } from './policy.ts';

const HOME =
  /\bexpanduser\s*\(|\bPath\.home\s*\(|\bhomedir\s*\(|\bDir\.home\b|["']user\.home["']|\bUserHomeDir\s*\(|\bhome_dir\s*\(|\bSpecialFolder\.UserProfile\b|["'`]~\/|\$\{?HOME\b|\b(?:getenv|environ(?:\.get)?|LookupEnv|Getenv|ENV(?:\.fetch)?)\s*[[(]\s*["']HOME["']|\bprocess\.env\.HOME\b/;

/** All variables at once. */
const ENVIRONMENT =
  /\bprocess\.env\s*(?:[);,}]|$)|\bos\.environ\b(?!\s*(?:\[|\.(?:get|setdefault|pop|update)\b))|\bos\.Environ\s*\(|\bSystem\.getenv\s*\(\s*\)|\bENV\.(?:to_h|each|inspect|map|to_a|sort)\b|\bgetenv\s*\(\s*\)|\benv::vars\b|\bGetEnvironmentVariables\s*\(\s*\)|\$_ENV\b(?!\s*\[)/;

/** One variable by its name. */
const NAMED =
  /\b(?:process\.env\.|(?:getenv|environ(?:\.get)?|LookupEnv|Getenv|ENV(?:\.fetch)?|env::var|process\.env)\s*[[(]\s*["'])(\w+)(?!\w*["']?\]?\s*=[^=])/g;

/** A call that reads, and a place of the machine. */
const READS =
  /\b(?:open|fopen|read\w*|load\w*|slurp|exists?\w*|stat\w*|list\w*|readdir\w*|glob\w*|File|Files|Path|ReadFile|include|require|source|cat)\b/i;
const PLACE =
  /["'`](?:file:\/\/)?\/(?:etc|root|home|Users|var|proc|sys|run|dev\/(?!null)|opt|srv|mnt|media)\/|["'`][A-Za-z]:\\+Users\\|\.ssh\b|\.aws\b|\bid_(?:rsa|ed25519)\b/;

export function reaches({ path, isTest, before, after }: ReadFile): readonly Verdict[] {
  if (!isTest) return [];
  for (const line of beyond(after.uncommented, before.uncommented)) {
    const what = whatOf(line);
    if (what !== undefined) return [refuse('test-reaches', `${path} reads ${what} of the machine or its user: ${quote(line)}`)];
  }
  return [];
}

function whatOf(line: string): string | undefined {
  if (line.length > 1000) return undefined;
  if (HOME.test(line)) return '`HOME`';
  if (ENVIRONMENT.test(line) || [...line.matchAll(NAMED)].some(([, name = '']) => isCalledSecret(name))) return '`env`';
  return PLACE.test(line) && READS.test(line.replace(/(["'`])(?:(?!\1).)*\1/g, '')) ? '`/`' : undefined;
}
