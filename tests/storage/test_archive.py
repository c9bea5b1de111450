"""Archives are read as Python's own modules read them, or refused whole."""

import gzip
import io
import struct
import tarfile
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.archive import members_of
from storage.archive_rules import ArchiveLimits
from storage.errors import ArchiveError, ArchiveUndecodableError, ArchiveUnsafeError
from storage.member import CHUNK_BYTES
from tests.storage.hostile_archives import (
    DAMAGED,
    GOOD_GZIP,
    GOOD_TAR,
    GOOD_ZIP,
    LIMITS,
    PICTURE,
    UNSAFE,
    raw_zip,
    tar_of,
    zip_of,
)


def read(archive: bytes, limits: ArchiveLimits = LIMITS) -> dict[str, bytes]:
    found = {}
    for member in members_of(io.BytesIO(archive), limits):
        found[member.path] = b"".join(member.chunks)
        assert len(found[member.path]) == member.size
    return found


@pytest.mark.parametrize("make", UNSAFE.values(), ids=UNSAFE)
def test_an_archive_that_would_do_harm_is_refused_whole(make):
    with pytest.raises(ArchiveUnsafeError) as refused:
        read(make())

    assert refused.value.reason
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("make", DAMAGED.values(), ids=DAMAGED)
def test_an_archive_that_is_damaged_is_refused_whole(make):
    with pytest.raises(ArchiveUndecodableError):
        read(make())


def test_there_are_more_than_fifty_hostile_archives_and_no_two_are_alike():
    made = [make() for make in (*UNSAFE.values(), *DAMAGED.values())]

    assert len(set(made)) == len(made) > 100


@pytest.mark.parametrize("archive", [GOOD_ZIP, GOOD_TAR, GOOD_GZIP], ids=["zip", "tar", "gz"])
def test_a_good_archive_gives_its_files_in_order(archive):
    assert list(read(archive).items()) == [("a/1.png", PICTURE), ("b/2.png", PICTURE)]


@pytest.mark.parametrize("archive", [GOOD_ZIP, GOOD_TAR, GOOD_GZIP], ids=["zip", "tar", "gz"])
def test_a_member_may_be_left_unread(archive):
    members = members_of(io.BytesIO(archive), LIMITS)

    assert [member.path for member in members] == ["a/1.png", "b/2.png"]


@pytest.mark.parametrize("archive", [GOOD_ZIP, GOOD_TAR, GOOD_GZIP], ids=["zip", "tar", "gz"])
def test_wherever_an_archive_is_cut_it_is_refused(archive):
    for end in range(0, len(archive) - 1, 61):
        if archive is GOOD_TAR and not any(archive[end:]) and end >= 5632:
            continue  # A block of zeros is an end already.
        with pytest.raises(ArchiveError):
            read(archive[:end])


FILES = st.dictionaries(
    st.lists(
        st.text("abcé猫 .-_'~", min_size=1, max_size=60).filter(lambda name: name[0] != "."),
        min_size=1,
        max_size=3,
    ).map("/".join),
    st.binary(max_size=2000),
    max_size=8,
)


def are_apart(files: dict[str, bytes]) -> bool:
    return not any(one.startswith(f"{other}/") for one in files for other in files)


TREES = FILES.filter(are_apart)


@settings(deadline=None, max_examples=60)
@given(files=TREES, method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_a_zip_is_read_as_pythons_own_module_reads_it(files, method):
    archive = zip_of(*files.items(), method=method)

    assert read(archive) == files
    with zipfile.ZipFile(io.BytesIO(archive)) as own:
        assert {name: own.read(name) for name in own.namelist()} == files


@settings(deadline=None, max_examples=90)
@given(
    files=TREES,
    format=st.sampled_from([tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    is_packed=st.booleans(),
)
def test_a_tar_is_read_as_pythons_own_module_reads_it(files, format, is_packed):
    try:
        archive = tar_of(*files.items(), format=format)
    except ValueError:
        return  # Too long a name for the oldest kind.

    assert read(gzip.compress(archive) if is_packed else archive) == files
    with tarfile.open(fileobj=io.BytesIO(archive)) as own:
        assert {one.name: own.extractfile(one).read() for one in own} == files


@settings(deadline=None, max_examples=150)
@given(
    archive=st.sampled_from([GOOD_ZIP, GOOD_TAR, GOOD_GZIP]),
    changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4),
)
def test_whatever_is_changed_is_read_or_refused_and_never_fails(archive, changes):
    changed = bytearray(archive)
    for place, value in changes:
        changed[place % len(changed)] = value
    try:
        found = read(bytes(changed))
    except ArchiveError:
        return
    assert len(found) <= 2


def test_names_of_many_systems_are_read():
    spaces = "Bildschirmfoto\u202f1.png"

    assert set(read(zip_of((spaces, PICTURE)))) == {spaces}
    assert set(read(raw_zip(["Käse/1.png".encode()]))) == {"Käse/1.png"}
    assert set(read(raw_zip([b"K\x84se/1.png"]))) == {"Käse/1.png"}
    latin = tar_of(("Kise/1.png", PICTURE)).replace(b"Kise", b"K\xe4se")
    latin = (
        latin[:148] + b"%06o\0 " % (sum(latin[:148]) + sum(latin[156:512]) + 256) + latin[156:]
    )
    assert set(read(latin)) == {"Käse/1.png"}


def test_what_systems_leave_behind_is_left_out_and_folders_too():
    kept = {"cats/1.png": PICTURE, "cats/._": PICTURE}
    names = [
        "./",
        "cats/",
        "./cats/1.png",
        "__MACOSX/cats/._1.png",
        "cats/.DS_Store",
        "cats/Thumbs.db",
        "cats/desktop.ini",
        ".git/config",
    ]
    members = [(name, b"" if name.endswith("/") else PICTURE) for name in names]
    tars = [(name.rstrip("/"), content) for name, content in members if content]

    del kept["cats/._"]
    assert read(zip_of(*members)) == kept
    assert read(tar_of(*tars)) == kept


def test_an_archive_inside_an_archive_stays_as_it_is():
    inner = zip_of(("../evil", bytes(1_000_000)))

    assert read(zip_of(("a/inner.zip", inner))) == {"a/inner.zip": inner}


def test_a_zip_written_for_large_files_is_read(monkeypatch):
    # More than three members count as more than 65,535.
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 3)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in "abcd":
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(PICTURE)
    # Its sizes, too, stand where 64 bits fit.
    large = struct.pack("<2H2Q", 1, 16, len(PICTURE), len(PICTURE))
    written = file.getvalue()
    begin = written.rindex(b"PK\1\2")
    entry = written[begin : begin + 47]
    entry = entry[:20] + b"\xff" * 8 + entry[28:30] + struct.pack("<H", 20) + entry[32:] + large
    end = bytearray(written[begin + 47 :])
    end[40:48] = struct.pack("<Q", int.from_bytes(end[40:48], "little") + 20)
    end[64:72] = struct.pack("<Q", int.from_bytes(end[64:72], "little") + 20)

    assert b"PK\x06\x06" in written
    assert read(written) == dict.fromkeys("abcd", PICTURE)
    assert read(written[:begin] + entry + bytes(end)) == dict.fromkeys("abcd", PICTURE)


def test_a_zip_written_to_a_pipe_is_read():
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.written = b""

        def writable(self):
            return True

        def write(self, content):
            self.written += bytes(content)
            return len(content)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/1.png", PICTURE)

    assert read(pipe.written) == {"a/1.png": PICTURE}


def test_a_comment_may_hold_what_looks_like_an_end():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a/1.png", PICTURE)
        archive.comment = b"PK\5\6" + bytes(18) + b"words"

    assert read(file.getvalue()) == {"a/1.png": PICTURE}


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_a_large_archive_takes_little_memory(tmp_path, kind):
    noise = zip_noise = bytes(range(256)) * 256 * 16  # 1 MiB
    path = tmp_path / f"large.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for index in range(40):
                archive.writestr(f"a/{index}.png", zip_noise)
    else:
        with tarfile.open(path, "w:gz", compresslevel=1) as archive:
            for index in range(40):
                entry = tarfile.TarInfo(f"a/{index}.png")
                entry.size = len(noise)
                archive.addfile(entry, io.BytesIO(noise))
    limits = ArchiveLimits(max_members=100, max_bytes=10**9)
    tracemalloc.start()
    with path.open("rb") as file:
        sizes = [sum(map(len, member.chunks)) for member in members_of(file, limits)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sizes == [len(noise)] * 40
    assert peak < 8 * CHUNK_BYTES + 500_000


@pytest.mark.parametrize("make", UNSAFE.values(), ids=UNSAFE)
def test_a_refusal_takes_neither_time_nor_memory(make):
    archive = make()
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(ArchiveUnsafeError):
        read_in_chunks(archive)
    seconds = time.process_time() - begun
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert seconds < 5
    assert peak < 4_000_000


def read_in_chunks(archive: bytes) -> None:
    for member in members_of(io.BytesIO(archive), LIMITS):
        for _ in member.chunks:
            pass
