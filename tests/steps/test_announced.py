"""An announced version that is not listed yet is waited for, and only that one."""

import pytest

from profile_cd.credentials import Credentials
from profile_cd.judgement import announcement
from profile_cd.sources import DockerImage, HelmChart, Session
from profile_cd.steps import announced
from profile_cd.steps.draft import Asking
from sandbox.clock import ManualClock
from sandbox.net import faults
from tests.sources.webs import Spoken

LEDGER = DockerImage("acme/ledger")
LIST = "acme/ledger/tags/list"


class Late:
    """A registry in which the tag appears at the *nth* question for it."""

    def __init__(self, nth):
        self.left = nth

    def __call__(self, *_):
        self.left -= 1
        return (200, {}) if self.left <= 0 else (404, {})


def waited(site, source=LEDGER, inputs=("acme/ledger:v1.5.0", "", ""), seconds=120):
    asking, clock = Asking(Session(Spoken(site), Credentials()), {source: ("v1.4.2",)}), ManualClock()
    announced.wait(announcement.read(*inputs), asking, (source,), seconds, clock)
    return asking, clock


def test_a_tag_that_is_there_although_no_list_shows_it_is_taken_without_waiting():
    asking, clock = waited(Late(1))

    assert asking.answers[LEDGER] == ("v1.4.2", "v1.5.0")
    assert clock.slept == []


def test_one_that_the_registry_spells_without_its_v_is_found_by_that_name():
    def site(_, url, *rest):
        return (200, {}) if url.endswith("/manifests/1.5.0") else (404, {})

    asking, clock = waited(site)

    assert (asking.answers[LEDGER], clock.slept) == (("v1.4.2", "1.5.0"), [])


def test_it_is_asked_for_again_with_growing_pauses_until_it_is_there():
    # Each time with and without its `v`; where a HEAD finds nothing, the registry is asked by a GET as well.
    asking, clock = waited(Late(17))

    assert "v1.5.0" in asking.answers[LEDGER]
    assert clock.slept == [1, 2, 4, 8]


def test_the_time_for_it_is_bounded():
    asking, clock = waited(lambda *_: (404, {}))

    assert (sum(clock.slept), asking.awaited.seconds) == (120, 120)
    assert asking.answers[LEDGER] == ("v1.4.2",)


def test_a_registry_that_fails_meanwhile_takes_nothing_back_and_is_named():
    asking, _ = waited(lambda *_: (500, {}), seconds=0)

    assert asking.answers[LEDGER] == ("v1.4.2",)
    assert "does not say whether" in asking.awaited.trouble


def test_what_was_waited_for_once_is_not_waited_for_when_everything_is_planned_again():
    asking, _ = waited(lambda *_: (404, {}))

    assert announced.missing(announcement.read("acme/ledger:v1.5.0", "", ""), asking, None, ManualClock().now()) == ()


@pytest.mark.parametrize(
    ("inputs", "given", "seconds"),
    [(("acme/x:v1", "", ""), None, 120), (("", "x", "v1.0.0"), None, 600), (("", "x", "v1.0.0"), 5, 5)],
)
def test_a_chart_is_waited_for_longer_than_an_image(inputs, given, seconds):
    assert announced.patience(announcement.read(*inputs), given) == seconds


def test_a_chart_is_looked_for_by_the_end_of_its_version():
    index = "apiVersion: v1\nentries:\n  books:\n  - version: 1.0.0-iso.5\n    name: books\n"
    chart = HelmChart("https://charts.example", "books")
    asking, _ = waited(lambda *_: (200, index.encode()), chart, ("", "books", "iso.5"))

    assert asking.answers[chart] == ("1.0.0-iso.5",)


def lagging(scene):
    """The list of tags is an old one from a cache; the manifests are there."""
    old = b'{"name": "acme/ledger", "tags": ["v1.4.2"]}'
    scene.world.street.hooks.append(
        faults.status(200, old, headers={"Content-Type": "application/json"}, when=faults.path(LIST))
    )


def test_an_announced_image_that_its_list_does_not_show_yet_is_merged_all_the_same(scene):
    lagging(scene)

    done = scene.update(image="acme/ledger:v1.5.0")

    assert (done.code, done.outputs["operation"]) == (0, "merged"), done.log
    assert "Taken: `v1.5.0`" in done.summary


def test_one_that_never_comes_ends_in_a_warning_at_its_manifest_and_the_others_are_merged(scene):
    done = scene.update(image="acme/ledger:v1.9.0", wait_for_announced="1")

    assert (done.code, done.outputs["operation"]) == (0, "merged"), done.log
    (warning,) = [each for each in done.annotations if each.level == "warning" and "Announced" in each.message]
    assert "not visible" in warning.message
    assert "`v1.5.0`" in warning.message
    assert warning.file == ".updatecli/ledger.yaml"


def test_a_listed_version_costs_no_further_request(scene):
    before = len(scene.world.street.exchanges)
    scene.update(image="acme/ledger:v1.5.0", dry_run="true")
    announced_too = len(scene.world.street.exchanges) - before
    scene.update(dry_run="true")

    assert announced_too == len(scene.world.street.exchanges) - before - announced_too


def test_a_held_manifest_waits_for_no_other_version(scene):
    path = ".updatecli/ledger.yaml"
    text = scene.repository.read()[path].decode()
    scene.repository.commit({path: f"{text}\npolicy: {{hold: {{version: v1.4.2, reason: it leaks}}}}\n"})

    done = scene.update(image="acme/ledger:v1.9.0", wait_for_announced="300", dry_run="true")

    assert "is asked for again" not in done.log
    assert "`ledger` is held at `v1.4.2`: it leaks." in done.summary


def test_a_dirty_hint_fails_no_run_and_is_no_silence(scene):
    for hint in ({"image": "acme/legder:v1.5.0"}, {"image": "acme/ledger", "tag": "v1.5.2.-1"}, {"image": "${X}"}):
        done = scene.update(dry_run="true", **hint)

        assert done.code == 0, done.log
        assert [each for each in done.annotations if each.level == "warning"], hint
