"""What GitHub shows at the lines of manifests."""

from profile_cd import report
from profile_cd.fanout import Fault
from profile_cd.model import Plan, Problem


def test_annotations_stand_at_the_manifests_line_and_no_more_than_the_runner_shows():
    many = Plan(failures=tuple(Problem(f"m{n}", f".updatecli/m{n}.yaml", n + 1, "broken") for n in range(30)))

    shown = report.annotated(many)

    assert len(shown) == 10
    assert (shown[0].path, shown[0].line, shown[0].level) == (".updatecli/m0.yaml", 1, "error")
    assert "21 more" in shown[-1].message


def test_what_was_shown_before_takes_the_place_of_some_and_never_more_than_there_is():
    many = Plan(warnings=tuple(Problem(f"m{n}", f".updatecli/m{n}.yaml", n + 1, "odd") for n in range(30)))

    assert len(report.annotated(many, warnings_before=9)) == 1
    assert report.annotated(many, warnings_before=12) == []


def test_each_level_has_a_list_of_its_own_and_the_last_of_a_full_one_says_how_many_more_there_are():
    faults = [Fault("error" if n % 2 else "warning", f"entry {n}") for n in range(40)]

    shown = report.of_faults(faults, 5)

    assert [each.level for each in shown] == ["error"] * 5 + ["warning"] * 5
    assert shown[0].message == "entry 1"
    assert shown[4].message == shown[9].message == "16 more are in the summary of this run."
    assert len(report.no_more([report.warning("x")] * 30)) == 10
    assert report.no_more([report.warning("x")], 0) == []
