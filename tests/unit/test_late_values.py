"""What is made at its first use is made once, whatever the number of threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from indexer.late import Late, importing


def test_it_is_made_when_it_is_asked_for_and_then_kept() -> None:
    made: list[object] = []
    late = Late(lambda: made.append(object()) or made[-1])
    assert (late.is_made, made) == (False, [])
    first = late.get()
    assert late.get() is first
    assert (late.is_made, len(made)) == (True, 1)


def test_threads_that_ask_at_once_get_the_same_one() -> None:
    together, made = Barrier(8), []

    def make() -> object:
        made.append(object())
        return made[-1]

    late = Late(make)

    def ask(_: int) -> object:
        together.wait(timeout=30)
        return late.get()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))
    assert len(made) == 1
    assert all(answer is made[0] for answer in answers)


def test_nothing_at_all_is_a_value_too() -> None:
    made: list[None] = []
    late = Late(lambda: made.append(None))
    assert (late.get(), late.get(), len(made)) == (None, None, 1)


def test_a_refusal_is_told_and_tried_again() -> None:
    answers = iter([ValueError("pas encore"), "voilà"])

    def make() -> str:
        answer = next(answers)
        if isinstance(answer, ValueError):
            raise answer
        return answer

    late = Late(make)
    with pytest.raises(ValueError, match="pas encore"):
        late.get()
    assert late.is_made is False
    assert late.get() == "voilà"


def test_an_import_may_need_another_in_the_same_thread() -> None:
    with importing(), importing():
        from indexer import late
    assert late.Late is Late
