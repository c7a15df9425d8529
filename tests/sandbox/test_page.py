"""What the demo shows at its end reads like what GitHub shows."""

from sandbox.acts import page

TEXT = """<!-- profile-cd: made 1 -->

> [!IMPORTANT]
> **Merge** it.

|  | from | to |
| --- | --- | --- |
| **ledger** | `v1` | `v2` |

```mermaid
flowchart LR
```

<details><summary>1 warning</summary>

- [a](https://acme.example/a) is <b>odd</b>

</details>
"""


def test_a_terminal_shows_tables_and_what_is_folded_without_marks():
    shown = page.on_a_terminal(TEXT, colour=False)

    assert "ledger  v1    v2" in shown
    assert "1 warning" in shown
    assert "Important" in shown
    assert not [each for each in ("<!--", "<details>", "mermaid", "```", "\x1b") if each in shown]


def test_a_page_has_every_text_under_its_title_and_says_what_github_would_draw(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    text = page.leave({"a <b> title": TEXT}).read_text("utf-8")

    assert "a &lt;b&gt; title" in text
    assert "<b>Important</b>" in text
    assert "GitHub draws a picture" in text
