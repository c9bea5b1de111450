"""Datasets of small noisy pictures, and tiny models, for jobs that are run in this process."""

import io
import zipfile

import numpy as np
from PIL import Image

from core.models.load import load_classifier
from storage.archive_rules import ArchiveLimits
from storage.dataset_upload import UploadLimits
from storage.datasets import Datasets
from tests.tiny_model import write_tiny_model
from workers.model_pool import HostedModel

LIMITS = UploadLimits(
    archive=ArchiveLimits(max_members=1000, max_bytes=10**9), max_image_bytes=10**8
)
BROKEN = b"no picture"


def picture(seed, width=40, height=30):
    """Make a PNG of a bright blob on a dark, noisy ground."""
    numbers = np.random.default_rng(seed)
    pixels = numbers.normal(60, 20, (height, width, 3))
    top, left = numbers.integers(0, height // 2), numbers.integers(0, width // 2)
    pixels[top : top + height // 2, left : left + width // 2] += numbers.uniform(60, 150, 3)
    file = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(file, "png")
    return file.getvalue()


def archive(folders, each):
    """Make a zip of so many pictures in each folder."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as files:
        for place, folder in enumerate(folders):
            for number in range(each):
                files.writestr(f"{folder}/{number:03}.png", picture(1000 * place + number))
    return file.getvalue()


def dataset_of(store, folders=("cat", "dog"), each=10, broken=()):
    """Upload pictures; files at the places in `broken` are damaged afterwards."""
    datasets = Datasets(store, roots=())
    details = datasets.upload(
        io.BytesIO(archive(folders, each)), name="d", limits=LIMITS, fault_of=lambda _: None
    )
    dataset = datasets.open(details.id)
    for place in broken:
        store.write(f"datasets/files/{details.id}/images/{dataset[place].path}", BROKEN)
    return dataset


def hosted(folder, **options):
    """Load a tiny model."""
    return HostedModel(
        load_classifier(write_tiny_model(folder, **options)), max_compiled_kernels=32
    )
