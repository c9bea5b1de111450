"""Which layers read a channel of a network, told as the service tells it."""

from collections.abc import Sequence

import numpy as np

from api_schemas.channel_readers import ChannelReader, FoundReaders, UnitWeight, UntoldReader
from core.models.readers import Reader, readers_of
from core.models.tensor_uses import TensorUses

Labels = Sequence[str | None]


def found_readers(
    uses: TensorUses, layer: str, channel: int, *, classes: Sequence[str], most: int
) -> FoundReaders:
    """Find what reads a channel.

    Args:
        uses: of a forward pass of the network.
        layer: that puts the channel out.
        channel: its index.
        classes: labels of the network's classes.
        most: units that are listed of each reader.
    """
    found = readers_of(uses, layer, channel)
    return FoundReaders(
        readers=tuple(
            told(reader, unit_labels(uses, reader, classes), most=most) for reader in found.told
        ),
        untold=tuple(UntoldReader(name=one.name, type=one.type) for one in found.untold),
    )


def told(reader: Reader, labels: Labels, *, most: int) -> ChannelReader:
    """Tell of a reader, by the units with the largest weights."""
    seeing = np.flatnonzero(reader.reads)
    ranked = seeing[np.argsort(-np.abs(reader.weights[seeing]), kind="stable")]
    return ChannelReader(
        layer=reader.layer,
        type=reader.type,
        through=reader.through,
        units=len(seeing),
        strongest=tuple(
            UnitWeight(
                unit=int(unit),
                label=labels[unit],
                weight=float(reader.weights[unit]),
                strength=float(reader.strengths[unit]),
            )
            for unit in ranked[:most]
        ),
    )


def unit_labels(uses: TensorUses, reader: Reader, classes: Sequence[str]) -> Labels:
    """Name the classes that a layer's units score; none of a layer that others read.

    A single unit that decides between two classes speaks for the second.
    """
    units = len(reader.weights)
    behind = readers_of(uses, reader.layer, 0)
    if not (behind.told or behind.untold):
        if units == len(classes):
            return classes
        if units == 1 and len(classes) == 2:  # noqa: PLR2004 - one or the other
            return classes[1:]
    return [None] * units
