"""What is said of each request: enough to see what happened, and never a secret."""

from functools import partial
from urllib.parse import quote, quote_plus, unquote, unquote_plus

import pytest

from profile_cd.credentials import Login, Secret, basic
from profile_cd.errors import Unreachable
from profile_cd.hiding import Hiding
from profile_cd.services.web import Asked, DebugLog, HttpWeb, Limits, Question
from profile_cd.services.web.debug import address_of, described
from sandbox.clock import ManualClock
from sandbox.net import Response, Street


class Sites:
    """Answers by path."""

    def __init__(self, **answers):
        self.answers = {path: iter(given) for path, given in answers.items()}

    def answer(self, request):
        return next(self.answers[request.path.partition("?")[0].strip("/")])


@pytest.fixture
def street():
    with Street() as street:
        yield street


def listened(street, sites, **hiding):
    """A web that is listened to, the lines that are said, and the address of *sites*."""
    said = []
    web = HttpWeb(clock=ManualClock(), debug=DebugLog(said.append, Hiding(hiding)))
    return web, said, street.listen(sites)


def test_a_request_is_said_with_its_status_its_size_and_its_time(street):
    web, said, url = listened(street, Sites(tags=[Response(200, {}, b"12345")]))

    web.get(f"{url}/tags?n=100&last=v1")

    (line,) = said
    assert line.startswith(f"GET {url}/tags?n=100&last=v1: 200, 5 bytes in 0.")
    assert line.endswith(" s")


def test_a_further_try_is_said_as_one_and_asking_anew_is_not(street):
    web, said, url = listened(street, Sites(tags=[Response(503), Response(429), *[Response(200)] * 2]))

    web.get(f"{url}/tags")
    web.get(f"{url}/tags")

    assert [line.partition(" s, ")[2] for line in said] == ["", "try 2", "try 3", ""]


def test_what_gave_no_answer_is_said_with_the_reason(street):
    web, said, _ = listened(street, Sites())

    with pytest.raises(Unreachable):
        web.get("http://127.0.0.1:1/tags")

    assert said[0].startswith("GET http://127.0.0.1:1/tags: no answer (it takes no connections) in ")


PASSWORD, TOKEN, ENCODED = "hunter2-hunter2", "ghs_0123456789abcdef", basic(Login("ada", Secret("hunter2-hunter2")))
SECRETS = (PASSWORD, TOKEN, ENCODED.split()[1], "X-Amz", "AKIA1234", "f00f00f00")


@pytest.mark.parametrize(
    "where",
    [
        f"?token={TOKEN}",
        f"?{TOKEN}",
        f"?n={TOKEN}",
        f"?last=a%2f{TOKEN}&n=1",
        f"/{TOKEN}/index.yaml",
        f"?X-Amz-Credential=AKIA1234&X-Amz-Signature=f00f00f00#{TOKEN}",
        f"?last={PASSWORD}",
        f"/{PASSWORD}",
        f"/{ENCODED.split()[1]}",
    ],
)
@pytest.mark.parametrize("way", ["asked", "redirected", "to another host"])
def test_no_secret_is_said_wherever_it_stands(street, where, way):
    """The token is known beforehand, the password only from the header that it went out in."""
    elsewhere = street.listen(Everything(Response(200, {}, TOKEN.encode())))
    target = {"asked": "", "redirected": "/moved", "to another host": elsewhere}[way]
    site = Everything(Response(302, {"Location": target + where}), Response(401, {"WWW-Authenticate": TOKEN}))
    url = street.listen(site if target else Everything(Response(200)))
    said = []
    web = HttpWeb(clock=ManualClock(), debug=DebugLog(said.append, Hiding({TOKEN: "***"})))

    address = url.replace("//", f"//ada:{PASSWORD}@") + ("" if target else where)
    web.get(address, headers={"Authorization": ENCODED})
    web.post(f"{url}/graphql", json={"token": TOKEN}, headers={"Authorization": f"Bearer {TOKEN}"})

    assert len(said) >= 2
    assert not [secret for secret in SECRETS if secret.lower() in "\n".join(said).lower()]


class Everything:
    def __init__(self, *answers):
        self.answers = list(answers)

    def answer(self, _):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://ghcr.io/v2/a/b/tags/list?n=1000&last=v1", "https://ghcr.io/v2/a/b/tags/list?n=1000&last=v1"),
        (
            "https://h/?scope=repository:a/b:pull&service=ghcr.io",
            "https://h/?scope=repository:a/b:pull&service=ghcr.io",
        ),
        ("https://u:p@h:1/x#y", "https://h:1/x"),
        ("https://h/x?sig=1&n=2&sig=3", "https://h/x?n=2&…"),
        ("https://h/x?secret", "https://h/x?…"),
        ("https://[h/x", "(no address)"),
        (f"https://h/x?{'a=1&' * 200}", "(no address)"),
    ],
)
def test_only_parameters_that_are_no_secret_are_shown(url, shown):
    assert address_of(url, Hiding()) == shown


def _each(text):
    """*text* with every character encoded."""
    return "".join(f"%{byte:02x}" for byte in text.encode())


@pytest.mark.parametrize("secret", ["ab:cd+ef==/gh,ij kl", "ghs_abcDEF+/=", "pä:ss wörd!", "s3cr3t#word?more&x=1"])
@pytest.mark.parametrize("encoded", [str, quote, quote_plus, partial(quote, safe=""), _each])
@pytest.mark.parametrize("where", ["/?last={}", "/?n=1&after={}", "/{}/x", "/a{}", ":1/#{}", "{}/", ".{}@h/"])
def test_no_secret_is_said_however_an_address_encodes_it(secret, encoded, where):
    url = f"https://h{where.format(encoded(secret))}"
    line = described(Asked(Question("GET", url), 1.0, 200), 1, Hiding({secret: "***"}))

    assert not [read for read in (line, unquote(line), unquote_plus(line)) if secret.partition("#")[0] in read]


def test_a_secret_that_is_part_of_a_host_is_not_said_in_small_letters():
    asked = Asked(Question("GET", "https://h/"), 1.0, trouble="There is no host `ghs_abcdef.h`")

    assert "ghs_abcdef" not in described(asked, 1, Hiding({"ghs_abcDEF": "***"}))


def test_a_line_is_short_and_steers_no_terminal():
    question = Question("GET", f"https://h/\x1b[31m\u202e{'a/' * 5000}?n={'b' * 5000}")
    line = described(Asked(question, 1.0, trouble="x" * 5000), 2, Hiding())

    assert len(line) <= 400
    assert line.isprintable()


def test_the_beginning_of_a_secret_does_not_stay_where_a_line_is_cut():
    question = Question("GET", f"https://h/{'a' * 230}/{TOKEN}")

    assert TOKEN[:6] not in described(Asked(question, 1.0, 200), 1, Hiding({TOKEN: "***"}))


def test_who_cannot_say_anything_stops_nothing(street):
    def broken(_):
        raise BrokenPipeError

    url = street.listen(Everything(Response(200, {}, b"x")))

    assert HttpWeb(limits=Limits(tries=1), debug=DebugLog(broken)).get(url).body == b"x"
