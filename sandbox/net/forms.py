"""The fields of a request's body, as Rails reads them: `a[b]=c` is a map, whatever the encoding."""

from __future__ import annotations

import json
import re
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

from sandbox.net.messages import Request

Value = object
Fields = dict[str, Value]

NESTED = re.compile(r"(?P<outer>[^\[]+)\[(?P<inner>[^\]]*)\]")


def fields_of(request: Request) -> Fields | None:
    """The fields of query and body together, the body's last; None for JSON that is none."""
    pairs = [(name, value) for name, values in request.query.items() for value in values]
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            said = json.loads(request.body or b"{}")
        except ValueError:
            return None
        return {**_nest(pairs), **said} if isinstance(said, dict) else None
    if kind == "multipart/form-data":
        return _nest(pairs + _multipart(request))
    return _nest(pairs + parse_qsl(request.body.decode(), keep_blank_values=True))


def _multipart(request: Request) -> list[tuple[str, str]]:
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.body)
    parts = ((part, part.get_payload(decode=True)) for part in message.iter_parts())
    return [
        (str(part.get_param("name", header="content-disposition")), body.decode())
        for part, body in parts
        if isinstance(body, bytes)
    ]


def _nest(pairs: list[tuple[str, str]]) -> Fields:
    fields: Fields = {}
    for name, value in pairs:
        nested = NESTED.fullmatch(name)
        if not nested:
            fields[name] = value
            continue
        inner = fields.setdefault(nested["outer"], {})
        if isinstance(inner, dict):
            inner[nested["inner"]] = value
    return fields
