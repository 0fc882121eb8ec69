import unittest

from straßen.maße import längste, mittlere_länge


class Maße(unittest.TestCase):
    def test_mittel(self):
        self.assertEqual(mittlere_länge([420, 380]), 400)

    def test_längste(self):
        self.assertEqual(längste([420, 380]), 420)
        self.assertEqual(längste([]), 0)
