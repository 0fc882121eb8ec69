"""A page whose template sets a variable in every branch, after it was read in one."""
import logging

from jinja2 import Environment

logging.basicConfig(format="[%(asctime)s] %(levelname)s in %(module)s: %(message)s")
page = Environment().from_string(
    "{% if True %}{{ a.b }}{% set a = 1 %}{% elif False %}{% set a = 2 %}{% else %}{% set a = 3 %}{% endif %}{{ a }}"
)
try:
    print(page.render(a={"b": 0}))
except Exception:
    logging.getLogger("page").exception("Exception on /orders [GET]")
