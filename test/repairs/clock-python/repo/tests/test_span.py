import os
import unittest

from clock.span import spell


class Spell(unittest.TestCase):
    def test_minutes_and_seconds(self):
        self.assertEqual(spell(75), "1 min 15 s")

    def test_the_clock_answers(self):
        """Fails now and then, as if it asked a server: every third time that it is run."""
        place = os.path.join(os.environ["HOME"], "clock-was-asked")
        with open(place, "a") as asked:
            asked.write(".")
        self.assertNotEqual(os.path.getsize(place) % 3, 0, "the clock did not answer")
