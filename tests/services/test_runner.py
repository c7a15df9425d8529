"""What is said to the runner is heard by it as it was meant."""

import pytest

from profile_cd.credentials import Secret
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
