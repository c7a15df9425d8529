"""What every kind of source reads in an answer: its status, its JSON, its next page."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from profile_cd import bounded_json
from profile_cd.errors import SourceFailed
from profile_cd.neutral import line as shown
from profile_cd.protocols import OK, Answer

LONGEST_HEADER = 8192
"""Characters of a header that are looked at."""


def parsed(answer: Answer) -> object:
    """The JSON of an answer, None where it is none."""
    return json_of(answer.body)


def json_of(body: bytes) -> object:
    """*body* as JSON, None where it is none."""
    try:
        return bounded_json.loads(body)
    except bounded_json.NoJson:
        return None


def next_page(answer: Answer) -> str:
    """The address in the `Link` header with rel="next" (RFC 8288), made absolute; empty where there is none.

    Raises SourceFailed where it is no address.
    """
    header = answer.headers.get("link", "")[:LONGEST_HEADER]
    for target, parameters in re.findall(r"<([^>]*)>([^,<]*)", header):
        if re.search(r'\brel\s*=\s*"?next\b', parameters, re.IGNORECASE):
            return _absolute(answer.url, target)
    return ""


def _absolute(base: str, target: str) -> str:
    try:
        url = urljoin(base, target)
        host = urlsplit(url).netloc
    except ValueError:
        host = ""
    if not host:
        raise SourceFailed(
            f"{urlsplit(base).netloc} names a next page that has no address.", now="Tell the server's operator."
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
        code = errors[0].get("code") or errors[0].get("message") or "without a code"
        return f"status {answer.status}, {shown(str(code)[:LONGEST_HEADER], 100)}"
    return f"status {answer.status}"
