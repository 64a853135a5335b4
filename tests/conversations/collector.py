"""What stands where an operator's collector of traces would: keeps the spans that the processes send."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass
class Collector:
    url: str = ""
    received: list[bytes] = field(default_factory=list)

    def spans(self) -> list[tuple[str, Any]]:
        """(process, span)"""
        return [
            (process.resource.attributes, span)
            for body in self.received
            for process in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in process.scope_spans
            for span in scope.spans
        ]

    def of_trace(self, name: str) -> set[tuple[str, str]]:
        """(process, span's name) of all traces that have a span of this name."""
        spans = self.spans()
        traces = {span.trace_id for _, span in spans if span.name == name}
        return {(_service(process), span.name) for process, span in spans if span.trace_id in traces}


def _service(attributes: Any) -> str:
    return next(each.value.string_value for each in attributes if each.key == "service.name")


@contextmanager
def collecting() -> Iterator[Collector]:
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            collector.received.append(gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collector.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield collector
    server.shutdown()
    server.server_close()
