"""What GitHub shows at the lines of manifests."""

from profile_cd import report
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
