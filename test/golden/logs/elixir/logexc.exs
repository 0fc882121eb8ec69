require Logger
defmodule Shop do
  def work(n), do: 10 / n
end
Logger.info("start")
try do
  Shop.work(0)
rescue
  e -> Logger.error(Exception.format(:error, e, __STACKTRACE__))
end
Logger.info("end")
