"""A process that takes bad inputs one after the other, and may die of one.

    python -m tests.fuzz.eat_inputs image 0 1000 place

`place` is a file whose first eight bytes are the number of the input that is at work, so that
whoever finds this process dead knows of what. An input that takes more than its seconds of
processor time ends it by SIGPROF, also within a library: waiting behind others costs nothing.
"""

import json
import mmap
import os
import signal
import sys
from collections import Counter
from pathlib import Path

import psutil

from benchmarks.peak_memory import peak_mebibytes
from messaging.json_log import configure_log
from tests.fuzz.decoding import EATERS
from tests.fuzz.inputs import INPUTS

MOST_SECONDS = 30.0
"""Of the processor, for one input; an ordinary one takes a millisecond."""
NUMBER_BYTES = 8
MEBIBYTE = 2**20


def eat(kind: str, first: int, count: int, place: mmap.mmap) -> dict[str, object]:
    """Take the inputs of a kind, and tell what came of them and what is left behind."""
    make, take = INPUTS[kind], EATERS[kind]
    process, outcomes, early = psutil.Process(), Counter[str](), {}
    for number in range(first, first + count):
        place[:NUMBER_BYTES] = number.to_bytes(NUMBER_BYTES, "little")
        content = make(number)
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        outcomes[take(content)] += 1
        signal.setitimer(signal.ITIMER_PROF, 0)
        if number == first + count // 2:
            early = holdings(process)
    return {"outcomes": outcomes, "early": early, "late": holdings(process)}


def holdings(process: psutil.Process) -> dict[str, int]:
    """Tell what a process holds: bytes of memory, open files, threads."""
    return {
        "bytes": process.memory_info().rss,
        "most_bytes": round(peak_mebibytes() * MEBIBYTE),
        "files": process.num_fds(),
        "threads": process.num_threads(),
    }


def main() -> None:
    """Do what the arguments say, and print the outcome as JSON."""
    configure_log()
    kind, first, count, path = sys.argv[1:]
    with Path(path).open("r+b") as file:
        os.truncate(file.fileno(), NUMBER_BYTES)
        with mmap.mmap(file.fileno(), NUMBER_BYTES) as place:
            told = eat(kind, int(first), int(count), place)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
