def make():
    class Odd(Exception):
        def __str__(self):
            return ""
    raise Odd()
make()
