"""What TensorFlow says of itself at its start, kept from a person at a terminal."""

import os


def quieten() -> None:
    """Have TensorFlow, when it is imported later, leave its notes out; what fails is raised.

    Among them is an error on every machine that has no GPU. TF_CPP_MIN_LOG_LEVEL, where it is
    set already, wins.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
