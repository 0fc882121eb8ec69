def check(n):
    e = ValueError(f"row {n}\nis bad")
    e.add_note(f"row number {n}")
    raise e
errors = []
for n in (1, 2):
    try:
        check(n)
    except ValueError as e:
        errors.append(e)
g = ExceptionGroup("import failed", errors)
g.add_note("file rows.csv")
raise g
