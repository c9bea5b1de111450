"""Of what children write, a person sees the warnings, in words."""

import json

import pytest

from vitrine.supervision.log_lines import shown_line


def test_a_warning_is_shown_with_its_details_but_not_its_frame():
    line = json.dumps(
        {"model": "m", "event": "model left out", "level": "error", "timestamp": "now"}
    )

    assert shown_line(line, verbose=False) == "model left out: model=m"


def test_an_event_without_details_is_shown_alone():
    line = json.dumps({"event": "redis is away", "level": "warning"})

    assert shown_line(line, verbose=False) == "redis is away"


@pytest.mark.parametrize(
    "line",
    ['{"event": "request", "level": "info"}', "I0000 port.cc:153] oneDNN", "3", "[]", "", "{}"],
)
def test_news_and_what_libraries_write_is_not_shown(line):
    assert shown_line(line, verbose=False) is None


@pytest.mark.parametrize("line", ['{"event": "request", "level": "info"}', "I0000 oneDNN"])
def test_everything_is_shown_as_it_is_on_request(line):
    assert shown_line(line, verbose=True) == line
