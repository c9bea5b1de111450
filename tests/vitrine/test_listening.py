"""A port that is taken is noticed before anything starts."""

import socket

import pytest

from vitrine.supervision.errors import PortTakenError
from vitrine.supervision.listening import base_url, free_port


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_refused_with_the_way_out(taken):
    with pytest.raises(PortTakenError, match=rf"{taken}: Address already in use.*--port"):
        free_port("127.0.0.1", taken)


def test_port_zero_gives_a_port_that_is_free():
    port = free_port("127.0.0.1", 0)

    assert free_port("127.0.0.1", port) == port


def test_a_host_that_does_not_exist_is_refused_in_a_line():
    with pytest.raises(PortTakenError, match=r"cannot listen on no-such-host\.invalid:80"):
        free_port("no-such-host.invalid", 80)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("::1", "http://[::1]:80"),
        ("name.example", "http://name.example:80"),
    ],
)
def test_every_host_has_an_address_that_can_be_opened(host, url):
    assert base_url(host, 80) == url
