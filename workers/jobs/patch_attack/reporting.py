"""The last stage of an attack: what it came to, and pictures of it."""

from typing import Any

from api_schemas.patch_attack import PatchAttackParameters
from api_schemas.patch_attacks import AttackedClass, AttackExample, PatchAttackResult
from core.render.encode import encode_png
from storage.dataset import Dataset
from storage.job_files import JobFiles
from workers.jobs.patch_attack.attack_files import Chosen, Outcome, read_about
from workers.jobs.patch_attack.attacked_images import CONTROL, PATCH, AttackedImages
from workers.jobs.patch_attack.examples import Success, described, drawn_examples, successes
from workers.jobs.patch_attack.pair import ClassPair
from workers.jobs.patch_attack.patch_sheet import drawn_patches
from workers.jobs.patch_attack.tally import Tally

RESULT, PATCHES, EXAMPLES = "result.json", "patches.png", "examples.png"


def report(
    parameters: PatchAttackParameters,
    dataset: Dataset,
    files: JobFiles,
    chosen: Chosen,
    outcome: Outcome,
    *,
    model: str,
) -> dict[str, Any]:
    """Sum an attack up and write its artifacts.

    Args:
        parameters: of the attack.
        dataset: whose images were attacked.
        files: of the job.
        chosen: what it was made with.
        outcome: what became of all images.
        model: name of the model.

    Returns:
        The result of the job, as `result.json` has it.
    """
    about = read_about(files)
    pair = ClassPair.of(parameters, about.classes)
    pictures, size = chosen.patches.pictures, (about.height, about.width)
    tally = Tally(outcome, pair, sizes=parameters.sizes, shorter=min(size))
    ranking = [int(place) for place in tally.ranking()]
    patches = tuple(tally.of_patch(chosen.patches, place) for place in ranking)
    files.write_artifact(PATCHES, encode_png(drawn_patches(pictures[ranking], patches)))
    images = AttackedImages(
        parameters, pictures, dataset, chosen.numbers, height=size[0], width=size[1]
    )
    found = successes(chosen, outcome, target=pair.target, count=parameters.examples)
    if found:
        files.write_artifact(EXAMPLES, encode_png(drawn_examples(found, images, pair=pair)))
    result = PatchAttackResult(
        model=model,
        model_sha256=about.model_sha256,
        atlas=parameters.atlas,
        grid=about.grid,
        dataset=parameters.dataset,
        source=AttackedClass(index=pair.source, label=pair.source_label),
        target=AttackedClass(index=pair.target, label=pair.target_label),
        images=about.images,
        unread=about.unread,
        attacked=tally.attacked,
        patch=tally.flips(kind=PATCH),
        control=tally.flips(kind=CONTROL),
        sizes=tally.by_size(),
        patches=patches,
        examples=listed(found, images, parameters, ranking),
        patches_path=PATCHES,
        examples_path=EXAMPLES if found else None,
        parameters=parameters.model_dump(mode="json"),
    )
    files.write_artifact(RESULT, result.model_dump_json().encode())
    return result.model_dump(mode="json")


def listed(
    found: list[Success],
    images: AttackedImages,
    parameters: PatchAttackParameters,
    ranking: list[int],
) -> tuple[AttackExample, ...]:
    """Describe the attacks that are shown."""
    return tuple(
        described(
            success,
            images,
            size=parameters.sizes[success.trial[3]],
            rank=ranking.index(success.trial[1]),
        )
        for success in found
    )
