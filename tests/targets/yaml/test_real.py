"""Every change that was really made, made again; and every key that is really there."""

import gzip
import json
import re

import pytest

from profile_cd.targets import yaml
from tests.paths import DATA

REPLAY = DATA / "replay-until-2025-06.jsonl.gz"
# Here the old engine also changed blanks or blank lines.
MOVED_MORE = {"c45d5c7", "91a3ff9", "a1713cb", "396aa75", "935de28"}


def real_pairs():
    for folder in ("2025-10/updatecli.d", "head/.updatecli"):
        for manifest in sorted((DATA / "profile" / folder).glob("*.yaml")):
            text = manifest.read_text(encoding="utf-8")
            files, keys = (re.findall(rf"^ +{name}: (\S+)$", text, re.MULTILINE) for name in ("file", "key"))
            yield from ((folder.split("/")[0], file, key) for file, key in zip(files, keys, strict=True))


PAIRS = list(real_pairs())


@pytest.mark.skipif(not REPLAY.is_file(), reason=f"{REPLAY} is not here")
def test_every_real_change_gives_the_bytes_that_were_committed_but_for_five_that_moved_more():
    with gzip.open(REPLAY, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]

    different = set()
    for record in records:
        edits = [(change["key"], change["new"], None) for change in record["changes"]]
        if yaml.write_all(record["before"], edits) != record["after"]:
            different.add(record["commit"][:7])

    assert len(records) == 616
    assert different == MOVED_MORE


@pytest.mark.skipif(not PAIRS, reason=f"{DATA}/profile is not here")
def test_every_real_key_addresses_exactly_one_value_and_writing_it_again_leaves_every_byte_alone():
    for folder, file, key in PAIRS:
        text = (DATA / "profile" / folder / file).read_bytes().decode("utf-8")
        [found] = yaml.read(text, key)

        assert found.value in text.splitlines()[found.line - 1]
        assert yaml.write(text, key, found.value) is text

    assert len(PAIRS) >= 116


@pytest.mark.skipif(not PAIRS, reason=f"{DATA}/profile is not here")
def test_a_new_version_under_every_real_key_touches_its_own_line_only():
    for folder, file, key in PAIRS:
        before = (DATA / "profile" / folder / file).read_bytes().decode("utf-8")
        [found] = yaml.read(before, key)

        after = yaml.write(before, key, "v99.0.0-snapshot.1")

        changed = [
            at for at, pair in enumerate(zip(before.split("\n"), after.split("\n"), strict=True)) if len(set(pair)) > 1
        ]
        assert changed == [found.line - 1]
