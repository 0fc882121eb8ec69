local orders = require("orders")
print("started, no errors")
io.stdout:flush()
if arg[1] == "nil" then orders.total({}) end
if arg[1] == "error" then orders.check({}) end
if arg[1] == "xpcall" then
  xpcall(orders.total, function(e) io.stderr:write("ERROR total failed: " .. debug.traceback(e, 1) .. "\n") end, {})
  print("going on")
end
