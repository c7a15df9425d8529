"""What large files cost: manifests are read, drafted and written in a process of its own, which is measured."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass

from profile_cd import manifest, plan
from profile_cd.model import File, Snapshot
from sandbox.acts.spent import own_peak

SERVICE = """\
service{n}:
  image:
    repository: acme/service{n}  # keeps its books
    tag: v1.{n}.0
  replicas: 2
  env:
    - name: LEVEL
      value: "info"
"""
MANIFEST = """\
sources: {{s: {{kind: dockerimage, spec: {{image: acme/all, versionfilter: '*'}}}}}}
targets: {{t: {{kind: yaml, spec: {{file: values.yaml, key: $.service{n}.image.tag}}}}}}
"""


@dataclass(frozen=True, slots=True)
class Large:
    """*changes* in a file of as many entries as *services*, and what they may take: *seconds* of CPU, *megabytes*."""

    changes: int
    services: int
    seconds: float
    megabytes: float


CASES = (Large(80, 350, 1.0, 100), Large(500, 16_000, 20.0, 400))
HEAD = "| changes in one file | its size | CPU to load, draft and write | peak memory | limits |\n|---|---|---|---|---|"


def rows() -> tuple[list[str], bool]:
    """A row of a Markdown table for each case, and whether the limits hold."""
    lines, fine = [], True
    for case in CASES:
        command = [sys.executable, "-m", "sandbox.acts.large_files", str(case.changes), str(case.services)]
        said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        fine = fine and said["seconds"] <= case.seconds and said["megabytes"] <= case.megabytes
        lines.append(
            f"| {said['changes']} | {said['size'] / 1e6:.2f} MB | {said['seconds']:.2f} s | {said['megabytes']:.0f} MB "
            f"| {case.seconds:.0f} s, {case.megabytes:.0f} MB |"
        )
    return lines, fine


def run(changes: int, services: int) -> dict[str, float]:
    """Load, draft and write that many *changes* in this process."""
    text = "".join(SERVICE.format(n=number) for number in range(services)).encode()
    step = services // changes
    files = {f".updatecli/m{n}.yaml": MANIFEST.format(n=n * step).encode() for n in range(changes)}
    began = time.process_time()
    loaded = manifest.load(files, None, {})
    snapshot = Snapshot({"values.yaml": File(text)})
    drafted = plan.draft(loaded, {use.source: ("v2.0.0",) for use in loaded.manifests[0].sources}, snapshot)
    written = plan.texts(drafted.changes, snapshot)
    return {
        "changes": written["values.yaml"].count(b"tag: v2.0.0"),
        "size": len(text),
        "seconds": time.process_time() - began,
        "megabytes": own_peak(),
    }


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:]))))
