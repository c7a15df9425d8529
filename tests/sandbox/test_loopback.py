"""No test, and no run that it starts, asks anybody but this machine."""

import socket

import pytest

from sandbox.loopback import NotLoopback

ELSEWHERE = "192.0.2.1"  # an address for documentation, RFC 5737


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda it: it.connect((ELSEWHERE, 80)), id="a connection"),
        pytest.param(lambda it: it.connect_ex((ELSEWHERE, 80)), id="a connection without an exception"),
        pytest.param(lambda it: it.sendto(b"?", (ELSEWHERE, 53)), id="a datagram"),
        pytest.param(lambda _: socket.getaddrinfo("example.com", 443), id="a name"),
        pytest.param(lambda _: socket.gethostbyname("example.com"), id="a name in the old way"),
    ],
)
def test_another_machine_is_refused(ask):
    with socket.socket(type=socket.SOCK_DGRAM) as it, pytest.raises(NotLoopback):
        ask(it)


def test_this_machine_and_sockets_that_are_files_are_allowed(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))
