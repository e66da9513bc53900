"""Which port a viewer takes."""

from __future__ import annotations

import contextlib
import socket

import pytest
from cellboard.viewer import ports
from cellboard.viewer.errors import PortError, PortTakenError
from cellboard.viewer.options import ViewerOptions


@contextlib.contextmanager
def bound(**options: object):
    sockets = ports.bind(ViewerOptions("runs", **options))
    try:
        yield sockets
    finally:
        for listener in sockets:
            listener.close()


def test_the_next_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        first = taken.getsockname()[1]
        monkeypatch.setattr(ports, "FIRST_PORT", first)
        with bound() as sockets:
            assert first < ports.port_of(sockets) < first + 100


def test_all_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(ports, "FIRST_PORT", taken.getsockname()[1])
        monkeypatch.setattr(ports, "PORTS_TRIED", 1)
        with pytest.raises(PortTakenError, match="--port 0"), bound():
            pass


def test_any_free_one_is_the_same_on_every_address() -> None:
    with bound(port=0, host="localhost") as sockets:
        assert len({listener.getsockname()[1] for listener in sockets}) == 1


def test_one_that_somebody_has_on_all_addresses() -> None:
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"port {port} is in use by another program"), bound(port=port):
            pass


@pytest.mark.parametrize("host", ["no-such-host.invalid", "203.0.113.1"])
def test_a_host_that_is_not_ours(host: str) -> None:
    with pytest.raises(PortError, match="--host"), bound(port=0, host=host):
        pass
