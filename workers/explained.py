"""What a kernel run gives, and the form in which every method is called."""

from collections.abc import Callable
from dataclasses import dataclass

from api_schemas.auto import Choice
from api_schemas.evidence import MapEvidence
from api_schemas.schema import Schema
from core.progress import Track
from core.shapes import ClassIndices, Logits, Maps, Pixels


@dataclass(frozen=True)
class Explained:
    """What a kernel run gives for a batch."""

    logits: Logits
    """[B, K] scores before the softmax."""
    targets: ClassIndices
    """[B] the classes explained, the top ones filled in."""
    maps: Maps | None
    """[B, h, w], signed; none for a prediction. A look inside gives [B, h, w, D] activations or
    [B, h, w, C, D] weights."""
    evidence: tuple[MapEvidence, ...] | None = None
    """B of them; none unless ordered."""
    choice: Choice | None = None
    """Of the method; none where the order names one."""
    consensus: Maps | None = None
    """[B, H, W] in 0..1, of the methods chosen from."""
    found: Schema | None = None
    """What a look inside tells beside numbers; the same for the whole batch."""


Explain = Callable[[Pixels, ClassIndices, ClassIndices, Track], Explained]
"""From pixels [B, H, W, 3], targets [B] and versus [B] to maps and scores.

Methods of many passes go through their passes by the Track; the others take one step.
"""
