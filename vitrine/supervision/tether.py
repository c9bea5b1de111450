"""Becomes another program that dies with the process that started it, even if that is killed.

    python tether.py PARENT PROGRAM ARGUMENT...

On Linux the kernel is asked to kill this process when its parent ends (prctl(2),
PR_SET_PDEATHSIG), which outlives the exec. Elsewhere there is no such thing, and a killed
parent leaves its children; every other end of the parent ends them.

It is run as a file of its own, before the program, since code between fork and exec may
deadlock in a parent that has threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> int:
    """Tie this process to its parent and become the program."""
    parent, program = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        # It ended before it could be asked for: nobody would end this process later.
        return 1
    os.execvp(program[0], program)


if __name__ == "__main__":
    sys.exit(main())
