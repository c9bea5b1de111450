"""The two classes of an attack."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from api_schemas.patch_attack import PatchAttackParameters
from workers.jobs.atlas.laying_out import class_index


@dataclass(frozen=True)
class ClassPair:
    """What images show, and what they are to be taken for; indices in the model."""

    source: int
    target: int
    source_label: str
    target_label: str

    @classmethod
    def of(cls, parameters: PatchAttackParameters, classes: tuple[str, ...]) -> "ClassPair":
        """Find the classes that an order names.

        Raises:
            JobRefusedError: there is no such class.
        """
        source, target = (
            _index(getattr(parameters, field), classes, field=field)
            for field in ("source", "target")
        )
        return cls(source, target, classes[source], classes[target])

    @property
    def both(self) -> tuple[int, int]:
        """Source and target."""
        return self.source, self.target

    def of_both(self, probabilities: Float[np.ndarray, "B K"]) -> Float[np.ndarray, "B 2"]:
        """Pick what belongs to source and target."""
        return probabilities[:, list(self.both)]


def _index(wanted: int | str, classes: tuple[str, ...], *, field: str) -> int:
    """Find a class: a number is its index, whatever the classes are called."""
    if isinstance(wanted, int) and wanted < len(classes):
        return wanted
    return class_index(wanted, classes, field=field)
