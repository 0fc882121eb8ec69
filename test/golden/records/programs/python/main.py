import sys, asyncio, threading
import orders

kind, case = sys.argv[1], sys.argv[2]
LEVELS = {}


class Adapter:
    """How a logger is told of each case."""
    def __init__(self, info, error, exception, critical, warning_exception):
        self.info, self.error, self.exception, self.critical, self.warning_exception = info, error, exception, critical, warning_exception


def std(log):
    return Adapter(log.info, log.error, lambda m: log.exception(m), log.critical, lambda m: log.warning(m, exc_info=True))


def make():
    import logging
    if kind == "logging-basic":
        logging.basicConfig(level=logging.INFO)
        return std(logging.getLogger("shop.orders"))
    if kind == "logging-asctime":
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s[%(process)d] %(levelname)-8s %(message)s")
        return std(logging.getLogger("shop.orders"))
    if kind == "logging-django":
        logging.basicConfig(level=logging.INFO, format="{levelname} {asctime} {module} {process:d} {thread:d} {message}", style="{")
        return std(logging.getLogger("shop.orders"))
    if kind == "logging-brackets":
        logging.basicConfig(level=logging.INFO, format="[%(levelname)s][%(asctime)s][%(filename)s:%(lineno)d] %(message)s")
        return std(logging.getLogger("shop.orders"))
    if kind == "python-json-logger":
        from pythonjsonlogger import jsonlogger
        handler = logging.StreamHandler()
        handler.setFormatter(jsonlogger.JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logging.basicConfig(level=logging.INFO, handlers=[handler])
        return std(logging.getLogger("shop.orders"))
    if kind == "ecs-logging":
        import ecs_logging
        handler = logging.StreamHandler()
        handler.setFormatter(ecs_logging.StdlibFormatter())
        logging.basicConfig(level=logging.INFO, handlers=[handler])
        return std(logging.getLogger("shop.orders"))
    if kind == "coloredlogs":
        import coloredlogs
        coloredlogs.install(level="INFO", isatty=True)
        return std(logging.getLogger("shop.orders"))
    if kind == "colorlog":
        import colorlog
        handler = colorlog.StreamHandler()
        handler.setFormatter(colorlog.ColoredFormatter("%(log_color)s%(levelname)s%(reset)s:%(name)s:%(message)s", force_color=True))
        logging.basicConfig(level=logging.INFO, handlers=[handler])
        return std(logging.getLogger("shop.orders"))
    if kind == "rich-handler":
        from rich.logging import RichHandler
        from rich.console import Console
        logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=[RichHandler(console=Console(width=110, stderr=True), rich_tracebacks=True)])
        return std(logging.getLogger("shop.orders"))
    if kind == "rich-handler-plain":
        from rich.logging import RichHandler
        from rich.console import Console
        logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=[RichHandler(console=Console(width=140, stderr=True))])
        return std(logging.getLogger("shop.orders"))
    if kind == "loguru":
        from loguru import logger
        return Adapter(logger.info, logger.error, logger.exception, logger.critical, lambda m: logger.opt(exception=True).warning(m))
    if kind == "loguru-serialize":
        from loguru import logger
        logger.remove()
        logger.add(sys.stderr, serialize=True)
        return Adapter(logger.info, logger.error, logger.exception, logger.critical, lambda m: logger.opt(exception=True).warning(m))
    if kind.startswith("structlog"):
        import structlog
        if kind == "structlog-json":
            structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])
        if kind == "structlog-dict":
            structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), structlog.processors.dict_tracebacks, structlog.processors.JSONRenderer()])
        if kind == "structlog-logfmt":
            structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), structlog.processors.format_exc_info, structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])])
        log = structlog.get_logger("shop.orders")
        return Adapter(log.info, log.error, log.exception, log.critical, lambda m: log.warning(m, exc_info=True))
    if kind == "logbook":
        import logbook
        logbook.StreamHandler(sys.stderr, level=logbook.INFO).push_application()
        log = logbook.Logger("shop.orders")
        return Adapter(log.info, log.error, log.exception, log.critical, lambda m: log.warn(m, exc_info=True))
    if kind == "tornado-log":
        import tornado.log
        tornado.log.enable_pretty_logging()
        logging.getLogger().setLevel(logging.INFO)
        return std(logging.getLogger("tornado.application"))
    if kind == "absl-like":
        class F(logging.Formatter):
            def format(self, r):
                head = f"{r.levelname[0]}{self.formatTime(r, '%m%d %H:%M:%S')}.{int(r.msecs*1000):06d} {r.process} {r.filename}:{r.lineno}] "
                return head + super().format(r)
        handler = logging.StreamHandler(); handler.setFormatter(F("%(message)s"))
        logging.basicConfig(level=logging.INFO, handlers=[handler])
        return std(logging.getLogger("shop.orders"))
    if kind == "celery-worker":
        from celery.utils.log import ColorFormatter
        handler = logging.StreamHandler(); handler.setFormatter(ColorFormatter("[%(asctime)s: %(levelname)s/%(processName)s] %(message)s", use_color=False))
        logging.basicConfig(level=logging.INFO, handlers=[handler])
        return std(logging.getLogger("celery.app.trace"))
    if kind == "twisted":
        from twisted.logger import Logger, globalLogBeginner, textFileLogObserver
        globalLogBeginner.beginLoggingTo([textFileLogObserver(sys.stderr)], redirectStandardIO=False)
        log = Logger("shop.orders")
        return Adapter(log.info, log.error, lambda m: log.failure(m), log.critical, lambda m: None)
    raise SystemExit(f"unknown {kind}")


log = make()
log.info("started, no errors")
if case == "error":
    log.error("order 17 has no lines")
elif case == "critical":
    log.critical("cannot reach the store")
elif case == "exception":
    try:
        orders.total({"number": 17})
    except KeyError:
        log.exception("total of order 17 failed")
elif case == "chained":
    try:
        orders.load(17)
    except orders.OrderError:
        log.exception("loading failed")
elif case == "multiline":
    log.error("3 orders failed:\n  17: no lines\n  18: no price")
elif case == "warning":
    try:
        orders.total({"number": 17})
    except KeyError:
        log.warning_exception("retrying order 17")
elif case == "info":
    log.info("error rate is 0, last Exception was handled")
elif case == "crash":
    orders.check({"lines": []})
log.info("going on")
