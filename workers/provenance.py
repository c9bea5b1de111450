"""What a worker's numbers depend on beside the order, for receipts and for the cache."""

import hashlib
import json
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from api_schemas.receipts import BatchPlace, Computed
from core.models.classifier import Classifier
from core.models.precision import precision_of

CPU_FACTS = Path("/proc/cpuinfo")
CPU_NAME = "model name"


def versions() -> dict[str, str]:
    """Give the versions of all that computes."""
    return {
        "vitrine": version("vitrine"),
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "numpy": np.__version__,
    }


@cache
def device_name() -> str:
    """Name what computes: the first GPU, or else the CPU."""
    for gpu in tf.config.list_physical_devices("GPU"):
        details = tf.config.experimental.get_device_details(gpu)
        return str(details.get("device_name", gpu.name))
    return cpu_name(CPU_FACTS.read_text() if CPU_FACTS.is_file() else "")


def cpu_name(facts: str) -> str:
    """Find the processor's name among what Linux tells of it, or name its kind."""
    for line in facts.splitlines():
        key, _, value = line.partition(":")
        if key.strip() == CPU_NAME and value.strip():
            return value.strip()
    return platform.machine()


def fingerprint_of(classifier: Classifier) -> str:
    """Sum up, as a SHA-256, all that a model's numbers depend on beside order and device."""
    facts = {
        "weights": classifier.sha256,
        "manifest": classifier.manifest.model_dump(mode="json"),
        "versions": versions(),
        "precision": precision_of(classifier),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def provenance_of(classifier: Classifier) -> Computed:
    """Tell what computes a model's numbers; the place in the batch is still to be filled in."""
    return Computed(
        fingerprint=fingerprint_of(classifier),
        versions=versions(),
        precision=precision_of(classifier),
        device=device_name(),
        place=BatchPlace(images=1, row=0),
    )
