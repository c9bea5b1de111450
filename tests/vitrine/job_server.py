"""A service of jobs and datasets over real sockets, as the contract has it, and no more."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from tests.vitrine.test_job_handles import COMMENT, event, job, progress

RESULT = {"pictures": ["first.png"]}
FILES = {"first.png": b"\x89PNG", "cells/8.json": b"[]"}
DATASET = {
    "id": "d1",
    "name": "photos",
    "images": 3,
    "classes": ["a"],
    "bytes": 1234,
    "source": "upload",
    "created_at": "2026-01-02T03:04:05Z",
}
DETAILS = DATASET | {"class_images": [3], "path": None, "skipped": 0, "skipped_files": []}


class Handler(BaseHTTPRequestHandler):
    """One job, `j1`; what is asked is kept."""

    asked: ClassVar[list[tuple[str, str, bytes]]]
    status: ClassVar[str]
    result: ClassVar[dict]
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked.append((self.command, self.path, body))
        path = self.path.partition("?")[0]
        if path == "/jobs/j1/events":
            self.send_events()
        elif path.startswith("/jobs/j1/artifacts/"):
            self.send(200, FILES[path.removeprefix("/jobs/j1/artifacts/")])
        else:
            self.send_json(path)

    do_GET = do_POST = do_DELETE = answer  # noqa: N815 - names of the standard library

    def send_json(self, path: str) -> None:
        error = {"code": "out_of_memory", "detail": "too little memory"}
        shown = job(self.status, error=error if self.status == "failed" else None)
        artifacts = [
            {"path": name, "bytes": 4, "media_type": "x/y", "etag": '"e"', "href": "…"}
            for name in FILES
        ]
        answers = {
            "/jobs": {"jobs": [shown], "next_cursor": None},
            "/jobs/j1/result": self.result,
            "/jobs/j1/artifacts": {"artifacts": artifacts},
            "/datasets": {"datasets": [DATASET]},
        }
        answer = answers.get(path, shown)
        if self.command == "POST":
            answer = DETAILS if path == "/datasets" else shown
        if path == "/datasets/d1":
            answer = DETAILS
        self.send(200, json.dumps(answer).encode())

    def send_events(self) -> None:
        end = event("error" if self.status == "failed" else "done", 9, job(self.status))
        text = progress(1) + COMMENT + progress(2) + end
        self.send(200, text.encode(), kind="text/event-stream")

    def send(self, status: int, content: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def job_server(
    status: str = "succeeded", result: dict = RESULT
) -> Iterator[tuple[str, type[Handler]]]:
    """Run the service in a thread; gives its URL, and what it was asked."""
    handler = type(
        "OfThisServer", (Handler,), {"asked": [], "status": status, "result": result}
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", handler
        finally:
            server.shutdown()
            thread.join()
