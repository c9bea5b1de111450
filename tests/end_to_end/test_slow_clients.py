"""Clients that stall, hang up or never read cost a bounded time, and others nothing."""

import json
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from tests.end_to_end.images import encoded, noise
from tests.processes import front_process, wait_ready, wait_until

pytestmark = pytest.mark.processes

PATIENCE_SECONDS = 1.0
CLIENTS = 50
FEW_CLIENTS = 10
IMAGE = encoded(noise(0))
HEAD = b"POST /predict HTTP/1.1\r\nHost: front\r\nContent-Type: image/png\r\n"
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(IMAGE) + IMAGE
LARGE = b"GET /openapi.json HTTP/1.1\r\nHost: front\r\n\r\n"
ANSWER_SECONDS = 60.0
MEBIBYTE = 2**20


@dataclass(frozen=True)
class Front:
    """A front that is not patient, with a worker behind it."""

    url: str
    process: psutil.Process

    def connected(self) -> socket.socket:
        """Connect to it, with as little room for what it sends as there may be."""
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(ANSWER_SECONDS)
        client.connect((urlsplit(self.url).hostname, urlsplit(self.url).port))
        return client

    def clients(self) -> int:
        """Count the connections that it holds open to those who came to its port."""
        port = urlsplit(self.url).port
        return sum(
            one.laddr.port == port and one.status != psutil.CONN_LISTEN
            for one in self.process.net_connections("tcp")
        )

    def answers_others(self) -> bool:
        """Whether somebody else's image is predicted; who is too slow for the front asks again.

        It accepts connections in order: those that came before have been accepted by then.
        """
        try:
            answer = httpx.post(
                f"{self.url}/predict", files={"image": IMAGE}, timeout=ANSWER_SECONDS
            )
        except httpx.TransportError:
            return False
        return answer.status_code == 200 and "predictions" in answer.json()


@pytest.fixture(scope="module")
def impatient(redis_url: str) -> Iterator[Front]:
    patience = {"client_patience_seconds": PATIENCE_SECONDS}
    with front_process(redis_url, "tiny", **patience) as (url, process):
        wait_ready(url)
        yield Front(url, psutil.Process(process.pid))


def drip(clients: list[socket.socket], *, until: Callable[[], bool]) -> None:
    """Send a letter from every client, again and again; those cut off send no more."""
    left = list(clients)

    def send_one_each() -> bool:
        for client in list(left):
            try:
                client.sendall(b"x")
            except OSError:
                left.remove(client)
        return until()

    wait_until(send_one_each, "the front lets them go", seconds=ANSWER_SECONDS)


def test_heads_that_never_end_are_cut_off_and_others_are_answered(impatient):
    with ExitStack() as stack:
        clients = [stack.enter_context(closing(impatient.connected())) for _ in range(CLIENTS)]
        for client in clients:
            client.sendall(HEAD + b"X-Slow: ")
        wait_until(impatient.answers_others, "others are answered")

        drip(clients, until=lambda: impatient.clients() == 0)


def test_who_connects_and_says_nothing_is_cut_off_too(impatient):
    with ExitStack() as stack:
        for _ in range(CLIENTS):
            stack.enter_context(closing(impatient.connected()))
        wait_until(impatient.answers_others, "others are answered")

        wait_until(lambda: impatient.clients() == 0, "the front lets them go")


def test_bodies_that_drip_are_refused_with_a_problem_and_then_cut_off(impatient):
    with ExitStack() as stack:
        clients = [stack.enter_context(closing(impatient.connected())) for _ in range(CLIENTS)]
        for client in clients:
            client.sendall(HEAD + b"Content-Length: 100000\r\n\r\n" + IMAGE[:8])
        wait_until(impatient.answers_others, "others are answered")

        drip(clients, until=lambda: impatient.clients() == 0)

        told = clients[0].recv(65536)
    head, _, body = told.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert json.loads(body)["code"] == "body_too_slow"


def test_who_never_reads_is_cut_off_and_takes_little_memory_meanwhile(impatient):
    before = impatient.process.memory_info().rss
    with ExitStack() as stack:
        for _ in range(FEW_CLIENTS):
            client = stack.enter_context(closing(impatient.connected()))
            # Answers of many times what the kernel's own buffers hold.
            client.sendall(LARGE * 100)
        wait_until(impatient.answers_others, "others are answered")

        wait_until(lambda: impatient.clients() == 0, "the front lets them go")
    # Each is written one answer of 300 kB at a time, not the hundred that it asked for.
    assert impatient.process.memory_info().rss - before < FEW_CLIENTS * 5 * MEBIBYTE


def test_who_hangs_up_after_asking_leaves_nothing_behind(impatient):
    for _ in range(CLIENTS):
        client = impatient.connected()
        client.sendall(WHOLE)
        # With no time to linger, closing sends a reset: the rudest way to leave.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()

    wait_until(impatient.answers_others, "others are answered")
    wait_until(lambda: impatient.clients() == 0, "nobody is left")
    wait_until(lambda: waiting_requests(impatient.url) == 0, "nothing waits any longer")


def test_who_closes_its_half_counts_as_gone(impatient):
    with ExitStack() as stack:
        for _ in range(CLIENTS):
            client = stack.enter_context(closing(impatient.connected()))
            client.sendall(WHOLE)
            client.shutdown(socket.SHUT_WR)
        wait_until(impatient.answers_others, "others are answered")

        wait_until(lambda: impatient.clients() == 0, "the front lets them go")
    wait_until(lambda: waiting_requests(impatient.url) == 0, "nothing waits any longer")


def test_a_connection_that_is_idle_between_two_requests_is_kept(impatient):
    with closing(HTTPConnection(urlsplit(impatient.url).netloc)) as client:
        client.request("GET", "/healthz/live")
        assert client.getresponse().read()
        connection = client.sock
        time.sleep(2 * PATIENCE_SECONDS)

        client.request("POST", "/predict", IMAGE, {"Content-Type": "image/png"})

        assert client.getresponse().status == 200
        assert client.sock is connection


def waiting_requests(url: str) -> float:
    """Read from the metrics how many requests wait for a worker."""
    text = httpx.get(f"{url}/metrics", timeout=ANSWER_SECONDS).text
    return sum(
        float(line.rpartition(" ")[2])
        for line in text.splitlines()
        if line.startswith("vitrine_waiting_requests{")
    )
