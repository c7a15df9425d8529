"""A profile repository in its world, and the action run in it step by step: what demo, faults and tests play in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sandbox.github import Dispatch
from sandbox.net import Request, Response
from sandbox.runner import Event, Runner, StepResult, events
from sandbox.world.world import PERSON, REPOSITORY, TOKEN, World


class Scene:
    """Use it as a context manager. *image* plays in a container instead of from source."""

    def __init__(self, root: Path, *, image: str | None = None, latency: float = 0.0) -> None:
        self.root = root
        self.image = image
        self.world = World.of_example(root / "world", latency=latency)
        self.repository = self.world.github.repository(REPOSITORY)
        self._answered = 0

    def __enter__(self) -> Self:
        self.world.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.world.__exit__(kind, error, trace)

    def update(
        self,
        *,
        event_name: str = "workflow_dispatch",
        event: Mapping[str, object] | None = None,
        ref: str = "refs/heads/main",
        on: Event | None = None,
        token: str = TOKEN,
        **inputs: str,
    ) -> StepResult:
        """Run the action's main step; in the names of *inputs* a `_` stands for a hyphen.

        It runs for *on*, else for the event *event_name* at the full name *ref*; *event* is added to its payload.
        """
        named = {name.replace("_", "-"): value for name, value in inputs.items()}
        happened = on or self.event(event_name, ref, event or {})
        return self.step("update", {"projects": self.world.projects, **named}, happened, token)

    def trigger(self, entry: str, secret: str, **inputs: str) -> StepResult:
        """Run the trigger step for one entry of the matrix."""
        named = {name.replace("_", "-"): value for name, value in inputs.items()}
        given = {"project": entry, "trigger-token": secret, **named}
        return self.step("trigger", given, self.event("workflow_dispatch"), TOKEN)

    def trace(self, done: StepResult, **inputs: str) -> StepResult:
        """Run the trace step for the update *done*."""
        given = {"pull-request-number": done.outputs["pull-request-number"], "commit": done.outputs["merge-sha"]}
        named = {name.replace("_", "-"): value for name, value in inputs.items()}
        on = self.event("workflow_dispatch")
        return self.step("trace", {"projects": self.world.projects, **given, **named}, on, TOKEN)

    def fan_out(self, done: StepResult, **inputs: str) -> list[StepResult]:
        """Run the trigger step for each project that the update *done* says lags behind."""
        entries = json.loads(done.outputs.get("projects") or "[]")
        return [self.trigger(json.dumps(each), self.world.secrets[each["secret"]], **inputs) for each in entries]

    def dispatched(self) -> list[StepResult]:
        """Run the main step for each workflow that was started from outside since the last call, in order."""
        waiting = self.world.github.dispatches[self._answered :]
        self._answered += len(waiting)
        return [self._answer(each) for each in waiting]

    def _answer(self, asked: Dispatch) -> StepResult:
        given = {name: str(value) for name, value in asked.payload.items()}
        branch = asked.ref or self.repository.default_branch
        ref, sha = f"refs/heads/{branch}", self.repository.tip(branch)
        of_workflow = asked.event == "workflow_dispatch"
        on = (
            events.dispatch(ref, sha, given) if of_workflow else events.repository_dispatch(ref, sha, asked.what, given)
        )
        return self.step("update", {"projects": self.world.projects, **given}, on, TOKEN)

    def event(self, name: str, ref: str = "refs/heads/main", payload: Mapping[str, object] | None = None) -> Event:
        """The event *name* at *ref* as it stands now; *payload* is added to what belongs to it."""
        sha = str((payload or {}).get("after") or "") or self.repository.git.resolve(ref)
        before = [*self.repository.git.commit(sha).parents, events.NOTHING][0]
        made = Event(name, ref, sha)
        if name == "push":
            made = events.push(ref, sha, before, message=self.repository.git.commit(sha).message)
        return replace(made, payload={**made.payload, **(payload or {})})

    def step(self, name: str, inputs: Mapping[str, str], on: Event, token: str) -> StepResult:
        """Run one step as the runner does."""
        runner = Runner(self.root / name, image=self.image, action="" if name == "update" else name)
        return runner.run(
            inputs,
            event_name=on.name,
            event={"repository": {"default_branch": self.repository.default_branch}, **on.payload},
            repository=REPOSITORY,
            api_url=self.world.api_url,
            token=token,
            env={**self.world.environment(runner.root, inside=bool(self.image)), **on.variables()},
        )

    def text(self, path: str, ref: str = "main") -> str:
        """A file of the repository."""
        return self.repository.read(ref)[path].decode("utf-8")

    def person(self, path: str, old: str, new: str, message: str = "a person's edit") -> str:
        """A person replaces *old* by *new* in a file on main; returns the commit."""
        text = self.text(path)
        if old not in text:
            raise ValueError(f"{path} does not hold {old!r}")
        return self.repository.commit({path: text.replace(old, new, 1)}, message, author=PERSON)


Match = Callable[[Request], bool]


def on_github(method: str, ending: str) -> Match:
    """Requests to GitHub's REST interface by method and the end of their path."""
    return lambda request: request.host.startswith("api.") and request.method == method and ending in request.path


class Once:
    """A hook that acts at the *nth* request that *match* knows, before or after it is answered."""

    def __init__(
        self, match: Match, *, before: Callable[[], object] | None = None, after: Callable[[], object] | None = None,
        nth: int = 1,
    ) -> None:  # fmt: skip
        self._match, self._before, self._after, self._left = match, before, after, nth
        self.acted = False

    def __call__(self, request: Request, call: Callable[[], Response]) -> Response:
        if not self._match(request):
            return call()
        self._left -= 1
        if self._left != 0:
            return call()
        self.acted = True
        if self._before is not None:
            self._before()
        response = call()
        if self._after is not None:
            self._after()
        return response
