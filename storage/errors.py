"""What can go wrong with what is kept; a message never holds a place outside the store.

StorageError
├── StoreUrlError           a store's URL that names no store we know
├── StoreUnavailableError   the store does not answer, or refuses us
├── StoreFullError          no room is left
├── PathInvalidError        a path that no file of the store may have
├── FileNotStoredError      no such file
├── FileChangedError        the file is no longer what it was when its tag was told
├── ArtifactNotFoundError   the job has no such artifact
├── DatasetNotFoundError    no such dataset
├── DatasetEmptyError       nothing in it is an image
├── DatasetPathError        a path outside of all roots
├── TooManyFoldersError     more folders than a dataset may have
└── ArchiveError
    ├── ArchiveUnsafeError       a member that must not be unpacked, and so the whole
    └── ArchiveUndecodableError  no archive that we read, or a damaged one
"""

SHOWN_CHARACTERS = 100
"""Of a caller's own words, repeated in a message."""


class StorageError(Exception):
    """Base of everything that can go wrong with what is kept."""


class StoreUrlError(StorageError):
    """The setting names no store that we know how to use."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"{url!r} is no store: {reason}")


class StoreUnavailableError(StorageError):
    """The store does not answer, or refuses to do what was asked."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the store cannot be used: {reason}")


class StoreFullError(StorageError):
    """The store has no room for what was to be written; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("the store is full; delete jobs or datasets, or give it more room")


class PathInvalidError(StorageError):
    """A path that no file of the store may have."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"the path {path[:SHOWN_CHARACTERS]!r} is not taken: {reason}")


class FileNotStoredError(StorageError):
    """The store holds no such file."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"there is no file {path[:SHOWN_CHARACTERS]!r}")


class FileChangedError(StorageError):
    """The file was written anew since its tag was told."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"the file {path[:SHOWN_CHARACTERS]!r} has changed; read it anew")


class ArtifactNotFoundError(StorageError):
    """The job has no artifact of that path, or not yet."""

    def __init__(self, job_id: str, path: str) -> None:
        self.job_id, self.path = job_id, path
        super().__init__(f"job {job_id} has no artifact {path[:SHOWN_CHARACTERS]!r}")


class DatasetNotFoundError(StorageError):
    """There is no dataset of that ID."""

    def __init__(self, dataset: str) -> None:
        self.dataset = dataset
        super().__init__(
            f"there is no dataset {dataset[:SHOWN_CHARACTERS]!r}; GET /datasets lists them all"
        )


class DatasetEmptyError(StorageError):
    """Nothing that was sent, or is under the path, is an image that can be used."""

    def __init__(self, skipped: int, example: str | None) -> None:
        self.skipped, self.example = skipped, example
        left_out = f"; {skipped} files were left out, such as {example}" if example else ""
        super().__init__(f"there is no image in it{left_out}")


class DatasetPathError(StorageError):
    """A path outside of the roots that datasets may be under."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"{path[:SHOWN_CHARACTERS]!r} is not under a root that the service is configured "
            "with: VITRINE_SERVICE_DATASET_ROOTS"
        )


class TooManyFoldersError(StorageError):
    """More folders than a dataset may have."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"the images are in more than {limit} folders")


class ArchiveError(StorageError):
    """Base of what can be wrong with an archive; nothing of it is kept."""


class ArchiveUnsafeError(ArchiveError):
    """A member that would do harm when it is unpacked; the whole archive is refused."""

    def __init__(self, reason: str, member: str | None = None) -> None:
        self.reason, self.member = reason, member
        of_member = "" if member is None else f" (member {member[:SHOWN_CHARACTERS]!r})"
        super().__init__(f"the archive is not unpacked: {reason}{of_member}")


class ArchiveUndecodableError(ArchiveError):
    """No archive of a kind that we read, or one that is damaged or cut off."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"the archive cannot be read: {reason}; send a whole zip, tar or tar.gz"
        )
