"""The environment is read in one place."""

import ast

from tests.paths import ROOT

SOURCE = ROOT / "src" / "profile_cd"
# The door hands the environment on, git inherits it; TLS reads the variables that OpenSSL and requests share with all.
MAY = {"__main__.py", "services/git_history.py", "services/web/tls.py"}


def test_only_the_door_touches_the_environment_of_the_process():
    touching = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }

    assert touching <= MAY
