"""The door: what cannot begin is said with every reason, each as an annotation of its own."""

import pytest

from profile_cd import __main__ as door


@pytest.fixture
def step(monkeypatch, capsys):
    """Runs a step of a workflow with these inputs; its exit code and the errors that its run's page shows."""

    def run(words, **inputs):
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        monkeypatch.setenv("GITHUB_REPOSITORY", "acme/profile")
        for name, value in inputs.items():
            monkeypatch.setenv(f"INPUT_{name.upper().replace('_', '-')}", value)
        code = door.main(words)
        return code, [line for line in capsys.readouterr().out.splitlines() if line.startswith("::error::")]

    return run


def test_each_bad_input_of_the_main_step_is_an_annotation(step):
    code, errors = step([], token="ghs_1", merge="yes", wait="5m", dry_run="on")

    assert code == 2
    assert [each.split("`")[1] for each in errors] == ["merge", "wait", "dry-run"]


def test_each_bad_input_of_the_trigger_step_is_an_annotation(step):
    code, errors = step(["trigger"], project="{", wait="5m")

    assert code == 2
    assert [each.split("`")[1] for each in errors] == ["project", "wait"]


def test_each_bad_input_of_the_trace_step_is_an_annotation(step):
    code, errors = step(["trace"], pull_request_number="#7", commit="main", projects="{", token="a b")

    assert code == 2
    assert [each.split("`")[1] for each in errors] == ["pull-request-number", "commit", "projects", "token"]
    assert "`#7`" in errors[0]


def test_more_than_the_runner_shows_are_said_in_the_last_annotation(step):
    _, errors = step([], token="ghs_1", registry_credentials="\n".join(["quay.io"] * 14))

    assert len(errors) == 10
    assert errors[-1].startswith("::error::5 more: Line 10 ")
    assert "Line 14 " in errors[-1]
