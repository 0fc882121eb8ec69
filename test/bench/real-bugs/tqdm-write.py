"""A job that runs without a console, as under pythonw: there is no standard output."""
import logging
import sys

from tqdm import tqdm

logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
sys.stdout = None
try:
    tqdm.write("import begins")
except Exception:
    logging.getLogger("import").exception("the nightly import failed")
