from decimal import Decimal

from ledger.export import export
from ledger.money import Entry

print(export([Entry(1, "rent", Decimal("870.50")), Entry(2, "tea", Decimal("4.20"))]))
