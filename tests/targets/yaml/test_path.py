"""What a key addresses, and what is no key."""

import time

import pytest

from profile_cd.errors import EditRefused
from profile_cd.targets import yaml
from profile_cd.targets.yaml import path as yaml_path

TEXT = """\
a:
  b: b1
  c-d: cd1
  x.y: xy1
  it's: q1
  é: e1
  sl/ash: s1
"1": {c: one}
2: {c: two}
true: yes1
l: [l0, l1, l2, l3]
m:
- {name: x, tag: t0, n: 1}
- {name: y, tag: t1, n: 2.5, on: true}
- {name: z, tag: t2, n: '2', off: null}
deep: {tag: d0, e: [{tag: d1}, {tag: d2}]}
"""

FINDS = {
    "$.a.b": ["b1"],
    "a.b": ["b1"],
    ".a.b": ["b1"],
    "['a'].b": ["b1"],
    "$['a']['b']": ["b1"],
    '$["a"]["b"]': ["b1"],
    "$[ 'a' ].c-d": ["cd1"],
    "$.a['x.y']": ["xy1"],
    r"$.a.x\.y": ["xy1"],
    r"$.a['it\'s']": ["q1"],
    '$.a["it\'s"]': ["q1"],
    "$.a.é": ["e1"],
    "$.a.sl/ash": ["s1"],
    "$.a['b','c-d']": ["b1", "cd1"],
    "$.a['c-d', 'b', 'gone']": ["cd1", "b1"],
    "$.a['b','b']": ["b1"],
    "$.1.c": ["one"],
    "$.2.c": ["two"],
    "$.true": ["yes1"],
    "$.a.*": ["b1", "cd1", "xy1", "q1", "e1", "s1"],
    "$.a[*]": ["b1", "cd1", "xy1", "q1", "e1", "s1"],
    "$.l[*]": ["l0", "l1", "l2", "l3"],
    "$.l.*": ["l0", "l1", "l2", "l3"],
    "$.l[0]": ["l0"],
    "$.l[-1]": ["l3"],
    "$.l[ 1 , 3 ]": ["l1", "l3"],
    "$.l[1:3]": ["l1", "l2"],
    "$.l[:2]": ["l0", "l1"],
    "$.l[2:]": ["l2", "l3"],
    "$.l[::2]": ["l0", "l2"],
    "$.l[::-2]": ["l3", "l1"],
    "$.l[-2:]": ["l2", "l3"],
    "$.l[0,-1,1:2]": ["l0", "l3", "l1"],
    "$.m[*].tag": ["t0", "t1", "t2"],
    "$..tag": ["t0", "t1", "t2", "d0", "d1", "d2"],
    "$.deep..tag": ["d0", "d1", "d2"],
    "..tag": ["t0", "t1", "t2", "d0", "d1", "d2"],
    "$.deep..['tag']": ["d0", "d1", "d2"],
    "$.deep..e[0].tag": ["d1"],
    "$.l..[0]": ["l0"],
    "$.l..*": ["l0", "l1", "l2", "l3"],
    "$.deep..e..tag": ["d1", "d2"],
    "$.m[?(@.name == 'y')].tag": ["t1"],
    '$.m[?(@.name=="y")].tag': ["t1"],
    "$.m[?('y' == @.name)].tag": ["t1"],
    "$.m[?(@.name != 'y')].tag": ["t0", "t2"],
    "$.m[?(@.name > 'x')].tag": ["t1", "t2"],
    "$.m[?(@.n < 2)].tag": ["t0"],
    "$.m[?(@.n <= 2.5)].tag": ["t0", "t1"],
    "$.m[?(@.n >= 2.5)].tag": ["t1"],
    "$.m[?(@.n == '2')].tag": ["t2"],
    "$.m[?(@.n == 1.0)].tag": ["t0"],
    "$.m[?(@.n != 1)].tag": ["t1", "t2"],
    "$.m[?(@.on == true)].tag": ["t1"],
    "$.m[?(@.on)].tag": ["t1"],
    "$.m[?(!@.on)].tag": ["t0", "t2"],
    "$.m[?(!(@.on || @.off))].tag": ["t0"],
    "$.m[?(@.off == null)].tag": ["t2"],
    "$.m[?(@.name =~ /^[xz]$/)].tag": ["t0", "t2"],
    r"$.m[?(@.name =~ /x\/?/)].tag": ["t0"],
    "$.m[?(@.name == 'x' || @.name == 'y' && @.n == 1)].tag": ["t0"],
    "$.m[?((@.name == 'x' || @.name == 'y') && @.n == 2.5)].tag": ["t1"],
    "$.m[?(@.tag == $.deep.tag || @.name == 'z')].tag": ["t2"],
    "$.l[?(@ == 'l2')]": ["l2"],
    "$.l[?(@ =~ /[01]/)]": ["l0", "l1"],
    "$.a[?(@.b == 'b1')].c-d": ["cd1"],
    "$.deep..[?(@.tag == 'd2')].tag": ["d2"],
    "$.m[?(@['name'] == 'x')]['tag']": ["t0"],
    "$.m[?(true)].name": ["x", "y", "z"],
    "$.m[?(@.name < 'y' && @.on != true || @.on == true)].name": ["y"],
}


@pytest.mark.parametrize(("key", "values"), FINDS.items())
def test_a_key_addresses(key, values):
    assert [found.value for found in yaml.read(TEXT, key)] == values


FINDS_NOTHING = [
    "$.a.gone", "$.l[4]", "$.l[-5]", "$.l[3:1]", "$.l.x", "$.a[0]", "$.m.tag", "$.m[?(@.name == 'gone')].tag",
    "$.m[?(@.gone == 1)].tag", "$.m[?(@.gone != 1)].tag", "$.m[?(@.n =~ /1/)].tag", "$.m[?(@ == 1)].tag",
    "$.m[?(@.on < true)].tag", "$.m[?(@.n == true)].tag", "$.m[?(false)].tag", "$.m[?(null)].tag", "$..gone",
]  # fmt: skip


@pytest.mark.parametrize("key", FINDS_NOTHING)
def test_a_key_that_addresses_nothing_is_refused(key):
    with pytest.raises(EditRefused, match="matches nothing"):
        yaml.read(TEXT, key)


NO_PATHS = {
    "dot before a bracket": ("$.a.['b']", "character 5 (`[`)", "Write it without the dot: `$.a['b']`."),
    "dot before an index": ("$.l.[0]", "a dot stands before the bracket", "`$.l[0]`"),
    "quoted name after a dot": ("$.a.'x.y'.z", "default engine", "Write `$.a['x.y'].z`."),
    "open quoted name after a dot": ("$.a.'x", "default engine", "Write `['name']`."),
    "blank": ("$.a b", "character 4 (` `)", "`$['a b']`"),
    "name that begins oddly": ("$.a.!b", "a name cannot begin like this", "`$.a['!b']`"),
    "comma": ("$.a.b,c", "only `.` or `[` may follow", "`$.a['b,c']`"),
    "no dot after the root": ("$a", "character 2 (`a`)", "needs brackets"),
    "dot at the end": ("$.a.", "a name is missing after the dot", "leave the dot away"),
    "only a dot": (".", "a name is missing", "Write the name"),
    "nothing at all": ("", "a name is missing", "Write the name"),
    "deep at the end": ("$..", "a name is missing", "Write the name"),
    "name of an entry": ("$.a~", "addresses the name of an entry", "`$.a`"),
    "names of entries": ("$.a['b']~", "addresses the name of an entry", "`$.a['b']`"),
    "bare name in brackets": ("$.a[b]", "between brackets stand numbers", "`['b']`"),
    "empty brackets": ("$.a[]", "between brackets stand numbers", "`['']`"),
    "no step": ("$.l[::0]", "between brackets stand numbers", "Write"),
    "open bracket": ("$.l[0", "a bracket is still open", "`]`"),
    "open quoted bracket": ("$['a", "a quoted name must stand here", "Write it like"),
    "trailing comma": ("$['a',]", "a quoted name must stand here", "Write it like"),
    "number among names": ("$['a',0]", "a quoted name must stand here", "Write it like"),
    "unclosed names": ("$['a'.b", "`]` must close the bracket here", "Write it like"),
    "unclosed filter": ("$.m[?(@.n == 1", "`)]` must close the filter", "Write the filter like"),
    "unclosed group": ("$.m[?((@.n == 1]", "`)` is missing", "Write the filter like"),
    "filter without operand": ("$.m[?(@.n ==)]", "a filter compares", "Write the filter like"),
    "empty filter": ("$.m[?()]", "a filter compares", "Write the filter like"),
    "single equals": ("$.m[?(@.n = 1)]", "`)]` must close the filter", "Write the filter like"),
    "pattern without slashes": ("$.m[?(@.n =~ 'x')]", "a pattern between slashes", "Write the filter like"),
    "bad pattern": ("$.m[?(@.n =~ /(/)]", "no regular expression that RE2 understands", "Write the filter like"),
    "lookahead": ("$.m[?(@.n =~ /(?=x)/)]", "no regular expression that RE2 understands", "Write the filter like"),
    "endless": ("$" + ".a" * 600, "too long", "plainer"),
    "nested without end": ("$.m[?(" + "(" * 60 + "@" + ")" * 61 + "]", "too deeply nested", "plainer"),
}


@pytest.mark.parametrize(("key", "what", "now"), NO_PATHS.values(), ids=NO_PATHS)
def test_what_is_no_path_is_refused_with_the_place_and_the_right_spelling(key, what, now):
    with pytest.raises(EditRefused) as refused:
        yaml_path.parse(key)

    assert what in refused.value.what
    assert now in refused.value.now


WIDE = "a:\n" + "".join(f"  - {{x: {n}, y: {{z: {n}}}}}\n" for n in range(2000))
DEEP = "a: " + "{x: 1, b: " * 150 + "[" + "{z: 1}, " * 2000 + "]" + "}" * 150 + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("text", [WIDE, DEEP], ids=["wide", "deep"])
@pytest.mark.parametrize(
    "key",
    [
        "$..[?(@..[?(@.x == 1)])].q",
        "$..[?(@..z == $..x)].q",
        "$..*..*..*..q",
        "$..[?(!(@..[?(@..z == 1)]))].q",
        "$..[?($..z == 5)].q",
    ],
)
def test_a_key_that_looks_at_everything_again_and_again_ends_soon(text, key):
    began = time.process_time()

    with pytest.raises(EditRefused):
        yaml.read(text, key)

    assert time.process_time() - began < 4


def test_a_key_that_looks_at_too_much_says_so():
    with pytest.raises(EditRefused, match="looks at far more nodes"):
        yaml.read(WIDE, "$..[?($..z == 5)].q")


def test_one_look_at_everything_is_fine():
    assert yaml.read(WIDE, "$..[?(@.x == 5)].x")[0].value == "5"
