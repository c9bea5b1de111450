"""What the steps of an atlas hand to each other: NumPy arrays, without TensorFlow.

N activations of D channels each, with a place in a layout and a contribution to each of K
classes; M cells of a grid.
"""

import numpy as np
from jaxtyping import Bool, Float, Int

Vectors = Float[np.ndarray, "N D"]
"""Activations, one place of one image each."""
Attributions = Float[np.ndarray, "N K"]
"""What each activation adds to the score of every class."""
Points = Float[np.ndarray, "N 2"]
"""Places in a layout: x to the right, y down."""
Line = Float[np.ndarray, " N"]
Rows = Int[np.ndarray, " M"]
"""Indices into other arrays."""
Chosen = Bool[np.ndarray, " N"]
"""Which of the activations are meant."""
CellVectors = Float[np.ndarray, "M D"]
CellAttributions = Float[np.ndarray, "M K"]
CellValues = Float[np.ndarray, " M"]
CellCounts = Int[np.ndarray, " M"]
Matrix = Float[np.ndarray, "D D"]
