"""What one token may not see is asked of the next, and an outage is not asked for ever."""

import pytest

from profile_cd.errors import GitHubRefused
from profile_cd.services.repository import Said
from profile_cd.services.settings.readers import MOST_FAILURES, Readers, texts


class Api:
    """Answers every question alike, and counts them."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), 0

    def read(self, _path, _parameters=None):
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_the_first_good_answer_counts():
    first, second = Api(Said(403, {"message": "no"})), Api(Said(200, {"a": 1}))

    assert Readers([first, second]).mapping("/x") == {"a": 1}
    assert Readers([second, first]).mapping("/x") == {"a": 1}
    assert first.asked == 1


def test_an_outage_is_asked_a_few_times_and_then_nothing_more():
    api = Api(GitHubRefused("out of order"))
    readers = Readers([api])

    assert [readers.get("/x") for _ in range(10)] == [None] * 10
    assert api.asked == MOST_FAILURES


def test_a_page_that_fails_after_the_first_leaves_the_list_incomplete():
    page = Said(200, {"total_count": 300, "secrets": [{"name": "a"}] * 100})

    listed, complete = Readers([Api(page, Said(500, None))]).listed("/x", "secrets")

    assert (len(listed), complete) == (100, False)


def test_a_count_that_is_not_true_ends_no_list_early():
    page = Said(200, {"total_count": 0, "secrets": [{"name": "a"}] * 100})

    listed, complete = Readers([Api(page, Said(200, {"secrets": []}))]).listed("/x", "secrets")

    assert (len(listed), complete) == (100, True)


def test_a_server_that_lists_fewer_at_once_than_it_is_asked_for_is_asked_on():
    pages = [
        Said(200, {"total_count": 70, "secrets": [{"name": str(page)}] * size}) for page, size in ((1, 30), (2, 40))
    ]

    listed, complete = Readers([Api(*pages)]).listed("/x", "secrets")

    assert (len(listed), complete) == (70, True)


def test_a_list_of_which_less_comes_than_there_is_proves_nothing():
    page = Said(200, {"total_count": 1000, "secrets": [{"name": "a"}] * 30})

    listed, complete = Readers([Api(page, Said(200, {"total_count": 1000, "secrets": []}))]).listed("/x", "secrets")

    assert (len(listed), complete) == (30, False)


@pytest.mark.parametrize(
    ("values", "way", "found"),
    [
        ([{"login": "a"}, {"login": 7}, 7, None], ("login",), ["a"]),
        ([{"owner": {"login": "a"}}], ("owner", "login"), ["a"]),
        (["a", 7], (), ["a"]),
        (None, (), []),
        ({"a": 1}, (), []),
    ],
)
def test_only_texts_are_taken_out_of_an_answer(values, way, found):
    assert list(texts(values, *way)) == found
