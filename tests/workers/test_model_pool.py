"""Models side by side in a budget: the least recently used leaves, damaged ones stay out."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api_schemas.explanations import ExplanationOrder
from tests.tiny_model import write_tiny_model
from workers.model_pool import ModelNotHostedError, ModelPool, NoModelError

GENEROUS = 1 << 30


@pytest.fixture(scope="module")
def models(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    for name in ("first", "second", "third"):
        write_tiny_model(folder, name=name)
    return folder


def pool_of(folder: Path, *, max_weight_bytes: int = GENEROUS, kernels: int = 8) -> ModelPool:
    return ModelPool(
        folder,
        trust_code=False,
        precision="float32",
        max_weight_bytes=max_weight_bytes,
        max_compiled_kernels=kernels,
    )


def test_every_model_of_the_folder_is_described_and_kept(models):
    pool = pool_of(models)

    pool.survey([])

    assert list(pool.records) == ["first", "second", "third"]
    assert pool.resident == ("first", "second", "third")
    assert pool.records["second"].classes == ["cat", "dog"]


def test_only_the_models_asked_for_are_hosted(models):
    pool = pool_of(models)

    pool.survey(["third"])

    assert list(pool.records) == ["third"]
    with pytest.raises(ModelNotHostedError, match="first"):
        pool.model("first")


def test_the_least_recently_used_model_leaves_and_comes_back(models):
    roomy = pool_of(models)
    roomy.survey(["first"])
    room_for_two = 2 * roomy.model("first").weight_bytes
    pool = pool_of(models, max_weight_bytes=room_for_two)

    pool.survey([])
    assert pool.resident == ("second", "third")

    pool.model("second")
    pool.model("first")
    assert pool.resident == ("second", "first")


def test_a_single_model_larger_than_the_budget_is_hosted_all_the_same(models):
    pool = pool_of(models, max_weight_bytes=1)

    pool.survey(["first", "second"])

    assert pool.resident == ("second",)


def test_a_damaged_model_is_left_out_and_the_others_are_served(tmp_path):
    write_tiny_model(tmp_path, name="sound")
    damaged = write_tiny_model(tmp_path, name="damaged") / "model.keras"
    damaged.write_bytes(damaged.read_bytes()[:1000])
    pool = pool_of(tmp_path)

    pool.survey([])

    assert list(pool.records) == ["sound"]


def test_a_folder_without_any_sound_model_is_refused_with_the_reasons(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "model.toml").write_text("title = 3")

    with pytest.raises(NoModelError, match="title"):
        pool_of(tmp_path).survey([])


def test_compiled_kernels_are_shared_and_the_oldest_is_forgotten(models):
    pool = pool_of(models, kernels=2)
    pool.survey(["first"])
    model = pool.model("first")

    def kernel(method: str | None):
        layer = "second" if method == "gradcam" else None
        order = ExplanationOrder(model="first", method=method, layer=layer)
        return model.kernel(order, max_images=4)

    predict, gradcam = kernel(None), kernel("gradcam")
    assert kernel(None) is predict
    kernel("saliency")
    assert kernel(None) is predict
    assert kernel("gradcam") is not gradcam


def test_who_wants_something_else_does_not_wait_for_what_is_being_compiled(models):
    pool = pool_of(models)
    pool.survey(["first"])
    model = pool.model("first")
    is_compiling, may_end = threading.Event(), threading.Event()

    def compile_long():
        is_compiling.set()
        assert may_end.wait(30.0)
        return "long"

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(model.compiled, "long", compile_long)
        assert is_compiling.wait(30.0)
        second = threads.submit(model.compiled, "long", pytest.fail)
        assert model.compiled("short", lambda: "short") == "short"
        may_end.set()

        # It is compiled once, for both.
        assert (first.result(30.0), second.result(30.0)) == ("long", "long")


def test_what_could_not_be_compiled_is_tried_again(models):
    pool = pool_of(models)
    pool.survey(["first"])
    model = pool.model("first")

    def fail():
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        model.compiled("key", fail)

    assert model.compiled("key", lambda: "made") == "made"
