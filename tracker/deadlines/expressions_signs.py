"""The words around a period that make it a deadline, a rhythm, a start or a mere mention."""

import re

FLAGS = re.IGNORECASE
LATEST = (
    r"(?:(?:chậm|muộn|trễ)\s+nhất|không\s+(?:chậm|muộn|trễ)\s+(?:hơn|quá)|không\s+quá)(?:\s+là)?"
)
QUALIFIER = re.compile(
    rf"(?<!\w)(?:"
    rf"(?P<before>(?:{LATEST}\s+)?trước(?:\s+(?:thời\s+điểm|mốc))?(?:\s+hết)?)"
    rf"|(?P<latest>{LATEST}(?:\s*:)?(?:\s+(?:vào|đến|trong))*(?:\s+hết)?)"
    r"|(?P<until>(?:(?:trong|từ\s+nay|xong|kéo\s+dài)\s+)?(?:đến|tới)(?:\s+hết)?|hết|xong)"
    r"|(?P<limit>(?:hạn\s+(?:cuối(?:\s+cùng)?|chót)|thời\s+hạn(?:\s+(?:hoàn\s+thành|thực\s+hiện|báo\s+cáo|gửi))*"
    r"|thời\s+gian\s+(?:hoàn\s+thành|thực\s+hiện)|hoàn\s+thành)(?:\s+(?:là|vào))?\s*:?)"
    r"|(?P<within>(?:(?:ngay|xong)\s+)*(?:trong|vào)(?:\s+(?:thời\s+gian|khoảng))?)"
    r"|(?P<span>từ)"
    r")\s+[*_]{0,3}",
    FLAGS,
)
AS_OF = re.compile(r"(?:tính|cập\s+nhật|số\s+liệu|dữ\s+liệu|lũy\s+kế|luỹ\s+kế|kể)\s+$", FLAGS)
RHYTHM = r"(?:hàng|hằng|mỗi|các)\s+(?P<{}>ngày|tuần|tháng|quý|năm)"
RHYTHMS = {
    "ngày": "day",
    "tuần": "week",
    "tháng": "month",
    "quý": "quarter",
    "năm": "year",
}
RHYTHM_AFTER = re.compile(
    r"\s*\(?(?:,?\s*(?P<later>và|sau\s+đó)\s+)?(?:định\s+kỳ\s+)?" + RHYTHM.format("rhythm"),
    FLAGS,
)
RHYTHM_BEFORE = re.compile(RHYTHM.format("rhythm") + r"[\s(,]*(?:là\s+)?$", FLAGS)
DAY_OF_RHYTHM = re.compile(
    r"(?:ngày\s+)?(?:thứ\s+)?(?P<day>\d{1,2}|hai|ba|tư|năm|sáu|bảy)\s+(?:của\s+)?"
    r"(?:(?:hàng|hằng|mỗi)\s+(?P<rhythm>tuần|tháng|quý|năm)"
    r"|tháng\s+(?:đầu\s+tiên|đầu|cuối\s+cùng|cuối)(?:\s+của)?\s+(?:mỗi\s+)?(?P<rhythm2>quý)"
    r"|(?:của\s+)?(?:tháng|quý)\s+(?:sau|tiếp\s+theo|liền\s+kề|kế\s+tiếp|báo\s+cáo)(?P<rhythm3>))",
    FLAGS,
)
RECURRING = re.compile(
    r"(?<!\w)(?:định\s+kỳ(?:\s+(?:(?:theo|hàng|hằng|mỗi)\s+)?(?P<rhythm>tuần|tháng|quý|năm)"
    r"|\s+\d+\s+(?:tháng|năm|tuần)(?:/lần|\s+một\s+lần)?)?"
    r"|(?:hàng|hằng|mỗi)\s+(?P<rhythm2>tuần|tháng|quý|năm))(?!\w)",
    FLAGS,
)
# "kế hoạch hằng năm" names a plan, not a rhythm of this task.
OBJECT_BEFORE = re.compile(
    r"(?:kế\s+hoạch|chương\s+trình|dự\s+toán|báo\s+cáo|ngân\s+sách|đánh\s+giá|xếp\s+loại|chỉ\s+tiêu"
    r"|hội\s+nghị|nhiệm\s+vụ|danh\s+mục|kinh\s+phí|vốn)(?:\s+\w+){0,2}\s+$",
    FLAGS,
)
STANDING = re.compile(r"(?<!\w)(?:thường\s+xuyên|liên\s+tục)(?!\w)", FLAGS)
NUMBER_OF_DAYS = re.compile(
    r"(?<!\w)(?:(?:chậm\s+nhất|muộn\s+nhất)\s+(?:là\s+)?)?"
    r"(?:(?:trong\s+)?(?:thời\s+hạn|thời\s+gian|vòng)\s+|trong\s+|sau\s+)*"
    r"(?P<days>\d{1,3})\s*(?:\([^()]{1,30}\)\s*)?ngày(?P<work>\s+làm\s+việc)?",
    FLAGS,
)
FROM_EVENT = re.compile(
    r"\s*,?\s*(?:(?:kể\s+)?từ|sau|tính\s+từ)\s+(?:khi\s+|ngày\s+|thời\s+điểm\s+)*(?P<event>[^.;,\n]{0,70})",
    FLAGS,
)
EVENT_END = re.compile(r"\s+(?:để|nhằm|gửi|và\s+(?:gửi|báo))\s", FLAGS)
OWN_EVENT = re.compile(
    r"(?:ký(?:\s+ban\s+hành)?|ban\s+hành|phát\s+hành|nhận\s+được|có|ra|công\s+bố)\s+"
    r"(?:thông\s+báo|kết\s+luận|chỉ\s+thị|văn\s+bản|công\s+văn|công\s+điện|quyết\s+định|kế\s+hoạch)"
    r"(?:\s+(?:kết\s+luận|chỉ\s+đạo))?\s*(?:này|nêu\s+trên)?\s*$"
    r"|(?:thông\s+báo|kết\s+luận|chỉ\s+thị|văn\s+bản|công\s+văn|kế\s+hoạch)\s+(?:này\s+)?(?:được\s+)?"
    r"(?:ban\s+hành|ký|có\s+hiệu\s+lực)"
    r"|(?:kết\s+thúc\s+)(?:cuộc\s+họp|phiên\s+họp|hội\s+nghị|buổi\s+làm\s+việc)",
    FLAGS,
)
REFERENCE = re.compile(
    r"(?<!\w)(?:theo\s+(?:đúng\s+)?(?:lộ\s+trình|tiến\s+độ|thời\s+hạn|thời\s+gian|kế\s+hoạch|quy\s+định"
    r"|yêu\s+cầu|chương\s+trình|chỉ\s+đạo)|sau\s+khi|trước\s+khi|ngay\s+khi|khi\s+có|kỳ\s+họp)(?!\w)",
    FLAGS,
)
REFERENCE_IN_TEXT = re.compile(
    r"(?<!\w)theo\s+(?:đúng\s+)?(?:lộ\s+trình|tiến\s+độ|thời\s+hạn)\s+(?:đã\s+)?(?:được\s+)?"
    r"(?:giao|quy\s+định|nêu|xác\s+định|đề\s+ra)\s+tại(?!\w)",
    FLAGS,
)
START = re.compile(r"(?:kể\s+)?từ\s+$", FLAGS)
BARE_PERIOD = re.compile(
    r"(?<!\w)(?:(?:hết\s+)?ngày\s+\d|\d{1,2}\s?[/.\-]\s?\d{1,2}|tháng\s+\d|(?:đầu|giữa|cuối)\s+(?:tháng|quý|năm)"
    r"|qu[ýí]\s+\w|[69]\s+tháng|sáu\s+tháng|nửa\s+(?:đầu|cuối)|giai\s+đoạn\s+\d|năm\s+\d|(?<![/.\-])(?:19|20)\d\d)",
    FLAGS,
)
HOUR_AHEAD = re.compile(r"(?:\d{1,2})\s?(?:h|g|giờ|:)", FLAGS)
WHITE = re.compile(r"\s+")
