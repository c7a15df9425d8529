"""The house stands as `docs/design.md` draws it: read from the imports and the names of the source."""

import re
from graphlib import TopologicalSorter

from tests import house
from tests.paths import ROOT

ABOVE = {
    "commands": (),
    "steps": ("commands",),
    "services": ("commands", "steps"),
}
"""What each floor may not import; every other one decides or asks, and touches the world through its arguments only."""
OF_ALL_OTHERS = ("commands", "steps", "services")

PAST_A_FACE = {("tools.schema", "manifest.schema")}
"""Who still imports past a face, and what: only ever take lines away here. What is stale in a list fails as well."""

MOST_LINES, MOST_OF_A_FUNCTION = 250, 40

WORDS = {
    "tell", "tells", "told", "telling", "weary", "hasty", "strange", "strangers", "there", "dress", "dressed", "enter",
    "memory", "news", "story",
}  # fmt: skip
"""Words that mean something else in this field, or nothing: a newcomer stumbles over them."""

PLAIN_IN_PROSE = {"there", "enter", "memory"}
"""Those that are words like others in a sentence."""

DECIDES = (
    "trees", "manifest", "versions", "transformers", "plan", "judgement", "proposal", "merging", "fanout", "report",
    "targets", "sources", "inputs", "comparison", "checks",
)  # fmt: skip
"""Where a test is a plain call, so that each file has a file of tests beside it."""

PROVED_BY = {
    "manifest.sources": "manifest/test_reading.py",
    "manifest.targets": "manifest/test_reading.py",
    "manifest.template_actions": "manifest/test_template.py",
    "versions.filter": "versions/test_condition.py",
}
"""Files without a file of tests of their own, and the one that calls them: only ever take some away here."""

OF_NO_MODULE = {
    "commands/test_bases.py": "an update for another branch than the base",
    "commands/test_crashes.py": "an update that is killed",
    "commands/test_debug.py": "every command that asks somebody, listened to",
    "commands/test_endings.py": "an update where GitHub is slow, strict or not yet sure",
    "commands/test_faults.py": "an update whose requests fail",
    "commands/test_hostile.py": "an update that hostile servers answer",
    "commands/test_strangers.py": "an update in a repository where others work, too",
    "commands/test_secrets.py": "an update among secrets that must not show",
    "commands/test_touching.py": "an update among people's commits and buttons",
    "commands/test_terminal.py": "plan, apply and validate in one world",
    "inputs/test_environment.py": "who reads the environment",
    "inputs/test_fuzz.py": "a package, by chance",
    "judgement/test_people_and_robot.py": "all rules, over real disagreements",
    "manifest/test_hostile.py": "a package, by chance",
    "commands/test_fan_out.py": "the update and the trigger step together, with GitHub's record between them",
    "manifest/test_real_manifests.py": "manifests of eighteen months",
    "sources/test_fuzz.py": "a package, by chance",
    "sources/test_source_filter_vectors.py": "a package, by a table",
    "sources/test_kinds.py": "the recipe for a kind of source",
    "sources/test_pages.py": "a package: pages that say what is new",
    "steps/test_shapes.py": "all steps, in repositories of every shape",
    "targets/yaml/test_fuzz.py": "a package, by chance",
    "targets/yaml/test_hostile.py": "a package, by chance",
    "targets/yaml/test_real.py": "a package, over real files",
    "targets/yaml/test_vectors.py": "a package, by a table",
    "services/web/test_fuzz.py": "a package, by chance",
    "services/web/test_private_networks.py": "the client and its connections, where a redirect leads inside",
    "test_ci_files.py": "what lies beside the source",
    "test_manual.py": "the page on manifests, held against their reader",
    "test_documents.py": "the documents",
    "test_entrypoint.py": "the file beside the source that starts it",
    "test_examples.py": "the workflows to copy",
    "test_house.py": "the source as a whole",
    "versions/test_hostile.py": "a package, by chance",
    "versions/test_replay_choices.py": "a package, over real choices",
    "versions/test_semver_vectors.py": "a package, by a table",
}
"""Files of tests beside no file of the source, and what they are about."""


def short(module):
    return module.removeprefix(f"{house.PACKAGE}.")


def past_a_face(module, path):
    """What a file imports past the face of a package that it is not part of."""
    for origin, name in house.imports(path):
        wanted = f"{origin}.{name}" if f"{origin}.{name}" in house.source() else origin
        face = next((each for each in house.above(origin) if each in house.faces()), None)
        if face is None or (wanted in house.faces() and wanted != origin) or module == face:
            continue
        if not module.startswith(f"{face}.") and (origin != face or name not in house.faces()[face]):
            yield short(f"{origin}.{name}")


def test_nobody_imports_past_a_face():
    modules = house.everything().items()
    found = {(short(module), each) for module, path in modules for each in past_a_face(module, path)}

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
    paths = house.everything()

    long = {short(each) for each, path in paths.items() if len(path.read_text("utf-8").splitlines()) > MOST_LINES}
    assert long == set()
    assert [
        (short(each), name)
        for each, path in paths.items()
        for name, lines in house.functions(path)
        if lines > MOST_OF_A_FUNCTION
    ] == []


def files_of_tests():
    """Path below `tests` → the module that it is about, for the tests that have the source's shape."""
    folder = ROOT / "tests"
    paths = [path.relative_to(folder) for path in sorted(folder.rglob("test_*.py"))]
    return {
        path.as_posix(): ".".join((house.PACKAGE, *path.parent.parts, path.stem.removeprefix("test_")))
        for path in paths
        if path.parts[0] not in {"sandbox", "real", "e2e", "tools"}
    }


def test_the_tests_have_the_shape_of_the_source():
    astray = {path for path, module in files_of_tests().items() if module not in house.source()}

    assert astray == set(OF_NO_MODULE)


def test_what_decides_has_a_file_of_tests_beside_it():
    tested = set(files_of_tests().values())
    decides = {
        module
        for module, path in house.source().items()
        if house.floor(module) in DECIDES and path.name != "__init__.py" and house.functions(path)
    }

    assert {short(module) for module in decides - tested} == set(PROVED_BY)
    assert [each for each in PROVED_BY.values() if not (ROOT / "tests" / each).is_file()] == []


def test_no_name_makes_a_newcomer_stumble():
    found = {
        short(module)
        for module, path in house.source().items()
        for name in (*house.identifiers(path), module.rpartition(".")[2])
        if WORDS & set(house.words(name))
    }

    assert found == set()


def test_no_docstring_and_no_comment_makes_one_stumble_either():
    found = {
        f"{module}: {words}"
        for module, path in house.everything().items()
        for text in house.prose(path)
        if (words := (WORDS - PLAIN_IN_PROSE) & set(re.findall("[a-z]+", text.lower())))
    }

    assert found == set()


def test_a_decision_that_the_source_names_is_one_of_the_design():
    known = re.findall(r"^(\d+)\. \*\*", (ROOT / "docs/design.md").read_text("utf-8"), re.MULTILINE)
    named = {
        number
        for path in house.everything().values()
        for text in house.prose(path)
        for number in re.findall(r"design decisions? (\d+)", text)
    }

    assert named <= set(known)
