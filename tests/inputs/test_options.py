"""The command line."""

import pytest

from profile_cd import inputs


@pytest.mark.parametrize("name", sorted(inputs.COMMANDS))
def test_every_command_is_a_module_of_that_name_and_says_what_it_does(name, capsys):
    from importlib.util import find_spec

    with pytest.raises(SystemExit):
        inputs.parser().parse_args([name, "--help"])

    assert find_spec(f"profile_cd.commands.{name}")
    assert len(capsys.readouterr().out.splitlines()) > 3


@pytest.mark.parametrize("workers", ["0", "-1", "many", "99999"])
def test_a_number_of_workers_that_is_none_is_refused(workers, capsys):
    with pytest.raises(SystemExit):
        inputs.parser().parse_args(["plan", "--workers", workers])

    assert "is no number of questions" in capsys.readouterr().err
