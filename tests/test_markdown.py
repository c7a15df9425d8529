"""Parts of a page: as much as fits, and nothing cut in the middle."""

from profile_cd import markdown


def test_a_list_takes_what_fits_and_says_how_many_do_not():
    assert markdown.fitting(["aa", "bb", "cc"], 6, lambda left: f"+{left}") == ["aa", "bb", "+1"]
    assert markdown.fitting(["aa", "bb"], 6, lambda left: f"+{left}") == ["aa", "bb"]
    assert markdown.fitting(["ää"], 4, lambda left: f"+{left}") == ["+1"]


def test_a_table_has_as_many_columns_in_each_row_and_in_the_one_for_the_rest():
    lines = markdown.table(["", "from", "to"], [["a", "b", "c"]] * 5, 30, "elsewhere")

    assert lines[-1] == "| and 3 more | elsewhere |  |"
    assert {line.count("|") for line in lines[1:]} == {4}


def test_a_last_column_that_says_nothing_is_left_out():
    assert markdown.table(["", "to", "new"], [["a", "b", ""]] * 2, 99, "elsewhere")[-1] == "| a | b |"
    assert markdown.table(["", "to", "new"], [["a", "b", ""], ["a", "b", "c"]], 99, "elsewhere")[-2] == "| a | b |  |"


def test_nothing_is_not_folded():
    assert markdown.folded("title", []) == []
    assert markdown.folded("title", ["a"])[-1] == "</details>"


def test_one_is_counted_without_an_s():
    assert (markdown.counted(1, "file"), markdown.counted(2, "file")) == ("1 file", "2 files")
