"""A forum that shows what people write, also where they quote and list without an end."""
import logging

import mistune

logging.basicConfig(format="%(asctime)s %(levelname)s [%(name)s] %(message)s")
text = "".join(">" * i + " " + "- " * i + "item\n" for i in range(1, 300))
try:
    mistune.create_markdown()(text)
except Exception:
    logging.getLogger("forum").exception("post 31 could not be shown")
