#!/usr/bin/env escript
main([]) -> erlang:error({no_stock, <<"tea">>, #{left => 0}}).
