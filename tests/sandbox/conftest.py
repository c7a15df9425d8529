"""The sandbox's GitHub at an address on loopback, and PyGithub as an independent client of it."""

import github as pygithub
import pytest
import requests

from sandbox.github import GitHub, conformance
from sandbox.net import Street


@pytest.fixture
def site(tmp_path):
    """GitHub with one repository of one file; a file of tests that needs more in it has a fixture of its own."""
    site = GitHub(tmp_path)
    site.create("acme/profile", {"values.yaml": "tag: v1\n"})
    return site


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


@pytest.fixture
def repository(site):
    """The repository itself, as a person or GitHub's own machinery holds it."""
    return site.repository("acme/profile")


@pytest.fixture
def ask(street):
    """Ask REST below the repository: status and value. What was said must be as GitHub describes it."""

    def ask(method, path, value=None, token="ghs_any", **headers):
        url = f"{street.address}/repos/acme/profile{path}"
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        answer = requests.request(method, url, json=value, headers={**bearer, **headers}, timeout=10)
        return answer.status_code, answer.json() if answer.content else None

    yield ask
    assert conformance.faults(street.exchanges) == []


@pytest.fixture
def graphql(street):
    """Ask GraphQL: data, and the types and messages of the errors."""

    def graphql(query, token="ghs_any", **variables):
        value, bearer = {"query": query, "variables": variables}, {"Authorization": f"Bearer {token}"}
        said = requests.post(f"{street.address}/graphql", json=value, headers=bearer, timeout=10).json()
        errors = [f"{each.get('type', '')}: {each['message']}" for each in said.get("errors", ())]
        return said.get("data"), errors

    yield graphql
    assert conformance.faults(street.exchanges) == []
