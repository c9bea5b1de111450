"""From options of a command to the environment that a process reads its settings from."""

import os


def put_settings(process: str, **settings: object) -> None:
    """Set VITRINE_<PROCESS>_<SETTING> for this process; what is none stays as it is.

    Args:
        process: `service` or `worker`.
        settings: by the names of the fields in its settings.
    """
    for name, value in settings.items():
        if value is not None:
            os.environ[f"VITRINE_{process.upper()}_{name.upper()}"] = str(value)
