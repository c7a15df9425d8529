"""The nouns that cross rooms: frozen values. How the outside world is handed in stands in `protocols`."""

from profile_cd.model.files import OBJECT, File, Snapshot, Tree, is_object
from profile_cd.model.manifests import Loaded, Manifest, Problem, Source, SourceUse, TargetUse, Transformer
from profile_cd.model.plan import Change, Kept, Lane, Link, Plan, Published
from profile_cd.model.policy import NO_POLICY, Hold, Policy
from profile_cd.model.turned import Commit, Turned
from profile_cd.versions import Choice, Condition, Order, Verdict

__all__ = [
    "NO_POLICY", "OBJECT", "Change", "Choice", "Commit", "Condition", "File", "Hold", "Kept", "Lane", "Link", "Loaded",
    "Manifest", "Order", "Plan", "Policy", "Problem", "Published", "Snapshot", "Source", "SourceUse", "TargetUse",
    "Transformer", "Tree", "Turned", "Verdict", "is_object",
]  # fmt: skip
