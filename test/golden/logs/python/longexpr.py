def f(a, b, c):
    return (
        a["x"]["y"]["z"]
        + b.get("count").real.missing
        + c
    )

f({"x": {"y": {"z": 1}}}, {"count": 1},
  3)
