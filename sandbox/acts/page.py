"""The summary and the pull requests about as GitHub shows them: on a page to open, and as text for a terminal."""

from __future__ import annotations

import html
import io
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from markdown_it import MarkdownIt

STYLE = """body{font:16px/1.5 -apple-system,'Segoe UI',Helvetica,Arial,sans-serif;max-width:880px;margin:2em auto}
table{border-collapse:collapse}td,th{border:1px solid #d1d9e0;padding:6px 13px}a{color:#0969da;text-decoration:none}
code{background:#eff1f3;border-radius:6px;padding:.2em .4em;font-size:85%}pre code{display:block;padding:1em}
blockquote{border-left:4px solid #8250df;margin:0;padding:0 1em}blockquote b{color:#8250df}
section+section{border-top:1px solid #d1d9e0;margin-top:2em}section>p:first-child,figcaption{color:#59636e}
figure{margin:0}"""
WIDTH = 96
"""Columns of the text for a terminal, where it is indented by four."""


def leave(texts: Mapping[str, str]) -> Path:
    """Write a page with each of *texts*, which are Markdown, below its title; returns where it lies."""
    parts = [f"<section><p>{html.escape(title)}</p>{rendered(text)}</section>" for title, text in texts.items()]
    with tempfile.NamedTemporaryFile("w", prefix="profile-cd-", suffix=".html", encoding="utf-8", delete=False) as file:
        file.write(
            f"<!doctype html><meta charset=utf-8><title>profile-cd</title><style>{STYLE}</style>{''.join(parts)}"
        )
    return Path(file.name)


def rendered(text: str) -> str:
    """Markdown as HTML, with GitHub's alerts; a Mermaid picture stays the text that it is drawn from."""
    made: str = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    made = re.sub(r"\[!([A-Z]+)\]", lambda found: f"<b>{found[1].title()}</b><br>", made)
    drawn = r'<pre><code class="language-mermaid">.*?</pre>'
    caption = "<figcaption>GitHub draws a picture from this:</figcaption>"
    return re.sub(drawn, lambda found: f"<figure>{caption}{found[0]}</figure>", made, flags=re.DOTALL)


def on_a_terminal(text: str, *, colour: bool) -> str:
    """Markdown as a terminal can show it: tables with lines, no marks of ours, nothing folded."""
    from rich.console import Console
    from rich.markdown import Markdown

    plain = re.sub(r"<!--.*?-->|</?details>|</?summary>", "", text, flags=re.DOTALL)
    plain = re.sub(r"\[!([A-Z]+)\]", lambda found: f"**{found[1].title()}**", plain)
    plain = re.sub(r"```mermaid\n.*?```", "_(GitHub draws a picture here.)_", plain, flags=re.DOTALL)
    taken = io.StringIO()
    Console(file=taken, width=WIDTH, force_terminal=colour, color_system="standard" if colour else None).print(
        Markdown(plain)
    )
    return re.sub(r"\n\n+", "\n\n", "\n".join(line.rstrip() for line in taken.getvalue().splitlines()))
