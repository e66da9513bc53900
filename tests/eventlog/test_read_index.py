"""The index of what was read: a second look reads nothing twice, and nothing in the cache is believed wrongly."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from cellboard.eventlog import LogDir
from cellboard.eventlog import tail as tail_module
from cellboard.eventlog.file_content import FileContent
from cellboard.eventlog.file_index import HEAD_SIZE, FileState, Stamp, decode, encode, read_head
from cellboard.eventlog.index_cache import IndexCache, cache_directory
from cellboard.eventlog.messages import Summary
from cellboard.eventlog.prefix_check import PrefixCheck
from cellboard.eventlog.scan import scan
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture(autouse=True)
def cache(tmp_path_factory, monkeypatch):
    """A cache of our own, in which even the smallest file is kept."""
    home = tmp_path_factory.mktemp("cache")
    monkeypatch.delenv("CELLBOARD_NO_INDEX", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    for module in ("index_cache", "logdir"):
        monkeypatch.setattr(f"cellboard.eventlog.{module}.WORTHWHILE", 4)
    monkeypatch.setattr("cellboard.eventlog.file_index._TICK", -1)  # as if all had been written long ago
    return home / "cellboard" / "index"


def payloads_of(events, count=30, first=0):
    """Scalars, an image, a text, a restart and metadata."""
    image = Summary.Value(tag="i", image=Summary.Image(encoded_image_string=b"picture", width=2, height=1))
    text = events.tensor_value("t", [b"hello"], "text", display_name="T", summary_description="d")
    for step in range(first, first + count):
        yield events.scalar("loss", step / 7, step, 1e9 + step)
        if step % 10 == 3:
            yield events.of_value(image, step, 1e9 + step)
            yield events.of_value(text, step, 1e9 + step)
            yield events.start(step - 1, 1e9 + step)


@pytest.fixture
def path(tmp_path, events):
    """An event file that has some of everything, damage too."""
    path = tmp_path / "logs" / "r" / "tfevents.1"
    path.parent.mkdir(parents=True)
    data = events.log(events.version(5.0), *payloads_of(events))
    path.write_bytes(data + b"damage" + events.log(events.scalar("loss", 9.0, 99, 2e9)) + b"torn")
    return path


@pytest.fixture
def reads(monkeypatch):
    """How many bytes of event files were read, and how often one was opened."""
    seen = {"bytes": 0, "opened": 0}

    class Counting:
        def __init__(self, file):
            self._file = file

        def __enter__(self):
            return self

        def __exit__(self, *error):
            self._file.close()

        def __getattr__(self, name):
            return getattr(self._file, name)

        def read(self, *size):
            octets = self._file.read(*size)
            seen["bytes"] += len(octets)
            return octets

        def readinto(self, buffer):
            count = self._file.readinto(buffer)
            seen["bytes"] += count
            return count

    real = tail_module.open_regular

    def counting(name):
        seen["opened"] += 1
        return Counting(real(name))

    monkeypatch.setattr(tail_module, "open_regular", counting)
    return seen


def all_of(log):
    """Everything that can be seen of a log, as text."""
    found = []
    for run in log.runs.values():
        found.append((run.name, run.started, run.color, [str(problem) for problem in run.problems]))
        for tag, series in run.scalars.items():
            found.append((tag, *(column.tolist() for column in (series.step, series.wall_time, series.value))))
            found.append(series.superseded.step.tolist())
        for tag, sample in [(tag, sample) for tag, series in run.images.items() for sample in series]:
            found.append((tag, sample.step, sample.wall_time, sample.encoded))
        for tag, series in run.texts.items():
            found.append((tag, series.display_name, series.description, [(s.step, s.text) for s in series]))
    return repr(found)


def load(path, **options):
    log = LogDir(path.parent.parent, **options)
    log.close()
    return log


def test_what_is_as_it_was_is_not_even_opened(path, cache, reads):
    first = load(path)
    assert reads["bytes"] >= path.stat().st_size
    reads.update(bytes=0, opened=0)
    second = load(path)
    assert (reads["bytes"], reads["opened"]) == (0, 0)
    assert all_of(second) == all_of(first) == all_of(load(path, index=False))
    assert len(second.problems) == 1
    assert second.runs["r"].scalars["loss"].value.flags.writeable is False


@pytest.fixture
def scanned(monkeypatch):
    """How many bytes were scanned."""
    seen = {"bytes": 0}

    def counting(data, *rest, **options):
        seen["bytes"] += len(data)
        return scan(data, *rest, **options)

    monkeypatch.setattr(tail_module, "scan", counting)
    return seen


def test_of_a_file_that_grew_only_the_news_are_scanned(path, events, reads, scanned):
    load(path)
    with path.open("ab") as file:
        file.write(events.log(*payloads_of(events, 500, 200)))
    size = path.stat().st_size
    reads.update(bytes=0)
    log = load(path)
    assert all_of(log) == all_of(load(path, index=False))
    load(path)
    scanned.update(bytes=0)
    news = events.log(events.scalar("new", 1.0))
    with path.open("ab") as file:
        file.write(news)
    reads.update(bytes=0)
    log = LogDir(path.parent.parent)
    assert scanned["bytes"] < 2 * len(news) < size <= reads["bytes"] < size + 3000
    assert log.runs["r"].scalars["new"].value.tolist() == [1.0]
    with path.open("ab") as file:
        file.write(events.log(events.scalar("loss", -1.0, 1000)))
    log.refresh()
    assert log.runs["r"].scalars["loss"].value[-1] == -1.0
    log.close()
    assert all_of(load(path)) == all_of(load(path, index=False))


def change_in_place(path, events):
    content = path.read_bytes()
    path.write_bytes(content.replace(b"loss", b"cost"))


def change_and_hide_it(path, events):
    status = path.stat()
    change_in_place(path, events)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def cut(path, events):
    os.truncate(path, path.stat().st_size // 2)


def replace(path, events):
    other = path.with_name("other")
    other.write_bytes(events.log(events.version(6.0), *payloads_of(events, 90)))
    os.replace(other, path)


def rewrite_and_grow(path, events):
    path.write_bytes(events.log(events.version(6.0), *payloads_of(events, 90)))


def grow_with_another_middle(path, events):
    content = path.read_bytes()
    path.write_bytes(content[:-64].replace(b"loss", b"cost") + content[-64:] + events.log(events.scalar("x", 1.0)))


def move(path, events):
    path.rename(path.with_name("tfevents.2"))


CHANGES = [change_in_place, change_and_hide_it, cut, replace, rewrite_and_grow, move]


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
def test_a_file_that_was_changed_is_read_anew(path, events, change):
    load(path)
    change(path, events)
    log = load(path)
    assert all_of(log) == all_of(load(path, index=False))
    assert all_of(load(path)) == all_of(log)


def edit_one_record(path, events, more):
    """Put another value where no sample is, under a checksum that is right, with `more` at the end."""
    old, new = (events.log(events.scalar("loss", value, 20, 1e9 + 20)) for value in (20 / 7, -5.0))
    content = path.read_bytes()
    assert content.count(old) == 1
    path.write_bytes(content.replace(old, new) + more)


@pytest.fixture
def few_samples(monkeypatch):
    """Only the first bytes and the last ones are looked at while a file is watched."""
    monkeypatch.setattr(tail_module, "_PRINT", 4)


@pytest.mark.usefixtures("few_samples")
def test_an_edit_that_no_sample_shows_is_seen(path, events):
    load(path)
    edit_one_record(path, events, events.log(events.scalar("x", 1.0)))
    log = load(path)
    assert -5.0 in log.runs["r"].scalars["loss"].value
    assert all_of(log) == all_of(load(path, index=False))


@pytest.mark.usefixtures("few_samples")
def test_an_edit_that_goes_unseen_while_a_file_is_watched_is_seen_later(path, events):
    """To compare every byte at every refresh would cost too much, but what was missed does not last."""
    watching = LogDir(path.parent.parent)
    edit_one_record(path, events, events.log(events.scalar("x", 1.0)))
    watching.refresh()
    watching.close()
    log = load(path)
    assert -5.0 in log.runs["r"].scalars["loss"].value
    assert all_of(log) == all_of(load(path, index=False))


def test_an_edit_right_after_reading_is_seen_although_the_times_are_the_same(path, events, monkeypatch):
    monkeypatch.setattr("cellboard.eventlog.file_index._TICK", 3_000_000_000)
    stamp = Stamp.of(path.stat())
    monkeypatch.setattr(Stamp, "of", classmethod(lambda cls, status: stamp))
    load(path)
    edit_one_record(path, events, b"")
    assert -5.0 in load(path).runs["r"].scalars["loss"].value


def test_what_was_compared_once_is_not_compared_again(path, monkeypatch, reads):
    monkeypatch.setattr("cellboard.eventlog.file_index._TICK", 1000_000_000_000)
    load(path)
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 2000_000_000_000)
    reads.update(bytes=0)
    load(path)
    assert reads["bytes"] >= path.stat().st_size - 100
    reads.update(bytes=0)
    load(path)
    assert reads["bytes"] == 0


def test_a_large_file_with_another_middle_is_read_anew(path, events, monkeypatch):
    monkeypatch.setattr(tail_module, "_WINDOW", 256)
    load(path)
    grow_with_another_middle(path, events)
    log = load(path)
    assert len(log.runs["r"].problems) > 1
    assert all_of(log) == all_of(load(path, index=False))


def test_only_the_user_can_look_into_it(path, cache):
    load(path)
    [kept] = cache.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert cache.stat().st_mode & 0o777 == 0o700


def test_what_others_could_have_written_is_not_believed(path, cache, reads):
    load(path)
    cache.chmod(0o777)
    reads.update(bytes=0)
    assert all_of(load(path)) == all_of(load(path, index=False))
    assert reads["bytes"] > path.stat().st_size
    cache.chmod(0o700)


@pytest.mark.parametrize("how", ["option", "environment", "small"])
def test_when_nothing_is_kept(path, cache, monkeypatch, how):
    if how == "environment":
        monkeypatch.setenv("CELLBOARD_NO_INDEX", "1")
    elif how == "small":
        for module in ("index_cache", "logdir"):
            monkeypatch.setattr(f"cellboard.eventlog.{module}.WORTHWHILE", 1 << 20)
    load(path, index=how != "option")
    assert not cache.exists()


def test_a_place_that_cannot_be_written_is_no_trouble(path, cache):
    cache.parent.mkdir(parents=True)
    cache.write_text("a file where the directory should be")
    assert all_of(load(path)) == all_of(load(path, index=False))


def test_it_may_be_deleted_at_any_time(path, events, cache):
    load(path)
    log = LogDir(path.parent.parent)
    for kept in cache.iterdir():
        kept.unlink()
    cache.rmdir()
    with path.open("ab") as file:
        file.write(events.log(*payloads_of(events, 400, 300)))
    log.refresh()
    log.close()
    assert all_of(log) == all_of(load(path, index=False))
    assert len(list(cache.iterdir())) == 1


def test_any_byte_of_it_may_be_damaged(path, cache, reads):
    wanted = all_of(load(path, index=False))
    load(path)
    [kept] = cache.iterdir()
    whole = kept.read_bytes()
    for at in [*range(HEAD_SIZE), *range(HEAD_SIZE, len(whole), 37), len(whole) - 1]:
        changed = bytearray(whole)
        changed[at] ^= 0x10
        kept.write_bytes(changed)
        log = LogDir(path.parent.parent)
        assert all_of(log) == wanted, at
        log._index.wait()
    for size in (0, 7, HEAD_SIZE, HEAD_SIZE + 1, len(whole) - 1):
        kept.write_bytes(whole[:size])
        assert all_of(load(path)) == wanted
    kept.write_bytes(whole + b"more")
    assert all_of(load(path)) == wanted


def test_that_of_another_version_is_not_read(path, cache, monkeypatch):
    load(path)
    [kept] = cache.iterdir()
    octets = bytearray(kept.read_bytes())
    octets[7] += 1
    kept.write_bytes(octets)
    assert read_head(octets[:HEAD_SIZE]) is None
    load(path)
    assert kept.read_bytes()[7] == octets[7] - 1


def test_a_pipe_in_its_place_is_not_waited_on(path, cache):
    load(path)
    [kept] = cache.iterdir()
    kept.unlink()
    os.mkfifo(kept)
    assert all_of(LogDir(path.parent.parent)) == all_of(load(path, index=False))


def test_it_has_a_bound_and_the_oldest_goes_first(tmp_path, events, cache, monkeypatch):
    sizes = []
    for at in range(4):
        path = tmp_path / f"log{at}" / "r" / "tfevents"
        path.parent.mkdir(parents=True)
        path.write_bytes(events.log(events.version(), *[events.scalar(f"a{at}", 1.0, step) for step in range(100)]))
        load(path)
        [newest] = set(cache.iterdir()) - {kept for kept, _ in sizes}
        os.utime(newest, (1000 + at, 1000 + at))
        sizes.append((newest, newest.stat().st_size))
    load(tmp_path / "log0" / "r" / "tfevents")  # used just now
    monkeypatch.setattr("cellboard.eventlog.index_cache.MOST", 3 * sizes[0][1])
    left_over = cache / "tmpabandoned"
    left_over.write_text("x")
    os.utime(left_over, (1, 1))
    IndexCache(cache)._tidy()
    assert set(cache.iterdir()) == {sizes[at][0] for at in (0, 2, 3)}


def test_what_is_larger_than_the_bound_is_not_kept(path, cache, monkeypatch):
    monkeypatch.setattr("cellboard.eventlog.index_cache._LARGEST", 100)
    load(path)
    assert list(cache.iterdir()) == []


def test_no_thread_is_left(path):
    log = LogDir(path.parent.parent)
    log.close()
    assert [thread.name for thread in threading.enumerate() if "index" in thread.name] == []


def test_the_end_of_the_program_leaves_nothing_half_done(path, cache):
    program = f"""
import cellboard.eventlog.index_cache as cache, cellboard.eventlog.logdir as logdir
cache.WORTHWHILE = logdir.WORTHWHILE = 4
logdir.LogDir({str(path.parent.parent)!r})
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
    [kept] = cache.iterdir()
    assert read_head(kept.read_bytes()[:HEAD_SIZE]) is not None


@pytest.mark.parametrize(
    ("platform", "variables", "wanted"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/cellboard/index"),
        ("linux", {"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "/h/.cache/cellboard/index"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/cellboard/index"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/cellboard/index"),
        ("win32", {}, None),
    ],
)
def test_where_it_is(monkeypatch, platform, variables, wanted):
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache_directory() == (Path(wanted) if wanted else None)


def test_without_a_home_there_is_none(monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
    assert IndexCache.default() is None


def state_of(data):
    content = FileContent()
    content.take(scan(data))
    check = PrefixCheck().extended(memoryview(data)[: content.offset])
    return FileState("/p", Stamp(1, 2, len(data), 3, 4), 5, 0.5, [(0, data[:9])], check, content.state())


def kept_of(state):
    return b"".join(encode(state))


def decoded(octets):
    head = read_head(octets[:HEAD_SIZE])
    rest = np.empty(len(octets) - HEAD_SIZE + 8, np.uint8)[-head.words % 8 :][: len(octets) - HEAD_SIZE]
    rest[:] = np.frombuffer(octets, np.uint8, offset=HEAD_SIZE)
    return decode(head, rest)


def test_it_comes_back_as_it_was(events):
    data = events.log(*payloads_of(events)) + b"junk" * 9 + events.log(events.scalar("\ud7ff/é", np.nan, -(2**63)))
    state = state_of(data)
    found = decoded(kept_of(state))
    for name in ("path", "stamp", "stamped_ns", "begin", "prints", "check"):
        assert getattr(found, name) == getattr(state, name), name
    for name in ("metadata", "marks", "offset", "damage", "damage_at_end", "damage_count", "events"):
        assert getattr(found.content, name) == getattr(state.content, name), name
    assert list(found.content.series) == list(state.content.series)
    for key, columns in state.content.series.items():
        for name, column in columns.items():
            np.testing.assert_array_equal(found.content.series[key][name], column)
            assert found.content.series[key][name].dtype == column.dtype


def sealed(octets, words):
    """The same with other words, and every checksum right."""
    head = read_head(octets[:HEAD_SIZE])
    columns = octets[HEAD_SIZE + head.words :]
    changed = struct.pack("<QQI", len(words), len(columns), zlib.crc32(words + columns))
    body = octets[12 : HEAD_SIZE - len(changed)] + changed
    return octets[:8] + struct.pack("<I", zlib.crc32(body)) + body + words + columns


HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.just([]),
    st.just({}),
    st.just([[1] * 9]),
)


@settings(max_examples=500, deadline=None)
@given(data=st.data())
def test_whoever_writes_it_can_do_no_harm(events, data):
    octets = kept_of(state_of(events.log(*payloads_of(events, 12))))
    head = read_head(octets[:HEAD_SIZE])
    said = json.loads(octets[HEAD_SIZE : HEAD_SIZE + head.words])
    place, within = said, data.draw(st.sampled_from(sorted(said)))
    while isinstance(place[within], list) and place[within] and data.draw(st.booleans()):
        place, within = place[within], data.draw(st.integers(0, len(place[within]) - 1))
    place[within] = data.draw(HOSTILE)
    found = decoded(sealed(octets, json.dumps(said).encode()))
    if found is not None:
        restored = FileContent.of(found.content)
        assert all(isinstance(part, str) for key in [*restored.series, *restored.metadata] for part in key)
        assert all(problem.size >= 0 for problem in restored.damage())


@pytest.mark.parametrize("words", [b"", b"[", b"[" * 100_000, b"1" * 5000, b"null", b"\xff"])
def test_words_that_are_no_words(events, words):
    assert decoded(sealed(kept_of(state_of(events.log(*payloads_of(events)))), words)) is None
