"""The kinds that can be submitted are those that workers carry out."""

import itertools
from types import SimpleNamespace

import pytest

from api_schemas.job_kinds import JOB_KINDS
from messaging.jobs.keys import CPU_QUEUE, model_queue
from storage.store import open_store
from workers.jobs.carrying_out import JobCarrier
from workers.jobs.kinds import job_kinds
from workers.jobs.stages import JobOrder, stage_weight


@pytest.fixture
def kinds(tmp_path):
    return job_kinds(lambda name: None, open_store(str(tmp_path)), store_url=str(tmp_path))


def test_every_kind_that_can_be_submitted_is_carried_out(kinds):
    assert set(kinds) == set(JOB_KINDS)


def test_work_for_a_second_model_goes_to_those_who_host_it(kinds):
    params = {"dataset": "d1", "other_model": "second"}
    order = JobOrder("j1", "first", params)

    queues = [stage.queue(order) for stage in kinds["compare-models"]]

    assert queues == [model_queue("first"), model_queue("second"), CPU_QUEUE]


def test_those_who_look_after_lost_jobs_know_every_queue_of_a_job(kinds):
    carrier = JobCarrier(kinds, ledger=None, store=None, turns=None, stopping=None)

    def queues(kind):
        params = {"dataset": "d1", "other_model": "second"}
        record = SimpleNamespace(id="j1", kind=kind, model="first", params=params)
        return set(carrier.queues_of(record))

    assert queues("compare-models") == {model_queue("first"), model_queue("second"), CPU_QUEUE}
    assert queues("atlas") == {model_queue("first"), CPU_QUEUE}
    assert queues("of a later version") == {model_queue("first"), CPU_QUEUE}


def test_the_stages_of_a_kind_make_up_the_whole_of_its_progress(kinds):
    for stages in kinds.values():
        weights = [stage_weight(stages, index, 1) for index in range(len(stages))]
        assert sum(part.weight for part in weights) == pytest.approx(1.0)
        assert weights[0].before == 0.0
        for earlier, later in itertools.pairwise(weights):
            assert later.before == pytest.approx(earlier.before + earlier.weight)
