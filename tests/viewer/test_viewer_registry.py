"""Records of running viewers: whom they trust, and when they are dropped."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cellboard.viewer import registry
from cellboard.viewer.errors import NoSuchViewerError, RegistryError
from cellboard.viewer.processes import is_running, process_start
from cellboard.viewer.registry import ViewerRecord


def a_record(**changes: object) -> ViewerRecord:
    """A record that says this very process is a viewer."""
    record = ViewerRecord(
        id=registry.new_id(),
        pid=os.getpid(),
        process_start=process_start(os.getpid()),
        machine=socket.gethostname(),
        uid=os.getuid(),
        host="127.0.0.1",
        port=6006,
        token="secret-token",
        path_prefix="",
        logdir="/logs",
        version="0.1.0",
        started=time.time(),
    )
    return dataclasses.replace(record, **changes)


@pytest.fixture(autouse=True)
def forget(runtime_dir: Path):
    yield
    for path in runtime_dir.rglob("*.json"):
        path.unlink()


class TestRecord:
    def test_its_address(self) -> None:
        assert a_record().address == "http://127.0.0.1:6006/secret-token/"
        assert a_record(host="0.0.0.0", port=80).address == "http://127.0.0.1:80/secret-token/"
        assert a_record(host="::", path_prefix="/x").address == "http://[::1]:6006/x/secret-token/"
        assert a_record(host="box.example").address == "http://box.example:6006/secret-token/"

    def test_its_token_is_not_in_the_repr(self) -> None:
        assert "secret-token" not in repr(a_record())

    def test_it_comes_back_as_it_was_written(self) -> None:
        record = a_record(allow_host=("a.example",), window_title="t")
        registry.write(record)
        assert registry.read(record.id) == record

    def test_nobody_else_can_read_it(self, runtime_dir: Path) -> None:
        path = registry.write(a_record())
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent == runtime_dir / "cellboard"
        assert path.parent.stat().st_mode & 0o777 == 0o700


class TestFolder:
    def test_a_loose_folder_is_closed(self, runtime_dir: Path) -> None:
        (runtime_dir / "cellboard").mkdir(mode=0o777)
        (runtime_dir / "cellboard").chmod(0o777)
        assert registry.folder().stat().st_mode & 0o777 == 0o700

    def test_a_link_in_its_place_is_refused(self, runtime_dir: Path, tmp_path: Path) -> None:
        (runtime_dir / "cellboard").symlink_to(tmp_path)
        with pytest.raises(RegistryError, match="JUPYTER_RUNTIME_DIR"):
            registry.folder()
        (runtime_dir / "cellboard").unlink()

    def test_a_file_in_its_place_is_refused(self, runtime_dir: Path) -> None:
        (runtime_dir / "cellboard").write_text("")
        with pytest.raises(RegistryError, match="JUPYTER_RUNTIME_DIR"):
            registry.folder()
        (runtime_dir / "cellboard").unlink()

    @pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
    def test_a_folder_of_another_user_is_refused(self, runtime_dir: Path) -> None:
        (runtime_dir / "cellboard").mkdir()
        os.chown(runtime_dir / "cellboard", 12345, 12345)
        with pytest.raises(RegistryError, match="does not belong to you"):
            registry.folder()
        os.chown(runtime_dir / "cellboard", 0, 0)


class TestTrust:
    @pytest.mark.parametrize("mode", [0o644, 0o660, 0o666, 0o604])
    def test_a_record_others_may_touch_is_ignored(self, mode: int) -> None:
        record = a_record()
        registry.write(record).chmod(mode)
        assert registry.read(record.id) is None
        assert registry.running() == []

    @pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
    def test_a_record_that_another_user_owns_is_ignored(self) -> None:
        record = a_record()
        os.chown(registry.write(record), 12345, 12345)
        assert registry.read(record.id) is None

    def test_a_record_of_another_user_is_ignored_and_kept(self) -> None:
        path = registry.write(a_record(uid=os.getuid() + 1))
        assert registry.running() == []
        assert path.exists()

    def test_a_record_of_another_machine_is_ignored_and_kept(self) -> None:
        path = registry.write(a_record(machine="elsewhere", pid=999_999_999))
        assert registry.running() == []
        assert path.exists()

    def test_a_link_is_ignored(self, tmp_path: Path) -> None:
        record = a_record()
        path = registry.write(record)
        path.rename(tmp_path / "moved.json")
        path.symlink_to(tmp_path / "moved.json")
        assert registry.read(record.id) is None

    @pytest.mark.parametrize(
        "change",
        [
            {"port": "6006"},
            {"port": 0},
            {"pid": -1},
            {"pid": 1.5},
            {"token": None},
            {"extra": 1},
            {"id": "other"},
            {"allow_host": 5},
            {"started": "x"},
        ],
    )
    def test_nonsense_is_ignored(self, change: dict[str, object]) -> None:
        record = a_record()
        path = registry.write(record)
        path.write_text(json.dumps({**dataclasses.asdict(record), **change}))
        assert registry.read(record.id) is None
        assert registry.running() == []

    @pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 5000, "\x00"])
    def test_what_is_no_record_is_ignored(self, text: str) -> None:
        path = registry.write(a_record())
        path.write_text(text)
        assert registry.running() == []

    def test_a_pipe_does_not_block(self) -> None:
        path = registry.record_path("feedbeef")
        os.mkfifo(path, 0o600)
        assert registry.running() == []

    @pytest.mark.parametrize("id", ["../x", "", "A", "a/b", "x" * 40])
    def test_an_id_is_never_a_path(self, id: str) -> None:
        with pytest.raises(ValueError, match="no viewer's id"):
            registry.read(id)


class TestRunning:
    def test_live_ones_in_order_of_start(self) -> None:
        old, new = a_record(started=1.0, port=7001), a_record(started=2.0, port=7000)
        for record in (new, old):
            registry.write(record)
        assert registry.running() == [old, new]

    def test_a_dead_one_is_dropped_with_its_log(self) -> None:
        child = subprocess.Popen([sys.executable, "-c", ""])
        start = process_start(child.pid)
        child.wait()
        record = a_record(pid=child.pid, process_start=start)
        path = registry.write(record)
        registry.log_path(record.id).write_text("last words")
        assert registry.running() == []
        assert not path.exists()
        assert not registry.log_path(record.id).exists()

    def test_a_number_that_was_used_again_is_not_the_viewer(self) -> None:
        path = registry.write(a_record(process_start=1.0))
        assert registry.running() == []
        assert not path.exists()

    def test_a_zombie_is_gone(self) -> None:
        child = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
        start = process_start(child.pid)
        assert child.stdout is not None
        child.stdout.read()
        deadline = time.monotonic() + 10
        while is_running(child.pid, start) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not is_running(child.pid, start)
        child.stdout.close()
        child.wait()

    def test_find_goes_by_the_directory_not_its_spelling(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        record = a_record(logdir=str(tmp_path.resolve()))
        registry.write(record)
        registry.write(a_record(logdir="/elsewhere"))
        monkeypatch.chdir(tmp_path)
        (tmp_path.parent / "link").symlink_to(tmp_path)
        assert registry.find(".") == registry.find(tmp_path.parent / "link") == [record]

    def test_forgetting_makes_no_folder(self, runtime_dir: Path) -> None:
        record = a_record()
        registry.write(record)
        assert registry.is_kept(record)
        shutil.rmtree(runtime_dir)
        registry.remove(record)
        assert not registry.is_kept(record)
        assert not runtime_dir.exists()

    def test_choose_by_port_or_id(self) -> None:
        one, two = a_record(port=7000), a_record(port=7001)
        assert registry.choose([one, two], "7001") == [two]
        assert registry.choose([one, two], one.id) == [one]
        with pytest.raises(NoSuchViewerError, match="7001"):
            registry.choose([one, two], "7002")
        with pytest.raises(NoSuchViewerError, match="None is running"):
            registry.choose([], "7002")


class TestProbe:
    def test_nobody_there(self) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
        assert not registry.probe(a_record(port=port))

    def test_somebody_silent_there(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            assert not registry.probe(a_record(port=listener.getsockname()[1]), timeout=0.2)

    def test_a_real_viewer_and_lies_about_it(self, start, tmp_path: Path) -> None:
        start(tmp_path)
        [record] = registry.running()
        assert registry.probe(record)
        lies = {"id": "abcdef", "logdir": "/elsewhere", "pid": 1, "token": "wrong"}
        for name, lie in lies.items():
            assert not registry.probe(dataclasses.replace(record, **{name: lie}))

    def test_a_viewer_of_another_version_or_user(self, start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        start(tmp_path)
        [record] = registry.running()
        with monkeypatch.context() as patch:
            patch.setattr("cellboard.__version__", "99")
            assert not registry.probe(record)
        with monkeypatch.context() as patch:
            patch.setattr(registry, "user_id", lambda: record.uid + 1)
            assert not registry.probe(record)
        assert registry.probe(record)
