"""Changes and proposals that the tests of this room are about."""

from profile_cd import proposal
from profile_cd.model import Change, File, Plan, Snapshot

RUN = "https://github.com/acme/profile/actions/runs/7"
BASE = Snapshot({"values.yaml": File(b"a: 1\n"), "other.yaml": File(b"b: 1\n")}, commit="ba5e")


def change(product="ledger", version="v2.0.0", **fields):
    values = {
        "manifest": product,
        "name": f"Update {product}",
        "path": f".updatecli/{product}.yaml",
        "line": 12,
        "source": f"dockerimage:acme/{product}",
        "product": product,
        "file": "values.yaml",
        "key": f"$.{product}.tag",
        "old": "v1.0.0",
        "new": version,
        "version": version,
        **fields,
    }
    return Change(**values)


def contents(changes, plan=None, *, lane="merge", links=None, names=(), commits=(), **origin):
    return proposal.Contents(
        lane,
        tuple(changes),
        plan or Plan(tuple(changes)),
        proposal.Origin(RUN, **origin),
        tuple(names),
        tuple(commits),
        links=links or {},
    )


def proposed(changes, files=None, base=BASE, **fields):
    return proposal.propose(contents(changes, **fields), files or {"values.yaml": b"a: 2\n"}, base)
