"""Looking through a network's file before Keras does: nothing in it may run, lead out or burst.

Newer versions of Keras refuse much of this themselves; we support older ones too, and prefer
our own words.
"""

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from core.errors import ModelFileError
from core.models.descriptions import check_description
from core.models.expansion import MEBIBYTE, refuse_expansion
from core.models.hdf5_files import check_hdf5, check_hdf5_file

MOST_DESCRIPTION_BYTES = 64 * MEBIBYTE
MOST_MEMBERS = 10_000
WEIGHT_MEMBERS = ("model.weights.h5", "model.weights.npz")
DESCRIPTION_MEMBER = "config.json"


def check_weight_file(model: str, path: Path, *, trust_code: bool) -> None:
    """Look through a `.keras` or `.h5` file that holds a whole network.

    Args:
        model: the model's name, for the message.
        path: the file.
        trust_code: let code and foreign classes through, as the operator has decided.

    Raises:
        ModelFileError: the file is empty, damaged, truncated, hostile or needs code of its own.
    """
    if path.stat().st_size == 0:
        raise ModelFileError(model, f"{path.name} is empty")
    if path.suffix == ".keras":
        description: bytes | None = check_archive(model, path)
    elif path.suffix in (".h5", ".hdf5"):
        description = check_hdf5_file(model, path)
    else:
        raise ModelFileError(model, f"{path.name} is neither a .keras nor an .h5 file")
    if description is None:
        raise ModelFileError(
            model, f"{path.name} holds weights alone, no network: name its `application`"
        )
    if not trust_code:
        check_description(model, description)


UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
"""What `zipfile` raises over damaged, encrypted or oddly compressed members."""


def check_archive(model: str, path: Path) -> bytes:
    """Look through a `.keras` zip and give the network's description from it.

    Raises:
        ModelFileError: it is no such zip, or a member's path or size is hostile.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = {member.filename: member for member in archive.infolist()}
            check_members(model, archive.infolist(), path.stat().st_size)
            if DESCRIPTION_MEMBER not in members or not members.keys() & set(WEIGHT_MEMBERS):
                raise ModelFileError(model, f"{path.name} is a zip but holds no Keras network")
            if WEIGHT_MEMBERS[0] in members:
                weights = io.BytesIO(archive.read(WEIGHT_MEMBERS[0]))
                check_hdf5(model, weights, path.stat().st_size)
            return archive.read(DESCRIPTION_MEMBER)
    except UNREADABLE as error:
        raise ModelFileError(
            model, f"{path.name} is truncated, damaged or no .keras file"
        ) from error


def check_members(model: str, members: list[zipfile.ZipInfo], file_bytes: int) -> None:
    """Refuse a zip whose members lead out of it, repeat or burst.

    Raises:
        ModelFileError: as it says.
    """
    names = [member.filename for member in members]
    if len(names) > MOST_MEMBERS or len(set(names)) != len(names):
        raise ModelFileError(model, "the file's members are too many or repeat")
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            raise ModelFileError(
                model, f"the file has a member that leads out of it: {path.name[-80:]!r}"
            )
    unpacked = sum(member.file_size for member in members)
    refuse_expansion(model, unpacked, file_bytes)
    if any(
        member.filename.endswith(".json") and member.file_size > MOST_DESCRIPTION_BYTES
        for member in members
    ):
        raise ModelFileError(model, "the network's description is too large")
