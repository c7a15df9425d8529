"""What is said of a host that gives no usable answer, without addresses and headers: they may hold secrets."""

from __future__ import annotations

from profile_cd.errors import SourceFailed, Unreachable

HOSTS = (
    "docker.io", "registry-1.docker.io", "ghcr.io", "quay.io", "gcr.io", "registry.k8s.io", "registry.gitlab.com",
    "mcr.microsoft.com", "public.ecr.aws", "docker.elastic.co", "github.com", "gitlab.com", "charts.bitnami.com",
)  # fmt: skip
"""Hosts that are often meant where a name does not exist."""


def unbearable(host: str, why: str) -> Unreachable:
    """The failure of what no run can take from *host*."""
    return Unreachable(
        f"{host} gives no answer that can be taken ({why}).",
        host=host,
        probably="It is broken, or means no good.",
        now="Look at what it answers, or name another host in the manifest.",
    )


def unreachable(host: str, why: str) -> Unreachable:
    """The failure of everything that is asked of *host*."""
    return Unreachable(
        f"{host} does not answer ({why}).",
        host=host,
        probably="Perhaps it has an outage.",
        now="Nothing is lost: the next run asks again.",
    )


def out_of_time(host: str, limit: float) -> Unreachable:
    """The failure of what was not asked any more, *limit* seconds after the first question of the run."""
    return Unreachable(
        f"{host} was not asked: this run has been asking for {limit:.0f} s already.",
        host=host,
        now="The next run asks again.",
    )


def no_address(host: str) -> SourceFailed:
    """The failure of what names no host that can be asked."""
    return SourceFailed(
        f"{f'`{host}`' if host else 'This'} is no host that can be asked.",
        probably="Its address is misspelt.",
        now="Correct it in the manifest.",
    )


def no_such_host(host: str) -> Unreachable:
    """The failure of everything that is asked of a name that no host has."""
    near = [f"`{each}`" for each in HOSTS if _is_near(host, each)]
    return Unreachable(
        f"There is no host `{host}`.",
        host=host,
        probably=f"Perhaps {' or '.join(near)} is meant." if near else "",
        now="Correct its name in the manifest.",
    )


def inside(host: str) -> SourceFailed:
    """The failure of a question that a server sends on into a private network."""
    return SourceFailed(
        f"A server sends us on to `{host}`, which lies in a private network, and nobody is followed there.",
        now="If that is right, name this host in the manifest itself.",
    )


def _is_near(one: str, other: str) -> bool:
    """Whether *one* becomes *other* by one letter more, less, exchanged or swapped with its neighbour."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    left, right = (one[start:], other[start:]) if start is not None else (one[len(other) :], other[len(one) :])
    swapped = left[1:2] + left[:1] + left[2:]
    return right in {left[1:], swapped} or right[1:] in {left, left[1:]}
