"""The keys that a manifest can have, level by level, as tables: the reader and the JSON Schema both follow them.

Those of a source's `spec` stand with its kind, in `sources`.
"""

from __future__ import annotations

from collections.abc import Mapping

from profile_cd.fields import CONDITION_ONLY, Field, Table, refused

_PULL_REQUESTS = "Delete it: profile-cd itself proposes and merges changes of the repository that it runs in."
_ORDER = "Delete it, or put sources and targets that belong together under one source."

HOLD: Table = {
    "version": Field("The version that stays, as its source spells it.", required=True),
    "reason": Field("Why, for whoever wonders next.", required=True),
    "until": Field("The last day of the hold in UTC, like `2025-07-01`; without one, it holds until it is taken out."),
}

POLICY: Table = {
    "hold": Field("A version that stays, whatever is newer.", "mapping", below=HOLD),
    "downgrade": Field("Whether something older may replace what stands.", choices=("keep", "allow")),
    "major": Field("What becomes of a step to another major version.", choices=("merge", "review")),
    "minimum-age": Field("How old a version must be before it is taken, like `3d` or `12h`."),
    "on-unknown": Field("What becomes of a version of unknown age.", choices=("wait", "allow")),
}

EXCLUSION: Table = {
    "version": Field("The version that is never taken.", required=True),
    "reason": Field("Why, for whoever wonders next.", required=True),
}

ROOT: Table = {
    "name": Field("What people call this manifest; it need not be unique.", old=("title",), cosmetic=True),
    "id": Field("A name for other manifests to refer to.", cosmetic=True),
    "pipelineid": Field("Has no effect in profile-cd.", cosmetic=True),
    "version": Field("The oldest updatecli that can read this manifest. Has no effect in profile-cd.", cosmetic=True),
    "labels": Field("Labels of the manifest. Have no effect in profile-cd.", "mapping", cosmetic=True),
    "sources": Field("Where versions come from, by names of your choice.", "mapping", required=True),
    "targets": Field("Which values are kept up to date, by names of your choice.", "mapping", required=True),
    "policy": Field("What is held, reviewed or waited for. updatecli does not know it.", "mapping", below=POLICY),
    "conditions": refused("Delete it, and say in `versionfilter` or `typefilter` which versions may be taken."),
    "scms": refused(_PULL_REQUESTS),
    "actions": refused(_PULL_REQUESTS, old=("pullrequests",)),
    "autodiscovery": refused("Write sources and targets down instead.", old=("crawlers",)),
    "dependson": refused(_ORDER, old=("depends_on",), kind="list"),
}

_RESOURCE: Table = {
    "name": Field("What people call it.", cosmetic=True),
    "kind": Field("What it is.", required=True),
    "spec": Field("Its details; they depend on the kind.", "mapping", required=True),
    "transformers": Field("Steps from the version to the value that is written, in order.", "list"),
    "scmid": refused(_PULL_REQUESTS, old=("scmID",), kind="text"),
    "dependson": refused(_ORDER, old=("depends_on",), kind="list"),
}

SOURCE: Table = _RESOURCE

TARGET: Table = {
    **_RESOURCE,
    "sourceid": Field("The source of the value; needed only where there are several.", old=("sourceID",)),
    "disablesourceinput": Field("`true` takes the value from the spec alone.", "flag"),
    "disableconditions": Field("Has no effect in profile-cd.", "flag", cosmetic=True),
    "dependsonchange": refused(_ORDER, kind="flag"),
    "conditionids": refused("Delete it: there are no conditions.", kind="list"),
}

REPLACEALL: Table = {
    "pattern": Field("RE2 expression of what is replaced.", required=True),
    "replacement": Field("What it is replaced by; `$1` is the first group."),
}

FILTER: Table = {
    "kind": Field(
        "How versions are compared.",
        choices=("latest", "semver", "regex", "regex/semver", "lex", "pep440"),
    ),
    "pattern": Field("Which versions may be taken, like `^1.4.0`."),
    "strict": Field("`true` takes only versions of exactly three numbers, without `v`.", "flag"),
    "regex": Field("RE2 expression whose first group is the version; for `regex/semver`."),
    "replaceall": Field("What is replaced in each version before it is compared.", "mapping", below=REPLACEALL),
    "track": Field(
        "The channel whose prereleases are taken beside releases, like `infitx`; updatecli does not know it."
    ),
    "exclude": Field("Versions that are never taken; updatecli does not know it.", "list", below=EXCLUSION),
}

YAML_TARGET: Table = {
    "engine": Field("How `key` is read.", choices=("yamlpath", "default", "go-yaml", "")),
    "file": Field("The file, relative to the repository's directory."),
    "files": Field("Several files, instead of `file`.", "texts"),
    "key": Field("Path of the value, like `$.ledger.image.tag`."),
    "keys": Field("Several paths, instead of `key`.", "texts"),
    "value": Field("What is written instead of the source's version."),
    "documentindex": Field("Which document of the file, counted from 0; all, if left out.", "number"),
    "searchpattern": refused("Name the files one by one in `files`.", kind="flag"),
    "comment": refused("Delete it: nothing but the value itself is ever changed.", kind="text"),
    "createmissingkey": refused("Write the key into the file yourself.", kind="flag"),
    "keyonly": CONDITION_ONLY,
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
