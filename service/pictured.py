"""Answers of which each has one picture: as JSON, or as the bare picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response

from api_schemas.schema import Schema
from service.negotiation import JSON, PNG, WEBP, preferred

JSON_ONLY = (JSON,)
JSON_OR_PICTURE = (JSON, PNG, WEBP)


@dataclass(frozen=True)
class Pictured:
    """An answer and its picture."""

    answer: Schema
    picture: bytes
    """PNG or WebP file; empty where the answer has none."""
    left_out: frozenset[str] = frozenset()
    """Members of the answer that were not asked for."""

    def as_json(self) -> str:
        """Write the answer."""
        return self.answer.model_dump_json(exclude=set(self.left_out))


def wanted_form(request: Request, *, is_batch: bool = False) -> str:
    """Tell which media type the answer is to have; several images have no one picture.

    Raises:
        NotAcceptableError: the request accepts none that is possible.
    """
    accept = ", ".join(request.headers.getlist("accept"))
    return preferred(accept, JSON_ONLY if is_batch else JSON_OR_PICTURE)


def pictured_response(
    answers: Sequence[Pictured], form: str, *, is_batch: bool = False
) -> Response:
    """Write answers in the form that the request wants."""
    if form != JSON:
        return Response(answers[0].picture, media_type=form)
    written = [answer.as_json() for answer in answers]
    body = f'{{"results":[{",".join(written)}]}}' if is_batch else written[0]
    return Response(body, media_type=JSON)
