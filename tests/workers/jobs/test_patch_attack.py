"""A planted weakness is found: its patch turns every image, and noise of its colours none."""

import json

import numpy as np
import pytest

from api_schemas.patch_attacks import PatchAttackResult
from core.models.load import load_classifier
from storage.folder_store import FolderStore
from storage.job_files import JobFiles
from tests.workers.jobs.planted_attack import (
    BIRD,
    CAT,
    DOG,
    decoded,
    grey_pictures,
    weak_network,
    write_atlas,
    write_weak_model,
)
from tests.workers.jobs.staged import carried_out, registered
from workers.jobs.errors import JobRefusedError
from workers.jobs.patch_attack.attack_files import read_chosen, read_outcomes
from workers.jobs.patch_attack.attacked_images import CONTROL, PATCH, AttackedImages
from workers.jobs.patch_attack.stages import PatchAttackStages
from workers.model_pool import HostedModel

CATS = 19


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = write_weak_model(tmp_path_factory.mktemp("models") / "planted")
    return HostedModel(load_classifier(folder), max_compiled_kernels=4)


class Workshop:
    """A store with an atlas and a dataset, and the stages of an attack."""

    def __init__(self, model, folder):
        self.folder = folder / "store"
        self.store = FolderStore(self.folder)
        write_atlas(JobFiles(self.store, "atlas1"), model_sha256=model.classifier.sha256)
        self.photographs = folder / "photographs"
        self.params = {
            "atlas": "atlas1",
            "source": CAT,
            "target": DOG,
            "dataset": registered(self.store, self.photographs, grey_pictures(CATS)),
            "sizes": [0.5, 0.8],
            "examples": 5,
        }
        self.stages = PatchAttackStages(lambda _: model, self.store)

    def made(self, **changes):
        return carried_out(self.stages.stages(), self.folder, self.params | changes)


@pytest.fixture
def workshop(model, tmp_path):
    return Workshop(model, tmp_path)


@pytest.fixture(scope="module")
def attack(model, tmp_path_factory):
    """An attack with all defaults but sizes, in tasks of eight images."""
    workshop = Workshop(model, tmp_path_factory.mktemp("attack"))
    run, result = workshop.made()
    return workshop, run, PatchAttackResult.model_validate(result)


def test_images_that_the_model_gets_wrong_are_not_attacked(attack):
    _, run, result = attack

    assert (result.images, result.unread, result.attacked) == (CATS + 1, 0, CATS)
    assert len(read_chosen(run.files).numbers) == CATS


def test_the_planted_patch_turns_every_image_and_its_noise_none(attack):
    _, _, result = attack
    weakness = result.patches[0]

    assert (weakness.row, weakness.column, weakness.favours) == (0, 1, 3.0)
    for flips in (weakness.patch, *(one.patch for one in weakness.sizes)):
        assert flips.to_target.rate == flips.to_any.rate == flips.best_to_target.rate == 1.0
        assert flips.to_target.low > 0.8
    for flips in (weakness.control, *(one.control for one in weakness.sizes)):
        assert flips.to_target.rate == flips.best_to_target.rate == 0.0
        assert flips.to_target.high < 0.2


def test_a_patch_without_the_weakness_turns_nothing_and_ranks_behind(attack):
    _, _, result = attack

    # The third cell favours the source, and is not tried at all.
    assert [(one.row, one.column) for one in result.patches] == [(0, 1), (1, 0)]
    assert result.patches[1].patch.to_any.rate == 0.0
    assert result.patch.to_target.rate == pytest.approx(0.5)
    assert result.control.to_target.rate == 0.0


def test_every_trial_is_counted_once(attack):
    _, _, result = attack

    for one in result.patches:
        assert (one.patch.trials, one.control.trials) == (CATS * 2 * 4,) * 2
        assert [size.patch.trials for size in one.sizes] == [CATS * 4] * 2
    assert [one.pixels for one in result.sizes] == [16, 26]
    assert result.patch.trials == 2 * CATS * 2 * 4


def test_verdicts_are_those_of_the_network_on_pictures_pasted_by_hand(attack):
    _, run, _ = attack
    chosen = read_chosen(run.files)
    outcome = read_outcomes(run.files, tasks=3)
    network, images = weak_network(), grey_pictures(CATS)
    icon = chosen.patches.pictures[0]

    for image, size, place in ((0, 0, 1), (7, 0, 2), (18, 0, 0)):
        picture = images[f"cat/{image:02}.png"].copy()
        # At half of the model's input every other pixel pair of the icon is averaged.
        halved = icon.reshape(16, 2, 16, 2, 3).mean(axis=(1, 3))
        top, left = [(0, 0), (16, 16), (0, 16), (16, 0)][place]
        picture[top : top + 16, left : left + 16] = halved
        expected = network(picture[np.newaxis] / 127.5 - 1.0).numpy()[0]

        assert outcome.predicted[image, 0, PATCH, size, place] == expected.argmax() == DOG
        found = outcome.probabilities[image, 0, PATCH, size, place]
        # Pillow's filter reaches a little further than the mean of two by two.
        np.testing.assert_allclose(found, expected[[CAT, DOG]], atol=0.05)
    np.testing.assert_allclose(
        outcome.probabilities[..., CONTROL, :, :, 1].max(), 0.1, atol=0.1
    )


def test_examples_are_successes_with_the_smallest_patch_on_different_images(attack):
    _, run, result = attack

    assert len(result.examples) == 5
    assert len({one.image for one in result.examples}) == 5
    for one in result.examples:
        assert (one.patch, one.size) == (0, 0.5)
        assert (one.top, one.left) in {(0, 0), (16, 16), (0, 16), (16, 0)}
        assert one.before.source > 0.5 > one.before.target
        assert one.after.target > 0.5 > one.after.source
    sheet = decoded(run.files.read_artifact(result.examples_path))
    red = (sheet[..., 0] > 200) & (sheet[..., 1] < 60) & (sheet[..., 2] < 60)
    assert red.sum() > 5 * 96 * 48 * 0.8


def test_patches_are_drawn_beside_their_noise(attack):
    _, run, result = attack

    sheet = decoded(run.files.read_artifact(result.patches_path)).astype(int)

    red = ((sheet[..., 0] > 200) & (sheet[..., 2] < 60)).sum()
    blue = ((sheet[..., 2] > 200) & (sheet[..., 0] < 60)).sum()
    # The patch and its noise have as much red as blue, and as much as each other.
    assert red == pytest.approx(blue, rel=0.1)
    assert red > 1.5 * 144 * 72 * 0.9


def test_the_result_is_filed_as_it_is_answered(attack):
    _, run, result = attack

    filed = json.loads(run.files.read_artifact("result.json"))

    assert filed == result.model_dump(mode="json")
    assert (filed["source"], filed["target"]) == (
        {"index": CAT, "label": "cat"},
        {"index": DOG, "label": "dog"},
    )


def test_the_same_seed_makes_the_same_attack_and_resuming_changes_nothing(attack, workshop):
    first, _, result = attack
    _, again = carried_out(first.stages.stages(), first.folder, first.params, skip=(0,))

    assert again == result.model_dump(mode="json")
    assert len(list(first.stages.stages())) == 3
    assert workshop.made()[1]["patches"] == again["patches"]


def test_more_places_than_corners_are_drawn_alike_for_patch_and_control(workshop, monkeypatch):
    spots = {}
    picture = AttackedImages.picture

    def noted(self, trial):
        *_, size, place = trial
        spots.setdefault((self.path(trial), size, place), set()).add(self.place(trial))
        return picture(self, trial)

    monkeypatch.setattr(AttackedImages, "picture", noted)

    _, result = workshop.made(positions=6, images=4, sizes=[0.5], examples=0)

    assert {len(found) for found in spots.values()} == {1}
    assert len({path for path, _, _ in spots}) == result["attacked"] >= 3
    assert {place for _, _, place in spots} == set(range(6))


def test_images_that_go_meanwhile_are_not_counted(workshop, monkeypatch):
    attack_stage = PatchAttackStages.attack

    def after_a_deletion(self, order, task, run):
        (workshop.photographs / "cat" / "03.png").unlink(missing_ok=True)
        return attack_stage(self, order, task, run)

    monkeypatch.setattr(PatchAttackStages, "attack", after_a_deletion)

    _, result = workshop.made()

    assert result["attacked"] == CATS - 1
    assert result["patches"][0]["patch"]["to_target"]["rate"] == 1.0
    assert result["patches"][0]["patch"]["trials"] == (CATS - 1) * 8


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"atlas": "gone"}, "atlas_not_found"),
        ({"grid": 9}, "atlas_not_found"),
        ({"dataset": "gone"}, "dataset_not_found"),
        ({"source": "horse"}, "class_not_found"),
        ({"target": BIRD}, "class_not_found"),
        ({"dataset_class": "horse"}, "class_not_found"),
        ({"source": DOG, "target": CAT}, "nothing_to_attack"),
        ({"dataset_class": "dog", "target": CAT, "source": DOG}, "nothing_to_attack"),
    ],
    ids=str,
)
def test_what_has_changed_since_the_submission_ends_the_job_with_its_code(
    workshop, changes, code
):
    with pytest.raises(JobRefusedError) as refusal:
        workshop.made(**changes)

    assert refusal.value.code == code


def test_an_atlas_without_a_cell_for_the_target_has_nothing_to_attack_with(workshop, model):
    files = JobFiles(workshop.store, "atlas1")
    cells = json.loads(files.read_artifact("cells/2.json"))
    cells["cells"] = cells["cells"][2:]
    files.write_artifact("cells/2.json", json.dumps(cells).encode())

    with pytest.raises(JobRefusedError, match="favours 'dog' over 'cat'"):
        workshop.made()
