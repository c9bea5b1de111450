"""The most memory that this process has taken so far."""

from pathlib import Path

KIBIBYTES_PER_MEBIBYTE = 1024


def peak_mebibytes() -> float:
    """Tell how much memory this process has taken at most, by Linux' own account of it.

    `getrusage` would count what the process was forked from.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    status = dict(line.split(":", maxsplit=1) for line in lines)
    return int(status["VmHWM"].split()[0]) / KIBIBYTES_PER_MEBIBYTE
