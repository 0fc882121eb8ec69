import sys
from loguru import logger

logger.remove()
if sys.argv[1] == "json":
    logger.add(sys.stdout, serialize=True)
else:
    logger.add(sys.stdout, colorize=sys.argv[1] == "colour", backtrace=False, diagnose=sys.argv[1] == "diagnose")

def pay(cart):
    return cart["total"] / cart["count"]

logger.info("start, errors=0")
try:
    pay({"total": 3, "count": 0})
except ZeroDivisionError:
    logger.exception("order {} failed", 7)
    logger.opt(exception=True).warning("retried")
logger.success("0 failed")
logger.critical("giving up")
