"""A page to open after the demo: the summary and the pull requests about as GitHub shows them."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Mapping
from pathlib import Path

from markdown_it import MarkdownIt

STYLE = """body{font:16px -apple-system,'Segoe UI',Helvetica,Arial,sans-serif;max-width:880px;margin:2em auto}
table{border-collapse:collapse}td,th{border:1px solid #d1d9e0;padding:6px 13px}a{color:#0969da;text-decoration:none}
code{background:#eff1f3;border-radius:6px;padding:.2em .4em;font-size:85%}pre code{display:block;padding:1em}
blockquote{border-left:4px solid #8250df;margin:0;padding:0 1em}section{border-top:1px solid #d1d9e0;margin-top:2em}"""


def leave(texts: Mapping[str, str]) -> Path:
    """Write a page with each of *texts*, which are Markdown, below its title; returns where it lies."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    parts = [f"<section><p>{html.escape(title)}</p>{reader.render(text)}</section>" for title, text in texts.items()]
    with tempfile.NamedTemporaryFile("w", prefix="profile-cd-", suffix=".html", encoding="utf-8", delete=False) as file:
        file.write(
            f"<!doctype html><meta charset=utf-8><title>profile-cd</title><style>{STYLE}</style>{''.join(parts)}"
        )
    return Path(file.name)
