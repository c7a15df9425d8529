"""The pages that a forge has for a repository: what stands outside becomes an address only where it is a plain one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from profile_cd.model import Link, is_object

LONGEST = 300
"""Characters of an address from outside that are looked at."""

_PAGE = re.compile(r"https://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?P<path>(?:/[A-Za-z0-9._~+-]+)*)/?")
_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+/-]*")


def page(text: object) -> str:
    """The address of a web page over HTTPS that *text* is, without `.git`, query or fragment; empty for all else."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return ""
    found = _PAGE.fullmatch(re.split(r"[?#]", text, maxsplit=1)[0])
    if not found or re.search(r"/\.+(/|$)", found["path"]):
        return ""
    return f"https://{found['host']}{found['path'].removesuffix('.git')}"


def repository(url: str) -> str:
    """The start page of the repository that a *page* belongs to; empty where its host is no forge that we know."""
    host, *path = url.removeprefix("https://").split("/")
    if host == "github.com":
        path = path[:2]
    elif host == "gitlab.com" or host.startswith("gitlab."):
        path = path[: path.index("-")] if "-" in path else path
    else:
        return ""
    return "/".join([f"https://{host}", *path]) if len(path) > 1 else ""


def about(url: str, old: str, new: str, revision: object = "") -> tuple[Link, ...]:
    """The repository at the *page* *url*, the commit *revision* in it and what is between two tags."""
    if not url:
        return ()
    root = repository(url)
    if not root:
        return (Link(f"Source at {url.split('/')[2]}", url),)
    found = [Link("Source", url)]
    if isinstance(revision, str) and is_object(revision):
        found.append(Link(f"Commit {revision[:7]}", f"{root}{_below(root)}/commit/{revision}"))
    return (*found, *comparison(root, old, new))


def of_pages(addresses: Iterable[str]) -> tuple[Link, ...]:
    """What is known of the web pages at *addresses*, and the releases of those on GitHub."""
    found: dict[str, Link] = {}
    for url in filter(None, map(page, addresses)):
        root = repository(url)
        found.setdefault(url, Link("Source" if root else f"Page at {url.split('/')[2]}", url))
        if root.startswith("https://github.com/"):
            found.setdefault(f"{root}/releases", Link("Releases", f"{root}/releases"))
    return tuple(found.values())


def comparison(root: str, old: str, new: str, *, below: str | None = None) -> tuple[Link, ...]:
    """What lies between two tags of the repository at *root*, where both are tags and spelled alike.

    *below* is the path that the forge's pages have below it, where the host does not show that.
    """
    if not alike(old, new):
        return ()
    between = f"{old}...{new}".replace("+", "%2B")
    return (Link("Comparison", f"{root}{_below(root) if below is None else below}/compare/{between}"),)


def alike(old: str, new: str) -> bool:
    """Whether *old* can be a version that the same source had before *new*: `v1.2` and `v1.3`, not `1.2` and `v1.3`.

    What stands in a file may have been transformed, or be no version at all.
    """
    plain = all(_TAG.fullmatch(each) and len(each) <= LONGEST and ".." not in each for each in (old, new))
    starts = [re.split(r"[0-9]", each, maxsplit=1) for each in (old, new)]
    return plain and old != new and all(len(start) > 1 for start in starts) and starts[0][0] == starts[1][0]


def _below(root: str) -> str:
    """GitLab keeps its pages apart from the names of projects."""
    return "" if root.startswith("https://github.com/") else "/-"
