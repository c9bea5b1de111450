"""The load generator finds every answer that is not its image's, and every missing one."""

import base64
import hashlib
import json
import math
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.checked_load import Clients, Told, told_by

IMAGES = [f"image {number}".encode() for number in range(7)]
ALONE = 2 * len(IMAGES)
"""Requests that the generator asks before it counts."""


def fate_of(number: int) -> str:
    """Choose what becomes of a request, by its number among those that count."""
    return {3: "mixed up", 5: "refused", 6: "rude", 8: "cut off", 9: "broken"}.get(
        number % 10, "answered"
    )


def answer_to(image: bytes) -> dict:
    """Answer as a service would whose images all differ."""
    digest = hashlib.sha256(image).digest()
    return {
        "target": {"index": digest[0], "probability": digest[1] / 255},
        "image": {"width": 1 + digest[2], "height": 1 + digest[3]},
    }


class UnreliableService(BaseHTTPRequestHandler):
    """Answers what is asked before it counts, and then by turns does what it must not."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        image = base64.b64decode(body["image"]["b64"])
        with self.server.lock:
            number = len(self.server.fates) - ALONE
            fate = "answered" if number < 0 else fate_of(number)
            self.server.fates.append(fate)
        match fate:
            case "answered":
                self.send(200, answer_to(image))
            case "mixed up":
                self.send(200, answer_to(image + b" of somebody else"))
            case "refused":
                self.send(429, {}, {"Retry-After": "1"})
            case "rude":
                self.send(503, {})
            case "broken":
                self.send(500, {})
            case "cut off":
                self.close_connection = True

    def send(self, status: int, answer: dict, headers: dict | None = None) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def service() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), UnreliableService) as server:
        server.lock, server.fates = threading.Lock(), []
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield server
        finally:
            server.shutdown()
            serving.join()


@pytest.fixture
def url(service) -> str:
    return f"http://127.0.0.1:{service.server_address[1]}/explain/gradcam"


def test_everything_that_is_wrong_is_counted_and_nothing_that_is_right(service, url):
    result = Clients(url, IMAGES, seconds=1.0).run(4, rate=50.0)

    # Five times each of the ten fates, whoever of the clients meets it.
    assert (result.right, result.wrong, result.refused, result.dropped) == (25, 5, 5, 15)
    assert (result.faults.pop("503"), result.faults.pop("500")) == (5, 5)
    # What is left are connections that ended without an answer.
    assert sum(result.faults.values()) == 5
    assert 0 < result.p50_ms <= result.p99_ms


def test_clients_without_a_rate_ask_again_as_soon_as_they_are_answered(service, url):
    result = Clients(url, IMAGES, seconds=0.5).run(8, rate=None)

    asked = len(service.fates) - ALONE
    assert result.right + result.wrong + result.refused + result.dropped == asked
    assert result.seconds >= 0.5


@pytest.mark.parametrize("rate", [5.0, 40.0])
def test_at_a_rate_so_many_requests_are_begun_and_not_before_their_time(service, url, rate):
    result = Clients(url, IMAGES, seconds=0.5).run(8, rate=rate)

    assert len(service.fates) - ALONE == math.ceil(0.5 * rate)
    # The last one is due so much later than the first.
    assert result.seconds >= (math.ceil(0.5 * rate) - 1) / rate


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b'{"target": 3}', b'{"target": {"index": 0}, "image": {}}'],
    ids=["nothing", "a list", "a number", "half of it"],
)
def test_what_is_no_answer_agrees_with_no_image(answer):
    told = told_by(answer)

    assert not told.agrees(told)


def test_an_answer_agrees_with_one_that_was_rounded_otherwise_and_with_no_other():
    told = Told(index=3, probability=0.5, size=(40, 30))

    assert told.agrees(Told(3, 0.5001, (40, 30)))
    assert not told.agrees(Told(3, 0.55, (40, 30)))
    assert not told.agrees(Told(4, 0.5, (40, 30)))
    assert not told.agrees(Told(3, 0.5, (30, 40)))
