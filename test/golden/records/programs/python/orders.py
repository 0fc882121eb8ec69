class OrderError(Exception):
    pass


def total(order):
    return sum(line["price"] for line in order["lines"])  # HERE total


def load(number):
    try:
        return total({"number": number})
    except KeyError as error:
        raise OrderError(f"order {number} cannot be summed") from error  # HERE load


def check(order):
    assert order["lines"], "order 17 has no lines"  # HERE check
