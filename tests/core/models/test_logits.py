"""The scores before the softmax are found behind whatever a network ends in, or refused."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.logits import ActivationNotFoundError, logits_of, probabilities_of
from core.models.mismatch import MismatchError

SCORES = np.array([[1.5, -0.25, 3.0], [0.0, 8.0, -8.0]], np.float32)


def found(output_of, activation, scores=SCORES):
    function = tf.function(
        lambda given: logits_of(output_of(given), activation), autograph=False
    )
    return function(tf.constant(scores)).numpy()


@pytest.mark.parametrize(
    "ending",
    [
        tf.nn.softmax,
        keras.ops.softmax,
        lambda scores: tf.identity(tf.cast(tf.nn.softmax(scores), tf.float64)),
        lambda scores: tf.reshape(tf.nn.softmax(scores[:, None, None, :]), (-1, 3)),
        lambda scores: tf.nn.softmax(scores[:, None, None, :]),
        lambda scores: tf.squeeze(tf.nn.softmax(scores[:, None, :]), axis=1),
    ],
    ids=["bare", "by Keras", "cast", "reshaped", "not reshaped", "squeezed"],
)
def test_scores_before_a_softmax_are_found_behind_what_follows_it(ending):
    np.testing.assert_array_equal(found(ending, "softmax"), SCORES)


def test_scores_before_several_sigmoids_are_found_as_they_are():
    np.testing.assert_array_equal(found(tf.sigmoid, "sigmoid"), SCORES)


@pytest.mark.parametrize(
    ("ending", "activation"), [(tf.sigmoid, "sigmoid"), (tf.identity, "sigmoid-logits")]
)
def test_one_sigmoid_becomes_the_log_odds_against_and_for(ending, activation):
    scores = SCORES[:, :1]

    logits = found(ending, activation, scores)

    np.testing.assert_array_equal(logits, np.concatenate([-scores, scores], axis=1))
    probabilities = probabilities_of(tf.constant(logits), activation).numpy()
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_allclose(probabilities[:, 1:], 1 / (1 + np.exp(-scores)), rtol=1e-6)


def test_probabilities_of_a_softmax_are_the_exponentials_shared_out():
    raised = np.exp(SCORES)

    probabilities = probabilities_of(tf.constant(SCORES), "softmax").numpy()

    np.testing.assert_allclose(probabilities, raised / raised.sum(1, keepdims=True), rtol=1e-5)


@pytest.mark.parametrize(
    ("ending", "activation", "operation"),
    [
        (tf.sigmoid, "softmax", "Sigmoid"),
        (tf.nn.softmax, "sigmoid", "Softmax"),
        (tf.nn.softmax, "logits", "softmax"),
        (tf.nn.log_softmax, "logits", "log-softmax"),
        (lambda scores: tf.nn.softmax(scores) * 2.0, "softmax", "Mul"),
    ],
)
def test_an_activation_other_than_the_manifests_is_refused_by_name(
    ending, activation, operation
):
    with pytest.raises(ActivationNotFoundError, match=f"operation {operation}"):
        found(ending, activation)


def test_a_softmax_inside_a_closed_function_is_refused_with_the_remedy():
    closed = tf.function(tf.nn.softmax, autograph=False)

    with pytest.raises(ActivationNotFoundError, match="whose inside cannot be reached"):
        found(closed, "softmax")


@pytest.mark.parametrize(
    "ending",
    [
        lambda scores: tf.nn.softmax(tf.tile(scores[:, None, None, :], (1, 2, 2, 1))),
        lambda scores: tf.nn.softmax(scores)[:, 0],
    ],
    ids=["a map of scores", "one number"],
)
def test_an_output_that_is_not_one_score_per_class_is_refused(ending):
    with pytest.raises(MismatchError):
        found(ending, "softmax")


def test_one_output_that_is_called_logits_is_refused_with_the_remedy():
    with pytest.raises(MismatchError, match="sigmoid-logits"):
        found(tf.identity, "logits", SCORES[:, :1])
