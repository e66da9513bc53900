"""Reading back what was written, by TensorBoard and record by record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("eventlog", deadline=None)  # speed is the benchmarks' business
settings.load_profile("eventlog")


@pytest.fixture
def payloads() -> Callable[[Path], list[bytes]]:
    """Return a function: the payloads of all event files directly in a directory; fails on damage."""
    from cellboard.eventlog.records import Record, iter_file

    def read(directory: Path) -> list[bytes]:
        items = [item for path in sorted(directory.glob("*tfevents*")) for item in iter_file(path)]
        assert all(isinstance(item, Record) for item in items), items
        return [bytes(item.payload) for item in items]

    return read


@pytest.fixture
def accumulated() -> Callable[[Path], Any]:
    """Return a function: TensorBoard's EventAccumulator over a run, loaded, with nothing sampled away."""
    from tensorboard.backend.event_processing import event_accumulator

    everything = dict.fromkeys(event_accumulator.DEFAULT_SIZE_GUIDANCE, 0)

    def read(directory: Path) -> Any:
        return event_accumulator.EventAccumulator(str(directory), size_guidance=everything).Reload()

    return read


@pytest.fixture
def judged() -> Callable[[Path], list[Any]]:
    """Return a function: what TensorBoard's own loader makes of a run's summaries, as (step, wall time, value)."""
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    def read(directory: Path) -> list[Any]:
        events = [event for path in sorted(directory.glob("*tfevents*")) for event in EventFileLoader(str(path)).Load()]
        return [(event.step, event.wall_time, value) for event in events for value in event.summary.value]

    return read


@pytest.fixture(scope="session")
def events() -> Any:
    """Functions that build serialized events and files of them, as various writers would."""
    from types import SimpleNamespace

    from cellboard.eventlog.messages import Event, Summary
    from cellboard.eventlog.records import frame
    from cellboard.eventlog.summaries import tensor

    def of_value(value: Any, step: int = 0, wall_time: float = 1.0) -> bytes:
        return bytes(Event(wall_time=wall_time, step=step, summary=Summary(value=[value])).SerializeToString())

    def scalar(tag: str, number: float, step: int = 0, wall_time: float = 1.0) -> bytes:
        return of_value(Summary.Value(tag=tag, simple_value=number), step, wall_time)

    def tensor_value(tag: str, array: Any, plugin: str = "", **metadata: Any) -> Any:
        encoded = tensor.encode(array) if not isinstance(array, list) else tensor.encode_strings(array, (len(array),))
        value = Summary.Value(tag=tag, tensor=encoded)
        if plugin:
            value.metadata.plugin_data.plugin_name = plugin
        for name, said in metadata.items():
            setattr(value.metadata, name, said)
        return value

    def start(step: int, wall_time: float = 1.0) -> bytes:
        event = Event(wall_time=wall_time, step=step)
        event.session_log.status = 1
        return bytes(event.SerializeToString())

    def version(wall_time: float = 0.5) -> bytes:
        return bytes(Event(wall_time=wall_time, file_version="brain.Event:2").SerializeToString())

    def log(*payloads: bytes) -> bytes:
        return b"".join(map(frame, payloads))

    return SimpleNamespace(
        of_value=of_value, scalar=scalar, tensor_value=tensor_value, start=start, version=version, log=log
    )


@pytest.fixture(scope="module", params=["c", "python"])
def each_scan(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run a module's tests on the scan in C, and on its twin."""
    from cellboard.eventlog.native import native_available

    if request.param == "c" and not native_available():
        pytest.skip("the extension was not built")
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "python":
            patch.setattr("cellboard.eventlog.scan.kernel", None)
        yield
