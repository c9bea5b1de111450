"""A secret is 256 random bits, found by its ID and known by its digest alone."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.access.secret import digest_of, id_in, is_secret_of, new_id, new_secret


def test_a_secret_holds_256_bits_behind_a_prefix_that_scanners_recognize():
    secret = new_secret("0123456789ab")

    prefix, key, drawn = secret.split("_", 2)
    assert (prefix, key) == ("vitrine", "0123456789ab")
    assert len(base64.urlsafe_b64decode(drawn + "=")) * 8 == 256


def test_no_two_secrets_and_no_two_ids_are_alike():
    assert len({new_secret("0" * 12) for _ in range(200)}) == 200
    assert len({new_id() for _ in range(200)}) == 200


def test_the_id_of_a_key_is_read_back_from_its_secret():
    key = new_id()

    assert id_in(new_secret(key)) == key


@pytest.mark.parametrize(
    "change",
    [
        lambda secret: "",
        lambda secret: secret.upper(),
        lambda secret: secret[:-1],
        lambda secret: f"{secret}A",
        lambda secret: f"{secret}\n",
        lambda secret: f" {secret}",
        lambda secret: secret.replace("vitrine", "sk"),
        lambda secret: secret.replace("_", "-"),
    ],
)
def test_what_has_not_the_form_of_a_secret_names_no_key(change):
    assert id_in(change(new_secret("0123456789ab"))) is None


def test_what_is_kept_is_the_sha256_of_the_whole_secret():
    secret = new_secret(new_id())

    assert digest_of(secret) == hashlib.sha256(secret.encode("ascii")).hexdigest()
    assert secret not in digest_of(secret)


def test_a_secret_is_known_by_its_digest_and_no_other_is():
    secret, other = new_secret("0" * 12), new_secret("0" * 12)

    assert is_secret_of(digest_of(secret), secret)
    assert not is_secret_of(digest_of(secret), other)
    assert not is_secret_of(None, secret)


@given(st.text())
def test_whatever_is_sent_is_compared_without_an_error(text):
    assert not is_secret_of(None, text)
    assert not is_secret_of(digest_of("a secret"), text) or text == "a secret"
