"""Attacks that succeeded, to be looked at."""

from dataclasses import dataclass

import numpy as np

from api_schemas.patch_attacks import AttackExample, AttackVerdict
from core.images.pixels import RgbPixels
from core.render.grid import grid_picture
from workers.jobs.patch_attack.attack_files import Chosen, Outcome
from workers.jobs.patch_attack.attacked_images import PATCH, AttackedImages, Trial
from workers.jobs.patch_attack.pair import ClassPair
from workers.jobs.patch_attack.patch_sheet import percent

PAIRS_PER_ROW = 2
TILE_PIXELS = 192


@dataclass(frozen=True)
class Success:
    """An attack that succeeded."""

    trial: Trial
    """Its image counted among all that were chosen."""
    before: AttackVerdict
    after: AttackVerdict


def successes(chosen: Chosen, outcome: Outcome, *, target: int, count: int) -> list[Success]:
    """Pick attacks: the smallest patches first, then the surest verdicts; no image twice.

    Args:
        chosen: what the attack was made with.
        outcome: what became of all images.
        target: index of the class.
        count: of attacks wanted at most.
    """
    turned = np.argwhere(outcome.predicted[:, :, PATCH] == target)
    probabilities = outcome.probabilities[:, :, PATCH][tuple(turned.T)]
    order = np.lexsort((-probabilities[:, 1], turned[:, 2]))
    first_of_image = np.unique(turned[order, 0], return_index=True)[1]
    return [
        Success(
            trial=(image, patch, PATCH, size, place),
            before=verdict(chosen.before[image]),
            after=verdict(probabilities[row]),
        )
        for row in order[np.sort(first_of_image)][:count]
        for image, patch, size, place in [map(int, turned[row])]
    ]


def verdict(probabilities: np.ndarray) -> AttackVerdict:
    """Write down the probabilities of source and target."""
    source, target = map(float, probabilities)
    return AttackVerdict(source=source, target=target)


def described(
    success: Success, images: AttackedImages, *, size: float, rank: int
) -> AttackExample:
    """Describe an attack.

    Args:
        success: the attack.
        images: all that were chosen.
        size: of the patch, as a part of the model's input.
        rank: of the patch, from 0.
    """
    top, left = images.place(success.trial)
    return AttackExample(
        image=images.path(success.trial),
        patch=rank,
        size=size,
        top=top,
        left=left,
        before=success.before,
        after=success.after,
    )


def drawn_examples(
    found: list[Success], images: AttackedImages, *, pair: ClassPair
) -> RgbPixels:
    """Draw images before and after, with what the model says of them."""
    tiles, labels = [], []
    for success in found:
        tiles += [images.unpatched(success.trial), images.picture(success.trial)]
        labels += [
            f"{pair.source_label} {percent(success.before.source)}",
            f"{pair.target_label} {percent(success.after.target)}",
        ]
    return grid_picture(tiles, labels, tile_pixels=TILE_PIXELS, columns=2 * PAIRS_PER_ROW)
