"""The environment of a step, as the real runner makes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.runner import Runner, definition, github_context, input_variables


def test_inputs_keep_their_hyphens_and_lose_their_spaces() -> None:
    variables = input_variables({"manifest-dir": ".updatecli", "two words": "x"}, {}, {})

    assert variables["INPUT_MANIFEST-DIR"] == ".updatecli"
    assert variables["INPUT_TWO_WORDS"] == "x"


def test_defaults_stand_where_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "action.yml").write_text(
        "inputs:\n  token:\n    default: ${{ github.token }}\n  wait:\n    default: 0\n  labels:\n"
        "runs:\n  args: [trigger]\n"
    )
    read = definition(tmp_path / "action.yml")

    assert read.args == ("trigger",)
    assert input_variables({"wait": "5"}, read.defaults, {"GITHUB_TOKEN": "T"}) == {
        "INPUT_TOKEN": "T",
        "INPUT_WAIT": "5",
        "INPUT_LABELS": "",
    }


def test_context_follows_the_event() -> None:
    event = {"ref": "refs/heads/other", "after": "f" * 40}
    context = github_context("push", event, "org/profile", "http://127.0.0.1:1")

    assert context["GITHUB_REF_NAME"] == "other"
    assert context["GITHUB_SHA"] == "f" * 40
    assert context["GITHUB_GRAPHQL_URL"] == "http://127.0.0.1:1/graphql"
    assert "GITHUB_TOKEN" not in context


def test_step_from_source_sees_its_inputs_and_none_of_our_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INPUT_MERGE", "none of yours")

    result = Runner(tmp_path).run(
        {"merge-method": "octopus"},
        event_name="push",
        event={"after": "f" * 40},
        repository="org/profile",
        api_url="http://127.0.0.1:1",
        token="ghs_of_the_job",
    )

    assert result.code == 2, result.log
    assert ["merge-method" in annotation.message for annotation in result.annotations] == [True]
    assert "none of yours" not in result.log
    assert "ghs_of_the_job" not in result.log
