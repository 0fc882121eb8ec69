import threading


def work():
    raise RuntimeError


t = threading.Thread(target=work, name="worker-1")
t.start()
t.join()
print("main goes on")
