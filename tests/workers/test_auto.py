"""Methods compete over an image: the best map is the answer's, and the time is kept."""

import numpy as np
import pytest
import tensorflow as tf

from api_schemas.auto import AUTO_METHOD, CANDIDATES
from api_schemas.explanations import NO_CLASS, TOP_CLASS, ExplanationOrder
from core.errors import MethodUnsupportedError
from core.progress import untracked
from tests.workers.planted_network import RED, SIDE, SQUARE, planted_model, planted_pixels
from workers import kernels
from workers.auto import consensus, explain_with_best
from workers.evidence import explain_with_evidence

PIXELS = tf.constant(planted_pixels()[np.newaxis])
MAX_IMAGES = 16


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return planted_model(tmp_path_factory.mktemp("models"))


def order_of(method: str = AUTO_METHOD.name, **parameters: object) -> ExplanationOrder:
    return ExplanationOrder(
        model="planted", method=method, layer="maps", parameters=parameters, evidence=True
    )


def best(model, *, budget_seconds=600.0):
    order = order_of(budget_seconds=budget_seconds)
    explain = explain_with_best(model, order, max_images=MAX_IMAGES)
    return explain(PIXELS, tf.constant([TOP_CLASS]), tf.constant([NO_CLASS]), untracked)


@pytest.fixture(scope="module")
def result(model):
    return best(model)


def test_every_candidate_is_ranked_when_there_is_time(result):
    ranking = result.choice.ranking

    assert {ranked.method for ranked in ranking} == set(CANDIDATES)
    assert result.choice.left_out == ()
    assert all(ranked.seconds > 0 for ranked in ranking)
    # A patch larger than the image covers it all, and tells no place from another.
    verdicts = {ranked.method: ranked.verdict for ranked in ranking}
    assert verdicts["gradcam"] == "supported"
    assert verdicts["occlusion"] == "unsupported"


def test_the_ranking_puts_verdicts_first_and_then_the_lead_over_random(result):
    words = ["supported", "mixed", "untested", "unsupported"]
    keys = [
        (
            words.index(one.verdict),
            one.random_insertion - one.insertion + one.deletion - one.random_deletion,
        )
        for one in result.choice.ranking
    ]

    assert keys == sorted(keys)
    assert result.choice.chosen == result.choice.ranking[0].method


def test_the_answer_is_the_map_and_the_evidence_of_the_chosen_method(model, result):
    order = order_of(result.choice.chosen)
    explain = explain_with_evidence(model, order, max_images=MAX_IMAGES)
    alone = explain(PIXELS, tf.constant([RED]), tf.constant([NO_CLASS]), untracked)

    np.testing.assert_array_equal(result.maps, alone.maps)
    assert result.evidence == alone.evidence
    assert int(result.targets[0]) == RED


def test_the_consensus_marks_what_the_network_looks_at(result):
    marked = np.zeros((SIDE, SIDE), bool)
    marked[SQUARE] = True
    values = result.consensus[0].numpy()

    assert values.shape == (SIDE, SIDE)
    assert values.min() >= 0.0
    assert values.max() <= 1.0
    assert values[marked].mean() > 2 * values[~marked].mean()


def test_a_consensus_is_the_mean_of_the_ranks_of_positive_values():
    maps = [tf.constant([[[4.0, -1.0], [1.0, 0.0]]]), tf.constant([[[5.0, 5.0], [0.0, 0.0]]])]

    mean = consensus(maps, tf.zeros((1, 2, 2, 3), tf.uint8))

    # 4 is the fourth of four values, 1 the third; equal values share the higher rank.
    np.testing.assert_allclose(mean[0], [[1.0, 0.5], [0.375, 0.0]])


def test_only_the_first_method_is_finished_when_there_is_hardly_time(model):
    choice = best(model, budget_seconds=1e-9).choice

    assert [ranked.method for ranked in choice.ranking] == [CANDIDATES[0]]
    assert [left.method for left in choice.left_out] == list(CANDIDATES[1:])
    assert {left.reason for left in choice.left_out} == {"the time was over"}


def test_a_method_that_the_model_does_not_support_is_named(tmp_path):
    model = planted_model(tmp_path)
    model.classifier.missing["layer-gradient"] = "it has no maps"

    choice = best(model, budget_seconds=1e-9).choice

    reasons = {left.method: left.reason for left in choice.left_out}
    assert [ranked.method for ranked in choice.ranking] == ["saliency"]
    for name in ("gradcam", "layercam", "hirescam"):
        assert "it has no maps" in reasons[name]


def test_a_model_that_supports_no_method_is_refused(tmp_path, monkeypatch):
    model = planted_model(tmp_path)
    refused = dict.fromkeys(CANDIDATES, "it has no maps")
    monkeypatch.setattr(kernels, "unsupported_methods", lambda _: refused)

    with pytest.raises(MethodUnsupportedError, match="it has no maps"):
        best(model)
