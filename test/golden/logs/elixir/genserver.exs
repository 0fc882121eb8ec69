defmodule Stock do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call({:take, k}, _from, n), do: {:reply, div(n, k), n}
end
require Logger
Logger.info("start")
{:ok, pid} = GenServer.start(Stock, 7, name: Stock)
try do
  GenServer.call(pid, {:take, 0})
catch
  :exit, _ -> :ok
end
Process.sleep(200)
Logger.error("order 7 failed")
Logger.warning("slow")
Logger.info("end")
