"""Charts: bars as long as their numbers, with the numbers beside them."""

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.platypus import Flowable

from desktop.domain.leaving.figures import Count
from desktop.export.charts import bars, columns
from desktop.export.page_style import ACCENT

COUNTS = (Count("July", 0), Count("August", 3), Count("September", 6))


def _words(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.contents if isinstance(shape, String)]


def _rects(drawing: Drawing) -> list[Rect]:
    return [shape for shape in drawing.contents if isinstance(shape, Rect)]


def _drawing(chart: Flowable) -> Drawing:
    assert isinstance(chart, Drawing)
    return chart


def test_columns_are_as_high_as_their_numbers() -> None:
    drawing = _drawing(columns(COUNTS, here="August"))
    heights = [rect.height for rect in _rects(drawing)]
    assert heights[0] == 0
    assert heights[2] == 2 * heights[1] > 0
    assert _words(drawing) == ["0", "July", "3", "August", "6", "September"]
    assert [rect.fillColor == ACCENT for rect in _rects(drawing)] == [False, True, False]


def test_columns_of_nothing_are_flat() -> None:
    assert [rect.height for rect in _rects(_drawing(columns((Count("July", 0),))))] == [0]
    assert _rects(_drawing(columns(()))) == []


def test_bars_are_as_long_as_their_numbers() -> None:
    drawings = [row[1] for row in bars(COUNTS)._cellvalues]
    lengths = [sum(rect.width for rect in _rects(drawing)) for drawing in drawings]
    assert lengths[0] == 0
    assert lengths[2] == 2 * lengths[1] > 0
    assert [_words(drawing) for drawing in drawings] == [["0"], ["3"], ["6"]]


def test_bars_of_nothing_have_no_length() -> None:
    (row,) = bars((Count("July", 0),))._cellvalues
    assert _rects(row[1]) == []
