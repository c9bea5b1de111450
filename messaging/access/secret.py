"""The secret of an API key: made at random, shown once, kept as a digest.

A password needs a slow and salted hash, since it can be guessed. This is 256 random bits:
nobody guesses it, no table holds it, and so one SHA-256 is as good, at microseconds a request.
"""

import hashlib
import hmac
import re
import secrets

ID_BYTES = 6
SECRET_BYTES = 32

SECRET = re.compile(r"vitrine_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")
"""The prefix lets people and scanners of repositories recognize what has leaked."""

NO_DIGEST = "0" * 64
"""Compared with where there is no such key, so that this takes as long."""


def new_id() -> str:
    """Draw the ID of a key."""
    return secrets.token_hex(ID_BYTES)


def new_secret(key: str) -> str:
    """Draw the secret of a key; its ID is part of it."""
    return f"vitrine_{key}_{secrets.token_urlsafe(SECRET_BYTES)}"


def id_in(secret: str) -> str | None:
    """Read whose secret this says to be; none if it is nothing that we made."""
    found = SECRET.fullmatch(secret)
    return found.group(1) if found else None


def digest_of(secret: str) -> str:
    """Give what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_secret_of(digest: str | None, secret: str) -> bool:
    """Compare a secret with what is kept of one, in the same time wherever they differ.

    Args:
        digest: that is kept; none where there is no such key.
        secret: that somebody sent.
    """
    is_same = hmac.compare_digest(digest or NO_DIGEST, digest_of(secret))
    return is_same and digest is not None
