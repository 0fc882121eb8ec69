Task.async(fn -> raise "linked" end) |> Task.await()
