// Whether what a setup installs depends on lock files and manifests alone, and on which. Only then may it be kept for
// another commit. Whatever is not plainly an installer, or runs or copies code of the repository, is bound to its commit.

/** Files that installers of packages read, by name. */
const INPUTS =
  /(^|\/)(package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-(lock|workspace)\.yaml|\.pnpmfile\.cjs|yarn\.lock|\.yarnrc(\.yml)?|\.npmrc|bun\.lockb?|bunfig\.toml|pyproject\.toml|setup\.(cfg|py)|uv\.(lock|toml)|poetry\.(lock|toml)|pip\.conf|(dev-)?(requirements|constraints)[^/]*\.(txt|in)|Gemfile(\.lock)?|[^/]+\.gemspec|composer\.(json|lock)|auth\.json|\.(nvmrc|(node|python|ruby|php)-version|tool-versions)|mise\.toml)$|(^|\/)(\.yarn|\.bundle|patches|requirements)\//;

/** @returns the paths among these whose contents decide what is installed, sorted */
export function setupInputs(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => INPUTS.test(path)).sort();
}

const INSTALLERS: readonly RegExp[] = [
  /^cd ('[^']*'|[\w./-]+)$/,
  /^true$|^corepack enable$/,
  /^npm (ci|install|i)( --?[\w-]+(=\S+)?)*$/,
  /^(pnpm|yarn|bun)( install| i)?( --?[\w-]+(=\S+)?)*$/,
  /^(uv sync|poetry install)( --?[\w-]+(=\S+)?)*$/,
  /^python3? -m venv( --?[\w-]+)* [\w./-]+$/,
  /^(\S*\/)?(python3? -m pip|pip3?) install( -r [\w./-]+| --?(?!-|editable|e\b)[\w-]+(=\S+)?)*$/,
  /^bundle (check|install|config)\b[^'"]*$/,
  /^composer install( --?(?!-|optimize|classmap|o\b|a\b)[\w-]+(=\S+)?)*$/,
];

/** What makes an installer run code of the repository, copy it, or read files that are not among the inputs. */
const BOUND: readonly (readonly [file: RegExp, words: RegExp])[] = [
  [/package\.json$/, /"(pre|post)?(install|prepare|prepublish)"\s*:|"(file|portal):/],
  [/composer\.json$/, /"(pre|post)-[a-z-]+"\s*:|"classmap|"path"|optimize-autoloader|"exclude-from-classmap/],
  [/(pyproject\.toml|setup\.(cfg|py))$/, /maturin|scikit|meson|cython|cffi|pybind|rust|ext_modules|ext-modules|mypyc|file:|path\s*=/i],
  [/\.(txt|in)$/, /^\s*(-e\b|--editable|\.|\/|file:)|@\s*file:/m],
  [/(Gemfile|\.gemspec)$/, /\bpath\b|\bgemspec\b|eval_gemfile|extensions/],
];

/** Other lists that a list of Python packages names. */
const INCLUDED = /^\s*(?:-r|-c|--requirement|--constraint)[ =]\s*(\S+)/gm;

/**
 * @param commands the setup
 * @param texts of the files that `setupInputs` names
 * @param paths every file of the commit
 */
export function dependsOnInputsOnly(commands: readonly string[], texts: ReadonlyMap<string, string>, paths: readonly string[]): boolean {
  if (paths.some((path) => /(^|\/)binding\.gyp$/.test(path))) return false;
  return commands.every(isInstall) && [...texts].every(([path, text]) => !isBound(path, text));
}

function isInstall(command: string): boolean {
  if (/[`$\\\n]/.test(command)) return false;
  const quiet = command.replace(/\s*(2>&1|[12]?>\s*\/dev\/null)/g, '');
  const pieces = quiet.split(/&&|\|\||;|\{|\}/).map((piece) => piece.trim().replace(/^([A-Z_]+=[\w./-]+ )+/, ''));
  return pieces.every((piece) => piece === '' || INSTALLERS.some((known) => known.test(piece)));
}

function isBound(path: string, text: string): boolean {
  if (BOUND.some(([file, words]) => file.test(path) && words.test(text))) return true;
  return /\.(txt|in)$/.test(path) && [...text.matchAll(INCLUDED)].some(([, name]) => !INPUTS.test(name ?? ''));
}
