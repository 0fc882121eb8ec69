// New files that other code loads in place of something else: a module that has the name of one of the standard library and stands
// where it is found first, and code that runs before the tests because a test package begins with it.
import type { Verdict } from '../model.ts';
import { patchOnly, type ReadFile } from './policy.ts';

/** Modules of Python's standard library that programs and test runners import. */
const PYTHON: ReadonlySet<string> = new Set(
  (
    'abc argparse array ast asyncio base64 bisect builtins calendar cmd code codecs collections colorsys concurrent configparser contextlib copy csv ctypes ' +
    'dataclasses datetime decimal difflib dis doctest email enum errno faulthandler filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass ' +
    'gettext glob graphlib gzip hashlib heapq hmac html http imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging lzma ' +
    'mailbox math mimetypes mmap multiprocessing numbers operator os pathlib pdb pickle pkgutil platform plistlib poplib posixpath pprint profile pstats ' +
    'queue random re readline reprlib resource runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl ' +
    'stat statistics string struct subprocess symtable sys sysconfig tarfile tempfile textwrap threading time timeit token tokenize tomllib trace traceback ' +
    'tracemalloc types typing unicodedata urllib uuid venv warnings wave weakref webbrowser xml xmlrpc zipfile zipimport zlib zoneinfo'
  ).split(' '),
);
/** Libraries of Ruby and Perl that stand beside the language. */
const RUBY: ReadonlySet<string> = new Set(
  'abbrev base64 benchmark bigdecimal bundler csv date delegate digest erb etc fileutils find forwardable io json logger matrix monitor net ostruct open3 openssl optparse pathname pp prime psych pstore rake rbconfig securerandom set shellwords singleton socket stringio strscan tempfile time timeout tmpdir tsort uri weakref yaml zlib'.split(
    ' ',
  ),
);
const PERL: ReadonlySet<string> = new Set(
  'carp cwd encode exporter posix socket storable strict warnings utf8 lib base parent constant vars overload'.split(' '),
);

/** Directories from which a program, or its tests, are started: they come first where modules are looked for. */
const FIRST = '(?:(?:src|lib|app|tests?|spec|t|scripts|bin)/)?';
const PLACES: readonly (readonly [names: ReadonlySet<string>, place: RegExp])[] = [
  [PYTHON, new RegExp(`^${FIRST}([a-z0-9_]+)(?:\\.pyi?|/__init__\\.py)$`)],
  [RUBY, new RegExp(`^${FIRST}([a-z0-9_]+)\\.rb$`)],
  [PERL, new RegExp(`^${FIRST}(\\w+)\\.pm$`, 'i')],
];
const BEFORE_TESTS = /(?:^|\/)(?:tests?|testing|spec)\/(?:[\w-]+\/)*__init__\.py$/;

export function shadows({ path, change, before, after }: ReadFile): readonly Verdict[] {
  if (change.after === undefined) return [];
  if (BEFORE_TESTS.test(path) && after.code.trim() !== '' && after.code.trim() !== before.code.trim())
    return [patchOnly('shadows', `${path} is run before the tests of its directory`)];
  if (change.before !== undefined) return [];
  for (const [names, place] of PLACES) {
    const name = place.exec(path)?.[1]?.toLowerCase();
    if (name !== undefined && names.has(name))
      return [patchOnly('shadows', `${path} is loaded in place of the standard library's ${name}`)];
  }
  return [];
}
