"""Counting what became of attacked images."""

from dataclasses import asdict

import numpy as np

from api_schemas.patch_attacks import AttackPatch, Flips, FlipsOfSize
from core.attack.flip_rates import flip_rates
from workers.jobs.patch_attack.attack_files import VANISHED, AttackPatches, Outcome
from workers.jobs.patch_attack.attacked_images import CONTROL, PATCH, side_of
from workers.jobs.patch_attack.pair import ClassPair


class Tally:
    """Counts trials, of one patch or all, in one size or all."""

    def __init__(
        self, outcome: Outcome, pair: ClassPair, *, sizes: tuple[float, ...], shorter: int
    ) -> None:
        """Leave out images that had gone when they were to be attacked.

        Args:
            outcome: what became of all images.
            pair: the two classes.
            sizes: of the patches, as parts of the shorter side of the model's input.
            shorter: that side, in pixels.
        """
        is_attacked = (outcome.predicted != VANISHED).any(axis=(1, 2, 3, 4))
        self._predicted = outcome.predicted[is_attacked]
        self._pair, self._sizes, self._shorter = pair, sizes, shorter
        self.attacked = len(self._predicted)
        """Images."""

    def flips(self, *, kind: int, patch: int | None = None, size: int | None = None) -> Flips:
        """Count the trials with patches (`PATCH`) or with noise (`CONTROL`)."""
        patches = slice(None) if patch is None else slice(patch, patch + 1)
        sizes = slice(None) if size is None else slice(size, size + 1)
        trials = self._predicted[:, patches, kind, sizes].reshape(self.attacked, -1)
        # A patch of the input's own size has fewer places, on all images alike.
        is_tried = (trials != VANISHED).all(axis=0)
        rates = flip_rates(
            trials[:, is_tried], source=self._pair.source, target=self._pair.target
        )
        return Flips.model_validate(asdict(rates))

    def ranking(self) -> np.ndarray:
        """Order the patches: the one that turns most trials into the target first."""
        rates = [
            self.flips(kind=PATCH, patch=patch).to_target.rate
            for patch in range(self._predicted.shape[1])
        ]
        return np.argsort(-np.array(rates), kind="stable")

    def by_size(self, patch: int | None = None) -> tuple[FlipsOfSize, ...]:
        """Count the trials with one patch or all, for each size."""
        return tuple(
            FlipsOfSize(
                size=part,
                pixels=side_of(part, self._shorter),
                patch=self.flips(kind=PATCH, patch=patch, size=size),
                control=self.flips(kind=CONTROL, patch=patch, size=size),
            )
            for size, part in enumerate(self._sizes)
        )

    def of_patch(self, patches: AttackPatches, place: int) -> AttackPatch:
        """Say what one patch did."""
        return AttackPatch(
            row=int(patches.rows[place]),
            column=int(patches.columns[place]),
            density=int(patches.densities[place]),
            favours=float(patches.favours[place]),
            patch=self.flips(kind=PATCH, patch=place),
            control=self.flips(kind=CONTROL, patch=place),
            sizes=self.by_size(place),
        )
