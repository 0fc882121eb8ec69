from wsgiref.simple_server import make_server, WSGIRequestHandler
import threading, urllib.request

class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass

def app(env, start):
    start("200 OK", [])
    return [b"%d" % (1 // 0)]

server = make_server("127.0.0.1", 0, app, handler_class=Quiet)
threading.Thread(target=server.handle_request, daemon=True).start()
try:
    urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/").read()
except Exception:
    pass
