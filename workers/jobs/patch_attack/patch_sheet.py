"""The patches of an attack beside their controls, with what each did."""

from collections.abc import Sequence

from api_schemas.patch_attacks import AttackPatch
from core.images.pixels import RgbPixels
from core.render.grid import grid_picture
from workers.jobs.patch_attack.attacked_images import Patches, patch_pairs

PAIRS_PER_ROW = 4
TILE_PIXELS = 144


def drawn_patches(pictures: Patches, told: Sequence[AttackPatch]) -> RgbPixels:
    """Draw patches and controls in pairs; the noise is drawn anew, in the size of the icons.

    Args:
        pictures: of the patches.
        told: what each did, in the same order; nothing at all before that is known.
    """
    shown = patch_pairs(pictures, side=pictures.shape[1], seed=0)
    labels = [
        text
        for rank, one in enumerate(told, start=1)
        for text in (
            f"{rank}: {percent(one.patch.to_target.rate)} turned",
            f"noise: {percent(one.control.to_target.rate)}",
        )
    ]
    return grid_picture(
        list(shown.reshape(-1, *shown.shape[2:])),
        labels,
        tile_pixels=TILE_PIXELS,
        columns=2 * PAIRS_PER_ROW,
    )


def percent(part: float) -> str:
    """Write a part as a percentage."""
    return f"{100 * part:.0f} %"
