"""An expression keeps the tags in which it is found."""

import pytest

from profile_cd.errors import SourceFailed
from profile_cd.sources import tagfilter


@pytest.mark.parametrize(("expression", "kept"), [("", ("v1", "x2")), ("^v", ("v1",)), ("3", ())])
def test_only_the_tags_in_which_it_is_found_are_kept(expression, kept):
    assert tagfilter.kept(expression, ("v1", "x2")) == kept


def test_an_expression_that_is_none_fails_its_source():
    assert isinstance(tagfilter.kept("(", ("v1",)), SourceFailed)
