"""Stands in for bot, actions, gateway or fake Twilio: notes its process and settings; as gateway it answers /readyz."""

import json
import os
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

NAME = sys.argv[1]
SLEEP = [sys.executable, "-c", "import time; time.sleep(40)"]


class Readyz(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        actions = "unreachable" if os.environ.get("BREAKS") == "actions" else "ready"
        body = json.dumps({"parts": {"gateway": "ready", "bot": "ready", "actions": actions}}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)


def note(name: str, text: str) -> None:
    Path("var", name).write_text(text)


if os.environ.get("BREAKS") == NAME:
    sys.exit("the stand-in cannot start")
note(f"{NAME}.env", "".join(f"{name}={value}\n" for name, value in os.environ.items()))
note(f"{NAME}-child.pid", str(subprocess.Popen(SLEEP).pid))
note(f"{NAME}.pid", str(os.getpid()))
if NAME == "channels":
    HTTPServer(("127.0.0.1", int(os.environ["GATEWAY_PORT"])), Readyz).serve_forever()
time.sleep(40)
