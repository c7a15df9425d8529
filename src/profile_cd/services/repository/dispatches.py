"""Starting a workflow of another repository, by `workflow_dispatch` or `repository_dispatch`.

A dispatch cannot be repeated safely: in an outage one of them, through a client that asked again and again, started
some fifty runs (pytorch/test-infra#8061). So where an answer is lost, we look whether a run appeared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from profile_cd.errors import GitHubRefused, Uncertain
from profile_cd.protocols import BAD_REQUEST, NOT_FOUND, Clock
from profile_cd.services.repository.answers import Said, refused
from profile_cd.services.repository.api import GitHubApi

LOOKS = 5
PAUSE = 2.0
"""Seconds between two looks: a run shows itself a moment after its dispatch."""

SKEW = timedelta(seconds=30)
"""How far this machine's clock may be ahead of GitHub's."""

GRAIN = timedelta(seconds=2)
"""GitHub's times have whole seconds."""

UNPROCESSABLE = 422
"""What GitHub says of a value that it does not take."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be started: its *event*, where its *runs* are listed, and what they are given."""

    event: str
    runs: str
    inputs: Mapping[str, str]

    def started(self, run: Mapping[str, Any], began: datetime) -> bool:
        """Whether *run* may be the one that was started since *began*."""
        named = [self.inputs.get(name, "") for name in ("image", "chart", "tag")]
        if any(named) and all(each in str(run.get("display_title") or "") for each in named):
            return True
        try:
            made = datetime.fromisoformat(str(run.get("created_at")))
        except ValueError:
            return False
        return made.tzinfo is not None and made >= began - GRAIN


class Dispatches:
    """The workflows of one repository, seen with one token."""

    def __init__(self, api: GitHubApi, clock: Clock) -> None:
        self._api = api
        self._clock = clock

    def workflow(self, file: str, ref: str, inputs: Mapping[str, str]) -> str:
        """Start *file* at *ref* and return the run's page, empty where GitHub does not say. Raises GitHubRefused."""
        path = f"/actions/workflows/{quote(file, safe='')}"
        value = {"ref": ref, "inputs": dict(inputs), "return_run_details": True}
        asked = _Asked("workflow_dispatch", f"{path}/runs", inputs)
        said = self._started(f"{path}/dispatches", value, asked)
        if isinstance(said, str):
            return said
        if said.status in {BAD_REQUEST, UNPROCESSABLE} and "return_run_details" in said.message:
            # An older Enterprise Server does not know the field, and refuses the whole dispatch for it.
            del value["return_run_details"]
            said = self._started(f"{path}/dispatches", value, asked)
            if isinstance(said, str):
                return said
        if not said.ok:
            raise self._refused(said, file)
        return str((said.data or {}).get("html_url") or "")

    def event(self, name: str, payload: Mapping[str, str]) -> str:
        """Send the `repository_dispatch` *name*. GitHub never says which runs it starts. Raises GitHubRefused."""
        value = {"event_type": name, "client_payload": dict(payload)}
        said = self._started("/dispatches", value, _Asked("repository_dispatch", "/actions/runs", payload))
        if isinstance(said, str):
            return said
        if not said.ok:
            raise self._refused(said, "")
        return ""

    def _started(self, path: str, value: object, asked: _Asked) -> Said | str:
        """GitHub's answer; where it was lost twice, the page of the run that appeared. Raises GitHubRefused."""
        began = self._clock.now()
        for _ in range(2):
            try:
                return self._api.write("POST", path, value)
            except Uncertain:
                page = self._appeared(asked, began)
                if page:
                    return page
        raise GitHubRefused(
            "GitHub lost the answer twice, and no run has appeared.",
            probably="Perhaps it has an outage.",
            now="Look at the repository's page of runs before this job is run again.",
        )

    def _appeared(self, asked: _Asked, began: datetime) -> str:
        """The page of a run that was started since *began*, empty where none shows itself.

        Any such run will do: each of them looks at everything, whatever it was started with. One of moments before
        may have looked already, so it counts only where its title names what was published.
        """
        since = (began - SKEW).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for _ in range(LOOKS):
            self._clock.sleep(PAUSE)
            said = self._api.read(asked.runs, {"event": asked.event, "created": f">={since}", "per_page": "20"})
            if not said.ok:
                raise GitHubRefused(
                    f"GitHub lost the answer, and whether a run appeared cannot be seen: {said.message}.",
                    now="Look at the repository's page of runs before this job is run again; the token needs Actions: "
                    "read for this.",
                )
            found = [each for each in (said.data or {}).get("workflow_runs") or [] if asked.started(each, began)]
            if found:
                return str(found[0].get("html_url") or self._api.repository)
        return ""

    def _refused(self, said: Said, file: str) -> GitHubRefused:
        """The refusal with its likely cause: of a missing permission and a renamed workflow GitHub says the same."""
        words = f"{self._api.repository} was not started: {said.message.rstrip('.')} (status {said.status})."
        lower = said.message.lower()
        if said.status == NOT_FOUND:
            cause = f"its default branch has no workflow `{file}`: perhaps it was renamed." if file else _NO_CONTENTS
            return GitHubRefused(words, probably=f"Perhaps {cause}", now=f"Name it with `--workflow`. {_ACTIONS}")
        if "not accessible" in lower or "must have admin" in lower:
            return GitHubRefused(words, probably="The token lacks a permission.", now=_ACTIONS if file else _CONTENTS)
        if "not allowed to trigger" in lower:
            return GitHubRefused(
                words,
                probably="The repository's rules for starting workflows refuse this event or this person.",
                now="Allow it in Settings → Actions → General.",
            )
        if "workflow_dispatch" in lower:
            return GitHubRefused(words, now=f"Add `on: workflow_dispatch` with the four inputs to `{file}`.")
        if "unexpected inputs" in lower:
            return GitHubRefused(words, now="Let the workflow have the inputs image, chart, tag and upstream.")
        return refused(f"{self._api.repository} was not started", said)


_ACTIONS = "A fine-grained token needs Actions: write for that repository, a classic one the scope `repo`."
_CONTENTS = "A fine-grained token needs Contents: write for that repository, a classic one the scope `repo`."
_NO_CONTENTS = "the token does not see it."
