"""Two texts are alike where every reader takes the same documents from them."""

import pytest

from profile_cd.targets import yaml

TEXT = "a: &x v1  # why\n\nb:\n    - 1\n    - *x\n"
OTHERWISE_WRITTEN = {
    "flow": "a: &x v1\nb: [1, *x]\n",
    "line ends": TEXT.replace("\n", "\r\n"),
    "byte order mark": f"\ufeff{TEXT}",
    "markers": f"---\n{TEXT}...\n",
    "quotes": TEXT.replace("v1", "'v1'"),
}
OTHERWISE_MEANT = {
    "value": TEXT.replace("v1", "v2"),
    "order": "b: [1, v1]\na: &x v1\n",
    "type": TEXT.replace("- 1", "- '1'"),
    "alias": TEXT.replace("*x", "v1"),
    "document": f"{TEXT}---\nc: 1\n",
}


@pytest.mark.parametrize("other", OTHERWISE_WRITTEN.values(), ids=OTHERWISE_WRITTEN)
def test_blanks_comments_quotes_and_line_ends_do_not_count(other):
    assert yaml.alike(TEXT, other)


@pytest.mark.parametrize("other", OTHERWISE_MEANT.values(), ids=OTHERWISE_MEANT)
def test_another_value_order_type_alias_or_document_counts(other):
    assert not yaml.alike(TEXT, other)


def test_what_is_no_yaml_is_like_nothing_but_itself():
    assert not yaml.alike("a: [", "a: []")
    assert yaml.alike("a: [", "a: [")
