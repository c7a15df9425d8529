"""What people copy: it passes what checks workflows, and names only inputs and outputs that exist."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from profile_cd import fanout, inputs
from profile_cd.manifest import EXTENSIONS
from tests.paths import ROOT

EXAMPLES = ROOT / "examples"
WORKFLOWS = sorted(EXAMPLES.glob("*.yaml"))
SHADOW = EXAMPLES / "shadow.yaml"
ACTION = "infitx-org/profile-cd-action"
TOOLS = Path(sys.executable).parent
HINTS = {"image", "chart", "tag", "upstream"}


def checked(*command: str) -> str:
    """What the tool says. Fails with its words where it is not content."""
    done = subprocess.run([TOOLS / command[0], *command[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def steps_of(workflow: Path) -> list[dict[str, object]]:
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
    return [step for job in jobs for step in job["steps"] if "uses" in step]


def declared(step: dict[str, object], what: str) -> set[str]:
    """The inputs or outputs of our action that *step* uses; empty for another's."""
    place = str(step["uses"]).partition("@")[0].removeprefix(ACTION)
    if place.startswith("actions/"):
        return set()
    return set(yaml.safe_load((ROOT / place.strip("/") / "action.yml").read_text("utf-8"))[what])


def test_every_workflow_fits_github_s_schema():
    checked("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))


def test_circle_ci_s_configuration_fits_its_schema():
    checked("check-jsonschema", "--builtin-schema", "vendor.circle-ci", str(EXAMPLES / "circleci.yml"))


def test_no_workflow_gives_zizmor_s_strictest_reader_anything_to_say():
    checked("zizmor", "--offline", "--quiet", "--no-config", "--persona", "pedantic", *map(str, WORKFLOWS))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_expression_of_a_workflow_is_one_that_act_can_read(workflow: Path, tmp_path: Path):
    # act does not know these two keys of 2026 yet; GitHub's schema above does.
    text = re.sub(r"^ +(deployment: false|queue: max)\n", "", workflow.read_text("utf-8"), flags=re.MULTILINE)
    (tmp_path / "w.yaml").write_text(text.replace(", queue: max", ""))
    checked("act", "--validate", "--strict", "--workflows", str(tmp_path / "w.yaml"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_input_and_output_that_a_workflow_names_exists(workflow: Path):
    steps = steps_of(workflow)
    outputs = {each: declared(step, "outputs") for step in steps if (each := step.get("id"))}
    text = workflow.read_text("utf-8")

    for step in steps:
        known = declared(step, "inputs")
        assert not known or set(step.get("with", {})) <= known
    for name, output in re.findall(r"steps\.([\w-]+)\.outputs\.([\w-]+)", text):
        assert not outputs[name] or output in outputs[name]
    handed_on = set(re.findall(r"^      ([\w-]+): \$\{\{ steps\.", text, flags=re.MULTILINE))
    assert set(re.findall(r"needs\.update\.outputs\.([\w-]+)", text)) <= handed_on


@pytest.mark.parametrize("workflow", [each for each in WORKFLOWS if each != SHADOW], ids=lambda path: path.name)
def test_every_workflow_takes_what_circle_ci_has_always_sent_and_loses_no_run(workflow: Path):
    read = yaml.safe_load(workflow.read_text("utf-8"))
    events = read[True]  # YAML 1.1 takes `on` for true

    assert set(events["workflow_dispatch"]["inputs"]) == HINTS
    assert [step for step in steps_of(workflow) if set(step.get("with", {})) >= HINTS]
    assert events["push"]["branches"] == ["main"]
    assert not events["schedule"][0]["cron"].startswith("0 ")
    assert read["permissions"] == {}
    assert not read["concurrency"].get("cancel-in-progress")
    assert all("timeout-minutes" in job for job in read["jobs"].values())


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_third_party_action_is_pinned_and_ours_by_one_placeholder(workflow: Path):
    used = re.findall(r"uses: (\S+)@(\S+) # (.+)$", workflow.read_text("utf-8"), flags=re.MULTILINE)

    assert len(used) == len(steps_of(workflow))
    assert all(re.fullmatch(r"[0-9a-f]{40}", commit) for _, commit, _ in used)
    ours = {(commit, version) for name, commit, version in used if name.startswith(ACTION)}
    assert len(ours) == 1


def test_the_shadow_may_only_read_and_plans_only():
    (job,) = yaml.safe_load(SHADOW.read_text("utf-8"))["jobs"].values()

    assert set(job["permissions"].values()) == {"read"}
    assert [step["with"]["dry-run"] for step in job["steps"]] == ["true"]


def test_all_examples_and_the_readme_name_the_same_release():
    texts = [path.read_text("utf-8") for path in (*WORKFLOWS, ROOT / "README.md")]
    named = [set(re.findall(rf"{ACTION}(?:/trigger|/trace)?@(.+)$", text, flags=re.MULTILINE)) for text in texts]

    assert all(each == named[0] for each in named)


def test_the_readme_shows_the_shortest_workflow_as_it_is_and_explains_what_it_may():
    readme, short = ((ROOT / name).read_text("utf-8") for name in ("README.md", "examples/short.yaml"))

    assert f"```yaml\n{short}```" in readme
    assert len(short.splitlines()) <= 25
    (job,) = yaml.safe_load(short)["jobs"].values()
    explained = re.findall(r"^\| `([\w-]+): (\w+)` \|", readme, flags=re.MULTILINE)
    assert dict(explained) == job["permissions"]


def test_every_key_of_projects_is_shown_and_explained():
    text = (EXAMPLES / "projects.json").read_text("utf-8")
    projects, faults = fanout.read(text)

    assert (len(projects), faults) == (3, ())
    keys = {key for entry in json.loads(text) for key in entry if not key.startswith("x-")}
    rows = re.findall(r"^\| `([a-z]+)` \|", (EXAMPLES / "README.md").read_text("utf-8"), flags=re.MULTILINE)
    assert keys == set(rows)


def test_circle_ci_calls_dispatch_as_it_is():
    text = (EXAMPLES / "circleci.yml").read_text("utf-8").replace("\\\n", " ")
    words = shlex.split(re.search(r"PROFILE_CD_IMAGE\" (dispatch .+)$", text, flags=re.MULTILINE)[1])
    arguments = inputs.parser().parse_args(words)

    asked = inputs.of_dispatch(arguments, {"DOWNSTREAM_IMAGE_PROFILE": "acme/profile:github_pat_1"})
    assert set(asked.inputs) == HINTS - {"chart"}
    assert f"workflows/{asked.workflow}/dispatches" in text


def test_the_curl_of_circle_ci_is_red_when_github_refuses_and_hides_the_token():
    text = (EXAMPLES / "circleci.yml").read_text("utf-8")

    assert "--fail-with-body" in text
    assert "set -euo pipefail" in text
    assert not re.search(r"^ +[^#]*--retry", text, flags=re.MULTILINE)
    assert not re.search(r"-H \"Authorization", text)


def test_the_hook_runs_a_command_that_exists():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *words = shlex.split(hook["entry"])

    assert program == "profile-cd"
    assert inputs.parser().parse_args(words).command == "validate"
    assert all(re.search(hook["files"], f".updatecli/ledger{ending}") for ending in EXTENSIONS)
