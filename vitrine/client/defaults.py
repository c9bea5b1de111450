"""What a client does where it is not told otherwise."""

DEFAULT_URL = "http://127.0.0.1:8000"
"""Where `vitrine up` listens."""

TIMEOUT_SECONDS = 60.0
"""For one answer: above the service's own deadline, so that its refusal is seen."""

RETRIES = 4
"""After the first try: some seconds in all, unless the service asks for longer."""

EXPLANATION_OUTPUTS = ("overlay", "heatmap", "raw")
"""All that a result opens without having been told what to ask for."""
