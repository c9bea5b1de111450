"""A load generator that holds each answer against what its image was answered alone.

Run as a process of its own:
`python -m benchmarks.checked_load URL CLIENTS SECONDS FOLDER [REQUESTS_PER_SECOND]`
prints one JSON line. Images are the files of the folder. With a rate, requests are begun at it
for as long as a client is free, whether or not the ones before are answered; without, each
client asks again as soon as it is answered.
"""

import base64
import http.client
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

OK, TOO_MANY, UNAVAILABLE = 200, 429, 503
TIMEOUT_SECONDS = 300.0
TOLERANCE = 0.01
"""Of a probability: batches of other sizes round differently, other images differ by more."""
WARM_UP_ROUNDS = 2
"""Each image is asked for alone so often; the last answer is the one that counts."""


@dataclass(frozen=True)
class Told:
    """What an answer says that no other image's does: all of it is the image's own."""

    index: int
    """Of the class explained: the network's first."""
    probability: float
    size: tuple[int, int]
    """Of the image sent, in pixels."""

    def agrees(self, other: "Told") -> bool:
        """Whether both are of the same image."""
        is_near = abs(self.probability - other.probability) <= TOLERANCE
        return is_near and (self.index, self.size) == (other.index, other.size)


@dataclass(frozen=True)
class CheckedLoad:
    """What all clients together saw."""

    right: int
    wrong: int
    """Answered with what another image's answer is, or none's."""
    dropped: int
    """Not answered, or refused without a word of when to come again."""
    refused: int
    """With 429 or 503 and `Retry-After`."""
    seconds: float
    p50_ms: float
    """Of right answers, as is the next."""
    p99_ms: float
    faults: dict[str, int]
    """Of those dropped: how often each reason."""

    @property
    def images_per_second(self) -> float:
        """Of right answers."""
        return self.right / self.seconds


class Clients:
    """Threads that ask about images until the time is over."""

    def __init__(self, url: str, images: Sequence[bytes], *, seconds: float) -> None:
        """Ask each image alone, in turn, and begin to count the time.

        Args:
            url: of the route.
            images: files, at least one.
            seconds: from the end of this on.
        """
        self._parts = urlsplit(url)
        self._bodies = [body_of(image) for image in images]
        for _ in range(WARM_UP_ROUNDS):
            self._expected = [self._asked_alone(body) for body in self._bodies]
        self._begun_at = time.perf_counter()
        self._until = self._begun_at + seconds
        self._lock = threading.Lock()
        self._asked = 0
        self._kinds: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._latencies_ms: list[float] = []

    def run(self, clients: int, *, rate: float | None) -> CheckedLoad:
        """Ask, with so many clients at once.

        Args:
            clients: that ask one request after another.
            rate: requests a second that all of them begin together; as many as they can if
                there is none.
        """
        threads = [
            threading.Thread(target=self._ask_on, kwargs={"rate": rate}) for _ in range(clients)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        latencies = sorted(self._latencies_ms) or [float("nan")]
        return CheckedLoad(
            right=self._kinds["right"],
            wrong=self._kinds["wrong"],
            dropped=self._kinds["dropped"],
            refused=self._kinds["refused"],
            seconds=time.perf_counter() - self._begun_at,
            p50_ms=latencies[len(latencies) // 2],
            p99_ms=latencies[int(0.99 * (len(latencies) - 1))],
            faults=dict(self._faults),
        )

    def _asked_alone(self, body: bytes) -> Told:
        connection = self._connection()
        status, _, answer = self._exchange(connection, body)
        connection.close()
        if status != OK:
            raise ConnectionError(f"alone an image is answered {status}: {answer[:200]!r}")
        return told_by(answer)

    def _ask_on(self, *, rate: float | None) -> None:
        """Be one client until the time is over."""
        connection = self._connection()
        while (number := self._next_number(rate)) is not None:
            place = number % len(self._bodies)
            started_at = time.perf_counter()
            try:
                status, again, answer = self._exchange(connection, self._bodies[place])
            except (OSError, http.client.HTTPException) as error:
                self._count("dropped", fault=type(error).__name__)
                connection.close()
                continue
            milliseconds = (time.perf_counter() - started_at) * 1e3
            if status == OK:
                is_right = told_by(answer).agrees(self._expected[place])
                self._count("right" if is_right else "wrong", milliseconds=milliseconds)
            elif status in (TOO_MANY, UNAVAILABLE) and again:
                self._count("refused")
            else:
                self._count("dropped", fault=str(status))
        connection.close()

    def _next_number(self, rate: float | None) -> int | None:
        """Take the next request, waiting for its time; none if the time is over."""
        with self._lock:
            number = self._asked
            self._asked += 1
        due_at = time.perf_counter() if rate is None else self._begun_at + number / rate
        if due_at >= self._until:
            return None
        time.sleep(max(0.0, due_at - time.perf_counter()))
        return number

    def _count(self, kind: str, *, milliseconds: float = 0.0, fault: str = "") -> None:
        with self._lock:
            self._kinds[kind] += 1
            if kind == "right":
                self._latencies_ms.append(milliseconds)
            if fault:
                self._faults[fault] += 1

    def _connection(self) -> http.client.HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)

    def _exchange(
        self, connection: http.client.HTTPConnection, body: bytes
    ) -> tuple[int, str | None, bytes]:
        """Send a request; status, `Retry-After` and body of its answer."""
        # A cached answer would be no work of the service's.
        headers = {"Content-Type": "application/json", "Cache-Control": "no-cache"}
        route = self._parts._replace(scheme="", netloc="").geturl()
        connection.request("POST", route, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers["Retry-After"], answer.read()


def body_of(image: bytes) -> bytes:
    """Write a request that we and the peers' servers take alike."""
    return json.dumps({"image": {"b64": base64.b64encode(image).decode()}}).encode()


def told_by(answer: bytes) -> Told:
    """Read an answer; one that is none agrees with no image's."""
    try:
        document = json.loads(answer)
        target, size = document["target"], document["image"]
        return Told(
            index=target["index"],
            probability=target["probability"],
            size=(size["width"], size["height"]),
        )
    except (ValueError, KeyError, TypeError):
        return Told(index=-1, probability=float("nan"), size=(0, 0))


def main(url: str, clients: str, seconds: str, folder: str, rate: str = "") -> None:
    """Load a service, and tell of it."""
    images = [path.read_bytes() for path in sorted(Path(folder).iterdir())]
    asking = Clients(url, images, seconds=float(seconds))
    result = asking.run(int(clients), rate=float(rate) if rate else None)
    sys.stdout.write(json.dumps(asdict(result)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
