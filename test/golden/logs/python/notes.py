def load(path):
    raise ValueError(f"cannot read {path}")

try:
    load("cart.json")
except ValueError as error:
    error.add_note("while starting the shop")
    error.add_note("second note:\n  with two lines")
    raise
