// The environment of setup, checks and tests, built from a list: what is not on it does not exist for them. They run code
// of packages and of a model, on a machine where the application's own variables may stand: a suite that empties its
// database must not find that of production. What a project needs beyond the list is named in `verify.env`.

const NAMES: ReadonlySet<string> = new Set(
  [
    // Who runs it, where, and in which language.
    'PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TERM COLORTERM NO_COLOR FORCE_COLOR TMPDIR TEMP TMP CI',
    'SYSTEMROOT SystemRoot WINDIR windir SYSTEMDRIVE SystemDrive USERPROFILE APPDATA LOCALAPPDATA PROGRAMDATA ProgramFiles ProgramData',
    'PATHEXT COMSPEC ComSpec HOMEDRIVE HOMEPATH NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE',
    'XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME',
    // How it reaches the network, and which certificates it believes.
    'HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy',
    'SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS REQUESTS_CA_BUNDLE CURL_CA_BUNDLE PIP_CERT CARGO_HTTP_CAINFO',
    // Where tools and their caches are.
    'LD_LIBRARY_PATH DYLD_LIBRARY_PATH PKG_CONFIG_PATH CC CXX CFLAGS CXXFLAGS LDFLAGS MAKEFLAGS',
    'JAVA_HOME JDK_HOME MAVEN_HOME M2_HOME MAVEN_OPTS GRADLE_HOME GRADLE_USER_HOME GRADLE_OPTS KOTLIN_HOME SBT_OPTS COURSIER_CACHE',
    'GOROOT GOPATH GOBIN GOCACHE GOMODCACHE GOTOOLCHAIN GOPROXY GONOSUMDB GONOSUMCHECK GOSUMDB GOPRIVATE GOFLAGS CGO_ENABLED GOOS GOARCH GO111MODULE',
    'CARGO_HOME RUSTUP_HOME RUSTUP_TOOLCHAIN CARGO_TARGET_DIR RUSTFLAGS RUST_BACKTRACE',
    'NVM_DIR NVM_BIN FNM_DIR VOLTA_HOME BUN_INSTALL DENO_DIR DENO_INSTALL PNPM_HOME COREPACK_HOME COREPACK_ENABLE_DOWNLOAD_PROMPT NODE_ENV NODE_OPTIONS',
    'npm_config_cache npm_config_registry npm_config_prefix NPM_CONFIG_CACHE NPM_CONFIG_REGISTRY NPM_CONFIG_PREFIX YARN_CACHE_FOLDER',
    'PYENV_ROOT PYENV_VERSION VIRTUAL_ENV CONDA_PREFIX CONDA_DEFAULT_ENV PYTHONPATH PYTHONHOME PYTHONHASHSEED PYTHONUNBUFFERED',
    'PIP_CACHE_DIR PIP_INDEX_URL PIP_DISABLE_PIP_VERSION_CHECK UV_CACHE_DIR UV_PYTHON_INSTALL_DIR POETRY_HOME POETRY_CACHE_DIR PIPENV_CACHE_DIR',
    'RBENV_ROOT RBENV_VERSION RUBYLIB RUBYOPT GEM_HOME GEM_PATH BUNDLE_PATH BUNDLE_GEMFILE BUNDLE_APP_CONFIG RAILS_ENV RACK_ENV APP_ENV',
    'COMPOSER_HOME COMPOSER_CACHE_DIR PHPRC PHP_INI_SCAN_DIR PERL5LIB PERL_LOCAL_LIB_ROOT PERL_MB_OPT PERL_MM_OPT',
    'DOTNET_ROOT DOTNET_CLI_HOME DOTNET_CLI_TELEMETRY_OPTOUT DOTNET_NOLOGO NUGET_PACKAGES MIX_ENV MIX_HOME HEX_HOME',
    'ANDROID_HOME ANDROID_SDK_ROOT FLUTTER_ROOT PUB_CACHE SDKMAN_DIR ASDF_DIR ASDF_DATA_DIR MISE_DATA_DIR JENV_ROOT SOURCE_DATE_EPOCH',
  ].flatMap((line) => line.split(' ')),
);
const PREFIXES = ['LC_'];

/**
 * A work tree has no history, and tools that ask git for the version of a package fail without one: setuptools-scm and hatch-vcs,
 * pbr, PDM, Poetry and uv with their plugins. Higher than any, because packages that the tests need may in turn ask for this
 * one; of three numbers, because projects test that theirs has as many.
 */
const VERSION = '9999.0.0';
const VERSIONS = Object.fromEntries(
  [
    'SETUPTOOLS_SCM_PRETEND_VERSION PBR_VERSION PDM_BUILD_SCM_VERSION',
    'POETRY_DYNAMIC_VERSIONING_BYPASS UV_DYNAMIC_VERSIONING_BYPASS',
  ].flatMap((line) => line.split(' ').map((name) => [name, VERSION])),
);

/** User and password of an address. */
const USER_PART = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#@\s]+@/i;

/**
 * @param env our own environment
 * @param more names that the user has given in `verify.env`
 * @param secrets values that no command is to see, whatever the name: those of the configuration
 */
export function commandEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  more: readonly string[],
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    if (more.includes(name)) kept[name] = value;
    else if (NAMES.has(name) || PREFIXES.some((prefix) => name.startsWith(prefix))) {
      // A proxy or a registry may be named with its password: the place stays, the password does not.
      if (!secrets.some((secret) => secret !== '' && value.includes(secret))) kept[name] = value.replace(USER_PART, '$1');
    }
  }
  return { ...VERSIONS, ...kept, CI: 'true' };
}
