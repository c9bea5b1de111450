"""Images of six families of texture, and a network whose channels tell them apart.

Each family is a grating of its own direction; the network has four filters of each grating, a
quarter of a wave apart, behind a rectifier, and a class for each family.
"""

import keras
import numpy as np
import tensorflow as tf

FAMILIES, SIDE, FILTER = 6, 24, 7
PHASES = 4
FREQUENCY = 1 / 4
LABELS = tuple(f"family {number}" for number in range(FAMILIES))


def grating(family, rows, columns, phase):
    """A wave across a picture, in the family's direction: values in -1..1."""
    angle = np.pi * family / FAMILIES
    along = np.cos(angle) * columns + np.sin(angle) * rows
    return np.sin(2 * np.pi * FREQUENCY * along + phase)


def texture_images(per_family, *, seed=0):
    """Draw images [n, side, side, 3] and their families [n], one family after another."""
    random = np.random.default_rng(seed)
    families = np.repeat(np.arange(FAMILIES), per_family)
    rows, columns = np.mgrid[:SIDE, :SIDE]
    images = [
        random.uniform(0.5, 1.0) * grating(family, rows, columns, random.uniform(0, 2 * np.pi))
        + random.normal(0, 0.1, (SIDE, SIDE))
        for family in families
    ]
    return np.repeat(np.array(images, np.float32)[..., np.newaxis], 3, axis=-1), families


def texture_network():
    """Build the network; its layer `pooled` has maps of [4, 4, 24]."""
    given = keras.Input((SIDE, SIDE, 3))
    maps = keras.layers.Conv2D(
        PHASES * FAMILIES, FILTER, strides=2, padding="same", activation="relu", name="textures"
    )(given)
    pooled = keras.layers.AveragePooling2D(3, name="pooled")(maps)
    mixed = keras.layers.Conv2D(FAMILIES, 1, activation="relu", name="mixed")(pooled)
    scores = keras.layers.Dense(FAMILIES, name="scores")(
        keras.layers.GlobalAveragePooling2D()(mixed)
    )
    network = keras.Model(given, scores)
    rows, columns = np.mgrid[:FILTER, :FILTER] - FILTER // 2
    filters = [
        grating(family, rows, columns, phase) / (3 * FILTER)
        for family in range(FAMILIES)
        for phase in np.arange(PHASES) * 2 * np.pi / PHASES
    ]
    kernel = np.repeat(np.stack(filters, axis=-1)[:, :, np.newaxis], 3, axis=2)
    owner = np.repeat(np.eye(FAMILIES), PHASES, axis=0)
    network.get_layer("textures").set_weights([kernel, np.zeros(PHASES * FAMILIES)])
    network.get_layer("mixed").set_weights(
        [(owner - 0.1)[np.newaxis, np.newaxis], np.full(FAMILIES, 0.05)]
    )
    network.get_layer("scores").set_weights([2.0 * np.eye(FAMILIES) - 0.3, np.zeros(FAMILIES)])
    return network


def watched_logits(network, layer):
    """Hand out a layer's maps and the logits: a `LayerLogitsFunction`."""
    before = keras.Model(network.input, network.get_layer(layer).output)
    after = keras.Model(network.get_layer(layer).output, network.output)

    def score(images, watch):
        maps = tf.identity(before(images))
        watch(maps)
        return maps, after(maps)

    return score
