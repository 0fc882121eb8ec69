def a():
    return int("x")

def b():
    try:
        a()
    except ValueError as e:
        raise KeyError("b") from e

def c():
    try:
        b()
    except KeyError:
        raise RuntimeError("c failed")

c()
