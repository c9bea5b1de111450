"""What stops `vitrine up` from starting; every one is told in a line.

SupervisionError
├── PortTakenError        somebody else listens on the address
├── FolderInUseError      another `vitrine up` uses the data folder
├── SocketPathError       the data folder's path is too long for a socket
├── NoModelFolderError    there is nothing to serve
└── NoBundledModelsError  no folder was given, and this installation brings none
"""

from pathlib import Path


class SupervisionError(Exception):
    """Base of what stops a start."""


class PortTakenError(SupervisionError):
    """The front cannot listen there."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        self.host, self.port, self.reason = host, port, reason
        super().__init__(
            f"cannot listen on {host}:{port}: {reason}; choose another port with --port"
        )


class FolderInUseError(SupervisionError):
    """Two servers must not share a data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"another `vitrine up` uses the data folder {folder}; end it, or choose another "
            "folder with --data"
        )


class SocketPathError(SupervisionError):
    """Operating systems bound the length of a socket's path."""

    def __init__(self, path: Path, limit: int) -> None:
        self.path, self.limit = path, limit
        super().__init__(
            f"{path} is too long for a socket (at most {limit} bytes); choose a folder with a "
            "shorter path with --data"
        )


class NoModelFolderError(SupervisionError):
    """A service without a model has nothing to serve."""

    def __init__(self, folder: Path, manifest_file: str, wanted: str | None = None) -> None:
        self.folder, self.wanted = folder, wanted
        super().__init__(
            f"no model in {folder}: there is no {folder / (wanted or 'NAME') / manifest_file}"
        )


class NoBundledModelsError(SupervisionError):
    """No folder of models was given, and this installation brings none."""

    def __init__(self) -> None:
        super().__init__("this installation brings no model; give a folder with --models")
