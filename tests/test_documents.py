"""Documents are tested like code: README, action.yml, inputs and outputs tell the same."""

import json
import re
import shlex

import yaml

from profile_cd import fanout, inputs, report
from profile_cd.report import Outcome
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
    assert set(report.outputs(Outcome(), Outcome(), [], "", "")) == set(ACTION["outputs"])


def test_every_operation_is_explained():
    rows = re.findall(r"^\| `([a-z]+)` \| .+ \| (?:green|red) \|$", README, flags=re.MULTILINE)

    assert set(rows) == OPERATIONS


def test_the_example_workflow_uses_only_inputs_and_outputs_that_exist():
    workflow = yaml.safe_load(re.search(r"```yaml\n(name: Update\n.+?)```", README, flags=re.DOTALL)[1])
    update, trigger = workflow["jobs"]["update"], workflow["jobs"]["trigger"]
    trigger_action = yaml.safe_load((ROOT / "trigger/action.yml").read_text("utf-8"))

    assert set(update["steps"][0]["with"]) <= set(ACTION["inputs"])
    assert set(trigger["steps"][0]["with"]) <= set(trigger_action["inputs"])
    named = {value.partition("outputs.")[2].strip(" }") for value in update["outputs"].values()}
    assert named <= set(ACTION["outputs"])


def test_the_example_of_projects_is_one_that_the_code_reads():
    example = re.search(r"```json\n(\[.+?\])\n```", README, flags=re.DOTALL)[1]

    (project, *_), faults = fanout.read(example)
    assert faults == ()
    assert project.matrix_entry() == {key: value for key, value in json.loads(example)[0].items() if key != "paths"}


def test_every_file_that_a_document_links_to_is_there():
    for place in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", place.read_text("utf-8")):
            assert (place.parent / target).exists(), f"{place.name}: {target}"


def test_every_command_of_the_documents_can_be_typed():
    texts = [path.read_text("utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))]
    blocks = [
        block for text in texts for block in re.findall(r"^```sh\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    ]
    typed = [line for block in blocks for line in block.splitlines() if line.startswith("profile-cd ")]

    for line in typed:
        assert inputs.parser().parse_args(shlex.split(line, comments=True)[1:]), line
    assert len(typed) >= 6


def test_every_test_that_a_document_names_is_there():
    written = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    defined = set(re.findall(r"^def (test_\w+)", written, flags=re.MULTILINE))
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs/touching.md").read_text("utf-8")))

    assert named - defined == set()
    assert len(named) > 50
