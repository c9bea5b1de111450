"""One atlas in three sizes: what is ordered of it, and what a stage of it came to.

The bundled model looks at photographs of `../shared`, at 64 places of each: so that 2,000 of
them give 100,000 activations.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api_schemas.atlas import AtlasParameters
from benchmarks.errors import SharedFolderMissingError
from benchmarks.peak_memory import peak_mebibytes

ACTIVATIONS = (1_000, 10_000, 100_000)
WARM_ACTIVATIONS = 6_400
"""Of an atlas that is made first, so that no size pays for what is compiled once: from 4,096
points on UMAP looks for neighbours in another way."""
PLACES = 64
"""Of each image."""
LAYER = "conv3_block2_preact_relu"
"""Has maps of 16 × 16, whose insides have enough places, and 64 channels."""
GRIDS = (8, 16, 32)
STEPS = 32
"""Of an icon; enough to time them."""
ICON_SIZE = 64

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = ROOT / "models" / "catsdogs"
PHOTOGRAPHS = ROOT.parent / "shared" / "data" / "cats_vs_dogs" / "train"


@dataclass(frozen=True)
class StageCost:
    """What a stage of an atlas of one size took."""

    amount: int
    """Of what is counted: activations, or steps of one icon each."""
    core_seconds: float
    """Of a processor, all threads together: neighbours on the machine hardly change it."""
    peak_mebibytes: float
    """The most that the process had taken by then; sizes come in ascending order."""

    @property
    def per_second(self) -> float:
        """How many of them one core does a second."""
        return self.amount / self.core_seconds


def cost_of(work: Callable[[], int]) -> StageCost:
    """Do some work that tells its amount, and take the time."""
    started_at = time.process_time()
    amount = work()
    return StageCost(amount, time.process_time() - started_at, peak_mebibytes())


def atlas_of(activations: int, *, dataset: str) -> AtlasParameters:
    """Order an atlas of about so many activations."""
    return AtlasParameters(
        dataset=dataset,
        layer=LAYER,
        samples=-(-activations // PLACES),
        positions_per_image=PLACES,
        grids=GRIDS,
        steps=STEPS,
        attempts=1,
        icon_size=ICON_SIZE,
    )


def job_of(activations: int) -> str:
    """Name the job of one size."""
    return f"atlas-{activations}"


def photographs_folder() -> Path:
    """Name the folder of photographs.

    Raises:
        SharedFolderMissingError: `../shared` is not there.
    """
    if not PHOTOGRAPHS.is_dir():
        raise SharedFolderMissingError(PHOTOGRAPHS.parents[2])
    return PHOTOGRAPHS
