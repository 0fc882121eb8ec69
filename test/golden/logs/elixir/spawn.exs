spawn(fn -> :erlang.error(:badarg) end)
spawn(fn -> hd([]) end)
Process.sleep(200)
