"""What is worth a warning, before anything is asked and after."""

import pytest

from profile_cd import versions
from profile_cd.model import Condition
from profile_cd.versions import Exclusion


@pytest.mark.parametrize(
    ("label", "condition", "words"),
    [
        ("a caret on 0.0.x", Condition("semver", "^0.0.8"), ["0.0.8 only", "`~0.0`"]),
        ("a tilde on 0.0.0", Condition("semver", "~0.0.0"), ["5.0.0 too", "`~0.0`"]),
        ("a caret on any", Condition("semver", "^*"), ["`*`"]),
        ("a window over several versions", Condition("semver", ">=5.2.0-dev.0 <=5.99.0-dev.9999"),
         ["does not hold to `dev`", "`track: dev`", r"`regex: '^v?(\d+\.\d+\.\d+-dev\.\d+)$'`"]),
        ("a channel without an end", Condition("semver", "^2.14.2-storage-cluster.0"), ["to `storage-cluster`"]),
        ("two words", Condition("semver", ">=15.6.0-iso.0 <15.6.0-snapshot.0"), ["to `iso`"]),
        ("a word and the release", Condition("semver", ">=15.6.0-iso.0 <15.6.0"), ["to `iso`"]),
        ("a build number and a commit", Condition("semver", ">=16.0.4-20631-9516ab0"), ["one identifier, ordered as"]),
        ("the same end twice", Condition("semver", ">=4.3.1-snapshot.0 >=4.3.1-snapshot.9999"), ["meant as `<=`"]),
        ("the upper end twice", Condition("semver", "<2 <=3"), ["meant as `>=`"]),
        ("regex/semver without a pattern", Condition("regex/semver", regex="(.*)"), ["prereleases are taken as well"]),
        ("doubled backslashes", Condition("regex", r"^\\d+$"), ["doubled backslashes"]),
        ("doubled in regex", Condition("regex/semver", "*", regex=r"^(\\d+)$"), ["doubled backslashes"]),
        ("a regex that is not read", Condition("semver", "*", regex="(.*)"), ["`regex` has no effect with"]),
        ("strict without effect", Condition("lex", strict=True), ["`strict` has no effect"]),
        ("a pattern without effect", Condition("lex", "a"), ["`pattern` has no effect"]),
        ("replaceall without effect", Condition("semver", replaceall=("a", "b")), ["`replaceall` has no effect"]),
    ],
)  # fmt: skip
def test_what_does_not_do_what_it_seems_to_is_warned_of(label, condition, words):
    found = " ".join(versions.check(condition))

    for each in words:
        assert each in found


@pytest.mark.parametrize(
    ("label", "condition"),
    [
        ("a caret", Condition("semver", "^1.0.0")),
        ("a caret below one", Condition("semver", "^0.2.3")),
        ("a caret on an open part", Condition("semver", "^0.0")),
        ("a tilde", Condition("semver", "~0.0.8")),
        ("any", Condition("semver", "*")),
        ("any by default", Condition("semver")),
        ("a window of one channel", Condition("semver", ">=15.6.0-iso.0 <=15.6.0-iso.9999")),
        ("all prereleases", Condition("semver", "^18.0.0-0")),
        ("one version", Condition("semver", "17.0.2-21488-f282b43")),
        ("both ends", Condition("semver", ">=1 <2")),
        ("regex", Condition("regex", r"^v\d+$")),
        ("regex/semver", Condition("regex/semver", "^1", strict=True, regex="v(.*)", replaceall=("a", "b"))),
        ("latest", Condition("latest")),
        ("latest, named", Condition("latest", "v1")),
        ("lex", Condition("lex")),
        ("pep440", Condition("pep440", ">=1,<2")),
    ],
)
def test_what_is_not_warned_of(label, condition):
    assert versions.check(condition) == []


def test_what_is_left_out_by_name_hides_no_warning():
    condition = Condition("semver", "^0.0.8", exclude=(Exclusion("0.0.9", "crashes"),))

    assert "0.0.8 only" in " ".join(versions.check(condition))


@pytest.mark.parametrize(
    ("pattern", "releases"),
    [
        (">=0.8.0-snapshot.0 <0.8.0", False),
        (">=0.8.0-snapshot.0 <0.8.0-t.0", False),
        (">=0.8.0-snapshot.0 <=0.8.0", True),
        (">=0.8.0-snapshot.0 <0.9.0", True),
        (">=0.8.0-snapshot.0", True),
    ],
)
def test_a_warning_names_releases_only_where_they_can_be_in_the_range(pattern, releases):
    (warning,) = versions.check(Condition("semver", pattern))
    assert ("and releases" in warning) is releases
    assert ", snapshot" not in warning.partition("(")[2].partition(")")[0]
