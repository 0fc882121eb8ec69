def check(n):
    if n == 1:
        raise ValueError("bad quantity")
    raise TypeError("bad price")


errors = []
for n in (1, 2):
    try:
        check(n)
    except Exception as error:
        error.add_note(f"row {n}")
        errors.append(error)
raise ExceptionGroup("2 rows refused", errors)
