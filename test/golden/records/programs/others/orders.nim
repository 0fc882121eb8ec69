import os, tables
proc total(prices: Table[string, int]): int =
  prices["sum"] # HERE total
proc pick(prices: seq[int], at: int): int =
  prices[at] # HERE pick
proc check(n: int) =
  raise newException(ValueError, "order 17 has no lines") # HERE check
echo "started, no errors"
case paramStr(1)
of "key": echo total(initTable[string, int]())
of "index": echo pick(@[1], 7)
else: check(17)
