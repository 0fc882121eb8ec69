rows = [{"price": 3}, {}]
print(sum(map(lambda row: row["price"], (r for r in rows))))
