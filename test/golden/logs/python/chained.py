import logging, sys

logging.basicConfig(stream=sys.stdout, format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.INFO)
log = logging.getLogger("shop.orders")


class OrderError(Exception):
    pass


def price(cart):
    return sum(item["price"] for item in cart)


def checkout(cart):
    try:
        return price(cart)
    except KeyError as error:
        raise OrderError("no price for cart\nasked by alice") from error


log.info("starting")
try:
    checkout([{"name": "pear"}])
except OrderError:
    log.exception("order 1001 failed")
try:
    checkout([{"name": "plum"}])
except OrderError:
    log.warning("order 1002 put off", exc_info=True)
log.info("errors=0 after retry")
log.error("stock %d is negative", -3)
log.info("done")
