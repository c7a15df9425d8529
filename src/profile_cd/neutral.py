"""Text from outside, made harmless for the place that it goes to. Every such place has its function here."""

from __future__ import annotations

import re

LONGEST = 300
"""Characters of one outside text that are ever shown."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
_WORD_JOINER = "\u2060"


def line(text: str, longest: int = LONGEST) -> str:
    """One line of plain text for a log: no control characters, no workflow command.

    The runner takes a command where a line starts with `::`, and the old form `##[` anywhere in it.
    """
    flat = _CONTROL.sub(" ", text).strip()
    if len(flat) > longest:
        flat = flat[: longest - 1] + "…"
    if flat.startswith("::"):
        flat = f":{_WORD_JOINER}{flat[1:]}"
    return flat.replace("##[", f"##{_WORD_JOINER}[")


def quoted(text: str) -> str:
    """A text in quotes within a sentence of ours, in one line and short: nothing in it ends the quotes."""
    inner = line(text, 120).replace("`", "'")
    return f"`{inner}`"


def code(text: str) -> str:
    """A code span for Markdown, also inside a table: no mention, link, HTML or table break gets out of it."""
    inner = line(text).replace("`", "'").replace("|", "\\|")
    return f"`{inner}`" if inner else "(none)"


def markdown(text: str) -> str:
    """Running text for Markdown: its words stay, its markup, mentions and links do not work."""
    flat = line(text, 4 * LONGEST)
    flat = re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", flat)
    flat = flat.replace("@", f"@{_WORD_JOINER}")
    return re.sub(r"(?i)\b(https?|www)(:|\.)", rf"\1{_WORD_JOINER}\2", flat)


def sentence(text: str) -> str:
    """A sentence of ours for Markdown: code spans in it stay, everything around them is neutralised."""
    parts = re.split(r"`([^`\n]*)`", text)
    return "".join(code(part) if number % 2 else _around(part) for number, part in enumerate(parts))


def _around(part: str) -> str:
    if not part.strip():
        return part
    before = part[: len(part) - len(part.lstrip())]
    after = part[len(part.rstrip()) :]
    return f"{before}{markdown(part)}{after}"


def title(text: str) -> str:
    """A title or the subject of a commit: nobody is mentioned, no issue is closed."""
    return line(text, 120).replace("@", f"@{_WORD_JOINER}").replace("#", f"#{_WORD_JOINER}")


def link(label: str, url: str) -> str:
    """A link in Markdown, or only its label where the address is not a plain one over HTTP(S)."""
    if not re.fullmatch(r"https?://[A-Za-z0-9._~:/?=&%+,;@!$*'-]+", url) or len(url) > 4 * LONGEST:
        return markdown(label)
    return f"[{markdown(label)}]({url.replace(chr(39), '%27')})"
