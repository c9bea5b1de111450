"""Maps that know nothing, beside which the others have to prove themselves."""

import tensorflow as tf

from core.shapes import Images, Maps


def random_maps(images: Images, *, cells: int, seed: int) -> Maps:
    """Draw a map without looking at the network.

    Args:
        images: [B, H, W, C], only for their size.
        cells: along each side; the map is drawn on so many by so many cells and enlarged, so
            that it is as coarse as the map that it is held against. Single pixels would make
            noise of the image, which fools networks more than a missing part does.
        seed: of the map.

    Returns:
        [B, H, W] float32, the same map for every image.
    """
    drawn = tf.random.stateless_uniform((1, cells, cells, 1), seed=(seed, 0))
    enlarged = tf.image.resize(drawn, images.shape[1:3], method="bicubic")[..., 0]
    return tf.repeat(enlarged, images.shape[0], axis=0)
