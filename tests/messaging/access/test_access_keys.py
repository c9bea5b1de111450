"""The table at the top of `messaging/access/keys.py` lists every key that the code makes."""

import re

from messaging.access import keys


def test_the_table_lists_exactly_the_keys_that_are_made():
    rows = re.findall(r"^\| (vitrine:\S+) \|", keys.__doc__ or "", flags=re.MULTILINE)

    assert set(rows) == {keys.API_KEYS, keys.rate_key("<api_key>")}
