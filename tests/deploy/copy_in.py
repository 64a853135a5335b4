"""Stands in for one copy of bot, actions or gateway: `copy_in.py <package> ...` answers with its process id, slowly."""

import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PACKAGE = sys.argv[1]
PARTS = {"gateway": "ready", "bot": "ready", "actions": "ready"}


class Copy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        time.sleep(0.02)
        body = {"pid": os.getpid(), "parts": PARTS}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


class Server(ThreadingHTTPServer):
    daemon_threads = False  # what has begun is finished
    request_queue_size = 64


def port() -> int:
    if PACKAGE == "bot":
        return int(sys.argv[sys.argv.index("--port") + 1])
    return int(os.environ["GATEWAY_PORT" if PACKAGE == "channels" else "ACTIONS_PORT"])


server = Server(("127.0.0.1", port()), Copy)
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
Path("var", f"{PACKAGE}-{port()}.env").write_text("".join(f"{name}={value}\n" for name, value in os.environ.items()))
server.serve_forever()
server.server_close()
