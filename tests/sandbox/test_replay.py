"""The history that is shipped: it can be replayed by anyone, and a replay notices what comes out otherwise."""

import re
from dataclasses import replace
from itertools import islice

import pytest

from sandbox.acts import replay
from sandbox.history import history_of, moments
from sandbox.history.diary import read
from tests.paths import ROOT


@pytest.fixture(scope="module")
def shop():
    return tuple(moments())


@pytest.fixture(scope="module")
def history(shop):
    return history_of(shop)


def assert_documented(said):
    """What the command says is what the documents say that it says."""
    document = (ROOT / "docs" / "measurements.md").read_text("utf-8").splitlines()
    assert said
    assert [line for line in said.splitlines() if line not in document] == []


def test_records_of_the_shop_come_out_byte_for_byte_and_disagreements_as_people_wanted(history, capsys):
    assert replay.shown(history)

    assert_documented(capsys.readouterr().out)


def test_some_runs_of_the_shop_do_what_its_diary_says(shop):
    assert replay.run_by_run(shop, every=30)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_whole_replay_is_as_expected(capsys):
    assert replay.main([]) == 0

    assert_documented(capsys.readouterr().out.partition("\n\n")[2].partition("\n\n")[0])


def test_a_record_that_comes_out_otherwise_is_said_and_fails(history, capsys):
    wrong = {**history.records[3], "after": history.records[3]["after"] + "# and more\n"}

    assert not replay.shown(replace(history, records=[*history.records[:3], wrong], disagreements=[]))
    assert f"{wrong['commit'][:7]} {wrong['file']}: another version" in capsys.readouterr().out


def test_a_person_s_value_that_would_be_written_is_said_and_fails(history, capsys):
    kept = next(each for each in history.disagreements if each["expected"] == "keep")
    wrong = {**kept, "last_writers": [{"by": "robot", "from": None}], "manifest_meaning_changed": False}

    assert not replay.shown(replace(history, records=[], disagreements=[wrong]))
    assert "written, but a person wanted it kept" in capsys.readouterr().out


def test_a_run_that_does_something_else_is_said_and_fails(shop, capsys):
    first = [replace(each, writes={}, proposes={}, keeps={}) for each in islice(shop, 2)]

    assert not replay.run_by_run(first)
    assert "to propose: basket v2.1.0 → v2.1.1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2025-01-06 08:00  robot  releases  basket  v1.0.0", "says nothing"),
        ("2025-01-06 08:00  Ada", "says nothing"),
        ("2025-01-05 08:00  Ada  writes  basket  v1.0.0", "back in time"),
    ],
)
def test_a_line_that_no_diary_can_hold_is_refused_by_its_number(tmp_path, line, why):
    diary = tmp_path / "diary.txt"
    diary.write_text(f"2025-01-06 07:00  Ada    writes    basket  v0.9.0  # a note\n{line}\n", "utf-8")

    with pytest.raises(ValueError, match=f"diary.txt:2 .*{why}"):
        list(read(diary))


def test_an_invented_history_names_nothing_of_the_real_one():
    texts = [path.read_text("utf-8") for path in (ROOT / "sandbox" / "history" / "shop").rglob("*.*") if path.is_file()]

    assert sum(map(len, texts)) < 300_000
    assert not [text for text in texts if re.search("mojaloop|infitx|pm4ml|onboard|ledger", text, re.IGNORECASE)]
