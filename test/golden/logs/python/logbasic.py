import logging
logging.basicConfig()
log = logging.getLogger("shop.cart")
log.error("cart 7 is gone")
try:
    {}["id"]
except KeyError:
    log.exception("unexpected")
logging.warning("only a warning")
logging.critical("disk full")
