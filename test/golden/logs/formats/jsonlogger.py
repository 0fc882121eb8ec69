import logging, sys
from pythonjsonlogger import jsonlogger

handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(jsonlogger.JsonFormatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
log = logging.getLogger("shop")
log.addHandler(handler)
log.setLevel("INFO")

def pay(cart):
    return cart["total"] / cart["count"]

log.info("start", extra={"errors": 0})
try:
    pay({"total": 3, "count": 0})
except ZeroDivisionError:
    log.exception("order %d failed", 7)
    log.warning("retried", exc_info=True)
log.info("0 failed")
log.critical("giving up")
