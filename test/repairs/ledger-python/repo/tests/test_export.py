import json
from dataclasses import dataclass

from ledger.export import export


@dataclass
class Note:
    number: int
    text: str


def test_the_order_is_that_of_the_numbers():
    rows = json.loads(export([Note(2, "b"), Note(1, "a")]))
    assert [row["text"] for row in rows] == ["a", "b"]


def test_nothing_is_an_empty_list():
    assert export([]) == "[]"
