// Reads everything that configures a run, once: flags over environment over `.env` over the project's file (or the
// one named by --config) over the user's file over defaults. Checking itself is in `validate.ts`.
import path from 'node:path';
import { parseEnv } from 'node:util';
import { secretsOf } from '../core/redact/environment.ts';
import { sourceOf } from '../core/source-names.ts';
import { renamedOf, unneededOf } from './earlier-program.ts';
import { type FoundFile, findProjectFile, findUserFile, readDotEnv, readNamedFile, shown } from './files.ts';
import { type Given, givenByFile, givenByVariables, type Reading } from './given.ts';
import { homeOf } from './home.ts';
import { spokenIn } from './language.ts';
import { leadsOutOf, treeOf } from './outside.ts';
import { invalid, type Problem } from './problems.ts';
import { type Config, KEYS, type Key } from './schema.ts';
import { readSecrets, type SecretName, type Secrets, type VariableSource } from './secrets.ts';
import { validate } from './validate.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A value given on the command line, with the flag as the user knows it. */
export interface FlagValue {
  readonly flag: string;
  readonly value: unknown;
}

export interface LoadRequest {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Environment;
  readonly flags: Readonly<Partial<Record<Key, FlagValue>>>;
  /** The value of `--config`, relative to `cwd`; searching for a project file is left out then. */
  readonly configFile?: string | undefined;
}

export interface LoadedConfig {
  readonly config: Config;
  /** For each key where its value came from: `default`, `flag --mode`, `environment REPO_URL`, a file. */
  readonly origins: Readonly<Record<Key, string>>;
  /** Where values come from that nobody has pointed to: files found in the working directory or above it in the repository. */
  readonly foundOrigins: readonly string[];
  readonly secrets: Secrets;
  readonly secretOrigins: Readonly<Partial<Record<SecretName, string>>>;
  /** Values of the environment and of `.env` that are secrets by their names, whoever they are for. */
  readonly environmentSecrets: readonly string[];
  /** Files that were read, the strongest first. */
  readonly files: readonly string[];
  /** Variables of the `.env` that only the Python AI-Ops had a use for. */
  readonly unneeded: readonly string[];
  /** Those of it that have another name here, with that name. */
  readonly renamed: readonly (readonly [old: string, now: string])[];
}

/**
 * @throws AiOpsError `config-invalid` with all problems at once, `config-unreadable`, `config-script`
 */
export async function loadConfig({ cwd, env, flags, configFile }: LoadRequest): Promise<LoadedConfig> {
  const project = configFile === undefined ? await findProjectFile(cwd) : await readNamedFile(path.resolve(cwd, configFile));
  const user = await findUserFile(userDir(env));
  const dotEnv = await readDotEnv(project?.dir ?? cwd);

  const sources: VariableSource[] = [{ variables: env, name: 'environment', dir: cwd }];
  if (dotEnv !== undefined)
    sources.push({
      variables: parseEnv(dotEnv.text),
      name: shown(dotEnv.file, cwd),
      dir: path.dirname(dotEnv.file),
      ...(configFile === undefined ? { isFound: true } : {}),
    });

  const readings: readonly Reading[] = [
    { given: givenByFlags(flags), problems: [] },
    ...sources.map((source) => anchored(givenByVariables(source.variables, source.name), source.dir, cwd, env)),
    ...[project, user].filter((file) => file !== undefined).map((file) => readingOf(file, cwd, env)),
  ];
  const isFound = ({ origin }: Given): boolean =>
    configFile === undefined && [project, dotEnv].some((one) => one !== undefined && isFrom(shown(one.file, cwd), origin));
  const given = readings.flatMap((reading) => reading.given).filter((one) => !(isFound(one) && takesWallDown(one)));
  const checked = validate(given, defaultStateDir(env));
  const secrets = await readSecrets(sources);
  const problems = [
    ...readings.flatMap((reading) => reading.problems),
    ...('problems' in checked ? checked.problems : []),
    ...secrets.problems,
    ...('problems' in checked || configFile !== undefined ? [] : await strayPaths(checked, [project, dotEnv], cwd)),
  ];
  if (problems.length > 0 || 'problems' in checked) throw invalid(problems);

  const language = spokenIn(checked.config.language, env);
  const config = { ...checked.config, language, state: { ...checked.config.state, dir: path.resolve(cwd, checked.config.state.dir) } };
  // A file that --config names, and a .env beside it, is the user's word; what the repository brings along is not.
  const foundFiles = configFile === undefined ? [project?.file, dotEnv?.file].filter((file) => file !== undefined) : [];
  const files = [dotEnv?.file, project?.file, user?.file].filter((file) => file !== undefined);
  const inDotEnv = dotEnv === undefined ? [] : Object.keys(parseEnv(dotEnv.text));
  return {
    config,
    origins: checked.origins,
    secrets: secrets.secrets,
    secretOrigins: secrets.origins,
    environmentSecrets: sources.flatMap(({ variables }) => secretsOf(variables)),
    files,
    unneeded: unneededOf(inDotEnv),
    renamed: renamedOf(inDotEnv),
    foundOrigins: foundFiles.map((file) => shown(file, cwd)),
  };
}

/** Where the user's own file lies. */
export function userDir(env: Environment): string {
  return firstOf(env.CONFIGURATION_DIRECTORY) ?? path.join(xdg(env.XDG_CONFIG_HOME) ?? path.join(home(env), '.config'), 'ai-ops');
}

/**
 * `$STATE_DIRECTORY` of systemd, else `$XDG_STATE_HOME/ai-ops`, else `~/.local/state/ai-ops`; relative values are ignored, as the
 * specification asks. Undefined where there is none of them, nor a home: a ledger in the root directory is nobody's.
 */
export function defaultStateDir(env: Environment): string | undefined {
  const given = firstOf(env.STATE_DIRECTORY);
  if (given !== undefined) return given;
  const home = homeOf(env);
  const states = xdg(env.XDG_STATE_HOME) ?? (home === undefined ? undefined : path.join(home, '.local', 'state'));
  return states === undefined ? undefined : path.join(states, 'ai-ops');
}

/** What a file that is merely found has no say in: then the next in line has. */
function takesWallDown({ key, value }: Given): boolean {
  return key === 'trust' || key === 'claude.unsafeArgs' || key === 'verify.read' || (key === 'verify.sandbox' && value === 'off');
}

const isFrom = (name: string, where: string): boolean => where === name || where.startsWith(`${name} `);

/**
 * A file that is merely found does not say where else on this machine something is written, nor which other repository is read.
 * What is written goes below its own directory and nowhere else; what is read may be named in `trust`.
 */
async function strayPaths(
  { config, origins }: { readonly config: Omit<Config, 'language'>; readonly origins: Readonly<Record<Key, string>> },
  found: readonly ({ readonly file: string } | undefined)[],
  cwd: string,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const files = found.filter((one) => one !== undefined).map(({ file }) => ({ file, name: shown(file, cwd) }));
  const foundIn = (key: Key) => files.find(({ name }) => isFrom(name, origins[key]));
  const { url, path: place } = config.repo;
  const named = [
    ['repo.path', place, (file: string) => treeOf(file)],
    ['repo.url', url === null || isRemoteAddress(url) ? null : url.replace(/^file:\/\//, ''), (file: string) => treeOf(file)],
    ['state.dir', config.state.dir, (file: string) => path.dirname(file)],
  ] as const;
  for (const [key, value, within] of named) {
    const one = foundIn(key);
    if (one === undefined || value === null) continue;
    const target = path.resolve(cwd, value);
    if (!(await leadsOutOf(within(one.file), target))) continue;
    const isRead = key !== 'state.dir';
    if (isRead && config.trust.some((name) => name === value || name === target)) continue;
    const detail = isRead
      ? `leads out of its repository; if that is meant, \`ai-ops config --trust ${target}\``
      : 'leads out of its directory; name it by --state-dir, in the environment or in your own file';
    problems.push({ key, where: origins[key], detail });
  }
  return problems;
}

/** `host:path` of ssh too; what is left is a path. */
const isRemoteAddress = (url: string): boolean => !/^file:\/\//.test(url) && (/^[a-z][a-z0-9+.-]*:\/\//i.test(url) || /^[^/]+:/.test(url));

/** A unit may have several directories, with colons between them (systemd.exec(5)). */
const firstOf = (dirs: string | undefined): string | undefined => xdg(dirs?.split(':')[0]);

const xdg = (dir: string | undefined): string | undefined => (dir !== undefined && path.isAbsolute(dir) ? dir : undefined);

/** What is only read is looked for in the root directory by those who have no home. */
const home = (env: Environment): string => homeOf(env) ?? path.parse(process.cwd()).root;

function givenByFlags(flags: LoadRequest['flags']): readonly Given[] {
  return Object.entries(flags).map(([key, { flag, value }]) => ({ key: key as Key, value, origin: `flag ${flag}` }));
}

function readingOf(file: FoundFile, cwd: string, env: Environment): Reading {
  return anchored(givenByFile(file.content, shown(file.file, cwd)), file.dir, cwd, env);
}

/** Makes paths given in a file elsewhere independent of the working directory. Paths given for `cwd` stay as written. */
function anchored(reading: Reading, dir: string, cwd: string, env: Environment): Reading {
  const anchor = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(anchor);
    if (typeof value === 'object' && value !== null && 'path' in value) return { ...value, path: anchor(value.path) };
    if (typeof value !== 'string' || !sourceOf(value).isPath) return value;
    if (value.startsWith('~/')) return path.join(home(env), value.slice(2));
    return dir === cwd || path.isAbsolute(value) ? value : path.join(dir, value);
  };
  const given = reading.given.map((one) => (KEYS[one.key].paths === true ? { ...one, value: anchor(one.value) } : one));
  return { given, problems: reading.problems };
}
