"""What every kind of source reads in an answer: its status, its JSON, its names, its next page."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from profile_cd import bounded_json
from profile_cd.errors import SourceFailed
from profile_cd.hosts import host_of
from profile_cd.neutral import line as shown
from profile_cd.protocols import OK, Answer

LONGEST_HEADER = 8192
"""Characters of a header that are looked at."""
LONGEST_NAME = 300
"""Characters of a version, tag or title; Git and registries allow fewer."""
MOST_VALUES = 20_000
"""Values of JSON in a token, a manifest, a configuration."""
MOST_LISTED = bounded_json.MOST_PARTS
"""Values of JSON in a list of versions."""


def parsed(answer: Answer, most: int = MOST_VALUES) -> object:
    """The JSON of an answer, None where it is none or holds more than *most* values."""
    return json_of(answer.body, most)


def json_of(body: bytes, most: int = MOST_VALUES, *, spelled: bool = False) -> object:
    """*body* as JSON, None where it is none or holds more than *most* values.

    With *spelled*, numbers are texts as they are spelled: `1.10` is no number.
    """
    try:
        return bounded_json.loads(body, most=most, spelled=spelled)
    except bounded_json.NoJson:
        return None


def named(text: object) -> str:
    """*text* where it can be a version, a tag or a title, else empty: no control characters, no half of a pair."""
    return text if isinstance(text, str) and len(text) <= LONGEST_NAME and text.isprintable() else ""


def next_page(answer: Answer) -> str:
    """The address in the `Link` header with rel="next" (RFC 8288), made absolute; empty where there is none.

    Raises SourceFailed where it is no address.
    """
    header = answer.headers.get("link", "")[:LONGEST_HEADER]
    for target, parameters in re.findall(r"<([^<>]*)>([^,<]*)", header):
        if re.search(r'\brel\s*=\s*"?next\b', parameters, re.IGNORECASE):
            return _absolute(answer.url, target)
    return ""


def _absolute(base: str, target: str) -> str:
    try:
        url = urljoin(base, target)
    except ValueError:
        url = ""
    if "://" not in url or not host_of(url):
        raise SourceFailed(
            f"{host_of(base)} names a next page that has no address: `{shown(target, 100)}`.",
            now="Report it to the server's operator.",
        )
    return url


def words(answer: Answer) -> str:
    """The status of an answer that is not as it should be, with the server's own code for it."""
    try:
        said = bounded_json.loads(answer.body)
    except bounded_json.NoJson as no:
        if answer.status != OK:
            return f"status {answer.status}"
        return f"status 200, but {no.why}: perhaps a proxy or a sign-in page answered"
    errors = said.get("errors") if isinstance(said, dict) else None
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        code = errors[0].get("code") or errors[0].get("message")
        return f"status {answer.status}, {shown(code, 100) if isinstance(code, str) else 'without a code'}"
    return f"status {answer.status}"
