"""A page that answers with a status of its own, in the old order of the arguments; the error is logged as uvicorn does."""
import logging
import os
import tempfile

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.templating import Jinja2Templates
from starlette.testclient import TestClient

logging.basicConfig(format="%(levelname)s:     %(message)s")
folder = tempfile.mkdtemp()
with open(os.path.join(folder, "index.html"), "w") as file:
    file.write("value: {{ a }}")
templates = Jinja2Templates(directory=folder)


async def page(request: Request):
    return templates.TemplateResponse("index.html", {"a": "b", "request": request}, 201, {"x-key": "value"})


try:
    TestClient(Starlette(routes=[Route("/", page)])).get("/")
except Exception:
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
