"""A made-up profile of the same mix as a real one: 47 images, 9 charts and 4 releases, in 60 manifests."""

from __future__ import annotations

import json
from pathlib import Path

IMAGES, SHARED, CHARTS, RELEASES = 33, 14, 9, 4
SEEN = "2025-01-01T00:00:00Z"


def write(profile: Path, versions: Path) -> Path:
    """Write the profile's files below *profile*, and what is published to *versions*, whose path comes back."""
    (profile / ".updatecli").mkdir(parents=True)
    published: dict[str, list[str]] = {}
    values: dict[str, list[str]] = {}
    for number in range(IMAGES + SHARED):
        image = number % IMAGES
        host = "ghcr.io/" if image % 5 == 0 else ""
        spec = f"      image: {host}acme/service-{image}\n"
        _manifest(profile, f"image-{number}", "dockerimage", spec, "^1.0.0", values)
        published[f"dockerimage:{host}acme/service-{image}"] = [f"v1.{minor}.0" for minor in range(40)]
    for number in range(CHARTS):
        url = f"https://acme-{number % 4}.github.io/charts"
        _manifest(
            profile, f"chart-{number}", "helmchart", f"      url: {url}\n      name: chart-{number}\n", "^1.0.0", values
        )
        published[f"helmchart:{url}#chart-{number}"] = [f"1.{minor}.0" for minor in range(40)]
    for number in range(RELEASES):
        token = "      token: '{{ requiredEnv \"GITHUB_TOKEN\" }}'\n"
        spec = f"      owner: acme\n      repository: tool-{number % 3}\n{token}"
        _manifest(profile, f"release-{number}", "githubrelease", spec, "^1.0.0", values)
        published[f"githubrelease:acme/tool-{number % 3}"] = [f"v1.{minor}.0" for minor in range(40)]
    for file, lines in values.items():
        (profile / file).write_text("".join(lines), "utf-8")
    sources = {
        name: {"versions": [{"version": version, "first_seen": SEEN} for version in listed]}
        for name, listed in published.items()
    }
    versions.write_text(json.dumps({"sources": sources}), "utf-8")
    return versions


def _manifest(profile: Path, name: str, kind: str, spec: str, pattern: str, values: dict[str, list[str]]) -> None:
    """One manifest, and the value that it keeps, which is the newest already."""
    file = f"values-{sum(name.encode()) % 20}.yaml"
    newest = "1.39.0" if kind == "helmchart" else "v1.39.0"
    values.setdefault(file, []).append(f"{name}:\n  image:\n    tag: {newest}\n")
    (profile / ".updatecli" / f"{name}.yaml").write_text(
        f"name: Update {name}\n"
        f"sources:\n  found:\n    kind: {kind}\n    spec:\n{spec}"
        f"      versionfilter:\n        kind: semver\n        pattern: {pattern}\n"
        "targets:\n  yaml:\n    kind: yaml\n    spec:\n      engine: yamlpath\n"
        f"      file: {file}\n      key: $.{name}.image.tag\n",
        "utf-8",
    )
