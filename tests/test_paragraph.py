"""A long paragraph is wrapped and cut as Textual and Rich would, whatever is written into it."""

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument

from assistant.tui.widgets.paragraph import Cut, Paragraph, Wrapped

written = st.text(st.sampled_from("ab  \t界\n-"), max_size=12)
lines = st.lists(st.sampled_from(["a ", "ord ", "etlangtord ", "界界 ", "      ", "b", "\n", "\t", "hele vejen hjem "]))
changes = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 30), written), min_size=1, max_size=6)


def _place(document: Document, at: int) -> tuple[int, int]:
    return document.get_location_from_index(min(at, len(document.text)))


@given(lines.map("".join), st.integers(3, 12), changes)
def test_what_is_wrapped_again_stands_as_if_all_were(text, width, made):
    document = Document(text)
    wrapped = Wrapped(document, width)
    for at, long, new in made:
        start, end = _place(document, at), _place(document, at + long)
        result = document.replace_range(start, end, new)
        wrapped.wrap_range(start, end, result.end_location)
        whole = WrappedDocument(document, width)
        for of in ("_wrap_offsets", "_offset_to_line_info", "_line_index_to_offsets", "_tab_width_cache"):
            assert getattr(wrapped, of) == getattr(whole, of), of
        rows = [wrapped.get_sections(line) for line in range(document.line_count)]
        assert rows == whole.lines


cuts = st.tuples(lines.map("".join), st.sets(st.integers(1, 60), min_size=1), st.integers(0, 60))


@given(st.lists(cuts, min_size=1, max_size=5))
def test_a_line_is_cut_anew_where_it_changed(cuts):
    last = Cut()
    for line, offsets, cursor in cuts:
        at = sorted(offset for offset in offsets if offset < len(line))
        ours, theirs = Paragraph(line, last), Text(line, end="")
        for text in (ours, theirs):
            text.stylize("reverse", cursor, cursor + 1)
        pairs = zip(ours.divide(at), theirs.divide(at), strict=True) if at else ()
        assert all((one.plain, one.spans) == (other.plain, other.spans) for one, other in pairs)
