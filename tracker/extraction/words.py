"""Signs of an order and of what is none: verbs behind units, telling, closing, targets."""

import re

from tracker.extraction.vocabulary import (
    STOPS,
    any_of,
    pattern,
)

STOP = re.compile(
    rf"(?<![\w-])(?!(?:giao\s+(?:thông|dịch|lưu)|trực\s+(?:thuộc|tuyến)"
    rf"|thu\s+nhập)(?!\w))(?:{STOPS})(?![\w-])"
)
# Verbs that belong to the name before them.
_NAMED_VERBS = (
    (
        r"\b[Bb]an",
        (
            r"chỉ\s+đạo|quản\s+lý|tổ\s+chức|điều\s+hành|giám\s+sát|chỉ\s+huy|thanh\s+tra"
            r"|kiểm\s+tra|tiếp\s+công"
        ),
    ),
    (
        r"\b(?:[Đđ]ơn\s+vị|[Cc]ơ\s+quan|nhà\s+thầu|nhà\s+máy|tư\s+vấn)",
        (
            r"quản\s+lý|tham\s+mưu|tư\s+vấn|thi\s+công|thanh\s+tra|kiểm\s+tra|truyền\s+thông"
            r"|thông\s+tin|vận\s+hành|giám\s+sát"
            r"|phục\s+vụ|được\s+kiểm\s+tra|được\s+giao|đang\s+sử\s+dụng|khai\s+thác|điều\s+hành"
            r"|điều\s+tra|đào\s+tạo"
        ),
    ),
    (
        r"\b[Tt]ổ",
        (
            r"công\s+tác|giúp\s+việc|tham\s+mưu|kiểm\s+tra|thẩm\s+định|giám\s+sát|tư\s+vấn"
            r"|chấm\s+điểm|đánh\s+giá"
        ),
    ),
    (
        (
            r"\b(?:(?<!Quốc\s)[Pp]hòng|[Cc]ục|[Tt]rung\s+tâm|[Cc]ông\s+ty|[Vv]iện|[Đđ]oàn"
            r"|[Hh]ội\s+đồng|[Qq]uỹ)"
        ),
        (
            r"quản\s+lý|kiểm\s+tra|giám\s+sát|điều\s+hành|xúc\s+tiến|đào\s+tạo|thẩm\s+định"
            r"|hỗ\s+trợ|thanh\s+tra|khai\s+thác"
            r"|tư\s+vấn|kiểm\s+soát|phát\s+triển|nghiên\s+cứu|đánh\s+giá|công\s+tác"
            r"|đầu\s+tư\s+xây\s+dựng|tiếp\s+nhận|bảo\s+vệ"
        ),
    ),
    (
        (
            r"\b(?:[Bb]an|[Hh]ội\s+đồng|[Tt]ổ|[Cc]hi\s+cục|[Bb]ộ\s+phận|[Vv]ăn\s+phòng"
            r"|[Tt]rung\s+tâm|[Cc]ông\s+ty|[Đđ]ội|[Qq]uỹ|[Hh]ội)"
        ),
        (
            r"giải\s+phóng\s+mặt\s+bằng|bồi\s+thường|hỗ\s+trợ|tuyên\s+truyền|kiểm\s+lâm|quản\s+lý"
            r"|tiếp\s+nhận|đăng\s+ký|điều\s+phối|thường\s+trực|thi\s+đua|khen\s+thưởng|phục\s+vụ"
            r"|bảo\s+vệ|cứu\s+trợ|phòng\s+chống|phát\s+triển|dịch\s+vụ|truyền\s+thông|phòng\s+ngừa"
            r"|thẩm\s+định|tiếp\s+công|tư\s+vấn|biên\s+tập|soạn\s+thảo|tiếp\s+dân"
        ),
    ),
    (r"(?:hạ\s+tầng|đầu\s+tư|Đầu\s+tư|vật\s+liệu|quy\s+hoạch|dự\s+án)", r"xây\s+dựng"),
    (
        r"\b(?:trưởng|tịch|đốc|viên)(?:\s+\S+){1,8}",
        r"phụ\s+trách(?!\s*,|\s+việc)",
    ),
    (r"[Qq]uản\s+lý", r"đầu\s+tư\s+xây\s+dựng|xây\s+dựng|thi\s+công|khai\s+thác"),
    (r"(?:dự\s+án|QLDA|DA)", r"đầu\s+tư\s+xây\s+dựng|đầu\s+tư|phát\s+triển"),
    (r"\b(?:[Đđ]ào)", r"tạo"),
    (r"\b(?:[Nn]goại|[Bb]àn|[Cc]huyển)", r"giao"),
    (r"\b(?:[Tt]hường)", r"trực"),
    (r"\b(?:[Cc]ông|[Cc]hương|[Qq]uá|[Ll]ộ|[Gg]iáo)", r"trình"),
    (r"\b(?:[Tt]hành|[Tt]hiết|[Đđ]ộc|[Cc]ông|[Dd]ân)", r"lập"),
    (r"\b(?:[Tt]hư|[Cc]hữ|[Đđ]ăng)", r"ký"),
)
NAMED_VERBS = tuple(
    (re.compile(rf"(?:{before})\s+$"), re.compile(rf"(?:{verb})(?!\w)"))
    for before, verb in _NAMED_VERBS
)

# Verbs after a unit that tell or judge instead of ordering.
TELLING = pattern(
    r"\s*(?:(?:cũng|lại|mới|vừa|luôn|tiếp tục) )*(?:đã|đang|sẽ|vừa|được(?! (?:giao"
    r"|phân công))|bị|là(?! (?:cơ quan|đơn vị|đầu mối|cơ quan đầu mối)\b)|"
    r"chấp thuận|đồng ý|nhất trí|thống nhất (?:chủ trương|với)|ghi nhận|biểu dương|đánh giá cao"
    r"|hoan nghênh|cho biết|cho rằng|báo cáo(?: kết quả| tình hình)?\s*:"
    r"|nhấn mạnh|phát biểu|nhận định|khẳng định|thông báo (?:để|đến|tới)"
    r"|có ý kiến (?:chỉ đạo )?như sau|kết luận|nhận được|cho phép|xin\b|trân trọng"
    r"|thông báo (?:ý kiến|kết luận)"
    r"|(?:đồng )?chủ trì[ .]*$|(?:chủ trì|tham dự|dự|tổ chức) (?:hội nghị|cuộc họp"
    r"|buổi|phiên))"
)
ASSIGNING = pattern(
    r"\s*(?:(?:cũng|lại|tiếp tục|đã) )*(?:yêu cầu|đề nghị|giao(?! (?:thông|dịch|lưu|ban))"
    r"|phân công)(?: cho)? "
)
APPROVAL = pattern(
    r"\s*(?:cơ bản )?(?:đánh giá cao|ghi nhận|biểu dương|hoan nghênh|thống nhất (?:chủ trương|với)"
    r"|nhất trí|đồng ý|chấp thuận|cảm ơn|trân trọng|thống nhất phân tích)"
)
CLOSING = pattern(
    r"(?:\s*(?:căn cứ|theo(?! dõi)|trên cơ sở)[^,.;]{0,80},?)?\s*(?:cần |phải )?"
    r"(?:(?:nghiêm túc|khẩn trương|chủ động|kịp thời|tập trung|tích cực|quan tâm|phối hợp),? )*"
    r"(?:tổ chức |chỉ đạo )*(?:triển khai|thực hiện|chấp hành)(?:\s*,?\s*(?:tổ chức )?thực hiện)?"
    r"(?: (?:nghiêm(?: túc)?|hiệu quả|có hiệu quả|tốt|các nội dung|nội dung|theo quy định|ý kiến"
    r"|chỉ đạo|kết luận|kế hoạch|thông báo|chỉ thị|công điện|quyết định|văn bản|trên|này"
    r"|nêu trên|tại"
    r"|của \w+(?: \w+){0,5}|và|,))*"
    r"(?:[,;]? (?:và )?báo cáo (?:kết quả|tình hình)?[^.,;]{0,60})?[\s./;]*$"
)
EXHORTATION = pattern(
    r"\s*(?:cần |phải |tiếp tục |đặc biệt |tập trung )*(?:nâng cao (?:hơn nữa )?(?:vai"
    r"|trách nhiệm|tinh thần"
    r"|nhận thức|ý thức|mức độ|hiệu quả)|thực hiện (?:tốt|có hiệu quả|hiệu quả)|quan tâm|phát huy"
    r"|chú trọng|quyết tâm|nêu cao|làm tốt)"
)
TARGET = pattern(r"\s*(?:phấn đấu|(?:bảo|đảm) (?:đảm|bảo) (?:tỷ|tỉ) lệ|(?:tỷ|tỉ) lệ)\b")
PERSUADING = pattern(
    r"(?:đôn đốc(?!,)|vận động|đề nghị|kêu gọi|yêu cầu (?:các )?(?:chủ|nhà|doanh))[^.;]{0,120}$"
)
PROPOSED = pattern(r"(?:kiến nghị|đề xuất|xin ý kiến)[^.;,]{0,60}$")
COORDINATE = pattern(
    r"(?<!quy\schế\s)(?<!cơ\schế\s)(?:ph[ốh]+[oố]?i hợp|phối với|cùng)"
    r"(?: (?:chặt chẽ|thường xuyên|tốt|hiệu quả|đồng bộ|cùng|với))*\s*:?\s*(?:,\s*(?:hướng dẫn"
    r"|hỗ trợ) )?"
)
_NOT_STARTING = any_of(
    """
    trong, nếu, khi, để, nhằm, bằng, ngay, đặc biệt, nhất là, là, đã, đang, sẽ, vừa, được, bị,
    trên cơ sở, theo chức năng, theo thẩm quyền, theo nhiệm vụ, theo đúng, trên tinh thần, với
    tinh thần, sắp tới, thời gian tới, từ nay, đến hết, căn cứ, quy định, trước ngày, chậm
    nhất, thông báo, thông tin, đồng thời, công khai minh bạch, dự kiến, ghi nhận, biểu dương,
    đồng ý, nhất trí, trong đó, nhân dịp, cũng
    """
)
ACTION = pattern(rf"\s*(?!(?:{_NOT_STARTING})(?!\w))(?:{STOPS})(?![\w-])")
BLACK_SECTION = pattern(
    r"(?:mục đích|kết quả|đánh giá|tồn tại|hạn chế|nguyên nhân|tình hình|ưu điểm|khuyết điểm"
    r"|thành phần|nơi nhận)"
)
WORK_SECTION = pattern(
    r"(?:nhiệm vụ|giải pháp|tổ chức thực hiện|kết luận|yêu cầu|chỉ đạo|phân công|giao\b|việc cần"
    r"|thời gian tới|khắc phục|kiến nghị|chế độ báo cáo|khắc phục)"
)
