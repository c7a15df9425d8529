"""A path is written so that it leads back to where it came from."""

import pytest

from profile_cd.targets.yaml import path as yaml_path
from profile_cd.targets.yaml.step import Named, Numbered, step, written


@pytest.mark.parametrize(
    ("names", "path"),
    [
        ([], "$"),
        (["a", "b-c", "é"], "$.a.b-c.é"),
        (["a.b", "c"], "$['a.b'].c"),
        (["a", "[0]", "b"], "$.a[0].b"),
        (["it's", "back\\slash"], r"$['it\'s']['back\\slash']"),
        ([""], "$['']"),
    ],
)
def test_names_become_a_path(names, path):
    assert written(names) == path


@pytest.mark.parametrize("name", ["a", "a.b", "it's", 'say "x"', "back\\slash", "a b", "a/b", "$", "@", "*", "~"])
def test_a_written_step_reads_as_its_name(name):
    (read,) = yaml_path.parse(f"${step(name)}")

    assert isinstance(read, Named)
    assert read.names == (name,)


def test_a_written_number_reads_as_an_item():
    (read,) = yaml_path.parse(written(["[3]"]))

    assert isinstance(read, Numbered)
    assert read.ranges == ((3, 4, None),)
