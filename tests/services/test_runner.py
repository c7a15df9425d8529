"""What is said to the runner is heard by it as it was meant."""

from urllib.parse import quote

import pytest

from profile_cd import neutral
from profile_cd.credentials import Secret
from profile_cd.inputs import RunnerFiles
from profile_cd.report import Annotation
from profile_cd.services.runner import Runner, command
from sandbox import runner as workflow_commands


def test_only_properties_with_a_value_are_written():
    assert command("warning", "Look", file="a.yaml", line="11") == "::warning file=a.yaml,line=11::Look"
    assert command("error", "Look", file="", line="") == "::error::Look"


@pytest.mark.parametrize(
    ("message", "file"),
    [
        pytest.param("100% of a: b, c", "plain.yaml", id="signs of the command itself"),
        pytest.param("one\r\ntwo\n::error::three", "a,b:c=d%2C.yaml", id="lines and commands"),
        pytest.param("%0A is no line, %25 no sign", "%0A.yaml", id="what looks escaped already"),
    ],
)
def test_every_sign_arrives_as_it_was(message, file):
    heard = workflow_commands.listen(command("error", message, file=file, line="3"))

    (annotation,) = heard.annotations
    assert (annotation.message, annotation.file, annotation.line) == (message, file, 3)


def test_an_output_that_github_will_drop_is_told_without_the_secret(tmp_path, monkeypatch, capsys):
    file = tmp_path / "output"
    file.touch()
    monkeypatch.setenv("GITHUB_OUTPUT", str(file))
    outputs = {"projects": '[{"url": "https://gitlab/?token=hunter2"}]', "message": "fine\nprojects<<x"}
    runner = Runner()

    runner.mask(Secret("hunter2\n"))
    runner.set_outputs(outputs)

    assert workflow_commands.read_outputs(file.read_text()) == outputs
    assert set(workflow_commands.job_outputs(outputs, ["hunter2"])) == {"message"}
    (annotation,) = workflow_commands.listen(capsys.readouterr().out).annotations
    assert "the output projects to no other job" in annotation.message
    assert "hunter2" not in annotation.message


TODAYS = f"ghs_123456_{'.'.join(['eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9', 'a_b-c' * 60, 'x-y_z' * 32])}"
"""GitHub's tokens since 2026: a prefix, the App's number, a JWT; some five hundred characters with dots."""


def texts(run, tmp_path, capsys):
    """What a reader sees of *run*: the log without the commands that mask, and the summary."""
    summary = tmp_path / "summary"
    runner = Runner(RunnerFiles(summary=str(summary)))
    run(runner)
    log = [line for line in capsys.readouterr().out.splitlines() if "add-mask" not in line]
    return "\n".join([*log, summary.read_text() if summary.exists() else ""])


@pytest.mark.parametrize("token", [TODAYS, "p_a*s|s`word", "a@b#c<d>", "ünïcode…token"])
@pytest.mark.parametrize("escape", [str, neutral.markdown, neutral.sentence, neutral.code, neutral.title, quote])
def test_no_secret_gets_past_the_mask_by_our_own_escaping(token, escape, tmp_path, capsys):
    def run(runner):
        runner.mask(Secret(token))
        runner.say(f"https://feed.example/{token}/charts is down")
        runner.fail(f"failed at {token}")
        runner.annotate([Annotation("error", "a.yaml", 1, f"https://{token}/x")])
        runner.summarise(f"- {escape(f'https://feed.example/{token}')} x")

    seen = texts(run, tmp_path, capsys)
    assert "***" in seen
    assert not [each for each in (token, escape(token).strip("`"), token[:20], escape(token)[1:20]) if each in seen]


def test_the_whole_of_todays_token_is_masked_by_the_runner(capsys):
    Runner().mask(Secret(TODAYS))

    assert len(TODAYS) > 500
    assert TODAYS in workflow_commands.listen(capsys.readouterr().out).masks


def test_half_a_pair_neither_stops_the_summary_nor_an_output(tmp_path, monkeypatch):
    (tmp_path / "output").touch()
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    runner = Runner(RunnerFiles(summary=str(tmp_path / "summary")))

    runner.summarise("a tag \ud800 came")
    runner.set_outputs({"message": "v1\udfff"})

    assert (tmp_path / "summary").read_text() == "a tag ? came"
    assert workflow_commands.read_outputs((tmp_path / "output").read_text()) == {"message": "v1?"}
