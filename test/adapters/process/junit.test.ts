// JUnit reports as runners write them; what is none says nothing.
import { readJunit } from '../../../src/adapters/process/junit.ts';

const ROWS: readonly (readonly [name: string, text: string, expected: readonly (readonly [string, string])[]])[] = [
  [
    'pytest',
    '<?xml version="1.0"?><testsuites><testsuite><testcase classname="t.T" name="a"/><testcase classname="t.T" name="b"><failure message="x">y</failure></testcase><testcase classname="t.T" name="c"><skipped type="pytest.xfail"/></testcase></testsuite></testsuites>',
    [
      ['t.T a', 'passed'],
      ['t.T b', 'failed'],
      ['t.T c', 'skipped'],
    ],
  ],
  [
    'PHPUnit',
    '<testsuites><testsuite><testcase name="testA" class="T"><error>x</error></testcase></testsuite></testsuites>',
    [['T testA', 'failed']],
  ],
  ['nothing', '', []],
  ['cut off', '<testsuites><testcase classname="t" name="a"/>', []],
  ['no XML', 'Tests: 3', []],
  ['an entity of its own', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><testsuites><testcase name="&a;"/></testsuites>', []],
];

test.each(ROWS)('%s', async (_name, text, expected) => {
  expect(await readJunit(text)).toEqual(expected);
});
