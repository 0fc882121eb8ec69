def one():
    raise ValueError("first")

def two():
    try:
        one()
    except ValueError as e:
        raise TypeError("second") from e

def run(*jobs):
    errors = []
    for job in jobs:
        try:
            job()
        except Exception as e:
            errors.append(e)
    raise ExceptionGroup("jobs failed", errors)

def outer():
    try:
        run(one, two)
    except ExceptionGroup as g:
        raise ExceptionGroup("outer", [g, OSError(5, "disk")])

run(outer, one)
