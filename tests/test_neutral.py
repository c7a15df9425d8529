"""Hostile text in every place that it can get to."""

import pytest

from profile_cd import neutral

HOSTILE = [
    "::error file=x::owned",
    "  ::set-output name=a::b",
    "x ##[group]owned",
    "a\n::error::owned",
    "a\r::error::owned",
    "a\u2028b",
    "\x1b[31mred",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_log_line_holds_no_command_and_no_control_character(text):
    made = neutral.line(text)

    assert not made.startswith("::")
    assert "##[" not in made
    assert "\n" not in made
    assert made.isprintable() or "\u2060" in made


@pytest.mark.parametrize(
    "unseen",
    ["\u061c", "\u00ad", "\u2060", "\u200b", "\u202e", "\ufeff", "\u3164", "\ud800", "\U000e0041", "\U000e01ef",
     "\U000e007f", "\ufe0f", "\u180e", "\u034f"],
)  # fmt: skip
@pytest.mark.parametrize("place", [neutral.line, neutral.quoted, neutral.code, neutral.markdown, neutral.title])
def test_nothing_unseen_stays_in_any_place(place, unseen):
    made = place(f"1.0{unseen}{unseen}x")

    assert unseen not in made
    assert made != place("1.0x")
    made.encode("utf-8")


def test_an_emoji_stays_whole():
    assert neutral.line("⚠\ufe0f breaking") == "⚠\ufe0f breaking"


def test_what_was_made_harmless_stays_so_a_second_time():
    for text in [*HOSTILE, "x @admin fixes #1"]:
        assert neutral.line(neutral.line(text)) == neutral.line(text)
        assert neutral.line(neutral.title(text)) == neutral.title(text)


def test_a_long_text_is_cut():
    assert len(neutral.line("x" * 5000)) == neutral.LONGEST


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("v1.2.3", "`v1.2.3`"),
        ("a|b", "`a\\|b`"),
        ("a`b", "`a'b`"),
        ("@everyone", "`@everyone`"),
        ("<img src=x>", "`<img src=x>`"),
        ("", "(none)"),
    ],
)
def test_a_code_span_cannot_be_left(text, made):
    assert neutral.code(text) == made


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("hello @admin", "@admin"),
        ("<script>", "<script>"),
        ("[x](javascript:y)", "[x]("),
        ("see https://evil.example", "https://"),
        ("closes #12", " #12"),
        ("a | b", " | "),
        ("**bold**", "**b"),
    ],
)
def test_running_text_has_no_working_markup(text, gone):
    assert gone not in neutral.markdown(text)


def test_a_sentence_keeps_our_own_code_spans():
    assert neutral.sentence("The key `$.a` is *gone*.") == "The key `$.a` is \\*gone\\*."


def test_a_sentence_stays_one_line_wherever_its_code_spans_stand():
    assert neutral.sentence("a `b`\n\n- c\u2028`d`\n`e` ") == "a `b` - c `d` `e` "


def test_a_title_mentions_nobody_and_closes_nothing():
    made = neutral.title("x @admin fixes #1")

    assert "@admin" not in made
    assert "#1" not in made


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ftp://x.example<img src=x>", "ftp\u2060://x.example\\<img src=x\\>"),  # it would take the backslash along
        ("_https://x.example", "\\_https\u2060://x.example"),
        ("closes #1, GH-2 and gh-3", "closes \\#\u20601, GH-\u20602 and gh-\u20603"),
        ("1. one", "1\\. one"),
        ("- one", "\\- one"),
        ("===", "\\==="),
        ("1.4.2 - b", "1.4.2 - b"),
        ("&#60;b>", "\\&\\#\u206060;b\\>"),
    ],
)
def test_running_text_makes_no_link_no_reference_no_list_and_no_element(text, shown):
    assert neutral.markdown(text) == shown
    assert neutral.sentence(text) == shown


def test_a_title_closes_no_issue_however_it_is_named_and_stays_below_github_s_limit():
    assert neutral.title("closes #1, GH-2, https://x.example/3") == (
        "closes #\u20601, GH-\u20602, https:\u2060//x.example/3"
    )
    assert len(neutral.title("@" * 300)) <= 180


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://x/ y", "https://x/)[a", "data:text/html,x", ""])
def test_an_address_that_is_no_plain_one_becomes_no_link(url):
    assert "](" not in neutral.link("label", url)


def test_a_plain_address_becomes_a_link():
    assert neutral.link("run", "https://example.com/a/b?c=1") == "[run](https://example.com/a/b?c=1)"


def test_an_address_may_name_a_line_and_its_label_may_be_code():
    assert neutral.code_link("a|b", "https://x.example/a#L3") == "[`a\\|b`](https://x.example/a#L3)"
    assert neutral.code_link("a", "javascript:x") == "`a`"


def test_a_label_in_a_picture_ends_no_quotes():
    assert neutral.diagram('a"b%%{c}') == "a#34;b#37;#37;#123;c#125;"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", "#40;none#41;"),
        (" \n", "#40;none#41;"),
        ("fa:fa-car", "fa#58;fa-car"),
        ("1. one", "1#46; one"),
        ("- one", "#45; one"),
        ("#quot;", "#35;quot#59;"),
        ("&lt;b&gt;", "#38;lt#59;b#38;gt#59;"),
        ("acme/ledger_2 v1.5.0", "acme/ledger_2 v1.5.0"),
        ("日本", "日本"),
    ],
)
def test_a_label_in_a_picture_is_the_text_itself_and_none_of_mermaid_s_words(text, shown):
    assert neutral.diagram(text) == shown
