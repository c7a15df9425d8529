"""What a kind of source does where its entry says nothing of it."""

from profile_cd.model import Condition, Order, Published
from profile_cd.sources import DockerImage, Kind

PLAIN = Kind(
    spec=DockerImage,
    fields={},
    read=lambda spec: DockerImage(spec.text("image")),
    ask=lambda specs, _session: dict.fromkeys(specs, ()),
    order=lambda _: Order.NONE,
)


def test_a_plain_kind_believes_what_is_listed_and_has_nothing_to_add():
    source = DockerImage("acme/app")

    assert PLAIN.detail(source, "1.0.0", (), None) == Published(exists=True)
    assert PLAIN.links(source, "1", "2", None) == ()
    assert list(PLAIN.check(source, Condition("latest"))) == []
    assert list(PLAIN.spellings(source, "1_0")) == ["1_0"]
    assert PLAIN.created(source, "1", None) == ""
    assert PLAIN.default_filter == "latest"
