"""Evidence and the competition of methods, as a caller sees them."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image

from api_schemas.auto import CANDIDATES
from tests.end_to_end.images import encoded, noise

pytestmark = pytest.mark.processes

IMAGE = encoded(noise(0))
CODES = {
    "depends_on_the_weights", "ignores_the_weights",
    "insertion_better_than_random", "insertion_like_random",
    "deletion_better_than_random", "deletion_like_random",
    "marked_part_keeps_the_score", "marked_part_loses_the_score",
    "adds_up_to_the_score", "does_not_add_up_to_the_score",
    "stable_under_noise", "unstable_under_noise",
}  # fmt: skip


def ask(client, method: str, accept: str = "application/json", **options: object):
    return client.post(
        f"/explain/{method}", files={"image": IMAGE}, data=options, headers={"accept": accept}
    )


def test_evidence_comes_only_when_it_is_asked_for(client):
    without = ask(client, "gradcam", outputs="raw").json()
    with_evidence = ask(client, "gradcam", outputs="raw", evidence="true").json()

    evidence = with_evidence.pop("evidence")
    assert without.pop("evidence") is None
    of_numbers = [one.pop("receipt")["digests"]["raw"] for one in (with_evidence, without)]
    assert of_numbers[0] == of_numbers[1]
    assert with_evidence == without
    assert evidence["verdict"] in ("supported", "mixed", "unsupported")
    assert {reason["code"] for reason in evidence["reasons"]} <= CODES
    assert 0.0 <= evidence["insertion"] <= 1.0
    assert evidence["completeness_gap"] is None


def test_evidence_is_the_same_for_the_same_seed(client):
    first, again, other = (
        ask(client, "saliency", evidence="true", seed=seed).json()["evidence"]
        for seed in (1, 1, 2)
    )

    assert first == again
    assert first["random_insertion"] != other["random_insertion"]


def test_evidence_of_a_method_of_many_passes_holds_its_completeness(client):
    answer = ask(client, "integrated-gradients", evidence="true").json()

    assert answer["evidence"]["completeness_gap"] >= 0.0


def test_predictions_meanwhile_are_those_of_the_trained_network(client):
    def predictions():
        return client.post("/predict", files={"image": IMAGE}).json()["predictions"]

    before, meanwhile = predictions(), []
    with ThreadPoolExecutor(1) as pool:
        # Explains seven times more, five of them with other last weights in the network.
        measured = pool.submit(ask, client, "rise", evidence="true", mask_count=1000)
        while not measured.done():
            meanwhile.append(predictions())

    assert measured.result().json()["evidence"]["randomized_similarity"] < 0.99
    assert len(meanwhile) > 10
    assert all(one == before for one in meanwhile)


@pytest.mark.parametrize("word", ["maybe", ""])
def test_evidence_that_is_neither_true_nor_false_is_refused(client, word):
    response = ask(client, "gradcam", evidence=word)

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/evidence"


def test_the_methods_compete_and_the_best_is_the_answer(client):
    answer = ask(client, "auto", outputs="overlay,consensus,raw", budget_seconds=30).json()

    ranking = [one["method"] for one in answer["ranking"]]
    left_out = [one["method"] for one in answer["left_out"]]
    assert answer["method"] == "auto"
    assert answer["chosen"] == ranking[0]
    assert sorted(ranking + left_out) == sorted(CANDIDATES)
    assert answer["evidence"]["verdict"] == answer["ranking"][0]["verdict"]
    assert answer["parameters"]["budget_seconds"] == 30.0
    chosen = ask(client, answer["chosen"], outputs="raw", polarity="both").json()
    auto = ask(client, "auto", outputs="raw", polarity="both", budget_seconds=30).json()
    assert auto["raw"] == chosen["raw"]


def test_the_consensus_alone_is_a_picture_of_the_image_sent(client):
    response = ask(client, "auto", accept="image/png", outputs="consensus", budget_seconds=1)

    assert response.headers["content-type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (40, 30)


def test_only_the_competition_makes_a_consensus(client):
    response = ask(client, "gradcam", outputs="consensus")

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/outputs"


def test_a_competition_that_would_outlast_the_request_is_refused(client):
    response = ask(client, "auto", budget_seconds=60)

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/budget_seconds"


def test_the_competition_is_listed_with_its_parameters(client):
    listed = {one["name"]: one for one in client.get("/methods").json()["methods"]}

    assert listed["auto"]["parameters"]["properties"]["budget_seconds"]["default"] == 10.0
