"""What a front has no room to decode is refused at once, and room comes back."""

from contextlib import ExitStack

import pytest

from messaging.errors import QueueFullError
from service.decoding_room import DecodingRoom


def test_more_images_than_there_is_room_for_are_refused():
    room = DecodingRoom(3)
    with ExitStack() as others:
        others.enter_context(room.taken(1, model="cats"))
        others.enter_context(room.taken(2, model="dogs"))
        with (
            pytest.raises(QueueFullError, match=r"3 requests .*'birds'"),
            room.taken(1, model="birds"),
        ):
            pytest.fail("there was room")

    with room.taken(3, model="birds"):
        pass


def test_one_request_of_many_images_is_taken_when_there_is_no_other():
    room = DecodingRoom(3)
    with (
        room.taken(8, model="cats"),
        pytest.raises(QueueFullError),
        room.taken(1, model="cats"),
    ):
        pytest.fail("there was room")


def test_what_fails_gives_its_room_back():
    room = DecodingRoom(1)
    with pytest.raises(ValueError, match="broken"), room.taken(1, model="cats"):
        raise ValueError("broken")

    with room.taken(1, model="cats"):
        pass
