"""A worker finds out in which order a network is fed the colours."""

from functools import partial
from types import SimpleNamespace

import pytest

from core.models.manifest import Input
from core.models.preprocessing import preprocess
from workers.describing import is_bgr


@pytest.mark.parametrize(
    ("preprocessing", "channels", "application", "expected"),
    [
        ("tf", "rgb", None, False),
        ("unit", "bgr", None, True),
        ("torch", "bgr", None, True),
        ("unit", "grayscale", None, False),
        ("caffe", "rgb", None, True),
        ("application", "rgb", "ResNet50", True),
        ("application", "rgb", "MobileNetV2", False),
    ],
)
def test_a_network_fed_blue_first_is_recognized(preprocessing, channels, application, expected):
    size = Input(width=8, height=8, channels=channels, preprocessing=preprocessing)
    classifier = SimpleNamespace(
        preprocess=partial(preprocess, to=size, application=application)
    )

    assert is_bgr(classifier) == expected
