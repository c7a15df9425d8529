"""The keys that a manifest can have, level by level, as tables: the reader and the JSON Schema both follow them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Type = Literal["text", "texts", "flag", "number", "mapping", "list", "filter"]


@dataclass(frozen=True, slots=True)
class Field:
    """One key: what it *says*, and the type of its value.

    *old* are earlier spellings. Where *refused* is set, the key would change the outcome in a way that is
    not supported; where *ignored* is set, it has no effect here. Both are sentences for the author.
    """

    says: str = ""
    type: Type = "text"
    required: bool = False
    secret: bool = False
    choices: tuple[str, ...] = ()
    old: tuple[str, ...] = ()
    refused: str = ""
    ignored: str = ""


Table: TypeAlias = Mapping[str, Field]


def _refused(why: str, *, old: tuple[str, ...] = (), kind: Type = "mapping") -> Field:
    return Field(type=kind, old=old, refused=why)


_PULL_REQUESTS = "Delete it: profile-cd itself proposes and merges changes of the repository that it runs in."
_ORDER = "Delete it, or put sources and targets that belong together under one source."
_CONDITION_ONLY = Field(ignored="Only conditions use it.")
_TARGET_ONLY = Field(ignored="Only chart targets use it.")

ROOT: Table = {
    "name": Field("What people call this manifest; it need not be unique.", old=("title",)),
    "id": Field("A name for other manifests to refer to."),
    "pipelineid": Field("Has no effect in profile-cd."),
    "version": Field("The oldest updatecli that can read this manifest. Has no effect in profile-cd."),
    "labels": Field("Labels of the manifest. Have no effect in profile-cd.", "mapping"),
    "sources": Field("Where versions come from, by names of your choice.", "mapping", required=True),
    "targets": Field("Which values are kept up to date, by names of your choice.", "mapping", required=True),
    "conditions": _refused("Delete it, and say in `versionfilter` or `typefilter` which versions may be taken."),
    "scms": _refused(_PULL_REQUESTS),
    "actions": _refused(_PULL_REQUESTS, old=("pullrequests",)),
    "autodiscovery": _refused("Write sources and targets down instead.", old=("crawlers",)),
    "dependson": _refused(_ORDER, old=("depends_on",), kind="list"),
}

_RESOURCE: Table = {
    "name": Field("What people call it."),
    "kind": Field("What it is.", required=True),
    "spec": Field("Its details; they depend on the kind.", "mapping", required=True),
    "transformers": Field("Steps from the version to the value that is written, in order.", "list"),
    "scmid": _refused(_PULL_REQUESTS, old=("scmID",), kind="text"),
    "dependson": _refused(_ORDER, old=("depends_on",), kind="list"),
}

SOURCE: Table = _RESOURCE

TARGET: Table = {
    **_RESOURCE,
    "sourceid": Field("The source of the value; needed only where there are several.", old=("sourceID",)),
    "disablesourceinput": Field("`true` takes the value from the spec alone.", "flag"),
    "disableconditions": Field("Has no effect in profile-cd.", "flag"),
    "dependsonchange": _refused(_ORDER, kind="flag"),
    "conditionids": _refused("Delete it: there are no conditions.", kind="list"),
}

FILTER: Table = {
    "kind": Field(
        "How versions are compared.",
        choices=("latest", "semver", "regex", "regex/semver", "lex", "pep440"),
    ),
    "pattern": Field("Which versions may be taken, like `^1.4.0`."),
    "strict": Field("`true` takes only versions of exactly three numbers, without `v`.", "flag"),
    "regex": Field("RE2 expression whose first group is the version; for `regex/semver`."),
    "replaceall": Field("What is replaced in each version before it is compared.", "mapping"),
}

REPLACEALL: Table = {
    "pattern": Field("RE2 expression of what is replaced.", required=True),
    "replacement": Field("What it is replaced by; `$1` is the first group."),
}

TYPEFILTER: Table = {
    "draft": Field("Take drafts.", "flag"),
    "prerelease": Field("Take prereleases; alone it means only prereleases.", "flag"),
    "release": Field("Take releases.", "flag"),
    "latest": Field("Take only the release that GitHub calls the latest.", "flag"),
}

_VERSIONFILTER = Field("Which versions may be taken; a plain text is a semver range.", "filter", old=("versionFilter",))
_LOGIN: Table = {
    "username": Field("User name, together with `password`.", secret=True),
    "password": Field("Password, together with `username`.", secret=True),
    "token": Field("Token instead of user name and password.", secret=True),
}

SPECS: Mapping[str, Table] = {
    "dockerimage": {
        "image": Field("The image without its tag, like `acme/ledger` or `ghcr.io/acme/ledger`.", required=True),
        "architecture": Field("A platform that the image must have, like `linux/arm64`."),
        "architectures": Field("Platforms that the image must have.", "texts"),
        "tagfilter": Field("RE2 expression that tags must match.", old=("tagFilter",)),
        "versionfilter": _VERSIONFILTER,
        **_LOGIN,
        "tag": _CONDITION_ONLY,
    },
    "helmchart": {
        "url": Field("The chart repository: `https://…` or `oci://…`.", required=True),
        "name": Field("The chart.", required=True),
        "versionfilter": _VERSIONFILTER,
        **_LOGIN,
        "version": _CONDITION_ONLY,
        **dict.fromkeys(("file", "key", "value", "skippackaging", "versionincrement", "appversion"), _TARGET_ONLY),
    },
    "githubrelease": {
        "owner": Field("The owner of the repository.", required=True),
        "repository": Field("The repository.", required=True),
        "url": Field("A GitHub Enterprise Server, where it is not GitHub."),
        "token": Field("Token that may read the repository.", secret=True),
        "username": Field("Has no effect.", secret=True),
        "typefilter": Field("Which releases count.", "mapping", old=("typeFilter",)),
        "key": Field(
            "What of the release is the version: its tag, the commit of its tag, or its title.",
            choices=("tagname", "taghash", "title"),
        ),
        "versionfilter": _VERSIONFILTER,
        "app": _refused("Give a `token`."),
        "tag": _CONDITION_ONLY,
    },
    "gittag": {
        "url": Field("The repository, like `https://github.com/acme/ledger.git`."),
        "owner": Field("The owner on GitHub, instead of `url`."),
        "repository": Field("The repository on GitHub, instead of `url`."),
        "versionfilter": _VERSIONFILTER,
        **_LOGIN,
        "path": _refused("Give the `url` of the repository.", kind="text"),
        "key": _refused("Tags are taken by name.", kind="text"),
        "message": Field(ignored="Only targets use it."),
        "lsremote": Field(ignored="Tags are always asked from the remote.", type="flag"),
        "depth": Field(ignored="Nothing is cloned.", type="number"),
    },
}

YAML_TARGET: Table = {
    "engine": Field("How `key` is read.", choices=("yamlpath", "default", "go-yaml", "")),
    "file": Field("The file, relative to the repository's directory."),
    "files": Field("Several files, instead of `file`.", "texts"),
    "key": Field("Path of the value, like `$.ledger.image.tag`."),
    "keys": Field("Several paths, instead of `key`.", "texts"),
    "value": Field("What is written instead of the source's version."),
    "documentindex": Field("Which document of the file, counted from 0; all, if left out.", "number"),
    "searchpattern": _refused("Name the files one by one in `files`.", kind="flag"),
    "comment": _refused("Delete it: nothing but the value itself is ever changed.", kind="text"),
    "createmissingkey": _refused("Write the key into the file yourself.", kind="flag"),
    "keyonly": _CONDITION_ONLY,
}

# updatecli knows these as sources, conditions or targets; here they are refused by name.
OTHER_KINDS = frozenset(
    """aws/ami bazelmod bazelregistry cargopackage csv dockerdigest dockerfile file gitbranch gitcommit golang
    golang/gomod golang/module hcl http jenkins json maven npm pypi shell systemd temurin toml toolversions xml
    gitea/branch gitea/release gitea/tag gitlab/branch gitlab/release gitlab/tag stash/branch stash/tag
    terraform/file terraform/lock terraform/provider terraform/registry yaml""".split()  # noqa: SIM905
)

TRANSFORMERS: Mapping[str, str] = {
    "addprefix": "Put this in front.",
    "addsuffix": "Put this behind.",
    "trimprefix": "Take this away in front, if it is there.",
    "trimsuffix": "Take this away behind, if it is there.",
    "replacers": "Replace several texts at once.",
    "replacer": "Replace every occurrence of one text.",
    "find": "Keep what this RE2 expression finds first.",
    "findsubmatch": "Keep a group of what an RE2 expression finds first.",
    "semverinc": "Increment `major`, `minor` or `patch`, or several of them, separated by commas.",
    "quote": "`true` puts the value in quotes.",
    "unquote": "`true` takes quotes away.",
}
OLD_TRANSFORMERS = {
    each.lower(): each for each in ("addPrefix", "addSuffix", "trimPrefix", "trimSuffix", "semverInc", "findSubMatch")
}
