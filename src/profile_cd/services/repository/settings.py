"""What a token sees of the repository's settings: asked once, and nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from profile_cd.checks import Facts
from profile_cd.errors import GitHubRefused
from profile_cd.services.repository.answers import refused
from profile_cd.services.repository.api import GitHubApi

MOST_PAGES = 10
WHO = "query { viewer { login } }"


class Settings:
    """The settings of one repository, as far as the token behind *api* may see them."""

    def __init__(self, api: GitHubApi) -> None:
        self._api = api

    def look(self, base: str = "") -> Facts:
        """The facts about the branch *base* (empty: the default branch). Raises GitHubRefused where nothing shows."""
        said = self._api.read("", needs=("default_branch",))
        if not said.ok:
            raise refused("The repository cannot be read", said)
        repository, branch = said.data, base or str(said.data["default_branch"])
        required, reviews = self._rules(quote(branch, safe=""))
        return Facts(
            base=branch,
            login=self._login(),
            expires=self._api.expires,
            pushes=_flag(repository.get("permissions"), "push"),
            pulls=_flag(self._mapping("/actions/permissions/workflow"), "can_approve_pull_request_reviews"),
            auto_merge=_flag(repository, "allow_auto_merge"),
            required=required,
            reviews=reviews,
            secrets=self._secrets(),
        )

    def _login(self) -> str:
        try:
            viewer = self._api.ask(WHO).get("viewer")
        except GitHubRefused:
            return ""
        return str(viewer.get("login") or "") if isinstance(viewer, dict) else ""

    def _mapping(self, path: str) -> Mapping[str, Any] | None:
        said = self._api.read(path)
        return said.data if said.ok and isinstance(said.data, dict) else None

    def _rules(self, branch: str) -> tuple[tuple[str, ...] | None, int | None]:
        """The required checks, of protection and of rulesets, and how many approvals rulesets demand."""
        protected, rules = self._mapping(f"/branches/{branch}"), self._api.read(f"/rules/branches/{branch}")
        # GitHub answers with an empty list of rules for a branch that is not there, too.
        if protected is None and not (rules.ok and rules.data):
            return None, None
        checks = (protected or {}).get("protection") or {}
        names = [str(each) for each in (checks.get("required_status_checks") or {}).get("contexts") or ()]
        reviews = 0
        for rule in rules.data if rules.ok and isinstance(rules.data, list) else ():
            given = rule.get("parameters") or {}
            names += [str(each.get("context")) for each in given.get("required_status_checks") or ()]
            reviews = max(reviews, int(given.get("required_approving_review_count") or 0))
        return tuple(dict.fromkeys(names)), reviews

    def _secrets(self) -> frozenset[str] | None:
        names: set[str] = set()
        for page in range(1, MOST_PAGES + 1):
            said = self._api.read("/actions/secrets", {"per_page": "100", "page": str(page)})
            if not said.ok or not isinstance(said.data, dict):
                return None
            names |= {str(each.get("name")) for each in said.data.get("secrets") or ()}
            if len(names) >= int(said.data.get("total_count") or 0):
                break
        return frozenset(names)


def _flag(values: object, name: str) -> bool | None:
    found = values.get(name) if isinstance(values, Mapping) else None
    return found if isinstance(found, bool) else None
