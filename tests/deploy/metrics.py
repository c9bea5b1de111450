"""Which metrics there are, by what a front shows, and which a query asks for."""

import re
from collections.abc import Iterable

from prometheus_client.parser import text_string_to_metric_families

ENDINGS = {
    "counter": ("_total",),
    "gauge": ("",),
    "histogram": ("_bucket", "_sum", "_count"),
}

METRIC = re.compile(r"\b(?:vitrine|process)_[a-z_]+")
LABEL_VALUE = re.compile(r'"[^"]*"')


def families(text: str) -> dict[str, str]:
    """Give the kinds of the metrics that a front shows, by name; our own and the process'."""
    return {
        family.name: family.type
        for family in text_string_to_metric_families(text)
        # When a counter began to count is shown too, as a gauge of its own.
        if METRIC.fullmatch(family.name) and not family.name.endswith("_created")
    }


def queryable(text: str) -> set[str]:
    """Give the names that Prometheus has after a scrape."""
    return {name + ending for name, kind in families(text).items() for ending in ENDINGS[kind]}


def asked_for(expressions: Iterable[str]) -> set[str]:
    """Give the names that queries ask for."""
    return {
        name
        for expression in expressions
        for name in METRIC.findall(LABEL_VALUE.sub("", expression))
    }


def labels_of(text: str) -> dict[str, set[str]]:
    """Give the labels that samples have, by the name of their family."""
    return {
        family.name: {label for sample in family.samples for label in sample.labels}
        for family in text_string_to_metric_families(text)
    }
