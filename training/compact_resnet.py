"""The bundled network: a small ResNet V2 that a laptop's processor runs in milliseconds.

Source: He et al., "Identity Mappings in Deep Residual Networks" (2016),
https://arxiv.org/abs/1603.05027, figure 4 (e): full pre-activation, two 3x3 convolutions a
block. Layers are named as in Keras' ResNet50V2, so explanations written for it fit.
Departures: a 3x3 stem, three stages instead of four (a final map of 8x8 from 128 pixels,
fine enough to see an animal in), and a stride at the first block of a stage.
"""

from collections.abc import Sequence
from typing import Final

import keras
import numpy as np
from keras import layers

INPUT_SIZE: Final = (128, 128)
STEM_CHANNELS: Final = 24
STAGE_CHANNELS: Final = (32, 64, 160)
STAGE_BLOCKS: Final = (2, 2, 2)
BATCH_NORMALIZATION_EPSILON: Final = 1.001e-5
"""As in Keras' ResNet50V2."""
FEATURES_LAYER: Final = "avg_pool"
LAST_MAP_LAYER: Final = "post_relu"


def compact_resnet(
    *,
    class_count: int,
    size: tuple[int | None, int | None],
    stem_channels: int,
    stage_channels: Sequence[int],
    stage_blocks: Sequence[int],
) -> keras.Model:
    """Build the network with random weights.

    The stem and its pooling divide the size by four, every stage after the first by two.

    Args:
        class_count: probabilities to give.
        size: (height, width) of the input; None leaves a side free.
        stem_channels: channels of the first convolution.
        stage_channels: channels of each stage.
        stage_blocks: blocks of each stage.

    Returns:
        A flat Functional model from [B, H, W, 3] in -1 to 1 to probabilities [B, K].
    """
    pixels = keras.Input((*size, 3), name="pixels")
    maps = _convolution(pixels, stem_channels, name="conv1_conv", width=3, stride=2)
    maps = layers.MaxPooling2D(3, strides=2, padding="same", name="pool1_pool")(maps)
    # The stem is stage 1, and its pooling is the stride of stage 2.
    strides = (1, *(2 for _ in stage_blocks[1:]))
    stages = zip(stage_channels, stage_blocks, strides, strict=True)
    for stage, (channels, blocks, first_stride) in enumerate(stages, start=2):
        for block in range(1, blocks + 1):
            stride = first_stride if block == 1 else 1
            maps = _block(maps, channels, stride=stride, name=f"conv{stage}_block{block}")
    maps = _activation(maps, name="post")
    pooled = layers.GlobalAveragePooling2D(name=FEATURES_LAYER)(maps)
    head = layers.Dense(class_count, activation="softmax", dtype="float32", name="predictions")
    return keras.Model(pixels, head(pooled), name="compact_resnet")


def bundled_network(
    *, class_count: int, size: tuple[int | None, int | None] = INPUT_SIZE
) -> keras.Model:
    """Build the network with the widths of the bundled model, with random weights."""
    return compact_resnet(
        class_count=class_count,
        size=size,
        stem_channels=STEM_CHANNELS,
        stage_channels=STAGE_CHANNELS,
        stage_blocks=STAGE_BLOCKS,
    )


def multiply_adds(network: keras.Model) -> int:
    """Count the multiply-adds of one image in convolutions and dense layers.

    Normalization, activation and pooling are left out, as is usual; they are less than a
    hundredth of the whole. Depthwise convolutions are counted by their own kernels.
    """
    total = 0
    for layer in network.layers:
        if isinstance(layer, layers.DepthwiseConv2D | layers.Conv2D):
            total += int(np.prod(layer.output.shape[1:3]) * np.prod(layer.kernel.shape))
        elif isinstance(layer, layers.Dense):
            total += int(np.prod(layer.kernel.shape))
    return total


def _block(
    maps: keras.KerasTensor, channels: int, *, stride: int, name: str
) -> keras.KerasTensor:
    """Add what two convolutions make of the activated maps to the maps themselves."""
    activated = _activation(maps, name=f"{name}_preact")
    shortcut = maps
    if stride > 1 or maps.shape[-1] != channels:
        shortcut = _convolution(
            activated, channels, name=f"{name}_0_conv", width=1, stride=stride
        )
    inner = _convolution(activated, channels, name=f"{name}_1_conv", width=3, stride=stride)
    inner = _activation(inner, name=f"{name}_1")
    inner = _convolution(inner, channels, name=f"{name}_2_conv", width=3, stride=1)
    return layers.Add(name=f"{name}_out")([shortcut, inner])


def _activation(maps: keras.KerasTensor, *, name: str) -> keras.KerasTensor:
    """Normalize by batch, then cut off at zero."""
    normalization = layers.BatchNormalization(
        epsilon=BATCH_NORMALIZATION_EPSILON, name=f"{name}_bn"
    )
    return layers.ReLU(name=f"{name}_relu")(normalization(maps))


def _convolution(
    maps: keras.KerasTensor, channels: int, *, name: str, width: int, stride: int
) -> keras.KerasTensor:
    """Convolve without a bias: the normalization that follows has one."""
    return layers.Conv2D(
        channels,
        width,
        strides=stride,
        padding="same",
        use_bias=False,
        kernel_initializer="he_normal",
        name=name,
    )(maps)
