"""The kinds that can be submitted are those that workers carry out."""

import itertools

import pytest

from api_schemas.job_kinds import JOB_KINDS
from storage.store import open_store
from workers.jobs.kinds import job_kinds
from workers.jobs.stages import stage_weight


@pytest.fixture
def kinds(tmp_path):
    return job_kinds(lambda name: None, open_store(str(tmp_path)), store_url=str(tmp_path))


def test_every_kind_that_can_be_submitted_is_carried_out(kinds):
    assert set(kinds) == set(JOB_KINDS)


def test_the_stages_of_a_kind_make_up_the_whole_of_its_progress(kinds):
    for stages in kinds.values():
        weights = [stage_weight(stages, index, 1) for index in range(len(stages))]
        assert sum(part.weight for part in weights) == pytest.approx(1.0)
        assert weights[0].before == 0.0
        for earlier, later in itertools.pairwise(weights):
            assert later.before == pytest.approx(earlier.before + earlier.weight)
