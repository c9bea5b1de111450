"""The table at the top of `messaging/keys.py` lists every key that the code makes."""

import re

import pytest

from api_schemas.methods import METHODS
from messaging import keys
from tests.messaging.requests import order

ROWS = re.findall(r"^\| (vitrine:\S+) \|", keys.__doc__ or "", flags=re.MULTILINE)


def test_the_table_lists_exactly_the_keys_that_are_made():
    made = {
        keys.MODELS,
        keys.WORKERS,
        keys.requests_key("<model>"),
        keys.requests_key("<model>", is_long=True),
        keys.replies_key("<front>"),
        keys.vitals_key("<worker>"),
        keys.worker_key("<worker>"),
        keys.CACHED_REPLIES,
        keys.CACHED_USES,
    }

    assert set(ROWS) == made


def test_every_key_carries_the_name_of_the_service():
    # The server may be shared with other programs.
    assert all(row.startswith("vitrine:") for row in ROWS)


def test_a_lifetime_in_the_table_is_a_constant_of_the_module():
    named = re.findall(r"\| ([A-Z_]+_SECONDS) \|", keys.__doc__ or "")

    assert named
    assert all(getattr(keys, name) > 0 for name in named)


@pytest.mark.parametrize("method", [None, *METHODS])
def test_methods_of_many_passes_wait_in_a_stream_of_their_own(method):
    is_long = method is not None and METHODS[method].is_long
    asked = order().model_copy(update={"method": method})

    assert keys.order_key(asked) == keys.requests_key(asked.model, is_long=is_long)
