"""What the steps of loading raise where a manifest and its network disagree.

It never leaves `core.models`: `load_classifier` turns it into a `ManifestError`.
"""


class MismatchError(Exception):
    """The network is not as its manifest says; the message is fit for the one who wrote it."""
