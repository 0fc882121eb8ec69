import traceback, sys
def work():
    raise TimeoutError("no answer in 3 s")
print("INFO start", flush=True)
try:
    work()
except TimeoutError:
    traceback.print_exc()
print("INFO recovered", file=sys.stderr)
try:
    work()
except TimeoutError:
    traceback.print_exc()
