"""A login goes to its own host, and no secret is shown by accident."""

import pytest

from profile_cd.credentials import DOCKER_HUB, Credentials, Login, Secret, basic, canonical, own

LOGIN = Login("ada", Secret("hunter2"))


@pytest.mark.parametrize("shown", [repr, str, "{}".format, "{!r}".format, "%s".__mod__])
def test_no_way_of_writing_a_value_shows_its_secret(shown):
    for value in (Secret("hunter2"), LOGIN, Credentials({"r.example": LOGIN}, {"github.com": Secret("hunter2")})):
        assert "hunter2" not in shown(value)


def test_a_secret_is_true_where_it_holds_something_and_equal_by_its_text():
    assert (bool(Secret("")), bool(Secret("x"))) == (False, True)
    assert {Secret("x"), Secret("x")} == {Secret("x")}
    assert Secret("x") != "x"


@pytest.mark.parametrize(
    ("host", "one"),
    [
        ("https://index.docker.io/v1/", DOCKER_HUB),
        ("docker.io", DOCKER_HUB),
        ("registry-1.docker.io", DOCKER_HUB),
        ("https://ghcr.io", "ghcr.io"),
        ("GHCR.io", "ghcr.io"),
        (" quay.io/v2/ ", "quay.io"),
        ("r.example:5000", "r.example:5000"),
        ("notdocker.io", "notdocker.io"),
    ],
)
def test_a_host_has_one_spelling(host, one):
    assert canonical(host) == one


def test_a_login_is_found_by_any_spelling_of_its_host_and_by_no_other_host():
    known = Credentials({"https://index.docker.io/v1/": LOGIN})

    assert known.for_host("docker.io") == LOGIN
    assert known.for_host("evil-docker.io") is None
    assert known.for_host("registry-1.docker.io:5000") is None


@pytest.mark.parametrize(
    ("user", "password", "token", "login"),
    [
        ("ada", "pw", "", Login("ada", Secret("pw"))),
        ("ada", "pw", "tok", Login("", Secret("tok"))),
        ("", "", "tok", Login("", Secret("tok"))),
        ("ada", "", "", None),
        ("", "pw", "", None),
        ("", "", "", None),
    ],
)
def test_a_manifest_s_own_login_is_a_token_or_a_whole_pair(user, password, token, login):
    assert own(user, Secret(password), Secret(token)) == login


def test_basic_is_spelled_as_the_standard_says():
    assert basic(Login("Aladdin", Secret("open sesame"))) == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="  # RFC 7617, section 2
