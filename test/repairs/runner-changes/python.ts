// Runners of Python.
import { type Part, type RunnerProject, when } from './project.ts';

type Has = (part: Part) => boolean;

const half = (has: Has): string =>
  `def half(n):\n${when(!has('fix'), "    if n % 2:\n        raise ValueError('odd')\n")}    return n / 2\n`;

const pytest = (has: Has): Readonly<Record<string, string>> => ({
  'half.py': half(has),
  'test_half.py': `import pytest
from half import half


class Test${has('group') ? 'Numbers' : 'Half'}:
${when(
  !has('removed'),
  `${when(has('skipped'), "    @pytest.mark.skip(reason='later')\n")}    def test_four(self):
        ${has('emptied') ? 'pass' : 'assert half(4) == 2'}

`,
)}    def test_two(self):
        assert half(2) == 1
${when(has('test'), '\n    def test_three(self):\n        assert half(3) == 1.5\n')}

@pytest.mark.parametrize('n', [6, 8${when(has('row'), ', 7')}])
def test_row(n):
    assert half(n) == n / 2
${when(
  has('odd'),
  `

@pytest.mark.parametrize('name', ['it\\'s "one"', 'größer 半分', 'two\\nlines', 'a: [b] (c) <e> # f', 'a::b PASSED', '\\x1b[31m', '\\x00', 'x' * 300])
def test_odd(name):
    assert half(5) == 2.5
`,
)}`,
  ...(has('files')
    ? {
        'test_a_number_that_is_odd.py': 'from half import half\n\n\ndef test_nine():\n    assert half(9) == 4.5\n',
        'test_z.py':
          'from half import half\n\n\ndef test_two():\n    assert half(2) == 1\n\n\ndef test_one():\n    assert half(1) == 0.5\n',
      }
    : {}),
});

const unittest = (has: Has): Readonly<Record<string, string>> => ({
  'half.py': half(has),
  'test_half.py': `import unittest
from half import half


class ${has('group') ? 'Numbers' : 'Half'}(unittest.TestCase):
${when(
  !has('removed'),
  `${when(has('skipped'), "    @unittest.skip('later')\n")}    def test_four(self):
        ${has('emptied') ? 'pass' : 'self.assertEqual(half(4), 2)'}

`,
)}    def test_two(self):
        """Halves: two ... ok"""
        self.assertEqual(half(2), 1)

    def test_rows(self):
        for n in [6, 8${when(has('row'), ', 7')}]:
            with self.subTest(n=n):
                self.assertEqual(half(n), n / 2)
${when(has('test'), '\n    def test_three(self):\n        self.assertEqual(half(3), 1.5)\n')}${when(
  has('odd'),
  `
    def test_größer_半分(self):
        """not ok: [b] (c) # "it's" """
        self.assertEqual(half(5), 2.5)

    def test_two_lines(self):
        """two
        lines"""
        self.assertEqual(half(5), 2.5)
`,
)}`,
  ...(has('files')
    ? {
        'test_a_number_that_is_odd.py':
          'import unittest\nfrom half import half\n\n\nclass Nine(unittest.TestCase):\n    def test_nine(self):\n        self.assertEqual(half(9), 4.5)\n',
        'test_z.py':
          'import unittest\nfrom half import half\n\n\nclass Half(unittest.TestCase):\n    def test_two(self):\n        self.assertEqual(half(2), 1)\n\n    def test_one(self):\n        self.assertEqual(half(1), 0.5)\n',
      }
    : {}),
});

export const PYTHON: Readonly<Record<string, RunnerProject>> = {
  pytest: { needs: 'python3 -m pytest --version', command: 'python3 -m pytest', telling: 12, files: pytest, without: ['focused'] },
  'pytest in parallel': {
    needs: 'python3 -m pytest --version && python3 -c "import xdist"',
    command: 'python3 -m pytest -q -n 2',
    telling: 12,
    files: pytest,
    without: ['focused'],
  },
  'pytest at random': {
    needs: 'python3 -m pytest --version && python3 -c "import random_order"',
    command: 'pytest --random-order',
    telling: 12,
    files: pytest,
    without: ['focused'],
  },
  unittest: {
    needs: 'python3 --version',
    command: 'python3 -m unittest',
    telling: 6,
    files: unittest,
    without: ['focused'],
    isQuick: true,
  },
  nose2: { needs: 'nose2 -h', command: 'nose2', telling: 6, files: unittest, without: ['focused'] },
  'nose2 -v': { needs: 'nose2 -h', command: 'python3 -m nose2 -v', telling: 6, files: unittest, without: ['focused'] },
};
