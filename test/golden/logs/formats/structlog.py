import sys, logging, structlog

def chain(kind):
    if kind == "dict":
        return [structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()]
    if kind == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    if kind == "logfmt":
        return [structlog.processors.format_exc_info, structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])]
    return [structlog.dev.ConsoleRenderer(colors=kind == "colour", exception_formatter=structlog.dev.plain_traceback)]

structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), *chain(sys.argv[1])])
log = structlog.get_logger()

def pay(cart):
    return cart["total"] / cart["count"]

log.info("start", errors=0)
try:
    pay({"total": 3, "count": 0})
except ZeroDivisionError:
    log.exception("order failed", order=7)
    log.warning("retried", exc_info=True)
log.info("0 failed", url="/error")
log.critical("giving up")
