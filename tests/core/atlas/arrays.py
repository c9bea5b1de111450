"""Arrays that hypothesis draws for the steps of an atlas."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp


def matrices(rows, columns, *, magnitude=1e3):
    """Draw float32 matrices of so many rows and columns."""
    shape = st.tuples(st.integers(*rows), st.integers(*columns))
    numbers = st.floats(-magnitude, magnitude, width=32, allow_subnormal=False)
    return hnp.arrays(np.float32, shape, elements=numbers)


def layouts(rows=(1, 60)):
    """Draw points of the unit square, many of them on lines between cells."""
    shape = st.tuples(st.integers(*rows), st.just(2))
    numbers = st.one_of(
        st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]),
        st.floats(0.0, 1.0, width=32, allow_subnormal=False),
    )
    return hnp.arrays(np.float32, shape, elements=numbers)
