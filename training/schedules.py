"""The learning rate over a run: up for a while, then down along half a cosine."""

import keras


def warm_cosine(
    *, highest: float, steps: int, warm_up_share: float
) -> keras.optimizers.schedules.LearningRateSchedule:
    """Rise from zero to the highest rate, then fall to zero with the last step.

    Args:
        highest: the rate at its height.
        steps: of the whole run.
        warm_up_share: share of the steps in which the rate rises; at least one step is.
    """
    warm_up = max(1, round(warm_up_share * steps))
    return keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps - warm_up), warmup_target=highest, warmup_steps=warm_up
    )
