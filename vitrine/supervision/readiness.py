"""Whether the whole of it answers, asked as any caller would."""

import http.client
import urllib.error
import urllib.request

ANSWER_SECONDS = 1.0

# A proxy of the environment has no business between two processes of one machine.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def answers_ready(base_url: str) -> bool:
    """Whether a front says that a live worker hosts its default model."""
    try:
        with _opener.open(f"{base_url}/healthz/ready", timeout=ANSWER_SECONDS) as answer:
            return bool(answer.status == http.client.OK)
    except (urllib.error.URLError, http.client.HTTPException, OSError):
        return False
