// Who looks on: code that does another thing where tests are run.

/** By the names that runners and CI machines give themselves. */
export const SEES_TESTS: readonly RegExp[] = [
  /\b(?:unittest|pytest|_pytest|nose|doctest)["']?\s*(?:not\s+)?in\s+(?:sys\.(?:modules|argv)|" "\.join)|sys\.modules(?:\.get\(|\[)\s*["'](?:unittest|pytest|_pytest|nose)/,
  /\b(?:JEST_WORKER_ID|VITEST(?:_WORKER_ID|_POOL_ID)?|PYTEST_(?:CURRENT_TEST|VERSION|XDIST_\w+|ADDOPTS)|NODE_TEST_CONTEXT|MOCHA_\w+|KARMA_\w+|RUST_TEST_\w+|PHPUNIT_\w+|__PHPUNIT\w*|XCTestConfigurationFilePath)\b/,
  /(?:process\.env|import\.meta\.env|Deno\.env\.get|os\.environ|os\.getenv|os\.Getenv|System\.getenv|getenv|ENV|env::var|\$_ENV|\$_SERVER|GetEnvironmentVariable)\s*(?:\?\.|\.|\[|\(|\{)?\s*(?:\(|get\(|fetch\()?\s*["']?(?:HARNESS_\w+|(?:(?:IS|IN|UNDER|RUNNING|RUN)_)?(?:UNIT_?)?TEST(?:S|ING|_MODE|_ENV|_RUN|_RUNNER)?|CI|CONTINUOUS_INTEGRATION|GITHUB_ACTIONS|GITLAB_CI|TRAVIS|CIRCLECI|JENKINS_URL|BUILDKITE|TEAMCITY_VERSION|APPVEYOR)\b/,
  /\bNODE_ENV\b["'\])]*\s*[!=]==?\s*["']test["']|["']test["']\s*[!=]==?\s*process\.env\.NODE_ENV|\bRails\.env\.test\?|\b(?:RAILS_ENV|RACK_ENV|APP_ENV|MIX_ENV|DJANGO_ENV|FLASK_ENV)\b["'\])]*\s*[!=]=+\s*["']test/,
  /\bimport\.meta\.env\.MODE\s*[!=]==?\s*["']test["']/,
  /\bdefined\?\s*\(?\s*(?:::)?(?:RSpec|Minitest|Test::Unit)\b|\bdefined\s*\(\s*["']PHPUNIT|class_exists\s*\(\s*["']?\\*PHPUnit|\bObject\.const_defined\?\s*\(?[:"'](?:RSpec|Minitest)/,
  /\btesting\.Testing\s*\(\s*\)|\bflag\.Lookup\s*\(\s*"test\.|HasSuffix\s*\(\s*os\.Args\[0\]\s*,\s*"\.test"|\bcfg!\s*\(\s*test\s*\)/,
  /\bClass\.forName\s*\(\s*"(?:org\.junit|org\.testng)|getStackTrace\(\)[^\n]*(?:junit|test)/i,
  /\btypeof\s+(?:(?:globalThis|global|window|self)\.)?(?:jest|describe|it|expect|vi|mocha)\s*[!=]==?\s*["'](?:undefined|function|object)["']|\bglobalThis\.(?:jest|describe|vitest|__vitest\w*|__coverage__)\b/,
  /^(?=[^\n]*["'`][\w./\\:-]*(?:pytest|py\.test|unittest|(?<![a-z])jest|vitest|mocha|rspec|minitest|phpunit|junit|testng|[xn]unit|test_|_test\b|\.test\b|\.spec\b))(?=[^\n]*\b(?:argv|ARGV|os\.Args|sys\.modules|inspect\.\w*|traceback|currentframe|_getframe|stack|getStackTrace|debug_backtrace|caller(?:_locations)?|runtime\.Callers?|StackTrace|StackFrame|AppDomain)\b)/,
  /\$INC\s*\{\s*["']?Test\b|(?:\[|\btest\b|\bif\b|\bcase\b|&&|\|\|)[^\n]*\$\{?(?:CI|CONTINUOUS_INTEGRATION|GITHUB_ACTIONS|GITLAB_CI|TRAVIS|BATS_\w+|SHUNIT_\w+)(?=[:}"\s\]])/,
  /(?:\$PROGRAM_NAME|\$0|BASH_SOURCE|\bargv["']?\]?\s*\[\s*[01]\s*\]|\bexecArgv|\bos\.Args\[0\]|SCRIPT_(?:NAME|FILENAME))(?![^\n]*__FILE__)[^\n]*["'`/][^"'`\n]*\btests?\b/i,
  /\b(?:sys\.argv|process\.argv|\$0|os\.Args|\$argv|ARGV)\b[^\n]*(?:pytest|unittest|jest|vitest|mocha|rspec|phpunit)/,
];
