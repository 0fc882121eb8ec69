// Runners of Ruby, PHP, Perl, the shell, Elixir and Lua.
import { type Part, type RunnerProject, when } from './project.ts';

type Has = (part: Part) => boolean;

const ruby = (has: Has): string => `def half(n)\n${when(!has('fix'), "  raise ArgumentError, 'odd' if n.odd?\n")}  n / 2.0\nend\n`;
const RUBY_ODD = ['a "quote" and it\'s', 'größer: 半分 ✔ ok', 'two\nlines', 'a: [b] (c) <e> # f', 'x = 0.01 s = .'];
const inRuby = (text: string): string => JSON.stringify(text).replaceAll('#', '\\#');

const rspec = (has: Has): Readonly<Record<string, string>> => {
  const it = (name: string, n: string, wanted: string, how = 'it'): string =>
    `  ${how}(${inRuby(name)}) { ${when(wanted !== '', `expect(half(${n})).to eq(${wanted})`)} }\n`;
  const one = (body: string): string => `require_relative '../half'\nRSpec.describe 'more' do\n${body}end\n`;
  return {
    'half.rb': ruby(has),
    '.rspec': '--order rand\n',
    'spec/half_spec.rb': `require_relative '../half'
RSpec.configure { |c| c.filter_run_when_matching :focus }
RSpec.describe '${has('group') ? 'numbers' : 'half'}' do
${when(!has('removed'), it('halves four', '4', has('emptied') ? '' : '2', has('skipped') ? 'xit' : 'it'))}${it('halves two', '2', '1', has('focused') ? 'fit' : 'it')}${it('row 6', '6', '3')}${it('row 8', '8', '4')}${when(has('row'), it('row 7', '7', '3.5'))}${when(has('test'), it('halves three', '3', '1.5'))}${when(has('odd'), RUBY_ODD.map((name) => it(name, '5', '2.5')).join(''))}end
`,
    ...(has('files')
      ? {
          'spec/a_number_that_is_odd_spec.rb': one(it('halves nine', '9', '4.5')),
          'spec/z_spec.rb': one(it('halves two', '2', '1') + it('halves one', '1', '0.5')),
        }
      : {}),
  };
};

const rubyUnit =
  (library: string, base: string, skip: string) =>
  (has: Has): Readonly<Record<string, string>> => {
    const test = (name: string, n: string, wanted: string): string =>
      `  define_method(${inRuby(`test_${name}`)}) { ${wanted === '' ? '' : `assert_equal(${wanted}, half(${n}))`} }\n`;
    const one = (type: string, body: string): string =>
      `require '${library}'\nrequire_relative '../half'\nclass ${type} < ${base}\n${body}end\n`;
    return {
      'half.rb': ruby(has),
      Rakefile: "require 'rake/testtask'\nRake::TestTask.new { |t| t.pattern = 'test/*_test.rb' }\n",
      'test/half_test.rb': one(
        has('group') ? 'NumbersTest' : 'HalfTest',
        when(!has('removed'), has('skipped') ? `  def test_four; ${skip}; end\n` : test('four', '4', has('emptied') ? '' : '2')) +
          test('two', '2', '1') +
          test('row_6', '6', '3') +
          when(has('row'), test('row_7', '7', '3.5')) +
          when(has('test'), test('three', '3', '1.5')) +
          when(has('odd'), RUBY_ODD.map((name) => test(name, '5', '2.5')).join('')),
      ),
      ...(has('files')
        ? {
            'test/a_number_that_is_odd_test.rb': one('NineTest', test('nine', '9', '4.5')),
            'test/z_test.rb': one('ZTest', test('two', '2', '1') + test('one', '1', '0.5')),
          }
        : {}),
    };
  };

const phpunit = (has: Has): Readonly<Record<string, string>> => {
  const test = (name: string, n: string, wanted: string): string =>
    `  public function test${name}(): void { ${wanted === '' ? '' : `$this->assertEquals(${wanted}, half(${n}));`} }\n`;
  const one = (type: string, body: string): string =>
    `<?php\nrequire_once __DIR__ . '/../half.php';\nfinal class ${type} extends PHPUnit\\Framework\\TestCase {\n${body}}\n`;
  const rows = [6, 8, ...(has('row') ? [7] : [])].map((n) => `'row ${n}' => [${n}]`);
  const odd = ['a "quote" and it\\\'s', 'größer: 半分', 'a: [b] (c) <e> # f', 'with data set'].map((name) => `'${name}' => [5]`);
  return {
    'half.php': `<?php\nfunction half(int $n): float {\n${when(!has('fix'), "  if ($n % 2) { throw new DomainException('odd'); }\n")}  return $n / 2;\n}\n`,
    'tests/HalfTest.php': one(
      'HalfTest',
      when(
        !has('removed'),
        has('skipped')
          ? '  public function testFour(): void { $this->markTestSkipped(); }\n'
          : test('Four', '4', has('emptied') ? '' : '2'),
      ) +
        test('Two', '2', '1') +
        `  /** @dataProvider rows */\n  public function testRows(int $n): void { $this->assertEquals($n / 2, half($n)); }\n  public static function rows(): array { return [${[...rows, ...(has('odd') ? [...odd, '"two\\nlines" => [5]'] : [])].join(', ')}]; }\n` +
        when(has('test'), test('Three', '3', '1.5')),
    ),
    ...(has('files')
      ? {
          'tests/ANumberThatIsOddTest.php': one('ANumberThatIsOddTest', test('Nine', '9', '4.5')),
          'tests/ZTest.php': one('ZTest', test('Two', '2', '1') + test('One', '1', '0.5')),
        }
      : {}),
  };
};

const perl = (has: Has): Readonly<Record<string, string>> => {
  const is = (name: string, n: string, wanted: string): string => `is(eval { half(${n}) }, ${wanted}, ${name});\n`;
  const one = (body: string): string =>
    `use strict; use warnings; use utf8; use Test::More; use lib 'lib'; use Half;\n${body}done_testing;\n`;
  return {
    'lib/Half.pm': `package Half; use parent 'Exporter'; our @EXPORT = 'half';\nsub half { my $n = shift;\n${when(!has('fix'), '  die "odd" if $n % 2;\n')}  return $n / 2;\n}\n1;\n`,
    't/half.t': one(
      `subtest '${has('group') ? 'numbers' : 'half'}' => sub { is(half(10), 5, 'ten'); };\n` +
        when(
          !has('removed'),
          has('skipped') ? `SKIP: { skip 'later', 1; ok(1, 'four'); }\n` : has('emptied') ? "pass('four');\n" : is("'four'", '4', '2'),
        ) +
        is("'two'", '2', '1') +
        `is(eval { half($_) }, $_ / 2, "row $_") for 6, 8${when(has('row'), ', 7')};\n` +
        when(has('test'), is("'three'", '3', '1.5')) +
        when(
          has('odd'),
          ['"a \\"quote\\" and it\'s"', "'größer: 半分'", '"two\\nlines"', "'a: [b] (c) # f'", "'x .. '", "'# skip'", "'#3'"]
            .map((name) => is(name, '5', '2.5'))
            .join(''),
        ),
    ),
    ...(has('files')
      ? { 't/a_number_that_is_odd.t': one(is("'nine'", '9', '4.5')), 't/z.t': one(is("'two'", '2', '1') + is("'one'", '1', '0.5')) }
      : {}),
  };
};

const bats = (has: Has): Readonly<Record<string, string>> => {
  const test = (name: string, n: string, wanted: string, first = ''): string =>
    `@test ${name} {\n${first}  ${wanted === '' ? 'true' : `run sh ./half.sh ${n}\n  [ "$status" -eq 0 ]\n  [ "$output" = "${wanted}" ]`}\n}\n`;
  return {
    'half.sh': `#!/bin/sh\n${when(!has('fix'), '[ $(($1 % 2)) -eq 0 ] || { echo odd >&2; exit 1; }\n')}echo $(($1 * 5))\n`,
    'test/half.bats':
      when(!has('removed'), test('"four"', '4', has('emptied') ? '' : '20', when(has('skipped'), '  skip later\n'))) +
      test('"two"', '2', '10') +
      test('"row 6"', '6', '30') +
      when(has('row'), test('"row 7"', '7', '35')) +
      when(has('test'), test('"three"', '3', '15')) +
      when(has('odd'), ['"it\'s one"', '"größer: 半分"', '"a: [b] (c) # f"', '"ok 3 x"'].map((name) => test(name, '5', '25')).join('')),
    ...(has('files')
      ? { 'test/a_number_that_is_odd.bats': test('"nine"', '9', '45'), 'test/z.bats': test('"two"', '2', '10') + test('"one"', '1', '5') }
      : {}),
  };
};

const exunit = (has: Has): Readonly<Record<string, string>> => {
  const test = (name: string, n: string, wanted: string): string =>
    `    test ${inRuby(name)} do\n${wanted === '' ? '      :ok\n' : `      assert Half.half(${n}) == ${wanted}\n`}    end\n`;
  const one = (type: string, body: string): string => `defmodule ${type} do\n  use ExUnit.Case, async: true\n${body}end\n`;
  return {
    'mix.exs':
      'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, version: "0.1.0", elixir: "~> 1.10"]\nend\n',
    'lib/half.ex': `defmodule Half do\n  def half(n) do\n${when(!has('fix'), '    if rem(n, 2) != 0, do: raise(ArgumentError, "odd")\n')}    n / 2\n  end\nend\n`,
    'test/test_helper.exs': 'ExUnit.start()\n',
    'test/half_test.exs': one(
      'HalfTest',
      `  describe "${has('group') ? 'numbers' : 'half'}" do\n` +
        when(!has('removed'), when(has('skipped'), '    @tag :skip\n') + test('four', '4', has('emptied') ? '' : '2.0')) +
        test('two', '2', '1.0') +
        test('row 6', '6', '3.0') +
        when(has('row'), test('row 7', '7', '3.5')) +
        when(has('test'), test('three', '3', '1.5')) +
        when(has('odd'), RUBY_ODD.map((name) => test(name, '5', '2.5')).join('')) +
        '  end\n',
    ),
    ...(has('files')
      ? {
          'test/a_number_that_is_odd_test.exs': one('NineTest', test('nine', '9', '4.5')),
          'test/z_test.exs': one('ZTest', test('two', '2', '1.0') + test('one', '1', '0.5')),
        }
      : {}),
  };
};

const busted = (has: Has): Readonly<Record<string, string>> => {
  const it = (name: string, n: string, wanted: string, how = 'it'): string =>
    `  ${how}(${name}, function() ${when(wanted !== '', `assert.are.equal(${wanted}, half(${n}))`)} end)\n`;
  const one = (group: string, body: string): string => `local half = require('half')\ndescribe('${group}', function()\n${body}end)\n`;
  return {
    'half.lua': `return function(n)\n${when(!has('fix'), "  if n % 2 ~= 0 then error('odd') end\n")}  return n / 2\nend\n`,
    'spec/half_spec.lua': one(
      has('group') ? 'numbers' : 'half',
      when(!has('removed'), it("'four'", '4', has('emptied') ? '' : '2', has('skipped') ? 'pending' : 'it')) +
        it("'two'", '2', '1') +
        it("'row 6'", '6', '3') +
        when(has('row'), it("'row 7'", '7', '3.5')) +
        when(has('test'), it("'three'", '3', '1.5')) +
        when(
          has('odd'),
          ['"it\'s \\"one\\""', "'größer: 半分'", "'two\\nlines'", "'a: [b] (c) <e> # f'"].map((name) => it(name, '5', '2.5')).join(''),
        ),
    ),
    ...(has('files')
      ? {
          'spec/a_number_that_is_odd_spec.lua': one('more', it("'nine'", '9', '4.5')),
          'spec/z_spec.lua': one('z', it("'two'", '2', '1') + it("'one'", '1', '0.5')),
        }
      : {}),
  };
};

export const SCRIPTS: Readonly<Record<string, RunnerProject>> = {
  RSpec: { needs: 'rspec --version', command: 'rspec', telling: 9, files: rspec },
  'Minitest by rake': {
    needs: 'rake --version && ruby -r minitest -e 1',
    command: 'rake test',
    telling: 9,
    files: rubyUnit('minitest/autorun', 'Minitest::Test', 'skip'),
    without: ['focused'],
  },
  'test-unit by rake': {
    needs: 'rake --version && ruby -r test-unit -e 1',
    command: 'rake test',
    telling: 9,
    files: rubyUnit('test/unit', 'Test::Unit::TestCase', 'omit'),
    without: ['focused'],
  },
  PHPUnit: { needs: 'phpunit --version', command: 'phpunit tests', telling: 9, files: phpunit, without: ['focused', 'group'] },
  prove: { needs: 'prove --version', command: 'prove -lr t', telling: 11, files: perl, without: ['focused', 'group'], isQuick: true },
  'prove in parallel': { needs: 'prove --version', command: 'prove -lr -j2 t', telling: 11, files: perl, without: ['focused', 'group'] },
  Bats: { needs: 'bats --version', command: 'bats test', telling: 8, files: bats, without: ['focused', 'group'] },
  ExUnit: { needs: 'mix --version', command: 'mix test', telling: 0, files: exunit, without: ['focused'] },
  busted: { needs: 'busted --version', command: 'busted', telling: 0, files: busted, without: ['focused'] },
};
