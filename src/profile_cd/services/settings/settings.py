"""What the tokens of a run see of themselves and of a repository's settings: asked once, and nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from profile_cd.checks import Branch, Facts, Secrets, Token, Variable
from profile_cd.errors import GitHubRefused
from profile_cd.fanout import Project
from profile_cd.services.repository import GitHubApi, Said, refused
from profile_cd.services.settings import names, rules
from profile_cd.services.settings.queries import VIEWER, VIEWER_ALONE
from profile_cd.services.settings.readers import Readers, inner, mapping_of, texts

MOST_RULESETS = 10
"""Whose exemptions are asked for; a repository has 75 at most, and most of them bind other branches."""
METHODS = {"squash": "allow_squash_merge", "merge": "allow_merge_commit", "rebase": "allow_rebase_merge"}
NOT_PROTECTED = "branch not protected"
NO_BRANCH = "branch not found"
"""To a token that may not look, GitHub says something else: `Not Found`, or that it is not accessible."""
UNSEEN = "It does not see the repository"


@dataclass(frozen=True, slots=True)
class _Viewer:
    """What a token shows itself to be, and what the base branch's protection says to it."""

    login: str = ""
    rule: Mapping[str, Any] = field(default_factory=dict)


class Settings:
    """The settings of one repository, as far as one of *apis*, each with the name of its input, may see them."""

    def __init__(self, apis: Mapping[str, GitHubApi]) -> None:
        self._apis = apis
        self._readers = Readers(())
        self._organised = True

    def look(self, base: str = "") -> Facts:
        """The facts about the branch *base* (empty: the default branch); a token that is refused is a fact."""
        said = {name: self._repository(api) for name, api in self._apis.items()}
        seen = {name: each.data for name, each in said.items() if isinstance(each, Said)}
        first: Mapping[str, Any] = next(iter(seen.values()), {})
        self._organised = inner(first, "owner").get("type") != "User"
        branch = base or str(first.get("default_branch") or "")
        viewers = {name: _viewer(self._apis[name], branch) for name in seen}
        self._readers = readers = Readers([self._apis[name] for name in seen])
        bound = _branch(readers, branch, [each.rule for each in viewers.values() if each.rule])
        tokens = [self._token(name, viewers.get(name, _Viewer()), said[name]) for name in self._apis]
        tokens[-1] = replace(tokens[-1], bypasses=self._bypasses(tokens[-1], bound))
        # Settings show to those alone who may write.
        settings = [each for each in seen.values() if isinstance(each.get("allow_auto_merge"), bool)]
        may = readers.mapping("/actions/permissions/workflow") if seen else None
        return Facts(
            bound,
            tuple(tokens),
            pulls=_flag(may, "can_approve_pull_request_reviews"),
            auto_merge=settings[0]["allow_auto_merge"] if settings else None,
            methods=_methods(settings[0]) if settings else None,
        )

    def secrets(self, projects: Sequence[Project]) -> Secrets:
        """Where the trigger tokens of *projects* could be, to the tokens that saw the repository in `look`."""
        return names.secrets(self._readers, projects, organised=self._organised)

    def variable(self) -> Variable | None:
        """Where PROJECTS is set; None where no token may see that."""
        return names.variable(self._readers, organised=self._organised)

    def _repository(self, api: GitHubApi) -> Said | str:
        """GitHub's answer about the repository, or why there is none."""
        try:
            said = api.read("", needs=("default_branch",))
        except GitHubRefused as error:
            return str(error)
        return said if said.ok else str(refused(UNSEEN, said))

    def _token(self, name: str, viewer: _Viewer, said: Said | str) -> Token:
        api = self._apis[name]
        if isinstance(said, str):
            return Token(name, trouble=said)
        return Token(
            name,
            api.kind(viewer.login, merges=name == "merge-token"),
            viewer.login,
            api.expires,
            scopes=api.scopes,
            pushes=_flag(said.data.get("permissions"), "push"),
            administrator=_flag(said.data.get("permissions"), "admin") is True,
            reaches=_flag(viewer.rule, "viewerCanPush"),
        )

    def _bypasses(self, token: Token, branch: Branch) -> dict[int, str]:
        """GitHub's word for *token* in each ruleset that demands something of the branch."""
        found: dict[int, str] = {}
        if token.trouble:
            return found
        numbers = dict.fromkeys(each.ruleset for each in branch.demands or () if each.ruleset)
        for number in list(numbers)[:MOST_RULESETS]:
            said = self._readers.one(self._apis[token.name], f"/rulesets/{number}")
            word = (mapping_of(said) or {}).get("current_user_can_bypass")
            if isinstance(word, str):
                found[number] = word
        return found


def _viewer(api: GitHubApi, branch: str) -> _Viewer:
    """Who asks; the branch's rule beside it, where this GitHub shows it."""
    try:
        data, _ = api.ask_partly(VIEWER, owner=api.owner, name=api.name, ref=f"refs/heads/{branch}")
    except GitHubRefused:
        try:
            data = api.ask(VIEWER_ALONE)
        except GitHubRefused:
            return _Viewer()
    rule = inner(inner(inner(data, "repository"), "ref"), "refUpdateRule")
    return _Viewer(str(inner(data, "viewer").get("login") or ""), rule)


def _branch(readers: Readers, name: str, shown: Sequence[Mapping[str, Any]]) -> Branch:
    """What the branch demands: what everyone sees, what administrators see, and what rulesets say."""
    path = quote(name, safe="")
    said = readers.get(f"/branches/{path}")
    if said is not None and not said.ok and NO_BRANCH in said.message.lower():
        return Branch(name, missing=True)
    protected = mapping_of(said)
    listed = readers.listed(f"/rules/branches/{path}")
    # GitHub answers with an empty list of rules for a branch that is not there, too.
    if protected is None and not (listed and listed[0]):
        return Branch(name)
    contexts = texts(inner(inner(protected, "protection"), "required_status_checks").get("contexts"))
    demands = (*rules.of_everyone(shown[0] if shown else {}, contexts), *rules.of_rulesets(listed[0] if listed else ()))
    branch = Branch(name, tuple(demands))
    if _flag(protected, "protected") is False:
        return replace(branch, seen=True)
    said = readers.get(f"/branches/{path}/protection")
    whole = mapping_of(said)
    if whole is not None:
        return rules.of_protection(branch, whole)
    return replace(branch, seen=said is not None and NOT_PROTECTED in said.message.lower())


def _methods(repository: Mapping[str, Any]) -> frozenset[str] | None:
    said = {method: repository.get(key) for method, key in METHODS.items()}
    return None if None in said.values() else frozenset(method for method, on in said.items() if on)


def _flag(values: object, name: str) -> bool | None:
    found = values.get(name) if isinstance(values, Mapping) else None
    return found if isinstance(found, bool) else None
