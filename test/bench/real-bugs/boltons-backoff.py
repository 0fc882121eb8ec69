"""A client that waits the same time between its tries."""
import logging

from boltons.iterutils import backoff_iter

logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
try:
    for wait in backoff_iter(1.0, 10.0, factor=1.0):
        print(wait)
        break
except Exception:
    logging.getLogger("client").exception("could not plan the tries")
