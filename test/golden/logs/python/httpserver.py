import http.server, threading, urllib.request, sys

class Shop(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        raise ValueError("price is missing")
    def log_message(self, *args):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), Shop)
threading.Thread(target=server.serve_forever, daemon=True).start()
try:
    urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/")
except Exception:
    pass
server.shutdown()
