"""Looking through an HDF5 file: it may not lead to others, nor claim more than it can hold."""

from collections.abc import Iterator
from io import BufferedReader, BytesIO
from pathlib import Path

import h5py

from core.errors import ModelFileError
from core.models.expansion import refuse_expansion


def check_hdf5_file(model: str, path: Path) -> bytes | None:
    """Look through an HDF5 file; give the network's description if it holds one.

    Raises:
        ModelFileError: it is damaged, links to other files or bursts.
    """
    with path.open("rb") as file:
        return check_hdf5(model, file, path.stat().st_size)


def check_hdf5(model: str, file: BytesIO | BufferedReader, file_bytes: int) -> bytes | None:
    """Look through an open HDF5 file; give the network's description if it holds one.

    Raises:
        ModelFileError: it is damaged, links to other files or bursts.
    """
    try:
        with h5py.File(file, "r") as store:
            unpacked = sum(data_bytes(model, item) for item in items_of(model, store))
            refuse_expansion(model, unpacked, file_bytes)
            description = store.attrs.get("model_config")
    except (OSError, RuntimeError, KeyError, ValueError, TypeError) as error:
        raise ModelFileError(model, "the weights are truncated, damaged or no HDF5") from error
    return description.encode() if isinstance(description, str) else description


def items_of(model: str, group: h5py.Group) -> Iterator[h5py.Group | h5py.Dataset]:
    """Go through all that an HDF5 group holds, once each.

    Raises:
        ModelFileError: something is a link to another file.
    """
    waiting, seen = [group], set()
    while waiting:
        parent = waiting.pop()
        for name in parent:
            if isinstance(parent.get(name, getlink=True), h5py.ExternalLink):
                raise ModelFileError(
                    model, f"the weights link to another file at {name[:80]!r}"
                )
            item = parent[name]
            if item.id in seen:
                continue
            seen.add(item.id)
            yield item
            if isinstance(item, h5py.Group):
                waiting.append(item)


def data_bytes(model: str, item: h5py.Group | h5py.Dataset) -> int:
    """Count the bytes that a data set unpacks to.

    Raises:
        ModelFileError: its data lie in other files.
    """
    if not isinstance(item, h5py.Dataset):
        return 0
    if item.external or item.is_virtual:
        raise ModelFileError(model, f"the weights lie in another file: {item.name[:80]!r}")
    return int(item.nbytes)
