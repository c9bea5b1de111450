"""The models of one worker, side by side within a memory budget."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import structlog

from api_schemas.explanations import ExplanationOrder
from api_schemas.models import ModelRecord
from core.errors import CoreError
from core.models.classifier import Classifier
from core.models.folder import check_name
from core.models.load import load_classifier
from core.models.manifest import MANIFEST_FILE
from core.models.precision import Precision
from workers.describing import model_record
from workers.explained import Explain
from workers.kernels import compile_kernel
from workers.network_passes import NetworkPasses
from workers.provenance import provenance_of

log = structlog.get_logger()

Compiled = TypeVar("Compiled")


class NoModelError(Exception):
    """None of the models could be loaded, so that a worker would have nothing to do."""

    def __init__(self, folder: Path, reasons: Sequence[str]) -> None:
        self.folder, self.reasons = folder, tuple(reasons)
        found = "; ".join(reasons) or f"no folder in it holds a {MANIFEST_FILE}"
        super().__init__(f"no model can be hosted from {folder}: {found}")


class ModelNotHostedError(Exception):
    """A request for a model that this worker does not host."""

    def __init__(self, model: str) -> None:
        self.model = model
        super().__init__(f"this worker does not host {model!r}")


class HostedModel:
    """A loaded model and what has been compiled for it.

    Compiled functions are kept up to a number, the least recently used leaving first: a caller
    that varies a parameter with every request must not fill the memory.
    """

    def __init__(self, classifier: Classifier, *, max_compiled_kernels: int) -> None:
        self.classifier = classifier
        self.weight_bytes = sum(
            weight.value.dtype.size * int(weight.value.shape.num_elements())
            for weight in classifier.network.weights
        )
        self.weight_bytes += classifier.folding.weight_bytes
        self.passes = NetworkPasses(classifier)
        self.provenance = provenance_of(classifier)
        self._max_compiled_kernels = max_compiled_kernels
        self._compiled: OrderedDict[str, _Slot] = OrderedDict()
        # Requests and jobs ask from threads of their own.
        self._looking = threading.Lock()

    def kernel(self, order: ExplanationOrder, *, max_images: int) -> Explain:
        """Find or compile the function that carries out an order.

        Raises:
            CoreError: the order is wrong for this model.
        """
        return self.compiled(
            order.kernel_key,
            lambda: compile_kernel(self.passes, order, max_images=max_images),
        )

    def compiled(self, key: str, compile_anew: Callable[[], Compiled]) -> Compiled:
        """Find what was compiled under a key, or compile it and keep it for the next time.

        Who asks for something else meanwhile does not wait.
        """
        with self._looking:
            slot = self._compiled.setdefault(key, _Slot())
            self._compiled.move_to_end(key)
            while len(self._compiled) > self._max_compiled_kernels:
                self._compiled.popitem(last=False)
        with slot.compiling:
            if slot.content is None:
                slot.content = compile_anew()
        found: Compiled = slot.content
        return found


class _Slot:
    """What is compiled under one key."""

    def __init__(self) -> None:
        self.compiling = threading.Lock()
        self.content: Any = None


class ModelPool:
    """Loads models when they are asked for; the least recently used one makes room.

    Used by the computing thread alone.
    """

    def __init__(
        self,
        folder: Path,
        *,
        trust_code: bool,
        precision: Precision,
        max_weight_bytes: int,
        max_compiled_kernels: int,
    ) -> None:
        self._folder = folder
        self._trust_code = trust_code
        self._precision = precision
        self._max_weight_bytes = max_weight_bytes
        self._max_compiled_kernels = max_compiled_kernels
        self._resident: OrderedDict[str, HostedModel] = OrderedDict()
        self.records: dict[str, ModelRecord] = {}
        """Of every model that can be loaded, resident or not."""

    @property
    def resident(self) -> tuple[str, ...]:
        """Names of the models in memory, the least recently used first."""
        return tuple(self._resident)

    def survey(self, names: Sequence[str]) -> None:
        """Load every model once, to see that it can be and to describe it.

        A model that is damaged is reported and left out.

        Args:
            names: of the models to host; none for all of the folder.

        Raises:
            NoModelError: not one of them could be loaded.
        """
        found = sorted(path.parent.name for path in self._folder.glob(f"*/{MANIFEST_FILE}"))
        reasons: list[str] = []
        for name in names or found:
            try:
                check_name(self._folder / name)
                self.records[name] = model_record(self._load(name).classifier)
                log.info("model loaded", model=name)
            except CoreError as error:
                reasons.append(str(error))
                log.error("model left out", model=name, reason=str(error))
        if not self.records:
            raise NoModelError(self._folder, reasons)

    def model(self, name: str) -> HostedModel:
        """Give a model, loading it if it had to leave.

        Raises:
            ModelNotHostedError: it is none of this worker's.
            CoreError: its files have been damaged since they were surveyed.
        """
        if name not in self.records:
            raise ModelNotHostedError(name)
        if name not in self._resident:
            self._load(name)
        self._resident.move_to_end(name)
        return self._resident[name]

    def _load(self, name: str) -> HostedModel:
        """Load a model, and have others leave until the weights fit the budget."""
        loaded = HostedModel(
            load_classifier(
                self._folder / name, trust_code=self._trust_code, precision=self._precision
            ),
            max_compiled_kernels=self._max_compiled_kernels,
        )
        self._resident[name] = loaded
        while len(self._resident) > 1 and self._weight_bytes() > self._max_weight_bytes:
            leaving, _ = self._resident.popitem(last=False)
            log.info("model leaves the memory", model=leaving)
        return loaded

    def _weight_bytes(self) -> int:
        return sum(model.weight_bytes for model in self._resident.values())
