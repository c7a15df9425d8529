"""What hostile servers can cost a run: seconds and memory, with a healthy server beside them that must be served."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from sandbox.net import Request, Response, Street, hostile

ENTRYPOINT = Path(__file__).resolve().parents[2] / "entrypoint.py"
HOSTS = 7
"""Hostile servers at once: with about so many an attack comes furthest before a run's share is used up."""
MOST_MEMORY = 500
"""MB that a run may take."""
MEGABYTE = 1024 * 1024
SMALL, LARGE = 8 * MEGABYTE - 1024, 32 * MEGABYTE - 1024
"""Just within what is taken of one answer."""
JUST_ENOUGH = 290_000
"""Just fewer values than are taken of one answer."""
SHA = b"1" * 40

SPECS = {
    "dockerimage": "image: {host}/app, versionfilter: {{kind: semver, pattern: '*'}}",
    "helmchart": "url: 'http://{host}', name: app, versionfilter: {{kind: semver, pattern: '*'}}",
    "gittag": "url: 'http://{host}/app.git', versionfilter: {{kind: semver, pattern: '*'}}",
}


@dataclass(frozen=True, slots=True)
class Attack:
    """*kind* of source that is asked, and the *body* that it gets, packed; *pages*: each links a next one."""

    name: str
    kind: str
    body: Callable[[], bytes]
    pages: bool = False
    type: str = "application/json"


def _tags() -> Iterator[bytes]:
    yield from (b'"1.0.%d-%020d",' % (number, number) for number in range(JUST_ENOUGH))


def _index() -> bytes:
    entry = "  - version: 1.0.{}\n    description: \U0001f600 {}\n"
    text = "".join(["entries:\n  app:\n", *(entry.format(number, "x" * 200) for number in range(130_000))])
    return text.encode()[:LARGE].rpartition(b"\n")[0]


def _references() -> bytes:
    names = (b"%b refs/tags/v1.0.%d-%0230d\n" % (SHA, number, number) for number in range(99_000))
    lines = [b"# service=git-upload-pack\n", b"", *names]
    return b"".join(b"%04x%b" % (len(line) + 4, line) if line else b"0000" for line in lines) + b"0000"


ATTACKS = [
    Attack("62 kB that unpack to 57 MB of lists", "dockerimage", lambda: b"[" + b"[]," * 19_000_000 + b"[]]"),
    Attack("lists in lists", "dockerimage", lambda: b'{"tags":[' + b"[]," * (JUST_ENOUGH // 2) + b"1]}", pages=True),
    Attack("objects", "dockerimage", lambda: b'{"tags":[' + b'{"a":1},' * (JUST_ENOUGH // 2) + b"1]}", pages=True),
    Attack("tags without end", "dockerimage", lambda: b'{"tags":[' + b"".join(_tags()) + b'"1.0.0"]}', pages=True),
    Attack("one long tag with an emoji", "dockerimage",
           lambda: '{{"tags":["\U0001f600{}"]}}'.format("x" * (SMALL - 20)).encode(), pages=True),
    Attack("nested deeply", "dockerimage", lambda: b"[" * SMALL),
    Attack("a large index of charts", "helmchart", _index, type="text/yaml"),
    Attack("an index of one value", "helmchart", ("entries: \U0001f600" + "x" * (LARGE - 20)).encode),
    Attack("Git tags without end", "gittag", _references, type="application/x-git-upload-pack-advertisement"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """One run: seconds, peak in MiB, whether the healthy server was served, and what was said of another."""

    wall: float
    memory: float
    served: bool
    said: str


class _Bad:
    def __init__(self, attack: Attack, packed: bytes) -> None:
        self._attack = attack
        self._packed = packed
        self._pages = count()

    def answer(self, _: Request) -> Response:
        link = {"Link": f'</v2/app/tags/list?last={next(self._pages)}>; rel="next"'} if self._attack.pages else {}
        headers = {"Content-Type": self._attack.type, "Content-Encoding": "gzip", **link}
        return Response(200, headers, self._packed)


class _Good:
    def answer(self, request: Request) -> Response:
        tags = request.path.endswith("/tags/list")
        return Response.of_json({"tags": ["1.0.0", "1.1.0"]}) if tags else Response(200, {"Content-Type": "x"})


def attack(kinds: Sequence[Attack], hosts: int) -> Cost:
    """A plan of one manifest for each of *hosts* servers of each kind, and one for a healthy server."""
    with Street() as street:
        sources = [("dockerimage", street.listen(_Good()))]
        for each in kinds:
            packed = gzip.compress(each.body(), 1)
            sources += [(each.kind, street.listen(_Bad(each, packed))) for _ in range(hosts)]
        return run(sources)


def endless() -> Cost:
    """A plan of one manifest for each way never to end, and one for a healthy server."""
    with Street() as street, ExitStack() as open_servers:
        bad = [open_servers.enter_context(hostile.serving(each)) for each in hostile.ENDLESS]
        return run([("dockerimage", street.listen(_Good())), *(("dockerimage", url) for url in bad)])


def run(sources: Sequence[tuple[str, str]]) -> Cost:
    """Plan one manifest for each kind and address, the first being the healthy one."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / ".updatecli").mkdir()
        for number, (kind, url) in enumerate(sources):
            spec = SPECS[kind].format(host=url.removeprefix("http://"))
            (folder / ".updatecli" / f"m{number:03}.yaml").write_text(
                f"name: m{number}\nsources:\n  s:\n    kind: {kind}\n    spec: {{{spec}}}\n"
                f"targets:\n  t:\n    kind: yaml\n    sourceid: s\n    spec: {{file: v.yaml, key: $.v{number}}}\n"
            )
        (folder / "v.yaml").write_text("".join(f"v{number}: 1.0.0\n" for number in range(len(sources))))
        return _measured(folder)


def _measured(folder: Path) -> Cost:
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder)}
    began = time.monotonic()
    with (folder / "out").open("wb") as out:
        words = [sys.executable, "-c", REPORTING, str(folder / "peak"), str(ENTRYPOINT)]
        subprocess.run(words, cwd=folder, env=environment, stdout=out, check=False)
    wall = time.monotonic() - began
    plan = json.loads((folder / "out").read_bytes())
    served = any(each["manifest"] == "m000" and each["new"] == "1.1.0" for each in plan["changes"])
    said = next((each["reason"] for each in plan["failures"]), "")
    return Cost(wall, int((folder / "peak").read_text()) / 1024, served, said)


REPORTING = """
import re, runpy, sys
peak, entrypoint = sys.argv[1:]
sys.argv = [entrypoint, "plan", "--json"]
try:
    runpy.run_path(entrypoint, run_name="__main__")
finally:
    open(peak, "w").write(re.search(r"VmHWM:\\s+([0-9]+)", open("/proc/self/status").read())[1])
"""
"""Writes its own peak in KiB: what the kernel says to a parent includes the parent's own, from before the `exec`."""


def main(_words: Sequence[str]) -> int:
    """Print what each attack costs, as a table; 1 where one costs too much or the healthy server was not served."""
    print("| at once | wall | peak memory | the healthy one |", "|---|---|---|---|", sep="\n")
    played: list[Callable[[], tuple[str, Cost]]] = [partial(_one, each) for each in ATTACKS]
    played += [lambda: ("3 times each of these", attack(ATTACKS, 3))]
    played += [lambda: (f"{len(hostile.ENDLESS)} ways never to end", endless())]
    bad = 0
    for play in played:
        name, cost = play()
        print(_row(name, cost), flush=True)
        bad += not cost.served or cost.memory > MOST_MEMORY
    return int(bad > 0)


def _one(each: Attack) -> tuple[str, Cost]:
    return f"{HOSTS} times {each.name}", attack([each], HOSTS)


def _row(name: str, cost: Cost) -> str:
    return f"| {name} | {cost.wall:.1f} s | {cost.memory:.0f} MB | {'served' if cost.served else 'LOST'} |"
