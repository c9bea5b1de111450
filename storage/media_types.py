"""Media types of artifacts, by the ends of their names; the same on every machine."""

MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".npy": "application/octet-stream",
    ".npz": "application/zip",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
}
UNKNOWN = "application/octet-stream"


def media_type_of(path: str) -> str:
    """Name the media type of a file."""
    dot = path.rfind(".")
    return MEDIA_TYPES.get(path[dot:].lower(), UNKNOWN) if dot >= 0 else UNKNOWN
