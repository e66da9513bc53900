"""Background viewers: started, found again, stopped, and what happens to them and their files on the way."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from cellboard.viewer import launch, registry, serve
from cellboard.viewer.errors import LaunchError, PortTakenError
from cellboard.viewer.idle import Audience, this_process
from cellboard.viewer.options import ViewerOptions
from cellboard.viewer.processes import is_running, process_start


def options(logdir: Path, **changes: object) -> ViewerOptions:
    return dataclasses.replace(ViewerOptions(str(logdir), port=0), **changes)


def files(runtime_dir: Path) -> list[str]:
    return sorted(path.suffix for path in (runtime_dir / "cellboard").iterdir() if path.name != "launch.lock")


class TestLaunch:
    def test_it_answers_and_is_listed(self, background, http_get, tmp_path: Path) -> None:
        record = background(options(tmp_path))
        assert http_get(record.address + "api/v1/ping").json()["logdir"] == str(tmp_path.resolve())
        assert registry.running() == [record]
        assert record.pid != os.getpid()

    def test_no_token_where_others_can_look(self, background, tmp_path: Path) -> None:
        record = background(options(tmp_path))
        for file in ("cmdline", "environ"):
            assert record.token.encode() not in Path(f"/proc/{record.pid}/{file}").read_bytes()
        log = registry.log_path(record.id)
        assert log.stat().st_mode & 0o777 == 0o600
        assert record.token not in log.read_text()

    def test_it_has_a_session_of_its_own(self, background, tmp_path: Path) -> None:
        record = background(options(tmp_path))
        assert os.getsid(record.pid) == os.getpgid(record.pid) == record.pid

    def test_it_holds_no_directory_and_no_descriptor_of_ours(
        self, background, tmp_path: Path, runtime_dir: Path
    ) -> None:
        with (tmp_path / "held").open("w") as held:
            os.set_inheritable(held.fileno(), True)
            record = background(options(tmp_path))
            links = [os.readlink(link) for link in Path(f"/proc/{record.pid}/fd").iterdir()]
        assert str(tmp_path / "held") not in links
        assert os.readlink(f"/proc/{record.pid}/cwd") == str(runtime_dir / "cellboard")

    def test_a_module_in_the_working_directory_does_not_get_in(self, background, tmp_path, monkeypatch) -> None:
        (tmp_path / "tornado.py").write_text("raise SystemExit('the wrong tornado')")
        monkeypatch.chdir(tmp_path)
        assert background(options(tmp_path)).port

    def test_a_port_that_is_taken(self, tmp_path: Path, runtime_dir: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with pytest.raises(PortTakenError, match=f"port {port} is in use by another program") as caught:
                launch.launch(options(tmp_path, port=port))
        assert "without --port" in caught.value.hint
        assert files(runtime_dir) == []

    def test_a_port_that_a_viewer_has(self, background, tmp_path: Path) -> None:
        record = background(options(tmp_path / "one"))
        with pytest.raises(PortTakenError, match=r"cellboard viewer over .*one") as caught:
            launch.launch(options(tmp_path / "two", port=record.port))
        assert f"cellboard stop {record.port}" in caught.value.hint

    def test_one_that_fails_says_why(self, tmp_path: Path, runtime_dir: Path) -> None:
        with pytest.raises(LaunchError, match="there is no host") as caught:
            launch.launch(options(tmp_path, host="no-such-host.invalid"))
        assert "ended with status 1" in str(caught.value)
        assert files(runtime_dir) == []

    def test_one_that_cannot_start_says_why(self, tmp_path: Path, runtime_dir: Path, monkeypatch) -> None:
        monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
        with pytest.raises(LaunchError, match="no-python"):
            launch.launch(options(tmp_path))
        assert files(runtime_dir) == []

    def test_one_that_stays_silent_is_stopped(self, tmp_path: Path, runtime_dir: Path, monkeypatch) -> None:
        silent = tmp_path / "silent-python"
        silent.write_text("#!/bin/sh\necho nothing to say\nexec sleep 60\n")
        silent.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(silent))
        with pytest.raises(LaunchError, match=r"did not answer within 0.5 s(.|\n)*nothing to say"):
            launch.launch(options(tmp_path), timeout=0.5)
        assert files(runtime_dir) == []


class TestEnsure:
    def test_the_second_is_the_first(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "logs").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "logs")
        monkeypatch.chdir(tmp_path)
        first, reused = launch.ensure(options(tmp_path / "logs"))
        assert not reused
        for spelling in ("logs", "./logs/", "link"):
            assert launch.ensure(ViewerOptions(spelling)) == (first, True)
        assert launch.stop(first)

    def test_another_logdir_is_another_viewer(self, tmp_path: Path) -> None:
        one, _ = launch.ensure(options(tmp_path / "one"))
        two, reused = launch.ensure(options(tmp_path / "two"))
        assert not reused
        assert one.port != two.port
        assert {record.id for record in launch.stop_all()} == {one.id, two.id}

    def test_a_port_of_its_own_is_kept_to(self, tmp_path: Path) -> None:
        first, _ = launch.ensure(options(tmp_path))
        assert launch.ensure(options(tmp_path, port=first.port)) == (first, True)
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            free = listener.getsockname()[1]
        second, reused = launch.ensure(options(tmp_path, port=free))
        assert (second.port, reused) == (free, False)
        launch.stop_all()

    def test_options_it_lacks_are_a_reason_for_a_new_one(self, tmp_path: Path) -> None:
        plain, _ = launch.ensure(options(tmp_path))
        named, reused = launch.ensure(options(tmp_path, allow_host=("hub.example",), path_prefix="/x"))
        assert not reused
        assert launch.ensure(options(tmp_path, path_prefix="/x")) == (named, True)
        assert launch.ensure(options(tmp_path))[0] in (plain, named)
        launch.stop_all()

    def test_after_kill_9_there_is_a_new_one_and_no_trace_of_the_old(
        self, wait_until, tmp_path: Path, runtime_dir: Path
    ) -> None:
        dead, _ = launch.ensure(options(tmp_path))
        os.kill(dead.pid, signal.SIGKILL)
        wait_until(lambda: not is_running(dead.pid, dead.process_start))
        alive, reused = launch.ensure(options(tmp_path))
        assert not reused
        assert alive.id != dead.id
        assert registry.running() == [alive]
        assert files(runtime_dir) == [".json", ".log"]
        launch.stop(alive)

    def test_one_that_runs_but_does_not_answer_is_not_used(self, tmp_path: Path, monkeypatch) -> None:
        stuck, _ = launch.ensure(options(tmp_path))
        os.kill(stuck.pid, signal.SIGSTOP)
        try:
            monkeypatch.setattr(registry.probe, "__defaults__", (0.2,))
            fresh, reused = launch.ensure(options(tmp_path))
            assert not reused
            assert fresh.pid != stuck.pid
            assert launch.stop(stuck, timeout=0.2)
        finally:
            if is_running(stuck.pid, stuck.process_start):
                os.kill(stuck.pid, signal.SIGCONT)
        launch.stop(fresh)

    def test_a_record_of_another_user_is_not_used(self, tmp_path: Path) -> None:
        other, _ = launch.ensure(options(tmp_path))
        registry.write(dataclasses.replace(other, uid=other.uid + 1))
        mine, reused = launch.ensure(options(tmp_path))
        assert not reused
        registry.write(other)
        assert {other.id, mine.id} == {record.id for record in launch.stop_all()}

    def test_one_of_another_version_is_not_used(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        old, _ = launch.ensure(options(tmp_path))
        monkeypatch.setattr("cellboard.__version__", "99")
        monkeypatch.setattr(launch, "launch", lambda options: "a new one")
        assert launch.ensure(options(tmp_path)) == ("a new one", False)
        launch.stop(old)

    def test_two_at_once_get_one_viewer(self, tmp_path: Path) -> None:
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(lambda _: launch.ensure(options(tmp_path)), range(4)))
        assert len({record.id for record, _ in results}) == 1
        assert sorted(reused for _, reused in results) == [False, True, True, True]
        launch.stop_all()


def test_one_that_nobody_can_find_any_more_ends(background, tmp_path: Path, runtime_dir: Path) -> None:
    # The same coroutine with a shorter interval than a viewer takes.
    async def watch() -> None:
        stop = asyncio.Event()
        record = background(options(tmp_path))
        viewer = SimpleNamespace(record=record, audience=Audience(0))
        watching = asyncio.create_task(serve._end_unwanted(viewer, stop, 0.01))
        await asyncio.sleep(0.05)
        assert not stop.is_set()
        registry.record_path(record.id).rename(runtime_dir / "aside")
        await asyncio.wait_for(stop.wait(), 10)
        (runtime_dir / "aside").rename(registry.record_path(record.id))
        await watching

    asyncio.run(watch())


class TestStop:
    def test_it_is_gone_with_all_its_files(self, background, tmp_path: Path, runtime_dir: Path) -> None:
        record = background(options(tmp_path))
        assert launch.stop(record)
        assert not is_running(record.pid, record.process_start)
        assert files(runtime_dir) == []
        assert not launch.stop(record)

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
    def test_a_signal_ends_it_cleanly(self, background, wait_until, tmp_path: Path, runtime_dir: Path, number) -> None:
        record = background(options(tmp_path))
        os.kill(record.pid, number)
        wait_until(lambda: not is_running(record.pid, record.process_start))
        assert files(runtime_dir) == []

    def test_a_stranger_that_got_its_number_is_left_alone(self, background, tmp_path: Path) -> None:
        record = background(options(tmp_path))
        stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        assert not launch.stop(dataclasses.replace(record, pid=stranger.pid))
        assert stranger.poll() is None
        stranger.communicate(b"\n")
        assert launch.stop(record)

    def test_without_start_times_only_one_that_answers_is_stopped(self, background, tmp_path: Path) -> None:
        record = background(options(tmp_path))
        stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        assert not launch.stop(dataclasses.replace(record, pid=stranger.pid, process_start=None))
        assert stranger.poll() is None
        stranger.communicate(b"\n")
        assert launch.stop(dataclasses.replace(record, process_start=None))


def test_interrupting_the_one_who_launched_it_does_not_reach_it(tmp_path: Path, wait_until) -> None:
    program = textwrap.dedent(
        """
        import sys, time
        from cellboard.viewer import launch
        from cellboard.viewer.options import ViewerOptions
        print(launch.ensure(ViewerOptions(sys.argv[1], port=0))[0].id, flush=True)
        time.sleep(60)
        """
    )
    kernel = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert kernel.stdout is not None
    id = kernel.stdout.readline().strip()
    os.killpg(kernel.pid, signal.SIGINT)
    _, errors = kernel.communicate(timeout=30)
    assert "KeyboardInterrupt" in errors
    assert "ResourceWarning" not in errors
    time.sleep(0.2)
    record = registry.read(id)
    assert record is not None
    assert registry.probe(record)
    assert launch.stop(record)


class TestIdle:
    @pytest.fixture
    def starter(self) -> Iterator[subprocess.Popen[bytes]]:
        """A process that could have started a viewer."""
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
            yield process

    @staticmethod
    def launch_from(tmp_path: Path, *, wait: bool) -> str:
        """Launch a viewer that is idle soon from a process that ends, or stays until it is told to."""
        code = (
            "import sys\nfrom pathlib import Path\nfrom cellboard.viewer import launch\n"
            "from cellboard.viewer.options import ViewerOptions\n"
            f"record = launch.launch(ViewerOptions({str(tmp_path)!r}, port=0, idle_timeout=0.4))\n"
            "print(record.id, flush=True)\n" + ("input()\n" if wait else "")
        )
        process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            id = process.stdout.readline().decode().strip()
            if wait:
                time.sleep(1.5)
                assert registry.read(id) is not None, "it ended although who started it is there"
            return id
        finally:
            process.communicate(b"\n")

    def test_one_that_nobody_looks_at_ends_after_its_starter(self, tmp_path, runtime_dir, wait_until) -> None:
        for wait in (False, True):
            id = self.launch_from(tmp_path, wait=wait)
            wait_until(lambda id=id: not registry.record_path(id).exists())
            assert not registry.log_path(id).exists()

    def test_a_look_keeps_it_and_asking_whether_it_runs_is_none(self, tmp_path, wait_until, http_get) -> None:
        record = registry.read(self.launch_from(tmp_path, wait=False))
        assert record is not None
        for _ in range(30):
            assert http_get(record.address + "api/v1/status").status == 200
            time.sleep(0.05)
        wait_until(lambda: not registry.probe(record) and not registry.is_kept(record))

    def test_who_is_left(self, starter: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
        now = 1000.0
        monkeypatch.setattr(time, "monotonic", lambda: now)
        start = process_start(starter.pid)
        audience = Audience(60, f"{starter.pid}:{start}")
        now = 1061.0
        assert not audience.is_gone
        stranger = Audience(60, f"{starter.pid}:{start - 1}", asked=1000.0)
        assert stranger.is_gone
        assert Audience(60, this_process(), asked=1000.0).is_gone is False
        for nobody in ("", "x:y", "-:"):
            left = Audience(60, nobody, asked=1000.0)
            assert left.is_gone
            left.note()
            assert not left.is_gone
            assert not Audience(0, nobody, asked=1000.0).is_gone
