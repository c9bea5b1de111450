"""What a person would otherwise build: Grad-CAM of another library behind LitServe.

`python -m benchmarks.litserve_peer PEER MODEL_FOLDER PORT` serves `POST /predict` on this
machine until it is ended; PEER is tf-keras-vis or xplique. It is the same network as ours, in
batches of up to as many images, and answers with the class, a heatmap and an overlay of the
image's size, as PNG in JSON.
"""

import base64
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import litserve
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.free_port import LOCALHOST
from benchmarks.service import BATCH

if TYPE_CHECKING:
    from core.models.classifier import Classifier

BATCH_WAIT_SECONDS = 0.01
"""For company. Under load batches are full without it."""

Floats = NDArray[np.float32]

CamOf = Callable[[Floats, NDArray[np.int64]], Floats]
"""From preprocessed images [B, H, W, 3] and a class each to maps [B, h, w]."""


@dataclass(frozen=True)
class Found:
    """One image, and what was found in it."""

    image: Image.Image
    index: int
    probability: float
    cam: Floats


class GradCamApi(litserve.LitAPI):  # type: ignore[misc]  # the base has no types
    """The usual five steps of LitServe."""

    def __init__(self, peer: str, model_folder: str) -> None:
        super().__init__(max_batch_size=BATCH, batch_timeout=BATCH_WAIT_SECONDS)
        self._peer, self._model_folder = peer, model_folder

    def setup(self, device: str) -> None:
        """Load the network and the library, in the process that computes."""
        from core.models.load import load_classifier

        self._classifier = load_classifier(Path(self._model_folder))
        self._cam = CAMS[self._peer](self._classifier)

    def decode_request(self, request: dict[str, Any]) -> Image.Image:
        """Decode an image."""
        content = base64.b64decode(request["image"]["b64"])
        return Image.open(BytesIO(content)).convert("RGB")

    def batch(self, inputs: Sequence[Image.Image]) -> list[Image.Image]:
        """Leave the images as they are: their sizes differ."""
        return list(inputs)

    def predict(self, images: Sequence[Image.Image]) -> list[Found]:
        """Predict, and explain the first class of each image."""
        size = self._classifier.manifest.input
        pixels = np.stack(
            [
                np.asarray(image.resize((size.width, size.height), Image.Resampling.BILINEAR))
                for image in images
            ]
        )
        preprocessed = np.asarray(self._classifier.preprocess(pixels))
        scores = np.asarray(self._classifier.network(preprocessed, training=False))
        indices = scores.argmax(axis=1)
        cams = self._cam(preprocessed, indices)
        return [
            Found(image, int(index), float(row[index]), cam)
            for image, index, row, cam in zip(images, indices, scores, cams, strict=True)
        ]

    def unbatch(self, output: list[Found]) -> list[Found]:
        """Give each request its own."""
        return output

    def encode_response(self, output: Found) -> dict[str, Any]:
        """Draw heatmap and overlay at the size of the image, as the library's examples do."""
        from matplotlib import colormaps

        cam = output.cam - output.cam.min()
        greys = np.uint8(255 * cam / max(float(cam.max()), 1e-9))
        heatmap = Image.fromarray(greys).resize(output.image.size, Image.Resampling.BILINEAR)
        colours = np.uint8(255 * colormaps["jet"](np.asarray(heatmap))[..., :3])
        overlay = Image.blend(output.image, Image.fromarray(colours), 0.5)
        width, height = output.image.size
        return {
            "target": {"index": output.index, "probability": output.probability},
            "image": {"width": width, "height": height},
            "heatmap": png_of(heatmap),
            "overlay": png_of(overlay),
        }


def png_of(picture: Image.Image) -> str:
    """Write a picture as PNG, in base64."""
    file = BytesIO()
    picture.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def keras_vis_cam(classifier: "Classifier") -> CamOf:
    """Set tf-keras-vis up, as its examples do: over the logits, on a copy of the network."""
    from tf_keras_vis.gradcam import Gradcam
    from tf_keras_vis.utils.model_modifiers import ReplaceToLinear
    from tf_keras_vis.utils.scores import CategoricalScore

    explain = Gradcam(classifier.network, ReplaceToLinear(), clone=True)

    def cam(images: Floats, indices: NDArray[np.int64]) -> Floats:
        score = CategoricalScore([int(index) for index in indices])
        maps = explain(
            score, images, penultimate_layer=classifier.default_layer, expand_cam=False
        )
        return np.asarray(maps, np.float32).reshape(len(images), *np.shape(maps)[-2:])

    return cam


def xplique_cam(classifier: "Classifier") -> CamOf:
    """Set xplique up: over the logits, in batches as large as those that come."""
    import tensorflow as tf
    from xplique.attributions import GradCAM

    explain = GradCAM(
        classifier.network,
        output_layer=-2,
        batch_size=BATCH,
        conv_layer=classifier.default_layer,
    )

    def cam(images: Floats, indices: NDArray[np.int64]) -> Floats:
        targets = tf.one_hot(indices, len(classifier.classes))
        return np.asarray(explain(tf.constant(images), targets), np.float32)[..., 0]

    return cam


CAMS: dict[str, Callable[["Classifier"], CamOf]] = {
    "tf-keras-vis": keras_vis_cam,
    "xplique": xplique_cam,
}


def main(peer: str, model_folder: str, port: str) -> None:
    """Serve until ended."""
    # Under overload answers take long; none is to be given up.
    server = litserve.LitServer(
        GradCamApi(peer, model_folder), accelerator="cpu", timeout=False
    )
    server.run(
        host=LOCALHOST,
        port=int(port),
        num_api_servers=1,
        log_level="warning",
        generate_client_file=False,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
