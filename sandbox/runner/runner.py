"""A GitHub runner for one step: it starts the action as the real one does, from source or in a container."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.runner.forks import fork_server
from sandbox.runner.step_environment import PROJECT, definition, github_context, input_variables
from sandbox.runner.workflow_commands import Annotation, FileCommandRefused, listen, read_outputs

INSIDE = {
    "temp": "/github/runner_temp",
    "home": "/github/home",
    "workflow": "/github/workflow",
    "file_commands": "/github/file_commands",
    "workspace": "/github/workspace",
}
INHERITED = ("PATH", "LANG", "DOCKER_HOST", "TMPDIR")


@dataclass(frozen=True, slots=True)
class StepResult:
    """What one step left behind.

    *log* is stdout and stderr without the `add-mask` lines, which the real runner hides, but NOT masked, so
    that a test can see a secret leak. *dropped* are the annotations beyond the runner's limit.
    """

    code: int
    outputs: dict[str, str]
    summary: str
    annotations: list[Annotation]
    log: str
    masks: tuple[str, ...] = ()
    dropped: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    environment: dict[str, str]
    output: Path
    summary: Path


class Runner:
    """One job on one machine below *root*; its folders stay between steps, as `workspace` and `home` do.

    With *image*, steps run in that image with Docker (host network, so that loopback servers are reached);
    without, they run `entrypoint.py` with this Python: in a fork of a process that has its imports done already, or
    in a *fresh* one. Of this process's environment they see PATH, no more.
    *action* is the folder of the action.yml that gives defaults and arguments: empty, or `trigger`.
    """

    def __init__(
        self, root: Path, *, image: str | None = None, fresh: bool = False, action: str = "", timeout: float = 120.0
    ) -> None:
        self.root = root.resolve()
        self.image = image
        self.fresh = fresh
        self.timeout = timeout
        self.definition = definition(PROJECT / action / "action.yml")
        for name in INSIDE:
            self._folder(name).mkdir(parents=True, exist_ok=True)

    @property
    def workspace(self) -> Path:
        """Where `actions/checkout` would put the repository."""
        return self._folder("workspace")

    def run(  # noqa: PLR0913  # a step is made of that many things
        self,
        inputs: Mapping[str, str],
        *,
        event_name: str,
        event: Mapping[str, object],
        repository: str,
        api_url: str,
        token: str = "",
        args: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
    ) -> StepResult:
        """Run the step with these *inputs* (names as in the workflow) and wait for it.

        *args* replace those of action.yml. *token* is what `${{ github.token }}` stands for in its defaults. *env*
        comes last and may replace the runner's own. Raises subprocess.TimeoutExpired after *timeout* seconds.
        """
        context = github_context(event_name, event, repository, api_url)
        (self._folder("workflow") / "event.json").write_text(json.dumps(event), encoding="utf-8")
        variables = {
            **context,
            **input_variables(inputs, self.definition.defaults, {**context, "GITHUB_TOKEN": token}),
            **dict(env or {}),
        }
        step = self._prepare(variables)
        return self._result(step, *self._start(step, args or self.definition.args))

    def _folder(self, name: str) -> Path:
        return self.root / name

    def _seen(self, name: str) -> str:
        return INSIDE[name] if self.image else str(self._folder(name))

    def _prepare(self, variables: Mapping[str, str]) -> _Step:
        number = uuid.uuid4().hex
        files = {
            "GITHUB_OUTPUT": f"set_output_{number}",
            "GITHUB_STEP_SUMMARY": f"step_summary_{number}",
            "GITHUB_ENV": f"set_env_{number}",
            "GITHUB_PATH": f"add_path_{number}",
            "GITHUB_STATE": f"save_state_{number}",
        }
        for file in files.values():
            (self._folder("file_commands") / file).touch()
        environment = {
            "HOME": self._seen("home"),
            "GITHUB_WORKSPACE": self._seen("workspace"),
            "GITHUB_EVENT_PATH": f"{self._seen('workflow')}/event.json",
            "RUNNER_TEMP": self._seen("temp"),
            **{name: f"{self._seen('file_commands')}/{file}" for name, file in files.items()},
            **variables,
        }
        folder = self._folder("file_commands")
        return _Step(number, environment, folder / files["GITHUB_OUTPUT"], folder / files["GITHUB_STEP_SUMMARY"])

    def _start(self, step: _Step, args: Sequence[str]) -> tuple[int, str]:
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        environment = {**inherited, **step.environment}
        if not (self.image or self.fresh):
            code, output = fork_server().run(args, cwd=self.workspace, environment=environment, timeout=self.timeout)
            return code, output.decode(errors="replace")
        command = self._docker_run(step) if self.image else [sys.executable, str(PROJECT / "entrypoint.py")]
        try:
            done = subprocess.run(
                [*command, *args],
                cwd=self.workspace,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=self.timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            if self.image:
                subprocess.run(["docker", "kill", step.name], check=False, capture_output=True)
            raise
        return done.returncode, done.stdout.decode(errors="replace")

    def _docker_run(self, step: _Step) -> list[str]:
        # The real runner mounts /var/run/docker.sock too; where the engine's is not there, -v would make it.
        names = [part for name in step.environment for part in ("-e", name)]
        mounts = [part for name, inside in INSIDE.items() for part in ("-v", f"{self._folder(name)}:{inside}")]
        where = ["--workdir", INSIDE["workspace"], "--rm", "--network", "host"]
        return ["docker", "run", "--name", step.name, *where, *names, *mounts, str(self.image)]

    def _result(self, step: _Step, code: int, log: str) -> StepResult:
        heard = listen(log)
        annotations, outputs = heard.annotations, {}
        try:
            outputs = read_outputs(step.output.read_text(encoding="utf-8"))
        except FileCommandRefused as refused:
            code = code or 1
            message = f"Unable to process file command 'output' successfully. {refused}"
            annotations = [*annotations, Annotation("error", "", 0, "", message)]
        return StepResult(
            code=code,
            outputs=outputs,
            summary=step.summary.read_text(encoding="utf-8"),
            annotations=annotations,
            log="\n".join(heard.lines),
            masks=tuple(heard.masks),
            dropped=tuple(heard.dropped),
        )
