"""The scanner cuts the lines of the wanted charts out of Helm's own style, and nothing out of any other."""

import pytest

from profile_cd.sources.helm.scanner import cut

INDEX = b"""\
apiVersion: v1
entries:
  app:
  - version: 1.0.0
  other:
  - version: 2.0.0
generated: "2025-01-01T00:00:00Z"
"""


def test_the_wanted_lines_are_an_index_of_their_own():
    found = cut(INDEX, {"app"})

    assert found.text == b"entries:\n  app:\n  - version: 1.0.0\n"
    assert found.charts == ("app", "other")


def test_where_nothing_is_wanted_there_is_an_empty_index():
    assert cut(INDEX, {"third"}).text == b"entries: {}"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"entries: {app: []}\n",
        INDEX + INDEX,
        INDEX.replace(b"  other:", b"  app:"),
        INDEX.replace(b"  other:", b"  ? other\n  :"),
        INDEX.replace(b"1.0.0", b"*alias"),
        INDEX.replace(b"  app:\n  - version", b"  app:\n- version"),
    ],
)
def test_another_style_is_not_cut(text):
    assert cut(text, {"app"}) is None
