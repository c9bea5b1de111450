"""Where a file that the service names may be written: nowhere outside of the folder meant."""

from pathlib import Path

from vitrine.client.errors import AnswerInvalidError


def file_within(folder: Path, path: str) -> Path:
    """Place a path of the service's within a folder of the user's.

    Raises:
        AnswerInvalidError: it would lie outside.
    """
    file = (folder / path).resolve()
    if not file.is_relative_to(folder.resolve()) or file == folder.resolve():
        raise AnswerInvalidError(f"the service names a file outside of the folder: {path!r}")
    return file
