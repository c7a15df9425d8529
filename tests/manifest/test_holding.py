"""A hold is written into a manifest and taken out, and no other byte changes."""

from datetime import date

import pytest

from profile_cd.errors import EditRefused
from profile_cd.manifest import hold, read
from profile_cd.model import Hold

PATH = ".updatecli/ledger.yaml"
PLAIN = (
    "# the ledger\nname: Ledger\nsources:\n  s:\n    kind: dockerimage\n    spec: {image: acme/ledger}\n"
    "targets:\n  t:\n    kind: yaml\n    spec: {file: v.yaml, key: $.a}\n"
)
WANTED = Hold("v1.4.2", "v1.5.0 crashes", date(2025, 7, 1))
WRITTEN = "policy:\n  hold:\n    version: v1.4.2\n    reason: v1.5.0 crashes\n    until: 2025-07-01\n"


def policy_of(text, number=0):
    return read(text, PATH, {})[0][number].policy


def test_a_hold_is_appended_where_there_is_no_policy():
    assert hold(PLAIN, PATH, 0, WANTED) == PLAIN + WRITTEN


BODY = WRITTEN.removeprefix("policy:\n")
DEEPER = "".join(f"  {line}\n" for line in BODY.splitlines())
FLOW = "  hold: {version: v1, reason: x}\n"
BLOCK = "  hold:\n    version: v1\n    # why\n    reason: x\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PLAIN.removesuffix("\n"), PLAIN + WRITTEN),
        (PLAIN.replace("\n", "\r\n"), (PLAIN + WRITTEN).replace("\n", "\r\n")),
        (
            f"{PLAIN}policy: # ours\n    major: review\n\n# the end\n",
            f"{PLAIN}policy: # ours\n{DEEPER}    major: review\n\n# the end\n",
        ),
        (f"{PLAIN}policy:\n{FLOW}  major: review\n", f"{PLAIN}{WRITTEN}  major: review\n"),
        (f"{PLAIN}policy:\n  major: review\n{BLOCK}# end\n", f"{PLAIN}policy:\n  major: review\n{BODY}# end\n"),
        (f"policy:\n{FLOW}{PLAIN}", f"{WRITTEN}{PLAIN}"),
        (f"{PLAIN}...\n", f"{PLAIN}{WRITTEN}...\n"),
    ],
)
def test_a_hold_is_put_into_the_policy_and_nothing_else_moves(before, after):
    assert hold(before, PATH, 0, WANTED) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PLAIN + WRITTEN, PLAIN),
        (PLAIN + WRITTEN + "  major: review\n", PLAIN + "policy:\n  major: review\n"),
        (PLAIN + WRITTEN + "# the end\n", PLAIN + "# the end\n"),
        (WRITTEN + PLAIN, PLAIN),
        (PLAIN, PLAIN),
    ],
)
def test_a_hold_is_taken_out_with_the_policy_where_nothing_else_is_in_it(before, after):
    assert hold(before, PATH, 0, None) == after


def test_what_stands_already_is_left_as_it_is_spelled():
    text = f"{PLAIN}policy: {{hold: {{version: 'v1.4.2', reason: v1.5.0 crashes, until: 2025-07-01}}}}\n"

    assert hold(text, PATH, 0, WANTED) == text


@pytest.mark.parametrize("reason", ["it: crashes # badly", "- no", "'quoted'", "1.20", "yes", "ünïcode", 'a "b" c'])
def test_any_reason_is_read_back_as_it_was_said(reason):
    wanted = Hold("1.20", reason)

    assert policy_of(hold(PLAIN, PATH, 0, wanted)).hold == wanted


def test_the_second_document_of_a_file_is_held_alone():
    text = f"{PLAIN}---\n{PLAIN}"

    after = hold(text, PATH, 1, WANTED)

    assert after == f"{PLAIN}---\n{PLAIN}{WRITTEN}"
    assert (policy_of(after, 0).hold, policy_of(after, 1).hold) == (None, WANTED)


SOURCE, TARGET = "{kind: gittag, spec: {url: 'https://u/a'}}", "{kind: yaml, spec: {file: f, key: a}}"


@pytest.mark.parametrize(
    "text",
    [f"{PLAIN}policy: {{major: review}}\n", f"{{sources: {{s: {SOURCE}}}, targets: {{t: {TARGET}}}}}\n"],
)
def test_what_cannot_be_edited_safely_is_refused_with_what_to_write(text):
    with pytest.raises(EditRefused, match="Write it by hand"):
        hold(text, PATH, 0, WANTED)


@pytest.mark.parametrize("reason", ["{{ requiredEnv `X` }}", "two\nlines", ""])
def test_a_reason_that_would_be_read_otherwise_is_refused(reason):
    with pytest.raises(EditRefused):
        hold(PLAIN, PATH, 0, Hold("v1", reason))
