"""A session keeps what a run has learnt, whatever web it is asked over, and shows nothing of it."""

from profile_cd.credentials import Credentials
from profile_cd.sources import DockerImage, Session
from profile_cd.sources.registry import Repository
from tests.sources.webs import Nothing


def test_what_was_learnt_stays_over_another_web():
    session, other = Session(Nothing(), Credentials()), Nothing()
    repository = Repository("r.example", "acme/app")
    session.tokens.learn([repository], "Bearer t0ken")
    session.manifests[repository, "1.0.0"] = b"{}"
    over = session.over(other)

    assert (over.web, over.registries.web) == (other, other)
    assert over.registries.tokens.headers == {repository: "Bearer t0ken"}
    assert over.manifests is session.manifests
    assert over.registries.budget is session.budget


def test_two_sessions_share_nothing():
    one, other = (Session(Nothing(), Credentials()) for _ in range(2))
    one.values[DockerImage("a"), "1"] = "x"

    assert other.values == {}
