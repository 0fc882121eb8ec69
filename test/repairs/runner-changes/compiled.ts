// Runners of Go, Rust, C, C++ and the JVM.
import { type Part, type RunnerProject, when } from './project.ts';

type Has = (part: Part) => boolean;

const goTest = (name: string, body: string): string => `\nfunc Test${name}(t *testing.T) {\n${body}}\n`;
const goEqual = (n: string, wanted: string): string => `\tif Half(${n}) != ${wanted} {\n\t\tt.Fatal("${n}")\n\t}\n`;

const go = (has: Has): Readonly<Record<string, string>> => ({
  'go.mod': 'module shop\n\ngo 1.21\n',
  'half.go': `package shop\n\nfunc Half(n float64) float64 {\n${when(!has('fix'), '\tif int(n)%2 != 0 {\n\t\tpanic("odd")\n\t}\n')}\treturn n / 2\n}\n`,
  'half_test.go': `package shop\n\nimport "testing"\n${when(
    !has('removed'),
    goTest('Four', when(has('skipped'), '\tt.Skip()\n') + when(!has('emptied'), goEqual('4', '2'))),
  )}${goTest('Two', goEqual('2', '1'))}
func Test${has('group') ? 'Numbers' : 'Rows'}(t *testing.T) {
\tfor _, row := range []struct{ name string; n float64 }{{"six", 6}, {"eight", 8}${when(has('row'), ', {"seven", 7}')}${when(
    has('odd'),
    ', {"a \\"quote\\" and it\'s", 5}, {"größer 半分", 5}, {"two\\nlines", 5}, {"a: [b] (c) # f/g", 5}, {"--- PASS: x (0.00s)", 5}',
  )}} {
\t\tt.Run(row.name, func(t *testing.T) {
\t\t\tif Half(row.n) != row.n/2 {
\t\t\t\tt.Fatal(row.name)
\t\t\t}
\t\t})
\t}
}
${when(has('test'), goTest('Three', goEqual('3', '1.5')))}`,
  ...(has('files')
    ? {
        'a_number_that_is_odd_test.go': `package shop\n\nimport "testing"\n${goTest('Nine', goEqual('9', '4.5'))}`,
        'z/z_test.go': `package z\n\nimport (\n\t"testing"\n\n\t. "shop"\n)\n${goTest('Two', goEqual('2', '1'))}${goTest('One', goEqual('1', '0.5'))}`,
      }
    : {}),
});

const rustTest = (name: string, body: string): string => `#[test]\nfn ${name}() { ${body} }\n`;
const rust = (has: Has): Readonly<Record<string, string>> => ({
  'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n',
  'src/lib.rs': `pub fn half(n: i32) -> f64 {
${when(!has('fix'), '    if n % 2 != 0 { panic!("odd") }\n')}    f64::from(n) / 2.0
}

#[cfg(test)]
mod ${has('group') ? 'numbers' : 'tests'} {
    use super::half;
    ${when(!has('removed'), when(has('skipped'), '#[ignore]\n') + rustTest('four', when(!has('emptied'), 'assert_eq!(half(4), 2.0);')))}
    ${rustTest('two', 'println!("test two ... FAILED"); assert_eq!(half(2), 1.0);')}
    ${when(has('test'), rustTest('three', 'assert_eq!(half(3), 1.5);'))}
    ${when(has('odd'), rustTest('größer_半分', 'assert_eq!(half(5), 2.5);'))}
}
`,
  'tests/rows.rs': `${rustTest('row_6', 'assert_eq!(shop::half(6), 3.0);')}${when(has('row'), rustTest('row_7', 'assert_eq!(shop::half(7), 3.5);'))}`,
  ...(has('files')
    ? {
        'tests/a_number_that_is_odd.rs': rustTest('nine', 'assert_eq!(shop::half(9), 4.5);'),
        'tests/z.rs': rustTest('two', 'assert_eq!(shop::half(2), 1.0);') + rustTest('one', 'assert_eq!(shop::half(1), 0.5);'),
      }
    : {}),
});

const cppTests = (head: string, test: (name: string, body: string) => string, equal: (n: string, wanted: string) => string) => ({
  base: (has: Has): string =>
    head +
    when(!has('removed'), test(has('skipped') ? 'SKIP four' : 'four', when(!has('emptied'), equal('4', '2')))) +
    test('two', equal('2', '1')) +
    test('row 6', equal('6', '3')) +
    when(has('row'), test('row 7', equal('7', '3.5'))) +
    when(has('test'), test('three', equal('3', '1.5'))),
  one: (name: string, n: string, wanted: string): string => head + test(name, equal(n, wanted)),
});

const cmake = (has: Has, dialect: string, discover: string, link: string): string => `cmake_minimum_required(VERSION 3.20)
project(shop CXX)
enable_testing()
${dialect}
add_executable(shop_tests half_test.cpp${when(has('files'), ' a_number_that_is_odd_test.cpp z_test.cpp')}${when(dialect.includes('Catch'), ' main.cpp')})
target_link_libraries(shop_tests ${link})
${discover}(shop_tests)
`;
const HALF_H = (has: Has): string =>
  `#pragma once\n#include <stdexcept>\ninline double half(int n) { ${when(!has('fix'), 'if (n % 2) throw std::range_error("odd"); ')}return n / 2.0; }\n`;
const BUILD = 'cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure';

function gtest(has: Has): Readonly<Record<string, string>> {
  const group = has('group') ? 'Numbers' : 'Half';
  const name = (text: string): string => text.replace(/^SKIP (.*)/, 'DISABLED_$1').replace(/ /g, '_');
  const { base, one } = cppTests(
    '#include <gtest/gtest.h>\n#include "half.h"\n',
    (each, body) => `TEST(${group}, ${name(each)}) { ${body} }\n`,
    (n, wanted) => `EXPECT_EQ(half(${n}), ${wanted});`,
  );
  return {
    'CMakeLists.txt': cmake(has, 'find_package(GTest REQUIRED)\ninclude(GoogleTest)', 'gtest_discover_tests', 'GTest::gtest_main'),
    'half.h': HALF_H(has),
    'half_test.cpp': base(has),
    ...(has('files') ? { 'a_number_that_is_odd_test.cpp': one('nine', '9', '4.5'), 'z_test.cpp': one('one', '1', '0.5') } : {}),
  };
}

function catch2(has: Has): Readonly<Record<string, string>> {
  const { base, one } = cppTests(
    '#include <catch2/catch.hpp>\n#include "half.h"\n',
    (each, body) =>
      `TEST_CASE(${JSON.stringify(each.replace(/^SKIP /, ''))}, "[half]${when(each.startsWith('SKIP '), '[.]')}") { ${body} }\n`,
    (n, wanted) => `CHECK(half(${n}) == ${wanted});`,
  );
  const odd = ['größer: 半分', 'a "quote" and it\'s', 'a, b [c] (d) # e'].map((name) => one(name, '5', '2.5').split('\n')[2]).join('\n');
  return {
    'CMakeLists.txt': cmake(has, 'find_package(Catch2 REQUIRED)\ninclude(Catch)', 'catch_discover_tests', 'Catch2::Catch2'),
    'half.h': HALF_H(has),
    'main.cpp': '#define CATCH_CONFIG_MAIN\n#include <catch2/catch.hpp>\n',
    'half_test.cpp': base(has) + when(has('odd'), `${odd}\n`),
    ...(has('files') ? { 'a_number_that_is_odd_test.cpp': one('nine', '9', '4.5'), 'z_test.cpp': one('one', '1', '0.5') } : {}),
  };
}

const POM = (
  dependency: string,
): string => `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>
<properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
<dependencies>${dependency}</dependencies>
<build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId><version>3.2.5</version></plugin></plugins></build></project>`;

const junit = (has: Has): Readonly<Record<string, string>> => {
  const head = 'package shop;\nimport org.junit.jupiter.api.*;\nimport static org.junit.jupiter.api.Assertions.*;\n';
  const test = (name: string, body: string): string => `  @Test void ${name}() { ${body} }\n`;
  const equal = (n: string, wanted: string): string => `assertEquals(${wanted}, Half.half(${n}));`;
  const one = (type: string, body: string): string => `${head}class ${type} {\n${body}}\n`;
  return {
    'pom.xml': POM(
      '<dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.10.2</version><scope>test</scope></dependency>',
    ),
    'src/main/java/shop/Half.java': `package shop;\nclass Half { static double half(int n) { ${when(!has('fix'), 'if (n % 2 != 0) throw new IllegalStateException("odd"); ')}return n / 2.0; } }\n`,
    'src/test/java/shop/HalfTest.java': `package shop;
import org.junit.jupiter.api.*;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.junit.jupiter.api.Assertions.*;
class HalfTest {
  @Nested class ${has('group') ? 'Numbers' : 'Sums'} {
${when(!has('removed'), when(has('skipped'), '  @Disabled\n') + test('four', when(!has('emptied'), equal('4', '2.0'))))}${test('two', equal('2', '1.0'))}  }
  @ParameterizedTest @ValueSource(ints = {6, 8${when(has('row'), ', 7')}}) void rows(int n) { assertEquals(n / 2.0, Half.half(n)); }
${when(has('test'), test('three', equal('3', '1.5')))}${when(
  has('odd'),
  `  @ParameterizedTest(name = "{0}") @ValueSource(strings = {"it's \\"one\\"", "größer 半分", "two\\nlines", "a: [b] (c) <e> # f"}) void odd(String s) { ${equal('5', '2.5')} }\n`,
)}}
`,
    ...(has('files')
      ? {
          'src/test/java/shop/ANumberThatIsOddTest.java': one('ANumberThatIsOddTest', test('nine', equal('9', '4.5'))),
          'src/test/java/shop/ZTest.java': one('ZTest', test('two', equal('2', '1.0')) + test('one', equal('1', '0.5'))),
        }
      : {}),
  };
};

export const COMPILED: Readonly<Record<string, RunnerProject>> = {
  'go test': { needs: 'go version', command: 'go test ./...', telling: 1, files: go, without: ['focused'] },
  'go test -v, at random': { needs: 'go version', command: 'go test -v -shuffle=on ./...', telling: 1, files: go, without: ['focused'] },
  gotestsum: { needs: 'gotestsum --version', command: 'gotestsum ./...', telling: 0, files: go, without: ['focused'] },
  'cargo test': { needs: 'cargo --version', command: 'cargo test --quiet --no-fail-fast', telling: 5, files: rust, without: ['focused'] },
  'cargo nextest': {
    needs: 'cargo nextest --version',
    command: 'cargo nextest run --no-fail-fast',
    telling: 5,
    files: rust,
    without: ['focused'],
  },
  GoogleTest: {
    needs: 'ctest --version && test -e /usr/include/gtest/gtest.h',
    command: BUILD,
    telling: 4,
    files: gtest,
    without: ['focused', 'odd'],
  },
  Catch2: {
    needs: 'ctest --version && test -e /usr/include/catch2/catch.hpp',
    command: BUILD,
    telling: 7,
    files: catch2,
    without: ['focused', 'group'],
  },
  'Surefire of Maven, JUnit 5': {
    needs: 'mvn --version',
    command: 'mvn --quiet --batch-mode test',
    telling: 8,
    files: junit,
    without: ['focused'],
  },
};
