"""The house stands as `docs/design.md` draws it: read from the imports and the names of the source."""

from graphlib import TopologicalSorter

from tests import house

ABOVE = {
    "commands": (),
    "steps": ("commands",),
    "services": ("commands", "steps"),
}
"""What each floor may not import; every other one decides or asks, and touches the world through its arguments only."""
OF_ALL_OTHERS = ("commands", "steps", "services")

PAST_A_FACE = {}
"""Who still imports past a face, and what: only ever take lines away here."""

MOST_LINES, MOST_OF_A_FUNCTION, MOST_ARGUMENTS = 250, 45, 6
WORDS = {
    "tell", "tells", "told", "telling", "weary", "hasty", "strange", "strangers", "there", "dress", "dressed", "enter",
    "memory", "news", "story",
}  # fmt: skip
"""Words that say something else in this field, or nothing."""


def short(module):
    return module.removeprefix(f"{house.PACKAGE}.")


def past_a_face(module, path):
    """What a file imports past the face of a package that it is not part of."""
    for origin, name in house.imports(path):
        wanted = f"{origin}.{name}" if f"{origin}.{name}" in house.source() else origin
        face = next((each for each in house.above(origin) if each in house.faces()), None)
        if face is None or (wanted in house.faces() and wanted != origin) or module == face:
            continue
        inside = module.startswith((f"{face}.", f"tests.{short(face)}."))
        if not inside and (origin != face or name not in house.faces()[face]):
            yield short(f"{origin}.{name}")


def test_nobody_imports_past_a_face():
    found = {(short(module), each) for module, path in house.everything().items() for each in past_a_face(module, path)}

    assert found == PAST_A_FACE


def test_no_two_rooms_need_each_other():
    graph = {}
    for module, path in house.source().items():
        own = house.room(module)
        graph.setdefault(own, set()).update({house.room(each) for each in house.needs(path)} - {own})

    assert list(TopologicalSorter(graph).static_order())


def test_no_import_runs_back_up():
    found = {
        (short(module), short(each))
        for module, path in house.source().items()
        for each in house.needs(path)
        if house.floor(each) in ABOVE.get(house.floor(module), OF_ALL_OTHERS)
    }

    assert {(module, each) for module, each in found if module != "__main__"} == set()


def test_no_command_needs_another():
    commands = {each for each in house.source() if each.startswith("profile_cd.commands.")}

    assert not [each for each in commands if house.needs(house.source()[each]) & commands]


def test_a_file_and_its_functions_are_short_enough_to_be_read():
    paths = {module: path for module, path in house.everything().items() if not module.startswith("tests.")}

    assert [each for each, path in paths.items() if len(path.read_text("utf-8").splitlines()) > MOST_LINES] == []
    assert [
        (short(each), name)
        for each, path in paths.items()
        for name, lines in house.functions(path)
        if lines > MOST_OF_A_FUNCTION
    ] == []
