#!/usr/bin/env escript
main([]) -> total([{tea, 3}, {}]).
total(Rows) -> lists:sum([price(R) || R <- Rows]).
price({_, P}) -> P.
