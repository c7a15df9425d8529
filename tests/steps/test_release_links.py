"""Links to what is new: in the pull request's body and in the summary, after the merge and never before it."""

import re
import threading
import time

import pytest

from profile_cd.proposal import marks
from sandbox.net import faults
from sandbox.world import Once, on_github

NEWER = {"image": "acme/ledger:v1.5.0", "tag": "latest"}
COMPARISON = "https://github.com/acme/ledger/compare/v1.4.2...v1.5.0"


def body(scene, number=1):
    return scene.repository.pulls[number].body


def test_what_was_merged_links_to_what_is_new(scene):
    before = []
    scene.world.street.hooks.append(Once(on_github("PUT", "/merge"), before=lambda: before.append(body(scene))))

    done = scene.update(**NEWER)

    assert done.outputs["operation"] == "merged", done.log
    assert COMPARISON in body(scene)
    assert COMPARISON in done.summary
    assert "what is new" not in before[0]
    assert "| **ledger** | `v1.4.2` | **`v1.5.0`** |" in before[0]
    assert "| **ledger** | `v1.4.2` | **`v1.5.0`** |" in body(scene)


def test_what_a_person_reviews_links_to_what_is_new_once(scene):
    scene.person(".updatecli/ledger.yaml", "pattern: ^1.4.0", "pattern: ^1.4.1")

    first = scene.update(**NEWER)
    (number,) = (int(each) for each in re.findall(r"/pull/(\d+)$", first.outputs["review-url"]))
    written = body(scene, number)
    second = scene.update()

    assert (first.outputs["review-operation"], second.outputs["review-operation"]) == ("created", "unchanged")
    assert COMPARISON in written
    assert marks.made_commits(written) == (scene.repository.head("profile-cd/review"),)
    assert body(scene, number) == written


def test_one_pull_is_counted_after_the_merge_and_none_before(scene):
    pulls = []
    scene.world.street.hooks.append(Once(on_github("PUT", "/merge"), after=lambda: pulls.append(scene.world.hub.pulls)))

    scene.update(**NEWER)

    assert pulls == [0]
    assert scene.world.hub.pulls == 1


@pytest.mark.parametrize("inputs", [{"merge": "none"}, {"dry_run": "true"}])
def test_what_is_not_merged_costs_no_pull_and_has_no_links(scene, inputs):
    done = scene.update(**NEWER, **inputs)

    assert scene.world.hub.pulls == 0
    assert "compare" not in done.summary


def test_a_registry_that_fails_after_the_merge_changes_nothing_else(scene):
    def fail():
        scene.world.street.hooks.append(faults.status(500, when=faults.host("registry-1.docker.io")))

    scene.world.street.hooks.append(Once(on_github("PUT", "/merge"), after=fail))

    done = scene.update(**NEWER)

    assert (done.code, done.outputs["operation"]) == (0, "merged"), done.log
    assert COMPARISON not in body(scene)


def test_a_registry_that_hangs_after_the_merge_holds_nobody_up(scene):
    over, merged_at = threading.Event(), []

    def hang():
        merged_at.append(time.monotonic())
        hub = faults.host("registry-1.docker.io")
        scene.world.street.hooks.append(lambda request, call: over.wait(20) and call() if hub(request) else call())

    scene.world.street.hooks.append(Once(on_github("PUT", "/merge"), after=hang))

    done = scene.update(**NEWER)
    took = time.monotonic() - merged_at[0]
    over.set()

    assert (done.code, done.outputs["operation"]) == (0, "merged"), done.log
    assert took < 8


def test_a_body_that_cannot_be_changed_changes_nothing_else(scene):
    said = b'{"message": "Validation Failed", "documentation_url": "https://docs.github.com/rest"}'
    when = faults.path("/pulls/1", method="PATCH")
    scene.world.street.hooks.append(faults.status(422, said, headers={"Content-Type": "application/json"}, when=when))

    done = scene.update(**NEWER)

    assert (done.code, done.outputs["operation"]) == (0, "merged"), done.log
    assert "There are no links" in done.log
    assert COMPARISON in done.summary


def test_a_hostile_label_gives_no_link(scene):
    name = "org.opencontainers.image.source"
    scene.world.hub.labels = {("acme/ledger", "v1.5.0"): {name: "javascript:alert(1)\n::error::owned"}}

    done = scene.update(**NEWER)

    assert done.code == 0, done.log
    assert "javascript" not in body(scene) + done.summary + done.log
