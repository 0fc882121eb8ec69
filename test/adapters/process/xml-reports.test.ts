// Reports as runners write them; what is none says nothing.
import { readJunit, readTrx } from '../../../src/adapters/process/xml-reports.ts';

const ROWS: readonly (readonly [name: string, text: string, expected: readonly (readonly [string, string])[]])[] = [
  [
    'pytest',
    '<?xml version="1.0"?><testsuites><testsuite><testcase classname="t.T" name="a"/><testcase classname="t.T" name="b"><failure message="x">y</failure></testcase><testcase classname="t.T" name="c"><skipped type="pytest.xfail"/></testcase></testsuite></testsuites>',
    [
      ['t.T > a', 'passed'],
      ['t.T > b', 'failed'],
      ['t.T > c', 'skipped'],
    ],
  ],
  [
    'PHPUnit',
    '<testsuites><testsuite><testcase name="testA" class="T"><error>x</error></testcase></testsuite></testsuites>',
    [['T > testA', 'failed']],
  ],
  [
    'CTest 3.25: one that fails, is disabled, skips itself, has no program',
    '<?xml version="1.0" encoding="UTF-8"?><testsuite name="(empty)" tests="5" failures="1" disabled="1" skipped="2"><testcase name="good" classname="good" time="0.01" status="run"><system-out></system-out></testcase><testcase name="bad" classname="bad" status="fail"><failure message=""/><system-out></system-out></testcase><testcase name="off" classname="off" time="0" status="disabled"><system-out>Disabled</system-out></testcase><testcase name="skips" classname="skips" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/></testcase><testcase name="lost" classname="lost" status="notrun"><skipped message="Unable to find executable"/></testcase></testsuite>',
    [
      ['good', 'passed'],
      ['bad', 'failed'],
      ['off', 'skipped'],
      ['skips', 'skipped'],
      ['lost', 'skipped'],
    ],
  ],
  [
    'Pest',
    '<testsuites><testsuite name="Tests\\Unit\\ExampleTest" file="tests/Unit/ExampleTest.php" tests="2"><testcase name="it adds up" file="tests/Unit/ExampleTest.php::it adds up" class="Tests\\Unit\\ExampleTest" classname="Tests.Unit.ExampleTest" assertions="1" time="0.01"/><testcase name="it waits" class="Tests\\Unit\\ExampleTest" classname="Tests.Unit.ExampleTest" assertions="0" time="0"><skipped/></testcase></testsuite></testsuites>',
    [
      ['Tests.Unit.ExampleTest > it adds up', 'passed'],
      ['Tests.Unit.ExampleTest > it waits', 'skipped'],
    ],
  ],
  [
    'Surefire, a test that passed at its second try',
    '<testsuite name="a.CartTest"><testcase name="flaky" classname="a.CartTest" time="0"><flakyFailure message="x">y</flakyFailure></testcase><testcase name="red" classname="a.CartTest"><error message="x" type="E">y</error><rerunError>z</rerunError></testcase></testsuite>',
    [
      ['a.CartTest > flaky', 'passed'],
      ['a.CartTest > red', 'failed'],
    ],
  ],
  ['nothing', '', []],
  ['cut off', '<testsuites><testcase classname="t" name="a"/>', []],
  ['no XML', 'Tests: 3', []],
  ['an entity of its own', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><testsuites><testcase name="&a;"/></testsuites>', []],
];

test.each(ROWS)('%s', async (_name, text, expected) => {
  expect(await readJunit(text)).toEqual(expected);
});

const TRX: readonly (readonly [name: string, text: string, expected: readonly (readonly [string, string])[]])[] = [
  [
    'xUnit: whole names',
    '<TestRun id="1" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results><UnitTestResult executionId="e1" testId="t1" testName="Shop.Tests.CartTest.AddsUp" outcome="Passed"><Output/></UnitTestResult><UnitTestResult executionId="e2" testId="t2" testName="Shop.Tests.CartTest.Is(n: 1)" outcome="Failed"><Output><ErrorInfo><Message>no</Message></ErrorInfo></Output></UnitTestResult><UnitTestResult executionId="e3" testId="t3" testName="Shop.Tests.CartTest.Later" outcome="NotExecuted"/></Results><TestDefinitions><UnitTest name="Shop.Tests.CartTest.AddsUp" storage="x.dll" id="t1"><Execution id="e1"/><TestMethod codeBase="x.dll" className="Shop.Tests.CartTest" name="AddsUp"/></UnitTest></TestDefinitions></TestRun>',
    [
      ['Shop.Tests.CartTest.AddsUp', 'passed'],
      ['Shop.Tests.CartTest.Is(n: 1)', 'failed'],
      ['Shop.Tests.CartTest.Later', 'skipped'],
    ],
  ],
  [
    'MSTest and NUnit: the class stands in the definition',
    '<TestRun><Results><UnitTestResult testId="t1" testName="AddsUp" outcome="Passed"/><UnitTestResult testId="t2" testName="AddsUp" outcome="Timeout"/><UnitTestResult testId="t3" testName="Ended"/></Results><TestDefinitions><UnitTest name="AddsUp" id="t1"><TestMethod className="A.Cart" name="AddsUp"/></UnitTest><UnitTest name="AddsUp" id="t2"><TestMethod className="A.Bill" name="AddsUp"/></UnitTest></TestDefinitions></TestRun>',
    [
      ['A.Cart.AddsUp', 'passed'],
      ['A.Bill.AddsUp', 'failed'],
      ['Ended', 'failed'],
    ],
  ],
  ['cut off', '<TestRun><Results><UnitTestResult testId="t1" testName="A" outcome="Passed"/>', []],
  ['JUnit', '<testsuites><testcase name="a"/></testsuites>', []],
];

test.each(TRX)('.NET, %s', async (_name, text, expected) => {
  expect(await readTrx(text)).toEqual(expected);
});
