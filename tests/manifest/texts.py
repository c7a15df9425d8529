"""A good manifest, and others that differ from it in a few words."""

ENVIRONMENT = {"GITHUB_TOKEN": "secret", "GITHUB_ACTOR": "somebody", "TAG": "^2.0.0"}
GOOD = """\
name: Update the ledger
sources:
  image:
    kind: dockerimage
    spec:
      image: acme/ledger
      versionfilter:
        kind: semver
        pattern: ^1.4.0
targets:
  yaml:
    kind: yaml
    spec:
      engine: yamlpath
      file: values.yaml
      key: $.ledger.image.tag
"""


def changed(*pairs):
    """The good manifest with some of its text replaced."""
    text = GOOD
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def source(kind, spec):
    text = changed(("kind: dockerimage", f"kind: {kind}"))
    start, end = text.index("    spec:\n      image"), text.index("targets:")
    return f"{text[:start]}    spec: {spec}\n{text[end:]}"


SPEC = "      engine: yamlpath\n"


def owning(key):
    """The good manifest, for the value at another key."""
    return changed(("$.ledger.image.tag", key))
