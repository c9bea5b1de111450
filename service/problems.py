"""The problem body that every refusal has; `problem_table.py` says which."""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api_schemas.problems import MEDIA_TYPE, FieldFault, Problem
from messaging.errors import ExplanationRefusedError
from service.access_errors import RateLimitedError
from service.allowed_methods import allowed_methods
from service.errors import (
    FieldsInvalidError,
    JobFailedError,
    ParameterRefusedError,
    RangeNotSatisfiableError,
)
from service.field_faults import field_faults
from service.other_protocols import speaks_other_protocol
from service.pointers import faults_of
from service.problem_table import ANSWERS, INTERNAL_ERROR, STATUS_CODES, Answer, answer_for

PATH_CHARACTERS = "/:@!$&'()*+,;="
"""That stand for themselves in a path (RFC 3986, section 3.3): KServe's verbs have a colon."""


def problem_of(
    request: Request,
    answer: Answer,
    *,
    detail: str,
    faults: list[FieldFault] | None = None,
) -> Problem:
    """Write a problem (RFC 9457)."""
    return Problem(
        type=f"urn:vitrine:problem:{answer.code}",
        title=answer.title,
        status=answer.status,
        detail=detail,
        instance=quote(request.url.path, safe=PATH_CHARACTERS),
        code=answer.code,
        request_id=request.state.request_id,
        errors=faults,
        error=detail if speaks_other_protocol(request) else None,
    )


def problem_response(
    request: Request,
    answer: Answer,
    *,
    detail: str,
    faults: list[FieldFault] | None = None,
) -> Response:
    """Answer with a problem."""
    problem = problem_of(request, answer, detail=detail, faults=faults)
    request.state.problem_code = answer.code
    return Response(
        problem.model_dump_json(exclude_none=True),
        status_code=answer.status,
        headers=dict(answer.headers),
        media_type=MEDIA_TYPE,
    )


async def _known(request: Request, error: Exception) -> Response:
    response = problem_response(
        request, answer_for(error), detail=str(error), faults=faults_of(request, error)
    )
    if isinstance(error, RangeNotSatisfiableError):
        response.headers["Content-Range"] = f"bytes */{error.size}"
    if isinstance(error, RateLimitedError):
        response.headers["Retry-After"] = str(error.allowance.retry_seconds)
    return response


async def _by_router(request: Request, error: Exception) -> Response:
    status = HTTPStatus(getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR))
    code, title = STATUS_CODES.get(status, (f"http_{status.value}", status.phrase))
    headers = dict(getattr(error, "headers", None) or {})
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = allowed_methods(request)
    detail = f"{request.method} {request.url.path[:200]}: {status.phrase}; see /docs"
    return problem_response(request, Answer(status, code, title, headers), detail=detail)


async def _by_validation(request: Request, error: Exception) -> Response:
    faults = field_faults(error.errors() if isinstance(error, RequestValidationError) else [])
    return await _known(request, FieldsInvalidError(faults))


def internal_error(request: Request) -> Response:
    """Answer a request at which we failed, for a reason that the log alone knows."""
    answer = Answer(HTTPStatus.INTERNAL_SERVER_ERROR, *INTERNAL_ERROR)
    detail = f"the service failed; its log names request {request.state.request_id}"
    return problem_response(request, answer, detail=detail)


def install_problems(app: FastAPI) -> None:
    """Have every error of an application answered as a problem."""
    for error in (*ANSWERS, ExplanationRefusedError, JobFailedError, ParameterRefusedError):
        app.add_exception_handler(error, _known)
    app.add_exception_handler(RequestValidationError, _by_validation)
    app.add_exception_handler(HTTPException, _by_router)
