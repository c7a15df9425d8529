"""What updatecli chooses, vector by vector: the sites that deliver what it was recorded against, and what we choose."""

import hashlib
import json
import re
from datetime import UTC, datetime

import yaml

from profile_cd import manifest
from profile_cd.credentials import Credentials
from profile_cd.model import File, Snapshot
from profile_cd.sources import Session
from profile_cd.steps.draft import Asking, draft
from tests.sources.webs import Spoken

WHERE = {
    "dockerimage": {"image": "registry.example/acme/app"},
    "helmchart": {"url": "https://charts.example", "name": "app"},
    "oci helmchart": {"url": "oci://registry.example/acme", "name": "app"},
    "githubrelease": {"owner": "acme", "repository": "app", "token": "t"},
    "gittag": {"url": "https://git.example/acme/app.git"},
}
FIELD = re.compile(r"(r\d+): repository\(.*?\) { (releases|refs)")
UNNAMED = "-"


def outcome(vector):
    """The value that a manifest with the vector's `spec` would write, or None and why there is none."""
    name = ".updatecli/app.yaml"
    text = yaml.safe_dump(
        {
            "sources": {"app": {"kind": vector["kind"].split()[-1], "spec": spec(vector), **transformers(vector)}},
            "targets": {"yaml": {"kind": "yaml", "spec": {"file": "values.yaml", "key": "$.tag"}}},
        },
        allow_unicode=True,
    )
    old = f"{vector['updatecli'].get('value', 'v')}0"
    files = {name: text.encode()}
    loaded = manifest.load(files, ".updatecli", {})
    if loaded.failures:
        return None, loaded.failures[0].reason
    session = Session(web(vector), Credentials())
    snapshot = Snapshot({"values.yaml": File(yaml.safe_dump({"tag": old}).encode())})
    planned = draft(Asking(session), snapshot, loaded, "", datetime.now(UTC))
    if planned.draft.failures:
        return None, planned.draft.failures[0].reason
    (change,) = planned.draft.changes
    return change.new, ""


def spec(vector):
    return {**WHERE[vector["kind"]], **(vector.get("spec") or {})}


def transformers(vector):
    return {"transformers": vector["transformers"]} if vector.get("transformers") else {}


def web(vector):
    site = {
        "dockerimage": registry,
        "oci helmchart": registry,
        "helmchart": charts,
        "githubrelease": github,
        "gittag": lambda _: None,
    }[vector["kind"]]
    return Spoken(site(vector), refs(vector) if vector["kind"] == "gittag" else None)


def registry(vector):
    indexes, missing = vector.get("indexes") or {}, vector.get("missing") or ()
    refused = (
        b"404 page not found" if vector.get("missing_answer") == "plain" else {"errors": [{"code": "MANIFEST_UNKNOWN"}]}
    )

    def answer(_method, url, _headers, _sent):
        path = url.partition("/v2/")[2]
        if "/tags/list" in path:
            return 200, {"name": "acme/app", "tags": vector["delivered"]}
        if "/blobs/" in path:
            return 200, {"os": "linux", "architecture": "amd64"}
        tag = path.rpartition("/")[2]
        if tag in missing:
            return 404, refused
        if tag in indexes:
            return 200, {"manifests": [child(each) for each in indexes[tag]]}
        return 200, {"config": {"digest": f"sha256:{'0' * 64}", "size": 9}}

    return answer


def child(platform):
    digest = {"digest": f"sha256:{hashlib.sha256(platform.encode()).hexdigest()}"}
    if platform == UNNAMED:
        return digest
    names = dict(zip(("os", "architecture", "variant"), platform.split("/"), strict=False))
    return {**digest, "platform": names}


def charts(vector):
    entries = [{"apiVersion": "v2", "name": "app", "version": version} for version in vector["delivered"]]
    index = vector.get("index") or yaml.safe_dump({"apiVersion": "v1", "entries": {"app": entries}}, sort_keys=False)
    return lambda *_: (200, index.encode())


def github(vector):
    def answer(_method, _url, _headers, sent):
        nodes = {"releases": [release(each) for each in vector["delivered"]], "refs": tags(vector)}
        data = {
            alias: {what: {"nodes": nodes[what], "pageInfo": {"hasNextPage": False, "endCursor": None}}}
            for alias, what in FIELD.findall(sent["query"])
        }
        return 200, {"data": data}

    return answer


def release(each):
    return {
        "tagName": each["tag"],
        "name": each["title"],
        "isDraft": each["draft"],
        "isPrerelease": each["prerelease"],
        "isLatest": each["latest"],
        "tagCommit": {"oid": each["hash"]} if each["hash"] else None,
    }


def tags(vector):
    """All tags of the repository, by the time of their commits, as GitHub orders them."""
    own = [(each["created"], each["tag"], each["hash"]) for each in vector["delivered"] if not each["draft"]]
    more = [(each["date"], each["name"], each["commit"]) for each in vector.get("tags") or ()]
    return [{"name": name, "target": {"oid": commit}} for _, name, commit in sorted(own + more)]


def refs(vector):
    found = {}
    for each in sorted(vector["delivered"], key=lambda each: each["name"]):
        found[f"refs/tags/{each['name']}"] = each.get("object") or each["commit"]
        if each.get("object"):
            found[f"refs/tags/{each['name']}^{{}}"] = each["commit"]
    return found


def load(path):
    return json.loads(path.read_text("utf-8"))["vectors"]
