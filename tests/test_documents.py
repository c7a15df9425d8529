"""Documents are tested like code: README, action.yml, inputs and outputs tell the same."""

import json
import re
import shlex

import yaml

from profile_cd import fanout, inputs, report
from profile_cd.report import Counts, Outcome
from profile_cd.versions import Condition, choose
from tests.paths import ROOT
from tools import documents

README = (ROOT / "README.md").read_text("utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
OPERATIONS = {"none", "planned", "created", "updated", "unchanged", "armed", "queued", "merged", "closed", "refused"}


def test_the_tables_of_the_readme_are_those_of_action_yml():
    assert documents.filled(README) == README, "run: make documents"


class Recorded(dict):
    """An environment that notes which inputs are asked of it."""

    def __init__(self, values):
        super().__init__(values)
        self.inputs = set()

    def get(self, name, default=None):
        if name.startswith("INPUT_"):
            self.inputs.add(name.removeprefix("INPUT_").lower())
        return super().get(name, default)


def test_every_input_of_action_yml_is_read_and_no_other():
    environment = Recorded({"GITHUB_REPOSITORY": "a/b", "INPUT_TOKEN": "t"})

    inputs.of_update(environment, {})

    assert environment.inputs == set(ACTION["inputs"])


def test_every_input_of_the_trigger_step_is_read_and_no_other():
    entry = {"name": "dev", "url": "https://gitlab.example.com/api/v4/projects/1/trigger/pipeline"}
    one = Recorded({"INPUT_PROJECT": json.dumps(entry)})
    several = Recorded({"INPUT_PROJECTS": json.dumps([entry])})

    for environment in (one, several):
        inputs.of_trigger(environment, {})
        inputs.trigger_secrets(environment)

    assert one.inputs | several.inputs == set(
        yaml.safe_load((ROOT / "trigger/action.yml").read_text("utf-8"))["inputs"]
    )


def test_every_default_of_action_yml_is_what_the_code_takes_for_nothing():
    environment = {"GITHUB_REPOSITORY": "a/b", "INPUT_TOKEN": "t"}
    written = {f"INPUT_{name.upper()}": str(each.get("default", "")) for name, each in ACTION["inputs"].items()}
    written["INPUT_TOKEN"] = "t"

    assert inputs.of_update(environment, {}) == inputs.of_update({**environment, **written}, {})


def test_every_output_is_declared_and_every_declared_one_written():
    assert set(report.outputs((Outcome(), Outcome()), [], "", "", Counts())) == set(ACTION["outputs"])


def test_every_operation_is_explained():
    rows = re.findall(r"^\| `([a-z]+)` \| .+ \| (?:green|red) \|$", README, flags=re.MULTILINE)

    assert set(rows) == OPERATIONS


def test_the_example_of_projects_is_one_that_the_code_reads():
    example = re.search(r"```json\n(\[.+?\])\n```", README, flags=re.DOTALL)[1]

    (project, *_), faults = fanout.read(example)
    assert faults == ()
    assert project.matrix_entry() == {key: value for key, value in json.loads(example)[0].items() if key != "paths"}


def test_every_file_that_a_document_links_to_is_there():
    for place in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", place.read_text("utf-8")):
            assert (place.parent / target).exists(), f"{place.name}: {target}"


def test_every_heading_that_a_document_links_to_is_there():
    for place in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*.md")]:
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", place.read_text("utf-8")):
            aimed = (place.parent / target if target else place).read_text("utf-8")
            headings = re.findall(r"^#+ (.+)$", aimed, flags=re.MULTILINE)
            # As GitHub makes the address of a heading: small letters, blanks as hyphens, punctuation gone.
            assert anchor in {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}, place.name


def test_every_picture_is_small_and_shown_with_words_for_those_who_do_not_see_it():
    shown = [
        (place.parent / target, words)
        for place in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
        for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+\.png)\)", place.read_text("utf-8"))
    ]

    assert {path.resolve() for path, _ in shown} == set((ROOT / "docs/pictures").glob("*.png"))
    assert all(len(words) > 40 and path.stat().st_size < 150_000 for path, words in shown)


def test_every_command_of_the_documents_can_be_typed():
    texts = [path.read_text("utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))]
    blocks = [
        block for text in texts for block in re.findall(r"^```sh\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    ]
    typed = [line for block in blocks for line in block.splitlines() if line.startswith("profile-cd ")]

    for line in typed:
        assert inputs.parser().parse_args(shlex.split(line, comments=True)[1:]), line
    assert len(typed) >= 6


def test_every_act_of_the_sandbox_that_a_document_starts_is_there():
    acts = {path.stem for path in (ROOT / "sandbox/acts").glob("*.py")}
    named = {name for path in DOCUMENTS for name in re.findall(r"python -m sandbox ([a-z]+)", path.read_text("utf-8"))}

    assert {"serve"} <= named <= acts


DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), ROOT / "examples/README.md"]


def test_every_command_within_a_sentence_can_be_typed_too():
    spans = [span for path in DOCUMENTS for span in re.findall(r"`(profile-cd [a-z].*?)`", path.read_text("utf-8"))]

    for span in spans:
        words = shlex.split(span.partition(" | ")[0].partition(")")[0].replace(" DIR", " ../d").replace("…", ""))
        if len(words) > 2 or words[1] not in {"hold", "unhold", "compare", "completion"}:
            assert inputs.parser().parse_args(words[1:]), span
    assert len(spans) > 10


def test_the_readme_s_figures_are_those_of_the_page_on_measurements():
    page = (ROOT / "docs/measurements.md").read_text("utf-8")
    plan = re.search(r"^\| a plan of 60 manifests \| (\d+) requests, (.+?), (.+?) \|", README, flags=re.MULTILINE)
    image = re.search(r"^\| one announced image, .+? \| (\d+) requests, (.+?) \|", README, flags=re.MULTILINE)

    assert re.search(rf"^\| profile-cd, best of 3 \| {plan[1]} \| .+ \| {plan[2]} \| {plan[3]} \|", page, re.MULTILINE)
    assert re.search(rf"^\| one announced image \| {image[1]} \| \d+ \| {image[2]} \|", page, re.MULTILINE)


def test_every_target_of_make_that_a_document_names_is_there():
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)[1].split()
    named = {
        name
        for path in DOCUMENTS
        for name in re.findall(r"(?:`|^)make ([a-z][\w-]*)", path.read_text("utf-8"), flags=re.MULTILINE)
    }

    assert named - set(targets) == set()
    assert len(named) >= 6


def test_what_the_operator_s_page_says_that_is_read_is_said_by_somebody():
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    github_s = {"Bad credentials", "Re-run failed jobs", "Run workflow", "Retry", "true"}
    quoted = set(re.findall(r'"([^"]+)"', (ROOT / "docs/operating.md").read_text("utf-8"))) - github_s

    assert [each for each in quoted if each not in source] == []
    assert len(quoted) >= 2


def _tests():
    written = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return set(re.findall(r"^def (test_\w+)", written, flags=re.MULTILINE))


def test_every_promise_names_the_tests_that_hold_it():
    _, *sections = (ROOT / "docs/promises.md").read_text("utf-8").split("\n## ")
    promises = [line for section in sections for line in section.splitlines()[1:] if line]
    named = [re.findall(r"\btest_\w+", line.partition("<!--")[2]) for line in promises]

    assert [line for line, tests in zip(promises, named, strict=True) if not tests] == []
    assert {test for tests in named for test in tests} - _tests() == set()
    assert len(promises) >= 15


def test_every_test_that_a_document_names_is_there():
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs/touching.md").read_text("utf-8")))

    assert named - _tests() == set()
    assert len(named) > 50


def test_every_message_of_the_page_on_troubleshooting_is_one_of_ours():
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    source = re.sub(r'"\s*\n\s*f?"', "", source)  # texts that stand on several lines
    quoted = re.findall(r"^- \*\*(.+?)\*\* ", (ROOT / "docs/troubleshooting.md").read_text("utf-8"), flags=re.MULTILINE)

    assert [each for each in quoted if each not in source] == []
    assert len(quoted) > 70


def test_every_outcome_of_the_page_on_troubleshooting_is_one_of_ours():
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src/profile_cd/report").rglob("*.py"))
    rows = re.findall(r'^\| "(.+?)"', (ROOT / "docs/troubleshooting.md").read_text("utf-8"), flags=re.MULTILINE)

    assert [each for each in rows if each not in source] == []
    assert len(rows) >= 4


def takes(kind, pattern, version):
    return bool(choose([version], Condition(kind, pattern)).picked)


def test_the_tables_of_the_page_on_conditions_are_what_the_code_takes():
    text = (ROOT / "docs/conditions.md").read_text("utf-8")
    rows = []
    for kind in ("semver", "pep440"):
        part = text.partition(f"\n## {kind}\n")[2].partition("\n## ")[0].replace("\\|", "/")
        rows += [(kind, *row) for row in re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \|$", part, flags=re.MULTILINE)]

    for kind, pattern, yes, no in rows:
        taken = {each: takes(kind, pattern.replace("/", "|"), each) for each in re.findall(r"`(.+?)`", yes + no)}
        assert [each for each, is_taken in taken.items() if is_taken] == re.findall(r"`(.+?)`", yes), pattern
    assert len(rows) == 10


def test_the_traps_of_the_page_on_conditions_are_what_they_are_said_to_be():
    assert [takes("semver", "^0.0.1", each) for each in ("0.0.1", "0.0.2")] == [True, False]
    assert takes("semver", "~0.0", "0.0.2")
    assert [takes("semver", "^0.3.0", each) for each in ("0.3.9", "0.4.0")] == [True, False]
    assert [takes("semver", each, "1.5.0-iso.1") for each in ("^1.4.0", "^1.4.0-0")] == [False, True]
    assert [takes("semver", each, "2.0.0") for each in (">=1.0.0", "^1.0.0")] == [True, False]
    assert takes("regex", "v1", "v10")
