require Logger
Logger.info("start")
{:ok, pid} = Task.start(fn -> raise ArgumentError, "in the task" end)
Process.sleep(200)
Logger.info("after")
