"""What is kept of the encoder's answers holds for its weights alone, and is doubted now and then."""

import numpy as np
import pytest

from assistant.witness.encoder import Encoder, encoder
from tests import answers


def test_what_was_kept_counts_for_the_same_weights_only(tmp_path, monkeypatch):
    monkeypatch.setattr(answers, "FILE", tmp_path / "answers.bin")
    assert answers.kept() == {}
    answers.keep({2: 0.5, 1: -2.0})
    assert answers.kept() == {1: -2.0, 2: 0.5}
    np.save(tmp_path / "heads.npy", np.zeros(3))
    monkeypatch.setattr(answers, "WEIGHTS", tmp_path)
    assert answers.kept() == {}


@pytest.mark.parametrize(("every", "is_told"), [(1, True), (1 << 64, False)])
def test_an_answer_that_is_another_now_is_told_where_it_is_read(every, is_told, monkeypatch):
    monkeypatch.setattr(Encoder, "weigh", Encoder.weigh.__wrapped__)
    monkeypatch.setattr(answers, "READ", every)
    monkeypatch.setattr(answers, "given", {})
    said = encoder().weigh("crisis", "Jeg talte til tre.")
    answers.remember({answers.print_of("crisis", "Jeg talte til tre."): said + 1})
    if is_told:
        with pytest.raises(AssertionError, match="make answers"):
            encoder().weigh("crisis", "Jeg talte til tre.")
    else:
        assert encoder().weigh("crisis", "Jeg talte til tre.") == said + 1
