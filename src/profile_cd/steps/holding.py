"""What `hold` and `unhold` share: the manifest is found by its name, its text is edited and written back."""

from __future__ import annotations

from difflib import get_close_matches

from profile_cd import manifest
from profile_cd.errors import CannotStart
from profile_cd.model import Hold, Loaded, Manifest, Snapshot
from profile_cd.services.working_tree import WorkingTree
from profile_cd.steps import draft


def hold(directory: str, manifest_dir: str, name: str, wanted: Hold | None) -> str:
    """Write what is *wanted* into the manifest *name*, None to take its hold out; returns the path of its file.

    Raises CannotStart where there is no such manifest, EditRefused where its text cannot be edited safely.
    """
    tree = WorkingTree(directory)
    places = draft.directories(tree.name_of(manifest_dir), "")
    snapshot, loaded = draft.load(tree, tree.snapshot(places), places, None, "")
    found = _named(name, loaded)
    beside = [each for each in loaded.manifests if each.path == found.path]
    text = _text(found.path, snapshot)
    partials = "".join(
        manifest.closed(_text(path, snapshot)) for path in manifest.partials_of(found.path, snapshot.files)
    )
    edited = manifest.hold(text, found.path, beside.index(found), wanted, partials)
    if edited != text:
        data = snapshot.files[found.path].data
        mark = data[: len(data) - len(data.decode("utf-8-sig").encode())]
        tree.write({found.path: mark + edited.encode("utf-8")})
    return found.path


def _named(name: str, loaded: Loaded) -> Manifest:
    found = [each for each in loaded.manifests if each.id == name]
    if found:
        return found[0]
    near = get_close_matches(name, [each.id for each in loaded.manifests], 1)
    broken = next((f"{each.path}:{each.line}: {each.reason}" for each in loaded.failures if each.manifest == name), "")
    raise CannotStart(
        f"There is no manifest `{name}`.",
        probably=f"Its file cannot be used: {broken}" if broken else f"Perhaps `{near[0]}` is meant." if near else "",
        now="Name a manifest as `profile-cd plan` does.",
    )


def _text(path: str, snapshot: Snapshot) -> str:
    return snapshot.files[path].data.decode("utf-8-sig")
