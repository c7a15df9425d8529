"""Trees are put together from directories, each of which is known once."""

from profile_cd.trees import Entry, differing, listings, tree, unlisted


def file(name, oid="f"):
    return Entry(name, "100644", oid, is_directory=False)


def directory(name, oid):
    return Entry(name, "40000", oid, is_directory=True)


def test_a_tree_that_was_read_whole_lists_each_of_its_directories():
    link = Entry("a/b/link", "120000", "l", is_directory=False)
    whole = [directory("a", "A"), directory("a/b", "B"), link, file("a/c.yaml", "c"), file("d.yaml", "d")]

    listed = listings("R", whole)

    assert listed["A"] == (directory("b", "B"), file("c.yaml", "c"))
    assert tree("R", listed) == {
        "a/b/link": ("120000", "l"),
        "a/c.yaml": ("100644", "c"),
        "d.yaml": ("100644", "d"),
    }


def test_an_empty_tree_has_no_files_and_an_unlisted_directory_makes_no_tree():
    assert tree("R", listings("R", [])) == {}
    assert tree("R", {"R": (directory("a", "A"),)}) is None


def test_what_must_be_listed_next_is_named_once_however_many_trees_share_it():
    listed = {"R1": (directory("a", "A"), directory("b", "B")), "R2": (directory("x", "A"),), "B": ()}

    assert unlisted(["R1", "R2", "R3", "R1"], listed) == ["R3", "A"]


def test_directories_that_hold_one_another_many_times_are_no_tree_and_cost_little():
    bomb = {f"L{n}": tuple(directory(str(name), f"L{n + 1}") for name in range(10)) for n in range(12)}
    bomb["L12"] = (file("x"),)

    assert tree("L0", bomb) is None
    assert unlisted(["L0"], bomb) == []


def test_paths_differ_by_name_by_mode_and_by_content():
    one = {"same": ("100644", "s"), "gone": ("100644", "g"), "mode": ("100644", "m"), "bytes": ("100644", "b")}
    other = {"same": ("100644", "s"), "new": ("100644", "n"), "mode": ("100755", "m"), "bytes": ("100644", "c")}

    assert differing(one, other) == ["bytes", "gone", "mode", "new"]


def test_a_directory_that_a_lying_server_lets_hold_itself_is_no_tree_and_costs_little():
    long = "d" * 100_000

    assert tree("A", {"A": (directory(long, "A"),)}) is None
    assert tree("A", {"A": (directory("a", "B"),), "B": (directory("b", "A"), file("x"))}) is None
    assert unlisted(["A"], {"A": (directory(long, "A"),)}) == []
