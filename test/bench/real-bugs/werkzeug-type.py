"""A page that takes its number from a dictionary of settings, of which one is not set."""
import logging

from werkzeug.datastructures import TypeConversionDict

logging.basicConfig(format="[%(asctime)s] %(levelname)s in %(module)s: %(message)s")
settings = TypeConversionDict(page=None)
try:
    print(settings.get("page", default=1, type=int))
except Exception:
    logging.getLogger("page").exception("Exception on /list [GET]")
