"""What GitHub would lose between two jobs is found out before."""

import json

import pytest

from profile_cd.fanout import entries, in_matrix, in_one_step

ENTRY = {"name": "dev", "secret": "DEV", "url": "https://gitlab.example.com"}


@pytest.mark.parametrize(
    ("label", "entries", "words"),
    [
        ("as many as a matrix has jobs", [ENTRY] * 256, ""),
        ("one more", [ENTRY] * 257, "a matrix has 256 jobs at most"),
        ("too large an output", [{**ENTRY, "x-notes": "x" * 500_000}], "larger than an output may be"),
        ("counted as GitHub counts", [{**ENTRY, "x-notes": "🚀" * 300_000}], "larger than an output may be"),
        ("a masked word in one of them", [ENTRY, {**ENTRY, "name": "hidden"}], "the entry of `hidden`"),
        ("none", [], ""),
    ],
)
def test_the_reason_says_what_to_do(label, entries, words):
    _, said = in_matrix(entries, lambda text: "hidden" in text)

    assert words in said, label
    assert bool(said) == bool(words)
    assert not said or "one-job" in said


def test_an_entry_with_a_masked_word_is_left_out_and_the_others_are_handed_over():
    hidden = {**ENTRY, "name": "hidden"}

    kept, said = in_matrix([ENTRY, hidden, ENTRY], lambda text: "hidden" in text)

    assert list(kept) == [ENTRY, ENTRY]
    assert "1 of 3 that lag behind are left out" in said


def lag(count):
    url = "https://gitlab.example.com/api/v4/projects/{}/trigger/pipeline"
    said = {"message": "ledger v1.5.0, transfers v2.0.1 and 4 more", "commit-url": f"https://github.com/c/{'1' * 40}"}
    own = {"reason": "platform-values-override.yaml changed since abcdef0", "since": "2" * 40}
    return [{"name": f"site-{n}", "secret": f"SITE_{n}", "url": url.format(n), **own, **said} for n in range(count)]


def test_few_entries_are_handed_over_as_they_are():
    assert in_one_step(lag(3)) == (lag(3), "")
    assert in_one_step([]) == ([], "")


def test_four_hundred_projects_fit_into_the_one_variable_that_a_container_gets_and_say_all_that_they_said():
    many = lag(400)

    handed, lost = in_one_step(many)

    text = json.dumps(handed, ensure_ascii=False)
    assert len(json.dumps(many)) > 131_072 > len(text.encode())
    assert lost == ""
    read = entries(text)
    assert [project.name for project, _ in read] == [each["name"] for each in many]
    assert all(
        (beside["message"], beside["commit-url"]) == (many[0]["message"], many[0]["commit-url"]) for _, beside in read
    )
    assert {beside["since"] for _, beside in read} == {"2" * 40}


def test_what_does_not_fit_waits_for_the_next_run_and_it_is_said():
    handed, lost = in_one_step(lag(2000))

    assert len(json.dumps(handed).encode()) <= 131_000
    assert 400 < len(handed) < 2000
    assert f"2000 projects lag behind, and one step can be handed {len(handed)}" in lost


def test_an_entry_that_alone_is_too_large_waits_by_itself_and_keeps_none_behind_it_waiting():
    first, *others = lag(3)
    huge = {**first, "variables": {"NOTES": "x" * 200_000}}

    handed, lost = in_one_step([huge, *others])

    assert [project.name for project, _ in entries(json.dumps(handed))] == ["site-1", "site-2"]
    assert {beside["message"] for _, beside in entries(json.dumps(handed))} == {first["message"]}
    assert "3 projects lag behind, and one step can be handed 2 of them" in lost
