"""Every error that a route can meet has an answer, and none is left out of the tables."""

import pytest

from api_schemas.jobs import JobError
from core.errors import ImageError
from messaging.errors import ApiKeyNotFoundError, ExplanationRefusedError, MessagingError
from service import refusals
from service.access_errors import AccessError
from service.errors import JobFailedError, ParameterRefusedError, ServiceError
from service.problem_table import ANSWERS, JOB_ENDS, REFUSALS, answer_for
from storage import errors as stored
from storage import object_faults
from workers.refusal_codes import REFUSAL_CODES

KEPT_FROM_CALLERS = {
    stored.StoreUrlError,
    stored.PathInvalidError,
    stored.FileNotStoredError,
    stored.FileChangedError,
    stored.ArtifactNotFoundError,
    stored.ArchiveError,
    object_faults.RangeOutsideError,
}
"""Of the store's errors: what stops the start, and what never leaves a route as it is."""

OF_ANOTHER = (JobFailedError, ParameterRefusedError, AccessError)
"""Answered as what they hold, or as their kinds."""

RAISED = [
    *(error for error in ServiceError.__subclasses__() if error not in OF_ANOTHER),
    *AccessError.__subclasses__(),
    *(
        error
        for error in MessagingError.__subclasses__()
        if error not in (ExplanationRefusedError, ApiKeyNotFoundError)
    ),
    *ImageError.__subclasses__(),
    *REFUSAL_CODES,
    *stored.ArchiveError.__subclasses__(),
    *(
        error
        for error in stored.StorageError.__subclasses__()
        if error not in KEPT_FROM_CALLERS
    ),
]


@pytest.mark.parametrize("error", RAISED, ids=lambda error: error.__name__)
def test_every_error_has_an_answer_of_a_refusal(error):
    assert 400 <= ANSWERS[error].status < 600


@pytest.mark.parametrize("error", ANSWERS, ids=lambda error: error.__name__)
def test_every_error_is_declared_by_a_route(error):
    assert error in {
        *refusals.ON_KEYS,
        *refusals.ON_LOCALIZATION,
        *refusals.ON_REPLAYS,
        *refusals.ON_FILTERS,
        *refusals.ON_PREDICTED_BODIES,
        *refusals.ON_SUBMISSIONS,
        *refusals.ON_RETRIES,
        *refusals.ON_RESULTS,
        *refusals.ON_ARTIFACTS,
        *refusals.ON_LOCATING,
        *refusals.ON_DATASETS,
        *refusals.ON_NEW_DATASETS,
    }


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=lambda answer: answer.code)
def test_whoever_is_to_try_again_is_told_when(answer):
    is_passing = answer.status in (429, 503, 504) or answer.code == "job_not_finished"

    assert ("Retry-After" in answer.headers) == is_passing


@pytest.mark.parametrize("code", REFUSAL_CODES.values())
def test_a_refusal_by_a_worker_is_answered_like_our_own(code):
    assert answer_for(ExplanationRefusedError(code, "…")).code == code


@pytest.mark.parametrize("code", [*JOB_ENDS, *REFUSAL_CODES.values()])
def test_a_job_that_failed_is_answered_with_its_own_code(code):
    assert answer_for(JobFailedError(JobError(code=code, detail="…"))).code == code


def test_a_job_that_failed_in_words_that_we_do_not_know_is_the_workers_failure():
    error = JobError(code="moon_not_full", detail="…")

    assert answer_for(JobFailedError(error)).code == "job_failed"


def test_a_refusal_in_words_that_we_do_not_know_is_the_workers_failure():
    # A worker of a newer version may have more words than this front.
    assert (
        answer_for(ExplanationRefusedError("moon_not_full", "…")).code == "explanation_failed"
    )


def test_a_code_has_one_status_whatever_error_it_stands_for():
    for answer in ANSWERS.values():
        assert REFUSALS[answer.code].status == answer.status
