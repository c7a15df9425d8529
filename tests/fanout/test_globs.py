"""GitHub's patterns for paths, with the examples of its own cheat sheet."""

import time

import pytest

from profile_cd.fanout import BadPattern, Paths

FITS = [
    ("*", "README.md"),
    ("*", "server.rb"),
    ("*.jsx?", "page.js"),
    ("*.jsx?", "page.jsx"),
    ("**", "all/the/files.md"),
    ("*.js", "app.js"),
    ("**.js", "js/index.js"),
    ("**.js", "src/js/app.js"),
    ("docs/*", "docs/README.md"),
    ("docs/**", "docs/mona/octocat.txt"),
    ("docs/**/*.md", "docs/README.md"),
    ("docs/**/*.md", "docs/a/markdown/file.md"),
    ("**/docs/**", "docs/hello.md"),
    ("**/docs/**", "dir/docs/my-file.txt"),
    ("**/docs/**", "space/docs/plan/space.doc"),
    ("**/README.md", "README.md"),
    ("**/README.md", "js/README.md"),
    ("**/*src/**", "a/src/app.js"),
    ("**/*src/**", "my-src/code/js/app.js"),
    ("**/*-post.md", "path/their-post.md"),
    ("**/migrate-*.sql", "db/sept/migrate-v1.sql"),
    ("v[12].[0-9]+.yaml", "v1.10.yaml"),
    (r"a\*b.yaml", "a*b.yaml"),
    ("./dev.yaml", "dev.yaml"),
    (".updatecli/**", ".updatecli/ledger.yaml"),
]
FITS_NOT = [
    ("*", "docs/file.md"),
    ("docs/*", "docs/mona/octocat.txt"),
    ("*.js", "js/index.js"),
    ("dev.yaml", "xdev.yaml"),
    ("dev.yaml", "devxyaml"),
    ("v[12].[0-9]+.yaml", "v3.1.yaml"),
    ("**", ".updatecli/ledger.yaml"),
    ("**/*.yaml", "profiles/.hidden/dev.yaml"),
]


@pytest.mark.parametrize(("pattern", "path"), FITS)
def test_a_pattern_takes_what_github_says_it_takes(pattern, path):
    assert Paths((pattern,)).matches(path)


@pytest.mark.parametrize(("pattern", "path"), FITS_NOT)
def test_a_pattern_takes_nothing_else(pattern, path):
    assert not Paths((pattern,)).matches(path)


@pytest.mark.parametrize(
    ("patterns", "path", "taken"),
    [
        (("*.md", "!README.md"), "README.md", False),
        (("*.md", "!README.md"), "hello.md", True),
        (("*.md", "!README.md", "README*"), "README.md", True),
        (("!test.yaml",), "dev.yaml", True),
        (("!test.yaml",), "test.yaml", False),
        (("!test.yaml",), ".updatecli/dev.yaml", False),
    ],
)
def test_the_last_pattern_that_fits_decides(patterns, path, taken):
    assert Paths(patterns).matches(path) is taken


@pytest.mark.parametrize(
    "pattern", ["dev.yaml", "./dev.yaml", "sites/one/dev.yaml", "./sites/one/dev.yaml", "sites/**"]
)
def test_a_pattern_may_be_written_from_the_root_or_from_the_input_directory(pattern):
    assert Paths((pattern,), "sites/one").matches("sites/one/dev.yaml")
    assert not Paths((pattern,), "sites/one").matches("dev.yaml") or pattern in ("dev.yaml", "./dev.yaml")


@pytest.mark.parametrize("pattern", ["", "?", "[", "[z-a]", "a" * 501, "**?+*"])
def test_a_pattern_that_github_would_refuse_is_refused(pattern):
    with pytest.raises(BadPattern):
        Paths((pattern,))


def test_no_pattern_takes_long():
    began = time.process_time()

    Paths(("**a" * 100 + "b",)).matches("a" * 4000)

    assert time.process_time() - began < 1
