"""Where the machine keeps what a run may read: Docker's and Podman's logins, the cache."""

import pytest

from profile_cd.inputs import cache_directory, login_files


@pytest.mark.parametrize(
    ("environment", "paths", "named"),
    [
        ({"HOME": "/home/ada"}, ("/home/ada/.docker/config.json",), False),
        ({"HOME": "/home/ada", "DOCKER_CONFIG": "/conf"}, ("/conf/config.json",), True),
        ({"HOME": "/home/ada", "DOCKER_CONFIG": ""}, ("/home/ada/.docker/config.json",), False),
        (
            {"HOME": "/h", "REGISTRY_AUTH_FILE": "/auth.json", "XDG_RUNTIME_DIR": "/run/1"},
            ("/h/.docker/config.json", "/auth.json", "/run/1/containers/auth.json"),
            False,
        ),
        ({}, (), False),
    ],
)
def test_logins_are_looked_for_where_docker_and_then_podman_keep_them(environment, paths, named):
    found = login_files(environment)

    assert (found.paths, found.named) == (paths, named)


@pytest.mark.parametrize(
    ("environment", "directory"),
    [
        ({"HOME": "/home/ada"}, "/home/ada/.cache/profile-cd"),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": "/var/cache"}, "/var/cache/profile-cd"),
        ({"HOME": ""}, ""),
        ({}, ""),
    ],
)
def test_the_cache_lies_where_the_xdg_rules_put_it_and_nowhere_without_a_home(environment, directory):
    assert cache_directory(environment) == directory
