"""The sandbox's GitHub at an address on loopback, and PyGithub as an independent client of it."""

import github as pygithub
import pytest

from sandbox.net import Street


@pytest.fixture
def street(site):
    with Street() as street:
        street.address = street.listen(site)
        yield street


@pytest.fixture
def client(street):
    return pygithub.Github(
        auth=pygithub.Auth.Token("ghs_any"),
        base_url=street.address,
        retry=None,
        seconds_between_requests=None,
        seconds_between_writes=None,
        lazy=True,
    )


@pytest.fixture
def repo(client):
    return client.get_repo("acme/profile")
