"""A head with the name of a logger above tracebacks, with and without a message of their own."""
import logging
import sys

logging.basicConfig(stream=sys.stdout, format="%(asctime)s %(levelname)s [w] %(name)s: %(message)s")
log = logging.getLogger("shop.orders")


def total(order):
    assert order["lines"]
    return order["price"]


for order in ({"lines": 1}, {"lines": 0}):
    try:
        total(order)
    except Exception:
        log.exception("request aborted")
