"""The input `projects`: which GitLab projects deploy this repository."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from profile_cd import bounded_json
from profile_cd.errors import CannotStart


@dataclass(frozen=True, slots=True)
class Project:
    """One entry of the input `projects`: a GitLab project whose pipeline deploys this repository.

    *secret* is the name of the secret that holds its trigger token, never the token. *files* are
    globs of paths that concern it; without any, every file does.
    """

    name: str
    secret: str
    url: str
    ref: str = "main"
    files: tuple[str, ...] = ()

    def matrix_entry(self) -> dict[str, object]:
        """The entry as the second job's matrix carries it."""
        entry: dict[str, object] = {"name": self.name, "secret": self.secret, "url": self.url}
        if self.ref != "main":
            entry["ref"] = self.ref
        return entry


def read(text: str) -> tuple[Project, ...]:
    """The entries of the input `projects`: a JSON list, as in `vars.PROJECTS`. Raises CannotStart."""
    if not text:
        return ()
    try:
        entries = bounded_json.loads(text)
    except bounded_json.NoJson as error:
        raise CannotStart(
            f"The input `projects` is {error}.",
            now='Write a list such as [{"name": "dev", "secret": "DEV_TOKEN", "url": "https://…"}].',
        ) from error
    if not isinstance(entries, list):
        raise CannotStart("The input `projects` is not a list.", now="Put [ ] around its entries.")
    found = tuple(entry(each, f"entry {number}") for number, each in enumerate(entries, 1))
    names = [each.name for each in found]
    for name in names:
        if names.count(name) > 1:
            raise CannotStart(f"The input `projects` names `{name}` twice.", now="Rename one of them.")
    return found


def entry(value: object, where: str) -> Project:
    """One entry of `projects`. *where* names it in a message. Raises CannotStart."""
    if not isinstance(value, dict):
        raise CannotStart(f"`projects`, {where}: not an object.", now='Write {"name": …, "secret": …, "url": …}.')
    for key in ("name", "url"):
        if not isinstance(value.get(key), str) or not value[key].strip():
            raise CannotStart(f"`projects`, {where}: `{key}` is missing or not text.", now=f"Give it a `{key}`.")
    files = value.get("files", [])
    files = [files] if isinstance(files, str) else files
    if not isinstance(files, list) or not all(isinstance(glob, str) for glob in files):
        raise CannotStart(f"`projects`, {where}: `files` is not a list of globs.", now='Write ["dev-*.yaml"].')
    if not _is_address(value["url"].strip()):
        raise CannotStart(
            f"`projects`, {where}: the url is not an http(s) address.",
            now="Copy the trigger URL from the project's CI/CD settings in GitLab.",
        )
    return Project(
        name=value["name"].strip(),
        secret=str(value.get("secret") or "").strip(),
        url=value["url"].strip(),
        ref=str(value.get("ref") or "main").strip(),
        files=tuple(files),
    )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
