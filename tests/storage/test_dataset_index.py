"""An index gives every image its place, and holds few of them in memory."""

import itertools
import random
import tracemalloc

import pytest

from storage import dataset_index
from storage.dataset_index import DatasetIndex, IndexedImage, IndexSummary, write_index
from storage.errors import TooManyFoldersError
from storage.store import open_store
from storage.stored_file import StoredFile

HOME = "datasets/files/0"


def files(count, folders=3):
    for index in range(count):
        yield StoredFile(f"class {index * folders // count}/é{index:07}.jpg", index)


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(dataset_index, "PIECE_IMAGES", 4)


@pytest.mark.parametrize("count", [1, 3, 4, 5, 8, 30])
@pytest.mark.usefixtures("small_pieces")
def test_every_image_is_found_at_its_place(store, count):
    summary = write_index(store, HOME, files(count, folders=1))
    index = DatasetIndex(store, HOME, images=count)

    expected = [
        IndexedImage(number, file.path, 0, file.bytes)
        for number, file in enumerate(files(count, folders=1))
    ]
    assert summary == IndexSummary(count, count * (count - 1) // 2, ["class 0"], [count])
    assert len(index) == count
    assert list(index) == expected
    places = random.Random(0).sample(range(count), count)
    assert [index[place] for place in places] == [expected[place] for place in places]


@pytest.mark.parametrize("place", [-1, 5, 8])
def test_a_place_that_is_none_is_told(store, place):
    write_index(store, HOME, files(5))

    with pytest.raises(IndexError):
        DatasetIndex(store, HOME, images=5)[place]


def test_labels_are_the_places_of_the_classes_in_alphabetical_order(store):
    paths = ["zoo/dog/1", "zoo/cat/1", "zoo/cat/2/3", "zoo/Ant/1", "zoo/4"]

    summary = write_index(store, HOME, [StoredFile(path, 1) for path in paths])

    assert summary.classes == ["Ant", "cat", "dog"]
    assert summary.class_images == [1, 2, 1]
    assert [image.label for image in DatasetIndex(store, HOME, images=5)] == [2, 1, 1, 0, None]


def test_nothing_to_index_leaves_nothing(store):
    assert write_index(store, HOME, []) == IndexSummary(0, 0, [], [])
    assert list(store.files("")) == []


@pytest.mark.usefixtures("small_pieces")
def test_pieces_are_read_once_as_long_as_one_stays_near(store, monkeypatch):
    write_index(store, HOME, files(40))
    index = DatasetIndex(store, HOME, images=40)
    reads = []
    read = store.read
    monkeypatch.setattr(store, "read", lambda path: reads.append(path) or read(path))

    for place in sorted(random.Random(0).choices(range(40), k=100)):
        index[place]

    assert len(reads) == 10


def test_more_folders_than_are_taken_are_refused(store, monkeypatch):
    monkeypatch.setattr(dataset_index, "MAX_FOLDERS", 3)

    assert write_index(store, HOME, files(9, folders=3)).images == 9
    with pytest.raises(TooManyFoldersError):
        write_index(store, HOME, files(9, folders=4))


def test_memory_does_not_grow_with_the_number_of_images(tmp_path, monkeypatch):
    monkeypatch.setattr(dataset_index, "PIECE_IMAGES", 256)
    store = open_store(str(tmp_path))
    peaks = []
    for count in (6_000, 24_000):
        tracemalloc.start()
        write_index(store, HOME, files(count))
        index = DatasetIndex(store, HOME, images=count)
        for image in itertools.islice(index, 0, None, 101):
            assert image.bytes == image.index
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    # Sixteen pieces are kept.
    assert peaks[1] < 1.3 * peaks[0] < 3_000_000
