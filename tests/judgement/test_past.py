"""Questions and answers put together."""

from profile_cd.judgement import Answers, Questions

ONE, OTHER = ("a", "v.yaml"), ("b", "v.yaml")


def test_questions_of_many_are_asked_once():
    both = Questions(texts=frozenset({ONE})) | Questions(texts=frozenset({ONE, OTHER}))

    assert both == Questions(texts=frozenset({ONE, OTHER}))
    assert not Questions()


def test_what_is_answered_is_not_asked_again_even_if_the_answer_is_nothing():
    known = Answers(texts={ONE: None}) | Answers(blames={ONE: ()})

    assert known.without(Questions(texts=frozenset({ONE, OTHER}), blames=frozenset({ONE}))) == (
        Questions(texts=frozenset({OTHER}))
    )


def test_trouble_stays():
    assert (Answers(trouble="out of order") | Answers()).trouble == "out of order"
