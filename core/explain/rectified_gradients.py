"""The score's gradient with another gradient for the rectifiers on the way back."""

from core.errors import MethodUnsupportedError
from core.models.rectifiers import RectifierRule, rectified_by
from core.score import ScoreFunction, gradient_of
from core.shapes import Images


def rectified_gradient_of(
    score: ScoreFunction, images: Images, *, rule: RectifierRule, method: str
) -> Images:
    """Go back from each image's score to the image by a rule of its own for the rectifiers.

    Args:
        score: from images [B, H, W, C] to scores [B]; it must call the network, and not a
            function of it that has been traced before.
        images: [B, H, W, C] float32, in the units the model was trained on.
        rule: what the rectifiers' gradient is.
        method: named in the refusal.

    Returns:
        [B, H, W, C] float32; not the gradient of anything, in score units per input unit.

    Raises:
        MethodUnsupportedError: no rectifier was called, so that it would be the gradient.
    """
    with rectified_by(rule) as substitutions:
        gradients = gradient_of(score, images)
    if substitutions.calls == 0:
        raise MethodUnsupportedError(
            method, "it calls no ReLU that could be given another gradient"
        )
    return gradients
