"""What a Git server advertises is read, and what is no advertisement is a failure of its host."""

import pytest

from profile_cd.errors import Unreachable
from profile_cd.services.web import advertised

SHA = "1" * 40
OTHER = "2" * 40


def line(text):
    return f"{len(text) + 4:04x}{text}"


HEAD = line("# service=git-upload-pack\n") + "0000"


def test_names_come_with_their_objects_and_without_capabilities():
    body = HEAD + line(f"{SHA} HEAD\0multi_ack agent=git/2\n") + line(f"{OTHER} refs/tags/v1\n") + "0000"

    assert advertised(body.encode(), "h") == {"HEAD": SHA, "refs/tags/v1": OTHER}


def test_an_empty_repository_has_no_references():
    assert advertised((HEAD + line(f"{'0' * 40} capabilities^{{}}\0agent=git/2\n") + "0000").encode(), "h") == {}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="nothing"),
        pytest.param("<html>Sign in</html>", id="a page"),
        pytest.param("0000", id="only an end"),
        pytest.param(HEAD, id="cut behind the service"),
        pytest.param(HEAD + "00ff" + SHA, id="cut in a line"),
        pytest.param(HEAD + line("ERR access denied\n") + "0000", id="an error"),
        pytest.param(HEAD + line("x") + "0000", id="a line without a name"),
        pytest.param(line("# service=git-receive-pack\n") + "0000", id="another service"),
        pytest.param("zzzz", id="no length"),
    ],
)
def test_what_is_no_advertisement_is_a_failure_of_the_host(body):
    with pytest.raises(Unreachable) as failed:
        advertised(body.encode(), "git.example")
    assert failed.value.host == "git.example"
