// Which files of a repository are tests, by their names.

const TEST_PATH =
  /(^|\/)(tests?|__tests__|specs?|e2e|testing|testdata|cypress)\/|(^|\/)(test_[^/]*|conftest)\.py$|[._-](test|tests|spec|cy|e2e)\.[a-z]+$|_(test|spec)\.(go|rb|py|dart|exs|c|cc|cpp)$|(^|\/)[\w.]*(Tests?|Specs?|IT|TestCase)\.(java|kt|kts|scala|groovy|cs|fs|vb|swift|php)$|\.(feature|snap|ambr)$|\.t$|(^|\/)tests\.rs$/;

/** A project of .NET that holds tests (`Shop.Tests/`), and a set of sources of Gradle that does (`src/commonTest/`). */
const TEST_PROJECT = /(^|\/)\w[\w.]*\.(?:\w*Tests?|\w*Specs?)\/|(^|\/)src\/\w*Test\//;

/** Tests by their path, in any case. What a source holds of its own is told by its marks (`in-source/`). */
export function isTestPath(path: string): boolean {
  return (
    TEST_PATH.test(path) ||
    /(^|\/)(tests?|__tests__|specs?)\//i.test(path) ||
    /[._-](test|spec)\.[a-z]+$/i.test(path) ||
    TEST_PROJECT.test(path)
  );
}
