"""An import that reads shipments, which can be walked through, from a message."""
import collections.abc
import logging

from attrs import define
from cattrs import Converter


@define
class Shipment(collections.abc.Iterable[int]):
    weight: int

    def __iter__(self):
        return iter([self.weight])


logging.basicConfig(format="%(levelname)s:%(name)s:%(message)s")
try:
    print(Converter().structure({"weight": "12"}, Shipment))
except Exception:
    logging.getLogger("import").exception("message 41 was not read")
