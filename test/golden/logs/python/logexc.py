import logging
logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level="INFO")
log = logging.getLogger("shop")

def pay(cart):
    try:
        return cart["total"] / cart["count"]
    except ZeroDivisionError as e:
        raise RuntimeError("cannot pay") from e

log.info("start")
try:
    pay({"total": 3, "count": 0})
except RuntimeError:
    log.exception("payment of order %d failed", 42)
log.info("next")
log.error("no stock for %s", "tea", stack_info=True)
log.warning("slow", exc_info=ValueError("not an error event"))
log.critical("giving up")
log.info("end")
