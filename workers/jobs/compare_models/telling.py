"""From the sums of a comparison to what `comparison.json` says."""

import numpy as np
from jaxtyping import Bool

from api_schemas.model_comparison import (
    ComparedModel,
    ConfusedLabels,
    LayerComparison,
    MapComparison,
    PredictionComparison,
)
from workers.jobs.compare_models.shown_files import AboutShown
from workers.jobs.compare_models.sums import ComparedShard, LabelSums, LayerSums


def compared_model(about: AboutShown, labels: LabelSums, *, place: int) -> ComparedModel:
    """Describe a model; `place` is 0 for the first and 1 for the second."""
    labelled = sum(labels.outcomes.values())
    correct = sum(count for right, count in labels.outcomes.items() if right[place])
    return ComparedModel(
        model=about.model,
        model_sha256=about.model_sha256,
        classes=list(about.classes),
        labelled=labelled,
        correct=correct,
        accuracy=correct / labelled if labelled else None,
        method=about.method,
    )


def prediction_comparison(whole: ComparedShard, labels: LabelSums) -> PredictionComparison:
    """Say how far the models' labels agree."""
    same, outcomes = int(whole.same_label.sum()), labels.outcomes
    return PredictionComparison(
        same_label=same,
        agreement=same / max(1, len(whole.images)),
        divergence=_mean(whole.divergences),
        only_first_correct=outcomes[True, False],
        only_second_correct=outcomes[False, True],
        both_correct=outcomes[True, True],
        neither_correct=outcomes[False, False],
        confusion=[
            ConfusedLabels(
                first=labels.first.classes[first],
                second=labels.second.classes[second],
                images=images,
            )
            for (first, second), images in sorted(
                labels.confusion.items(), key=lambda item: (-item[1], item[0])
            )
        ],
    )


def map_comparison(whole: ComparedShard, counted: Bool[np.ndarray, " n"]) -> MapComparison:
    """Say how alike the maps of some images are."""
    known = counted & np.isfinite(whole.correlations)
    return MapComparison(
        images=int(known.sum()),
        left_out=int(counted.sum() - known.sum()),
        rank_correlation=_mean(whole.correlations[known]),
        cosine=_mean(whole.cosines[known]),
    )


def layer_comparison(
    first: AboutShown, second: AboutShown, layers: LayerSums, *, picture: str
) -> LayerComparison:
    """Say which layers tell the same images apart."""
    cka = layers.similarities() if first.layers and second.layers else None
    return LayerComparison(
        first=list(first.layers),
        second=list(second.layers),
        cka=cka,
        batches=layers.batches,
        picture=None if cka is None else picture,
    )


def _mean(values: np.ndarray) -> float | None:
    """Average the finite values; none where there are none."""
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if finite.size else None
