"""One `vitrine up` a data folder, and nothing left behind."""

import pytest

from vitrine.supervision.data_folder import own_folder
from vitrine.supervision.errors import FolderInUseError


def test_a_folder_that_is_held_is_refused_by_name(tmp_path):
    with (
        own_folder(tmp_path),
        pytest.raises(FolderInUseError, match=str(tmp_path)),
        own_folder(tmp_path),
    ):
        pass


def test_a_folder_can_be_held_again_after_it_was_let_go(tmp_path):
    with own_folder(tmp_path):
        pass
    with own_folder(tmp_path) as folder:
        assert folder == tmp_path.resolve()


def test_holding_a_folder_leaves_no_file_in_it(tmp_path):
    with own_folder(tmp_path / "deep" / "data") as folder:
        assert list(folder.iterdir()) == []
    assert list(folder.iterdir()) == []


def test_a_temporary_folder_is_private_and_gone_at_the_end():
    with own_folder(None) as folder:
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "something").touch()
    assert not folder.exists()
