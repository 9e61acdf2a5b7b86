"""Web pages become text: lists and tables are kept, navigation and scripts are not."""

import contextlib
import time

import pytest

from tracker.errors import BadInput
from tracker.evidence.reading import read_text


def lines(html: str) -> list[str]:
    return read_text("a.html", html.encode()).split("\n")


def test_lists_keep_their_numbers_and_bullets():
    assert lines(
        "<ol start=3><li>Sở Nội vụ<ul><li>rà soát</li></ul></li><li><p>Sở Y tế</p></li></ol>"
    ) == ["3. Sở Nội vụ", "- rà soát", "4. Sở Y tế"]


def test_tables_keep_their_columns_under_merged_cells():
    assert lines(
        "<table><tr><th>TT<th>Nhiệm vụ<th>Chủ trì</tr>"
        "<tr><td colspan=3>I. Nhóm</td></tr>"
        "<tr><td>1</td><td>Rà<br>soát</td><td rowspan=2>Sở Nội vụ</td></tr>"
        "<tr><td>2</td><td><p>Báo</p><p>cáo</p></td></tr></table>"
    ) == ["TT | Nhiệm vụ | Chủ trì", "I. Nhóm |  | ", "1 | Rà soát | Sở Nội vụ", "2 | Báo cáo | "]


def test_what_is_around_the_text_is_dropped():
    assert lines(
        "<head><title>x</title><style>p{}</style></head><body><div class='main-menu'>Menu</div>"
        "<header>Cổng</header><p>1. Giao <b>Sở&nbsp;Y tế</b> báo cáo &lt;5 ngày</p>"
        "<div hidden>ẩn</div><div role=navigation>Trước</div><script>if (a<b) x()</script>"
        "<!-- ghi chú --><div id='related-news'>Tin khác</div><footer>Chân</footer>"
    ) == ["1. Giao Sở Y tế báo cáo <5 ngày"]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000 + "a",
        "<table><tr><td>" * 20_000 + "a",
        "<!--" * 300_000,
        "<a b='" * 200_000,
    ],
    ids=["deep", "tables", "comments", "quotes"],
)
def test_hostile_pages_end_in_time(html: str):
    started = time.perf_counter()
    with contextlib.suppress(BadInput):
        read_text("a.html", html.encode())
    assert time.perf_counter() - started < 10


def test_a_page_without_text_is_refused():
    with pytest.raises(BadInput, match="There is no text"):
        read_text("a.html", b"<html><script>x</script></html>")
