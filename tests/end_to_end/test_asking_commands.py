"""The commands that ask a service, with a real one: tables, JSON, files and exit codes."""

import json
import zipfile

import httpx
import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from tests.end_to_end.atlas_jobs import IMAGES_EACH
from tests.end_to_end.images import encoded, noise
from vitrine.__main__ import app

pytestmark = pytest.mark.processes


@pytest.fixture
def photos(tmp_path) -> list[str]:
    """Three image files."""
    files = []
    for seed in range(3):
        file = tmp_path / f"photo{seed}.png"
        file.write_bytes(encoded(noise(seed)))
        files.append(str(file))
    return files


@pytest.fixture
def run(base_url: str):
    def command(*arguments: str):
        return CliRunner().invoke(
            app, arguments, env={"VITRINE_URL": base_url, "COLUMNS": "200"}
        )

    return command


def test_a_prediction_is_printed_as_the_route_answers_it(client: httpx.Client, run, photos):
    with open(photos[0], "rb") as file:
        expected = client.post("/predict", files={"image": file}).json()

    answer = run("predict", photos[0], "--json")
    table = run("predict", photos[0], "--top-k", "1")

    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == expected
    best = expected["predictions"][0]
    assert best["label"] in table.stdout
    assert f"{best['probability']:.3f}" in table.stdout


def test_several_images_are_printed_in_their_order(run, photos):
    results = json.loads(run("predict", *photos, "--json", "--model", "zoo").stdout)["results"]

    alone = [
        json.loads(run("predict", photo, "--json", "--model", "zoo").stdout) for photo in photos
    ]
    for one, expected in zip(results, alone, strict=True):
        np.testing.assert_allclose(
            one["predictions"][0]["probability"],
            expected["predictions"][0]["probability"],
            rtol=1e-5,
        )


def test_an_explanation_is_written_into_one_file(run, photos, tmp_path):
    picture, numbers = tmp_path / "cam.png", tmp_path / "cam.npy"

    shown = run("explain", photos[0], "--out", str(picture), "--target", "dog")
    run("explain", photos[0], "-m", "layercam", "--layer", "first", "--out", str(numbers))

    assert shown.exit_code == 0, shown.output
    assert "dog" in shown.stdout
    with Image.open(picture) as opened:
        assert opened.size == (40, 30)
    assert np.load(numbers).shape == (16, 16)


def test_explanations_of_several_images_are_written_into_a_folder(run, photos, tmp_path):
    out = tmp_path / "maps"

    answer = run(
        "explain", *photos, "--out", str(out), "--outputs", "heatmap,raw,box", "-o", "seed=3"
    )

    assert answer.exit_code == 0, answer.output
    assert sorted(file.name for file in out.iterdir()) == sorted(
        f"photo{seed}.{name}" for seed in range(3) for name in ("heatmap.png", "raw.npy")
    )


def test_an_object_is_localized_and_drawn(run, photos, tmp_path):
    answer = run("localize", photos[0], "--out", str(tmp_path / "found"), "--json")

    box = json.loads(answer.stdout)["box"]
    with Image.open(tmp_path / "found/photo0.mask.png") as opened:
        mask = np.asarray(opened)
    assert (tmp_path / "found/photo0.overlay.png").exists()
    assert np.nonzero(mask)[1].min() == box["x"]
    assert f"{box['x']},{box['y']} " in run("localize", photos[0]).stdout


def test_channels_are_visualized_into_a_folder(run, tmp_path):
    out = tmp_path / "seen"

    answer = run(
        "visualize", "--out", str(out), "--layer", "first", "--channels", "0,2", "--steps", "3",
        "-p", "size=32", "--json",
    )  # fmt: skip

    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)["layers"] == ["first"]
    pictures = [Image.open(file) for file in sorted(out.rglob("*.png"))]
    assert len(pictures) >= 2
    for picture in pictures:
        picture.close()


SMALL = ["-p", "projection=tsne", "-p", "perplexity=10", "-p", "grids=[2]", "-p", "steps=2"]


def test_an_atlas_is_made_fetched_and_images_are_located_on_it(run, photos, dataset, tmp_path):
    picture = tmp_path / "atlas.png"
    options = [*SMALL, "-p", "min_density=1", "-p", "icon_size=32"]

    cost = run("atlas", dataset, *options, "--dry-run", "--json")
    made = run("atlas", dataset, *options, "--preview", str(picture))
    [job, *_] = json.loads(run("jobs", "list", "--kind", "atlas", "--json").stdout)["jobs"]
    cells = run("locate", photos[0], "--atlas", job["id"], "--json")
    table = run("locate", *photos, "--atlas", job["id"])

    assert (cost.exit_code, made.exit_code) == (0, 0), cost.output + made.output
    assert json.loads(cost.stdout)["images"] == 3 * IMAGES_EACH
    assert job["id"] in made.stdout
    with Image.open(picture) as opened:
        assert min(opened.size) >= 64
    assert {cell["grid"] for cell in json.loads(cells.stdout)} == {2}
    assert all(photo.rpartition("/")[2] in table.stdout for photo in photos)


def test_a_folder_is_sent_for_a_dry_run_and_stays_as_a_dataset(run, photos, tmp_path):
    told = run("atlas", str(tmp_path), "--dry-run")
    name = tmp_path.name

    listed = json.loads(run("datasets", "list", "--json").stdout)["datasets"]
    [sent] = [one["id"] for one in listed if one["name"] == name]
    shown = run("datasets", "show", sent)
    run("datasets", "delete", sent)

    assert told.exit_code == 0, told.output
    assert sent in told.stderr
    assert "icon steps" in told.stdout
    assert f"{name}: 3 images" in shown.stdout


def test_a_dataset_is_sent_listed_and_deleted(run, photos, tmp_path):
    archive = tmp_path / "pets.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for place, photo in enumerate(photos):
            packed.write(photo, f"{'cat' if place else 'dog'}/{place}.png")

    added = run("datasets", "add", str(archive), "--name", "pets", "--json")
    listed = json.loads(run("datasets", "list", "--json").stdout)["datasets"]
    dataset = json.loads(added.stdout)
    deleted = run("datasets", "delete", dataset["id"])

    assert added.exit_code == deleted.exit_code == 0, added.output + deleted.output
    assert (dataset["name"], dataset["images"]) == ("pets", 3)
    assert dataset["classes"] == ["cat", "dog"]
    assert dataset["id"] in [one["id"] for one in listed]
    assert run("datasets", "delete", dataset["id"]).exit_code == 1


def test_models_are_listed_as_a_table_and_as_json(client, run):
    table = run("models", "list")

    assert "tiny (default)" in table.stdout
    assert "32 x 32 x 3" in table.stdout
    assert json.loads(run("models", "list", "--json").stdout) == client.get("/models").json()


def test_a_refusal_ends_with_one_and_the_services_words(run, photos):
    answer = run("explain", photos[0], "--target", "lion")

    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert "no class is called 'lion'; the classes are cat, dog" in answer.stderr
    assert "Traceback" not in answer.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["predict"],
        ["predict", "/no/such/photo.png"],
        ["explain", "{0}", "-o", "no pair"],
        ["explain", "{0}", "--out", "maps.txt"],
        ["explain", "{0}", "{1}", "--out", "maps.png"],
        ["localize", "{0}", "--no-such-option"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_two_before_anything_is_asked(photos, arguments):
    arguments = [argument.format(*photos) for argument in arguments]

    answer = CliRunner().invoke(app, [*arguments, "--url", "http://127.0.0.1:1"])

    assert answer.exit_code == 2


def test_a_picture_that_was_not_asked_for_is_named(run, photos, tmp_path):
    answer = run("explain", photos[0], "--outputs", "box", "--out", str(tmp_path / "cam.png"))

    assert answer.exit_code == 1
    assert "'overlay'" in answer.stderr


def test_a_receipt_is_replayed_from_an_answer_or_from_a_file_of_its_own(run, photos, tmp_path):
    answer, alone = tmp_path / "answer.json", tmp_path / "receipt.json"
    answer.write_text(run("explain", photos[0], "--json").stdout)
    alone.write_text(json.dumps(json.loads(answer.read_text())["receipt"]))

    outcomes = [run("replay", photos[0], str(file)) for file in (answer, alone)]

    assert [one.exit_code for one in outcomes] == [0, 0]
    assert [one.stdout for one in outcomes] == ["the same, byte for byte\n"] * 2


def test_a_result_that_comes_out_another_is_said_to_and_ends_with_code_one(
    run, photos, tmp_path
):
    answer = json.loads(run("predict", photos[0], "--json").stdout)
    answer["receipt"]["digests"]["scores"] = "0" * 64
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(answer))

    table = run("replay", photos[0], str(file))
    as_json = run("replay", photos[0], str(file), "--json")

    assert (table.exit_code, as_json.exit_code) == (1, 1)
    assert "/digests/scores" in table.stdout
    assert "not the same" in table.stdout
    assert json.loads(as_json.stdout)["differences"][0]["pointer"] == "/digests/scores"


@pytest.mark.parametrize("content", ["", "{}", '{"receipt": {}}', '{"receipt": 1'])
def test_a_file_without_a_receipt_is_wrong_use(run, photos, tmp_path, content):
    file = tmp_path / "receipt.json"
    file.write_text(content)

    answer = run("replay", photos[0], str(file))

    assert answer.exit_code == 2
    assert "holds no receipt" in answer.stderr
