defmodule Shop.Orders do
  def total(order), do: Enum.sum(order.lines) # HERE total
  def check(n), do: raise(ArgumentError, "order #{n} has no lines") # HERE check
end
require Logger
Logger.info("started, no errors")
Logger.flush()
case hd(System.argv()) do
  "error" -> Logger.error("order 17 has no lines")
  "critical" -> Logger.critical("cannot reach the store")
  "exception" ->
    try do
      Shop.Orders.check(17)
    rescue
      e -> Logger.error("check failed: " <> Exception.format(:error, e, __STACKTRACE__))
    end
  "task" ->
    Task.start(fn -> Shop.Orders.total(%{}) end)
    Process.sleep(300)
  "info" -> Logger.info("error rate is 0, last Exception was handled")
  "crash" -> Shop.Orders.check(17)
end
Logger.info("going on")
Logger.flush()
Process.sleep(100)
