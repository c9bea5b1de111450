"""The scores that a one-pass kernel asks for, with the prediction kept that they came from."""

from collections.abc import Callable

from core.models.classifier import Classifier
from core.score import LayerScoreFunction, ScoreFunction, Watch, class_scores, top_targets
from core.shapes import Activations, ClassIndices, Images, Logits, Maps, Scores
from workers.explained import Explained


class TargetedScores:
    """Scores of the class asked for in one forward pass, with the logits of that pass kept.

    One-pass kernels look at the images once; what they compute on the way, the logits, is also
    the prediction. A new one is made for every tracing.
    """

    def __init__(
        self, classifier: Classifier, requested: ClassIndices, versus: ClassIndices
    ) -> None:
        self.classifier = classifier
        self.versus = versus
        self._requested = requested
        self._explained: tuple[Logits, ClassIndices] | None = None

    def explained(self, maps: Maps) -> Explained:
        """Put the maps beside the logits and classes of the pass that they came from."""
        if self._explained is None:
            raise RuntimeError("the kernel has not asked for a score")
        logits, targets = self._explained
        return Explained(logits=logits, targets=targets, maps=maps)

    @property
    def targets(self) -> ClassIndices:
        """[B] the classes explained; known once the kernel has asked for a score."""
        return self.explained(None).targets

    def of_images(self, images: Images) -> Scores:
        """Score images [B, H, W, C]: a ScoreFunction."""
        return self.of_logits(self.classifier.logits)(images)

    def of_logits(self, logits_function: Callable[[Images], Logits]) -> ScoreFunction:
        """Score images by logits that are computed in some other way."""

        def score(images: Images) -> Scores:
            return self._scores(logits_function(images))

        return score

    def of_layer(self, layer: str) -> LayerScoreFunction:
        """Score images, showing a layer's activations on the way."""

        def score(images: Images, watch: Watch) -> tuple[Activations, Scores]:
            activations, logits = self.classifier.logits_watched(
                images, layer=layer, watch=watch
            )
            return activations, self._scores(logits)

        return score

    def activations(self, images: Images, layer: str) -> Activations:
        """Give a layer's activations [B, h, w, D], for kernels that need no gradient."""
        return self.of_layer(layer)(images, lambda _: None)[0]

    def _scores(self, logits: Logits) -> Scores:
        targets = top_targets(logits, self._requested)
        self._explained = logits, targets
        return class_scores(logits, targets, self.versus)
