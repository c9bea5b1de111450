"""The table of Redis keys of API keys.

| key | type | content | lifetime |
|---|---|---|---|
| vitrine:keys | hash | ID of an API key → `KeyRecord` JSON | for good |
| vitrine:rate:<api_key> | string | see `rates.py` | RATE_SECONDS after the last |

The first is in the Redis of the jobs, which writes it to disk, the other in that of the
requests. A revoked API key stays in the hash: as long as any is there, one is asked for.
"""

RATE_SECONDS = 3600
"""What is remembered of a key's requests says nothing after a minute; the rest is slack
for clocks other than Redis' own."""

API_KEYS = "vitrine:keys"


def rate_key(api_key: str) -> str:
    """Name what is remembered of the requests of an API key."""
    return f"vitrine:rate:{api_key}"
