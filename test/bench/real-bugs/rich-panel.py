"""A report for people on a terminal, which draws its panels without a frame."""
import logging

from rich.console import Console
from rich.panel import Panel

logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
try:
    Console(width=40).print(Panel("three orders", box=None))
except Exception:
    logging.getLogger("report").exception("report of today was not printed")
