"""What training can refuse, one class a reason; each keeps its data.

TrainingError
├── DataError                     the images given cannot be learned from
│   ├── NoClassesError            no folder of a class, or one class only
│   ├── NoImagesError             a class without one decodable photograph
│   ├── DamagedImageError         a photograph whose pixels cannot be read
│   ├── ClassesDifferError        the held-out folder names other classes
│   └── TooFewImagesError         nothing would be left to hold out
├── BackboneError                 the network asked for cannot be made
│   ├── UnknownBackboneError      no such class in keras.applications
│   ├── BackboneArgumentError     the class refuses the arguments
│   ├── WeightsDownloadError      Keras could not fetch the weights of ImageNet
│   └── WeightsMismatchError      the file holds weights of another network
├── ModelFolderError              a model folder that cannot be read as one
└── CheckpointMismatchError       a checkpoint of another run is in the way
"""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path


class TrainingError(Exception):
    """Base of all refusals of this package."""


class DataError(TrainingError):
    """The images given cannot be learned from."""


class NoClassesError(DataError):
    """A folder of images holds fewer than two folders of classes."""

    def __init__(self, folder: Path, found: Sequence[str]) -> None:
        self.folder, self.found = folder, tuple(found)
        named = f"only {found[0]!r}" if found else "none"
        super().__init__(f"{folder} needs two folders of classes or more; it has {named}")


class NoImagesError(DataError):
    """A class has no photograph that can be decoded."""

    def __init__(self, folder: Path, tried: int) -> None:
        self.folder, self.tried = folder, tried
        super().__init__(f"{folder} has no decodable image ({tried} files tried)")


class DamagedImageError(DataError):
    """A file begins like an image, but its pixels cannot be read."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path} is damaged: {reason}; mend or remove it")


class ClassesDifferError(DataError):
    """The held-out images have other classes than those learned from."""

    def __init__(self, learned: Sequence[str], held_out: Sequence[str]) -> None:
        self.learned, self.held_out = tuple(learned), tuple(held_out)
        super().__init__(
            f"the images to learn from have the classes {', '.join(learned)}; "
            f"the held-out ones have {', '.join(held_out)}"
        )


class TooFewImagesError(DataError):
    """A class is too small to be divided into learned and held-out images."""

    def __init__(self, class_name: str, count: int) -> None:
        self.class_name, self.count = class_name, count
        super().__init__(
            f"class {class_name!r} has {count} images: too few to hold some of them out"
        )


class BackboneError(TrainingError):
    """The network asked for cannot be made."""


class UnknownBackboneError(BackboneError):
    """keras.applications has no class of that name."""

    def __init__(self, backbone: str, known: Sequence[str]) -> None:
        self.backbone, self.known = backbone, tuple(known)
        lower = {name.lower(): name for name in known}
        near = [lower[name] for name in get_close_matches(backbone.lower(), lower, cutoff=0.5)]
        hint = f"the nearest are {', '.join(near)}" if near else f"known: {', '.join(known)}"
        super().__init__(f"keras.applications has no {backbone!r}; {hint}")


class BackboneArgumentError(BackboneError):
    """The class in keras.applications refuses its arguments."""

    def __init__(self, backbone: str, reason: str) -> None:
        self.backbone, self.reason = backbone, reason
        super().__init__(f"{backbone} refuses its arguments: {reason}")


class WeightsDownloadError(BackboneError):
    """Keras could not fetch the weights of ImageNet."""

    def __init__(self, backbone: str, reason: str) -> None:
        self.backbone, self.reason = backbone, reason
        super().__init__(
            f"the ImageNet weights of {backbone} cannot be fetched: {reason}; "
            "give them as a file, or start from none"
        )


class WeightsMismatchError(BackboneError):
    """A file of weights is missing, damaged, or of another network."""

    def __init__(self, weights: Path, backbone: str, reason: str) -> None:
        self.weights, self.backbone, self.reason = weights, backbone, reason
        super().__init__(f"{weights} does not hold the weights of {backbone}: {reason}")


class ModelFolderError(TrainingError):
    """A model folder lacks a file or a field, or holds a wrong one."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(f"{folder} is not a model folder: {reason}")


class CheckpointMismatchError(TrainingError):
    """A checkpoint lies in the folder but belongs to a run with other settings."""

    def __init__(self, checkpoint: Path, differing: Sequence[str]) -> None:
        self.checkpoint, self.differing = checkpoint, tuple(differing)
        super().__init__(
            f"{checkpoint} is from a run with other {', '.join(differing)}; "
            "repeat that command to go on with it, or choose another folder"
        )
