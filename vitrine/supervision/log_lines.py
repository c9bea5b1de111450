"""Which of the lines that children write are for the person at the terminal."""

import json

SHOWN_LEVELS = frozenset({"warning", "error", "critical"})

QUIET_FIELDS = frozenset({"event", "level", "timestamp", "exception"})
"""Not repeated behind the event: shown elsewhere, or too long for a line."""


def shown_line(line: str, *, verbose: bool) -> str | None:
    """Turn a line of a child's log into one for a person.

    Args:
        line: one JSON object, or whatever libraries write.
        verbose: whether everything is shown, as it is.

    Returns:
        The line to show; none for what is no warning.
    """
    if verbose:
        return line
    try:
        event = json.loads(line)
        if event["level"] not in SHOWN_LEVELS:
            return None
    except (ValueError, TypeError, KeyError):
        return None
    details = [f"{name}={value}" for name, value in event.items() if name not in QUIET_FIELDS]
    return ": ".join([str(event.get("event", "")), *([", ".join(details)] if details else [])])
