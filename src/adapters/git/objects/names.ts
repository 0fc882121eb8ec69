// Which names may be written into a tree or onto a disk. Mechanical rules; each comes from an attack or an accident
// that git itself guards against (`verify_path` in read-cache.c, CVE-2014-9390, CVE-2019-1352).

/** Characters that some file systems ignore in names, so that `.g\u200cit` opens `.git` (HFS+; git's utf8.c has the same list). */
const INVISIBLE = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff\u200b\u2060-\u2064\u00ad]/g;

/** True for every spelling that some file system takes for `.git`: case, invisible characters, `git~1`, `.git::$INDEX_ALLOCATION`. */
export function isDotGit(name: string): boolean {
  const plain = name.replace(INVISIBLE, '').toLowerCase();
  return /^(\.git|git~\d+)[. ]*(:.*)?$/.test(plain);
}

/** A name that must not be created on disk even though a tree holds it. */
export function isDangerousName(name: string): boolean {
  if (name === '' || name === '.' || name === '..' || /[/\u0000]/.test(name) || isDotGit(name)) return true;
  return process.platform === 'win32' && unsafeName(name) !== undefined;
}

/**
 * Why a path may not be written in a change, or `undefined` when it may.
 * @param path relative, with `/` between the parts
 */
export function unsafePath(path: string): string | undefined {
  if (path === '') return 'the path is empty';
  if (path.startsWith('/') || /^[a-zA-Z]:/.test(path)) return 'the path is absolute';
  if (Buffer.byteLength(path) > 4096) return 'the path is too long';
  for (const name of path.split('/')) {
    const reason = unsafeName(name);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function unsafeName(name: string): string | undefined {
  if (name === '') return 'a part of the path is empty';
  if (name === '.' || name === '..') return 'the path leaves its directory';
  if (isDotGit(name)) return 'the path names git itself';
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) return 'the path holds a control character';
  if (name.includes('\\')) return 'the path holds a backslash';
  if (name.includes(':')) return 'the path holds a colon';
  if (/[. ]$/.test(name)) return 'a part of the path ends with a dot or a space';
  if (!name.isWellFormed()) return 'the path is not valid Unicode';
  if (name.replace(INVISIBLE, '') !== name) return 'the path holds an invisible character';
  return Buffer.byteLength(name) > 255 ? 'a part of the path is too long' : undefined;
}

/** Two names with the same twin key are one file on a case-insensitive or normalising disk. */
export function twinKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
