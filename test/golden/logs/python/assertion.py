def total(rows):
    assert sum(rows) > 0
    return sum(rows)

total([])
