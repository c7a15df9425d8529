"""What protects a branch over REST: its rules, the rulesets behind them, and classic protection."""

from __future__ import annotations

from typing import Any

from sandbox.github.calls import Call, Routes, paged
from sandbox.github.pulls import Settings
from sandbox.github.refusals import Refused
from sandbox.github.rest import shapes
from sandbox.net import Response

RULESET = 1


def rules(call: Call) -> Response:
    """The rules that bind a branch."""
    settings = call.repository.settings
    if not settings.rulesets or call.parts["branch"] != call.repository.default_branch:
        return Response.of_json([])
    source = {
        "ruleset_source_type": "Repository", "ruleset_source": call.repository.name, "ruleset_id": RULESET,
    }  # fmt: skip
    return paged(call, [{**rule, **source} for rule in _rules(settings)])


def _rules(settings: Settings) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if settings.required_checks:
        checks = [{"context": name} for name in settings.required_checks]
        parameters = {
            "strict_required_status_checks_policy": settings.strict_checks, "required_status_checks": checks,
        }  # fmt: skip
        found.append({"type": "required_status_checks", "parameters": parameters})
    if settings.required_reviews or settings.requires_pull_request:
        parameters = {
            "required_approving_review_count": settings.required_reviews,
            "dismiss_stale_reviews_on_push": settings.dismisses_stale,
            "require_code_owner_review": settings.code_owners,
            "require_last_push_approval": False,
            "required_review_thread_resolution": False,
        }
        found.append({"type": "pull_request", "parameters": parameters})
    flags = {
        "merge_queue": settings.merge_queue, "required_linear_history": settings.linear_history,
        "required_signatures": settings.signatures,
    }  # fmt: skip
    return [*found, *({"type": name} for name, on in flags.items() if on)]


def ruleset(call: Call) -> Response:
    """One ruleset, and whether whoever asks may bypass it."""
    settings = call.repository.settings
    if not settings.rulesets or call.parts["ruleset_id"] != str(RULESET):
        raise Refused(404, "Not Found")
    said = {
        "id": RULESET,
        "name": "main",
        "target": "branch",
        "source_type": "Repository",
        "source": call.repository.name,
        "enforcement": "active",
        "current_user_can_bypass": settings.bypasses.get(call.token.person.login, "never"),
    }
    return Response.of_json(said)


def protection(call: Call) -> Response:
    """Classic protection, for administrators alone."""
    settings, name = call.repository.settings, call.parts["branch"]
    if not protected(settings) or name != call.repository.default_branch:
        raise Refused(404, "Branch not protected")
    url = f"{call.root}/branches/{name}/protection"
    said: dict[str, Any] = {
        "url": url,
        "enforce_admins": {"url": f"{url}/enforce_admins", "enabled": settings.enforces_admins},
        "required_linear_history": {"enabled": settings.linear_history},
        "lock_branch": {"enabled": settings.locked},
        "required_signatures": {"url": f"{url}/required_signatures", "enabled": settings.signatures},
    }
    if settings.required_checks:
        checks = [{"context": name, "app_id": None} for name in settings.required_checks]
        said["required_status_checks"] = {
            "contexts": settings.required_checks, "checks": checks, "strict": settings.strict_checks,
        }  # fmt: skip
    if settings.required_reviews:
        said["required_pull_request_reviews"] = {
            "dismiss_stale_reviews": settings.dismisses_stale,
            "require_code_owner_reviews": settings.code_owners,
            "required_approving_review_count": settings.required_reviews,
            "bypass_pull_request_allowances": _people(call, settings.exempt),
        }
    if settings.pushers is not None:
        urls = dict.fromkeys(("url", "users_url", "teams_url", "apps_url"), f"{url}/restrictions")
        said["restrictions"] = {**urls, **_people(call, settings.pushers)}
    return Response.of_json(said)


def _people(call: Call, logins: list[str]) -> dict[str, Any]:
    """People by login, and Apps by the login of their robot."""
    apps = [_app(call, login.removesuffix("[bot]")) for login in logins if login.endswith("[bot]")]
    people = [shapes.user(call, login) for login in logins if not login.endswith("[bot]")]
    return {"users": people, "teams": [], "apps": apps}


def _app(call: Call, slug: str) -> dict[str, Any]:
    return {
        "id": 1,
        "slug": slug,
        "node_id": f"A_{slug}",
        "owner": shapes.user(call, call.repository.owner),
        "name": slug,
        "description": "",
        "external_url": call.web,
        "html_url": f"{call.web}/apps/{slug}",
        **dict.fromkeys(("created_at", "updated_at"), call.repository.created_at),
        "permissions": {},
        "events": [],
    }


def protected(settings: Settings) -> bool:
    """Whether classic protection is on."""
    named = settings.required_checks or settings.required_reviews or settings.pushers is not None or settings.locked
    return bool(named) and not settings.rulesets


BRANCH = "/repos/{owner}/{repo}/branches/{branch}"
ROUTES: Routes = {
    f"GET {BRANCH}/protection": ("administration:read", protection),
    "GET /repos/{owner}/{repo}/rules/branches/{branch}": ("metadata:read", rules),
    "GET /repos/{owner}/{repo}/rulesets/{ruleset_id}": ("metadata:read", ruleset),
}
