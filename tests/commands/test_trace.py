"""The last step writes one comment, and brings it up to date."""


def test_a_merge_gets_one_comment_that_is_updated_in_place(scene):
    done = scene.update(image="acme/ledger:v1.5.0")
    first = scene.trace(done, image="acme/ledger:v1.5.0", upstream="https://ci.example/42")
    assert first.code == 0, first.log
    before = [each.body for each in scene.repository.pulls[1].comments]

    scene.world.gitlab.project("acme/test").trouble = "filtered"
    scene.fan_out(done)
    second = scene.trace(done, image="acme/ledger:v1.5.0", upstream="https://ci.example/42")

    (after,) = scene.repository.pulls[1].comments
    assert second.code == 0, second.log
    assert ["No project has been triggered" in each for each in before] == [True]
    assert "[🔄 started](https://gitlab.acme.example/acme/dev/-/pipelines/1001)" in after.body
    assert "| `test` | ❌ refused |" in after.body
    assert "onboarding" not in after.body


def test_a_run_that_merged_nothing_has_nothing_to_trace(scene):
    done = scene.update(merge="none")

    traced = scene.trace(done)

    assert traced.code == 0
    assert scene.repository.pulls[1].comments == []
