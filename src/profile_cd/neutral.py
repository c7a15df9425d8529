"""Text from outside, made harmless for the place that it goes to. Every such place has its function here."""

from __future__ import annotations

import re

LONGEST = 300
"""Characters of one outside text that are ever shown."""

LONGEST_TITLE = 180
"""Characters of one in a title: GitHub takes 256, and our own words come before and behind it."""

_WORD_JOINER = "\u2060"
_UNSEEN = re.compile(
    r"(?:["
    r"\x00-\x1f\x7f-\x9f\u2028\u2029"  # controls and ends of lines
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2061-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff"  # tags and variation selectors: a whole text can hide in them
    r"\ud800-\udfff"  # halves of a pair, which no file and no pipe can take
    r"]|(?<![\xa9\xae\u203c\u2049\u2100-\u3299\U0001f000-\U0001faff])[\ufe00-\ufe0f]|(?<![@#:])(?<![Gg][Hh]-)\u2060)+"
)
"""What is not seen: controls, and what Unicode calls default-ignorable (UAX #44). Two texts that differ in it alone
look alike. The selector behind a symbol stays (an emoji's), and so does the word joiner where we put it ourselves.
"""


def line(text: str, longest: int = LONGEST) -> str:
    """One line of plain text for a log: nothing in it is unseen, and it is no workflow command.

    The runner takes a command where a line starts with `::`, and the old form `##[` anywhere in it.
    """
    flat = _UNSEEN.sub(" ", text).strip()
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
    """Running text for Markdown: its words stay, its markup, mentions, links and references do not work.

    GitHub looks for `#1` and `GH-1` behind Markdown, where nothing is escaped any more: `closes #1` in the subject of
    a commit that a pull request quotes would close it (docs, "Autolinked references").
    """
    return _begun(_words(text))


def _begun(text: str) -> str:
    """*text* that begins no list, no rule and no underline of a heading."""
    return re.sub(r"^(\s*\d*)([-+=]|(?<=\d)[.)])(?=[-=\s]|$)", r"\1\\\2", text)


def _words(text: str) -> str:
    return re.sub(r"(#|(?i:\bgh-))(?=\d)", rf"\1{_WORD_JOINER}", _escaped(text))


def _escaped(text: str) -> str:
    """*text* without markup of its own. An address that became a link would take the backslash behind it along."""
    flat = line(text, 4 * LONGEST)
    flat = re.sub(r"([\\`*_{}\[\]<>#|~!&])", r"\\\1", flat)
    flat = flat.replace("@", f"@{_WORD_JOINER}")
    return re.sub(r"(?i)(https?|ftp|www)(:|\.)", rf"\1{_WORD_JOINER}\2", flat)


def sentence(text: str) -> str:
    """A sentence of ours for Markdown, in one line: code spans in it stay, all around them is neutralised."""
    parts = re.split(r"`([^`\n]*)`", text)
    return _begun("".join(code(part) if number % 2 else _around(part) for number, part in enumerate(parts)))


def _around(part: str) -> str:
    if not part.strip():
        return " " if part else ""
    before, after = (" " if edge.isspace() else "" for edge in (part[0], part[-1]))
    return f"{before}{_words(part)}{after}"


def title(text: str) -> str:
    """A title or the subject of a commit: nobody is mentioned, no issue is closed.

    An issue is known by `#1`, `GH-1` or its address.
    """
    shown = re.sub(f"([@#]|(?i:\\bgh-)(?=\\d)|:(?=//))(?!{_WORD_JOINER})", rf"\1{_WORD_JOINER}", line(text, 120))
    return shown if len(shown) <= LONGEST_TITLE else f"{shown[: LONGEST_TITLE - 1]}…"


def link(label: str, url: str) -> str:
    """A link in Markdown, or only its label where the address is not a plain one over HTTP(S)."""
    # GitHub refers to nothing within a link.
    return f"[{_escaped(label)}]({_quoted_address(url)})" if _is_plain(url) else markdown(label)


def code_link(label: str, url: str) -> str:
    """The same with a code span as its label."""
    return f"[{code(label)}]({_quoted_address(url)})" if _is_plain(url) else code(label)


def _is_plain(url: str) -> bool:
    """Whether *url* is an address over HTTP(S) that no Markdown gets out of; it may name a line of a file."""
    return len(url) <= 4 * LONGEST and bool(re.fullmatch(r"https?://[A-Za-z0-9._~:/?=&%+,;@!$*'-]+(?:#L[0-9]+)?", url))


def _quoted_address(url: str) -> str:
    return url.replace("'", "%27")


def diagram(text: str) -> str:
    """The label of a node in a Mermaid picture: what is no letter or digit is written as Mermaid writes its number.

    So nothing ends the quotes, no `%%{init}%%` is read out of the middle of a name (mermaid, directives), `fa:fa-car`
    is no icon, and `1. x` no list (mermaid 11.4: "Unsupported markdown"). An empty label is an error to its parser.
    """
    return re.sub(r"[^\w ./-]|[.-](?!\S)", lambda found: f"#{ord(found[0])};", line(text, 60) or "(none)")
