"""A network's passes that know how many images went through them."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import tensorflow as tf

from core.models.classifier import Classifier
from workers.network_passes import NetworkPasses

Pass = Callable[..., Any]


class CountedPasses(NetworkPasses):
    """The worker's passes, which compute the same."""

    def __init__(self, classifier: Classifier) -> None:
        super().__init__(classifier)
        self.images: Counter[str] = Counter()
        """That went through so far: "gradients", or "forward" without any."""
        score, resumed_score = self.score, self.resumed_score
        self.gradient = self._counting(self.gradient, "gradients")
        self.predict = self._counting(self.predict, "forward")
        self.score = cache(lambda unit: self._counting(score(unit), "forward"))
        self.resumed_score = cache(
            lambda layer: self._counting(resumed_score(layer), "forward")
        )

    def _counting(self, compiled: Pass, kind: str) -> Pass:
        def counted(images: tf.Tensor, *rest: tf.Tensor, **named: tf.Tensor) -> object:
            self.images[kind] += len(images)
            return compiled(images, *rest, **named)

        return counted
