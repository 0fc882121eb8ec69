import faulthandler, threading, time, sys
faulthandler.enable()
def wait():
    time.sleep(3)
threading.Thread(target=wait, daemon=True, name="waiter").start()
def crash():
    faulthandler._sigabrt()
crash()
