"""One application a run: apps.py KIND CASE."""
import asyncio, logging, sys, threading
import orders

kind, case = sys.argv[1], sys.argv[2]
order = {"number": 17}


def fail():
    if case == "chained":
        return orders.load(17)
    return orders.total(order)


if kind == "flask":
    import flask
    app = flask.Flask("shop")
    app.logger.setLevel("INFO")

    @app.get("/")
    def get():
        if case == "logged":
            try:
                fail()
            except KeyError:
                app.logger.exception("total of order 17 failed")
            return "x"
        return str(fail())

    app.logger.info("started, no errors")
    app.test_client().get("/")
    app.logger.info("going on")
elif kind == "django":
    from django.conf import settings
    settings.configure(DEBUG=case == "debug", SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], LOGGING={"version": 1, "disable_existing_loggers": False, "formatters": {"f": {"format": "[{asctime}] {levelname} [{name}:{lineno}] {message}", "style": "{"}}, "handlers": {"c": {"class": "logging.StreamHandler", "formatter": "f"}}, "root": {"handlers": ["c"], "level": "INFO"}})
    import django
    django.setup()
    from django.http import HttpResponse
    from django.urls import path

    def view(request):
        return HttpResponse(str(fail()))

    urlpatterns = [path("", view)]
    logging.getLogger("shop").info("started, no errors")
    from django.test import Client
    Client(raise_request_exception=False).get("/")
    logging.getLogger("shop").info("going on")
elif kind == "asyncio":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    log = logging.getLogger("shop")

    async def job():
        fail()

    async def main():
        log.info("started, no errors")
        if case == "task":
            asyncio.create_task(job())
        else:
            asyncio.get_running_loop().call_soon(fail)
        await asyncio.sleep(0.05)
        import gc
        gc.collect()
        log.info("going on")

    asyncio.run(main())
elif kind == "threads":
    print("started, no errors", flush=True)
    thread = threading.Thread(target=fail, name="worker-1")
    thread.start()
    thread.join()
    print("going on", flush=True)
elif kind == "pool":
    from concurrent.futures import ProcessPoolExecutor
    print("started, no errors", flush=True)
    with ProcessPoolExecutor(1) as pool:
        pool.submit(orders.total, order).result()
elif kind == "group":
    print("started, no errors", flush=True)

    async def main():
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.to_thread(fail))
            group.create_task(asyncio.to_thread(orders.check, {"lines": []}))

    asyncio.run(main())
elif kind == "typer":
    import typer
    app = typer.Typer()

    @app.command()
    def main(kind: str, case: str):
        print("started, no errors", flush=True)
        fail()

    app()
elif kind == "ipython":
    from IPython.terminal.interactiveshell import TerminalInteractiveShell
    shell = TerminalInteractiveShell.instance(colors="nocolor", simple_prompt=True)
    print("started, no errors", flush=True)
    shell.run_cell("import orders\norders.load(17)" if case == "chained" else "import orders\norders.total({})")
    print("going on", flush=True)
elif kind == "aiohttp":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s:%(name)s:%(message)s")
    from aiohttp import ClientSession, web

    async def get(request):
        return web.Response(text=str(fail()))

    async def main():
        app = web.Application()
        app.router.add_get("/", get)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 18765)
        await site.start()
        logging.info("started, no errors")
        async with ClientSession() as session:
            async with session.get("http://127.0.0.1:18765/"):
                pass
        logging.info("going on")
        await runner.cleanup()

    asyncio.run(main())
elif kind == "uvicorn":
    import uvicorn, fastapi, httpx
    app = fastapi.FastAPI()

    @app.get("/")
    def get():
        return fail()

    server = uvicorn.Server(uvicorn.Config(app, port=18766, log_level="info", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    import time
    while not server.started:
        time.sleep(0.05)
    httpx.get("http://127.0.0.1:18766/")
    server.should_exit = True
    thread.join()
elif kind == "wsgiref":
    from wsgiref.simple_server import make_server, WSGIRequestHandler
    import urllib.request

    def app(environ, start):
        return [str(fail()).encode()]

    class Quiet(WSGIRequestHandler):
        def log_message(self, *a):
            pass

    server = make_server("127.0.0.1", 18767, app, handler_class=Quiet)
    print("started, no errors", flush=True)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    try:
        urllib.request.urlopen("http://127.0.0.1:18767/")
    except Exception:
        pass
    thread.join()
    print("going on", flush=True)
