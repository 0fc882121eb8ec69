from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Entry:
    number: int
    text: str
    amount: Decimal
