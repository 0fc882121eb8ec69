import functools, contextlib

def retry(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        try:
            return fn(*args, **kwargs)
        except OSError:
            return fn(*args, **kwargs)
    return inner

@contextlib.contextmanager
def section(name):
    try:
        yield
    finally:
        print("leaving", name, flush=True)

@retry
def read():
    with section("read"):
        open("/srv/shop/nothing.txt")

read()
