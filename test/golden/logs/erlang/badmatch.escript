#!/usr/bin/env escript
main([]) -> logger:info("start"), spawn(fun() -> {ok, _} = file:open("/srv/shop/none.txt", [read]) end), timer:sleep(200), logger:error("order ~p failed", [7]).
