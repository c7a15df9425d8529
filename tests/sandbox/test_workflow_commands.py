"""The runner's rules for output files and workflow commands, as read in its source."""

from __future__ import annotations

import pytest

from sandbox.runner import Annotation, FileCommandRefused, job_outputs, listen, read_outputs


@pytest.mark.parametrize(
    ("text", "outputs"),
    [
        pytest.param("", {}, id="nothing"),
        pytest.param("a=1\n", {"a": "1"}, id="plain"),
        pytest.param("a=1", {"a": "1"}, id="plain without a last newline"),
        pytest.param("a=1=2<<3\n", {"a": "1=2<<3"}, id="the first mark wins: ="),
        pytest.param("a<<X=Y\n1\nX=Y\n", {"a": "1"}, id="the first mark wins: <<"),
        pytest.param("a<<X\n1\n\n2\nX\n", {"a": "1\n\n2"}, id="blank line within a value"),
        pytest.param("a<<X\nX\n", {"a": ""}, id="empty heredoc"),
        pytest.param("a<<X\n X\nXX\nX\n", {"a": " X\nXX"}, id="only the exact marker ends it"),
        pytest.param("a=1\r\n", {"a": "1\r"}, id="a carriage return stays"),
        pytest.param("\n\na=1\n\nb=2\n", {"a": "1", "b": "2"}, id="blank lines between"),
        pytest.param("a=1\na=2\n", {"a": "2"}, id="the last value wins"),
        pytest.param("a=\n", {"a": ""}, id="empty value"),
    ],
)
def test_output_file_is_read_as_the_runner_reads_it(text: str, outputs: dict[str, str]) -> None:
    assert read_outputs(text) == outputs


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("word\n", id="no mark"),
        pytest.param("=1\n", id="no name"),
        pytest.param("<<X\n1\nX\n", id="no name before a heredoc"),
        pytest.param("a<<\n1\n\n", id="no delimiter"),
        pytest.param("a<<X\n1\n", id="delimiter never comes"),
        pytest.param("a<<X\n1\nX", id="delimiter without its newline"),
    ],
)
def test_output_file_that_would_fail_the_step_is_refused(text: str) -> None:
    with pytest.raises(FileCommandRefused):
        read_outputs(text)


def test_output_with_a_line_of_a_secret_never_reaches_another_job() -> None:
    outputs = {"matrix": '["main"]', "count": "1", "empty": ""}

    assert job_outputs(outputs, []) == {"matrix": '["main"]', "count": "1"}
    assert job_outputs(outputs, ["x\n main \n"]) == {"count": "1"}


@pytest.mark.parametrize(
    ("line", "annotation"),
    [
        pytest.param("::error::no", Annotation("error", "", 0, "", "no"), id="bare"),
        pytest.param("  ::Warning::no", Annotation("warning", "", 0, "", "no"), id="indented, any case"),
        pytest.param(
            "::notice file=a%2Cb.yaml,line=3,title=t%3Au::50%25%0Aof",
            Annotation("notice", "a,b.yaml", 3, "t:u", "50%\nof"),
            id="escapes",
        ),
        pytest.param(
            "::error file=/github/workspace/a.yaml,line=x::no",
            Annotation("error", "a.yaml", 0, "", "no"),
            id="path in the container, line no number",
        ),
        pytest.param("::error::a%3Ab", Annotation("error", "", 0, "", "a%3Ab"), id="colon stays in data"),
        pytest.param("text ##[error]no", Annotation("error", "", 0, "", "no"), id="old form, anywhere"),
        pytest.param("one\r::error::no", Annotation("error", "", 0, "", "no"), id="after a carriage return"),
        pytest.param("::error::" + "x" * 5000, Annotation("error", "", 0, "", "x" * 4096), id="cut"),
    ],
)
def test_command_becomes_an_annotation(line: str, annotation: Annotation) -> None:
    assert listen(line).annotations == [annotation]


@pytest.mark.parametrize("line", ["text ::error::no", "::error no", ":: error::no", "::group::error", ""])
def test_other_lines_become_none(line: str) -> None:
    assert listen(line).annotations == []


def test_stopped_commands_are_text_until_the_token_returns() -> None:
    heard = listen("::stop-commands::T0k\n::error::text\n::T0k::\n::error::heard")

    assert [annotation.message for annotation in heard.annotations] == ["heard"]


def test_eleventh_annotation_of_a_level_is_only_in_the_log() -> None:
    heard = listen("\n".join(["::error::no"] * 11 + ["::notice::yes"]))

    assert (len(heard.annotations), len(heard.dropped)) == (11, 1)


def test_masks_are_heard_and_not_shown() -> None:
    heard = listen("a\n::add-mask::one%0Atwo\nb")

    assert (heard.masks, heard.lines) == (["one\ntwo", "one", "two"], ["a", "b"])
