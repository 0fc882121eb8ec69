-module(stock).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, go/0, start_link/0]).
init(N) -> {ok, N}.
handle_call({take, K}, _From, N) -> {reply, N div K, N}.
handle_cast(_, N) -> {noreply, N}.
start_link() -> gen_server:start_link({local, stock}, ?MODULE, 7, []).
go() -> process_flag(trap_exit, true), {ok, P} = start_link(), catch gen_server:call(P, {take, 0}), timer:sleep(100),
  proc_lib:spawn(fun() -> exit(bad_exit) end), proc_lib:spawn(fun() -> lists:nth(0, []) end), timer:sleep(100).
