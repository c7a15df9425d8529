"""The pictures of the documents: `python -m tools pictures NODE_MODULES` makes them as GitHub would show the texts.

NODE_MODULES is a folder into which npm has installed `mermaid` and `github-markdown-css`; `chromium` draws, and
ImageMagick makes the files small. No test needs this: what is drawn is made by the code that the tests hold.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from markdown_it import MarkdownIt

from tools import looks, screen

PLACE = Path(__file__).parents[1] / "docs" / "pictures"
WIDTHS = {"summary": 1000}
"""Pixels of GitHub's column; a pull request's is some 880."""

BROWSER = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=9000")
PAGE = """<!doctype html><meta charset=utf-8><style>{css}</style>
<style>body{{margin:0}}.markdown-body{{box-sizing:border-box;width:{width}px;padding:16px}}
.markdown-body pre:has(svg){{background:none;padding:0}}</style>
<body class=markdown-body>{body}<script src="{mermaid}"></script><script>
mermaid.initialize({{startOnLoad: false, securityLevel: "strict"}})
mermaid.run({{querySelector: ".language-mermaid"}}).finally(() => {{
  document.title = "high " + Math.ceil(document.body.getBoundingClientRect().height)
}})</script>"""


def main(words: list[str]) -> int:
    """Draw each text; 2 where the words are not one folder."""
    if len(words) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    modules = Path(words[0]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in looks.texts().items():
            width = WIDTHS.get(name, 880)
            page = Path(folder) / f"{name}.html"
            page.write_text(_page(text, width, modules, breaks=name not in WIDTHS), "utf-8")
            draw(page, PLACE / f"{name}.png", width)
        page = Path(folder) / "terminal.html"
        page.write_text(screen.page(["plan", "ledger", "helm-toolkit"], 80, Path(folder)), "utf-8")
        draw(page, PLACE / "terminal.png", 770)
    return 0


def draw(page: Path, picture: Path, width: int) -> None:
    """A *picture* of *page* in its whole height. Raises CalledProcessError where the browser fails."""
    shown = subprocess.run(
        [*BROWSER, f"--window-size={width},900", "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    high = re.search(r"<title>high (\d+)", shown)
    size = f"--window-size={width},{high[1] if high else 900}"
    subprocess.run([*BROWSER, size, f"--screenshot={picture}", page.as_uri()], capture_output=True, check=True)
    subprocess.run(["mogrify", "+dither", "-colors", "255", "-strip", str(picture)], check=True)


def _page(text: str, width: int, modules: Path, *, breaks: bool) -> str:
    """A page with *text* in GitHub's style. In a comment each end of a line breaks it, in a summary none does."""
    body = MarkdownIt("commonmark", {"html": True, "breaks": breaks}).enable("table").render(text)
    body = re.sub(
        r"<blockquote>\s*<p>\[!(\w+)\](?:<br />)?(.*?)</p>\s*</blockquote>",
        lambda found: (
            f'<div class="markdown-alert markdown-alert-{found[1].lower()}">'
            f'<p class="markdown-alert-title">{html.escape(found[1].title())}</p><p>{found[2]}</p></div>'
        ),
        body,
        flags=re.DOTALL,
    )
    css = (modules / "github-markdown-css/github-markdown-light.css").read_text("utf-8")
    mermaid = (modules / "mermaid/dist/mermaid.min.js").as_uri()
    return PAGE.format(css=css, width=width, body=body, mermaid=mermaid)
