"""What the host of an address is, in whatever way it is written."""

import pytest

from profile_cd.hosts import host_of, is_address, is_loopback, is_private, name_of


@pytest.mark.parametrize(
    ("url", "host", "name"),
    [
        ("https://Ghcr.IO/acme/x", "ghcr.io", "ghcr.io"),
        ("r.example:5000/acme/x", "r.example:5000", "r.example"),
        ("https://user:secret@r.example/x", "r.example", "r.example"),
        ("https://r.example@evil.example/x", "evil.example", "evil.example"),
        ("http://[::1]:5000/x", "[::1]:5000", "::1"),
        ("http://[::1", "", ""),
        ("", "", ""),
        ("https:///x", "", ""),
    ],
)
def test_the_host_has_its_port_and_no_login_and_its_name_neither(url, host, name):
    assert host_of(url) == host
    assert name_of(host) == name


@pytest.mark.parametrize("host", ["localhost", "localhost:5000", "127.0.0.1", "127.9.9.9:80", "[::1]", "[::1]:5000"])
def test_this_machine_is_known(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.evil.example", "10.0.0.1", "0.0.0.0", "r.example", "", "[::2]"])
def test_another_machine_is_not_this_one(host):
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("name", "address"), [("1.2.3.4", True), ("::1", True), ("1.2.3", False), ("r.example", False)]
)
def test_an_address_is_no_name(name, address):
    assert is_address(name) is address


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "192.168.1.1:5000", "172.16.0.1", "127.0.0.1:80", "localhost", "[::1]:5000", "[fd00::1]", "[fe80::1]",
     "169.254.169.254", "[::ffff:10.0.0.1]", "0.0.0.0"],
)  # fmt: skip
def test_private_networks_are_known(host):
    assert is_private(host)


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "registry.example", "10.0.0.1.example", "[2606:4700::1111]", "", "[", "::"]
)
def test_everything_else_is_public(host):
    assert not is_private(host)
