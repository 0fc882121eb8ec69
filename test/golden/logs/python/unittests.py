import unittest

class Prices(unittest.TestCase):
    def test_sum(self):
        self.assertEqual(1 + 1, 3)
    def test_error(self):
        {}["x"]
    def test_fine(self):
        pass

unittest.main()
