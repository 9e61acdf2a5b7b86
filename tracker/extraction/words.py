"""The vocabulary of assignments: who can be addressed, what can be asked, by which verbs."""

import re

FLAGS = re.IGNORECASE
# Character classes: ranges of accented letters would mix capitals and small letters.
CAPITAL = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
SMALL = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"


def spaced(words: str) -> str:
    """Return a pattern part in which every space may be any white space (wrapped lines)."""
    return words.replace(" ", r"\s+")


def exact(expression: str) -> re.Pattern[str]:
    """Compile an expression in which letter case counts."""
    return re.compile(expression)


def pattern(expression: str) -> re.Pattern[str]:
    """Compile an expression in which case is ignored and a space is any white space."""
    return re.compile(spaced(expression), FLAGS)


def any_of(words: str) -> str:
    """Return an alternation of comma-separated phrases, the longer ones first."""
    phrases = {" ".join(word.split()) for word in words.split(",") if word.strip()}
    return "|".join(spaced(phrase) for phrase in sorted(phrases, key=lambda p: (-len(p), p)))


# The first word of what can be addressed: a body, a post, a group.
HEADS = any_of(
    """
    bộ trưởng, thứ trưởng, thủ trưởng, giám đốc, phó giám đốc, tổng giám đốc, chủ tịch, phó
    chủ tịch, bí thư, phó bí thư, chánh văn phòng, chánh thanh tra, trưởng ban, phó trưởng
    ban, trưởng phòng, trưởng các, trưởng đoàn, trưởng ngành, người đứng đầu, phó thủ tướng,
    thủ tướng, tổng thanh tra, thống đốc, hiệu trưởng, tư lệnh, cục trưởng, vụ trưởng, chi cục
    trưởng, đồng chí, ông, bà, lãnh đạo, bộ, sở, ban, ngành, cơ quan, đơn vị, địa phương,
    ubnd, ủy ban, uỷ ban, hđnd, hội đồng, văn phòng, phòng, cục, vụ, tổng cục, chi cục, tập
    đoàn, tổng công ty, công ty, viện, trường, đại học, học viện, trung tâm, thanh tra, công
    an, kiểm toán, ngân hàng, đài, báo, cổng thông tin, tổ, hội, hiệp hội, liên đoàn, liên
    minh, liên hiệp, mặt trận, đoàn, kho bạc, bảo hiểm xã hội, thuế tỉnh, thuế thành phố, cục
    thuế, chi cục thuế, hải quan, quân khu, bộ đội, chính quyền, cấp ủy, cấp uỷ, thành ủy,
    thành uỷ, tỉnh ủy, tỉnh uỷ, huyện ủy, huyện uỷ, đảng ủy, đảng uỷ, quận ủy, thị ủy, thường
    trực, thành phố, tỉnh, huyện, xã, phường, thị trấn, thị xã, quận, đặc khu, thôn, chủ đầu
    tư, nhà đầu tư, nhà thầu, doanh nghiệp, thành viên, các thành viên, bệnh viện, tòa án, toà
    án, viện kiểm sát, điện lực, bưu điện, lực lượng, quỹ, hợp tác xã, trạm, đội, vnpt,
    viettel, evn, acv, tp, ubmttq, mttq, tt, khối, chuyên viên, bqlda, bql, tư vấn, các cấp,
    các đồng chí, trạm y tế, ban chỉ đạo, ban quản lý, kiểm lâm, quản lý thị trường, cảnh sát,
    quân đội, dân quân, bưu chính, nhà trường, nhà máy, tổng hội, phân viện, tiểu ban, liên
    sở, chủ rừng, chủ sở hữu
    """
)
# The units that a text names one by one; a comma or "và" before one of them starts a new name.
NAMED_HEADS = any_of(
    """
    sở, bộ, ubnd, ủy ban, uỷ ban, hđnd, hội đồng, văn phòng, công an, bộ chỉ huy, bộ chqs,
    thanh tra, phòng, cục, vụ, tổng cục, chi cục, tập đoàn, tổng công ty, công ty, viện,
    trường, đại học, học viện, trung tâm, kiểm toán, ngân hàng, đài, báo, hội, hiệp hội, liên
    đoàn, liên minh, mặt trận, đoàn, tổ, kho bạc, bảo hiểm, thuế, hải quan, quân khu, bộ đội,
    thành ủy, thành uỷ, tỉnh ủy, tỉnh uỷ, huyện ủy, huyện uỷ, đảng ủy, đảng uỷ, ban, chủ tịch,
    phó chủ tịch, giám đốc, thủ trưởng, bộ trưởng, thứ trưởng, bí thư, trưởng, chánh, tỉnh,
    thành phố, bệnh viện, chủ đầu tư, nhà thầu, nhà đầu tư, điện lực, vnpt, viettel, evn, acv,
    tòa án, toà án, viện kiểm sát, người đứng đầu, lãnh đạo, cổng, mttq, ubmttq, chính quyền,
    quỹ, khối, ông, bà, đồng chí, từng, tư vấn, đơn vị quản lý, đơn vị tư vấn
    """
)
GROUP = r"(?:tất\s+cả\s+)?(?:các|những|từng|mọi|toàn\s+bộ|\d{1,2})"

ASSIGN = any_of(
    """
    giao nhiệm vụ cho, giao trách nhiệm cho, giao cho, giao, phân công, yêu cầu, đề nghị, chỉ
    đạo, lưu ý, đồng ý giao, thống nhất giao, nhắc nhở, ủy quyền cho, ủy quyền, uỷ quyền, gửi
    công văn tới
    """
)

# Lower-case words at which a list of units ends: what they shall do, how, or until when.
STOPS = any_of(
    """
    khám, chữa bệnh, tiêm, phun, dập dịch, truy vết, trực tiếp, vệ sinh, trồng, chăm sóc,
    khẩn trương, tiếp tục, chủ động, chủ trì, phối hợp, cần, phải, có trách nhiệm, chịu trách
    nhiệm, tập trung, tăng cường, thực hiện, triển khai, rà soát, xây dựng, nghiên cứu, đề
    xuất, báo cáo, tổng hợp, hướng dẫn, kiểm tra, giám sát, đôn đốc, theo dõi, ban hành, tham
    mưu, trình, lập, bố trí, cân đối, hoàn thiện, hoàn thành, đẩy mạnh, đẩy nhanh, quyết liệt,
    kịp thời, sớm, trực tiếp, chỉ đạo, quan tâm, nâng cao, phát huy, đảm bảo, bảo đảm, căn cứ,
    trên cơ sở, theo chức năng, theo thẩm quyền, theo nhiệm vụ, theo đúng, có ý kiến, có giải
    pháp, có biện pháp, có phương án, có kế hoạch, có văn bản, gửi, cung cấp, cập nhật, công
    bố, công khai, đăng ký, đánh giá, xác định, xác minh, làm rõ, xử lý, giải quyết, tháo gỡ,
    khắc phục, hỗ trợ, giúp, đề nghị, yêu cầu, giao, phân công, cử, mời, chuẩn bị, tiến hành,
    tiếp thu, tiếp nhận, bàn giao, quản lý, vận hành, khai thác, sử dụng, mua sắm, tuyên
    truyền, phổ biến, quán triệt, tập huấn, đào tạo, bồi dưỡng, kiện toàn, sắp xếp, củng cố,
    thành lập, nghiêm túc, thường xuyên, định kỳ, trong, trước ngày, chậm nhất, nếu, khi, để,
    nhằm, đồng thời, làm, lấy, đưa, coi, xem xét, thẩm định, phê duyệt, quyết định, ký, ưu
    tiên, thúc đẩy, huy động, vận động, khuyến khích, hạn chế, ngăn chặn, phòng ngừa, phòng
    chống, chấm dứt, dừng, tạm dừng, điều tra, thống kê, kê khai, thu, nộp, cho phép, thống
    nhất, nhất trí, đồng ý, ghi nhận, biểu dương, đã, đang, sẽ, vừa, được, bị, là, dự thảo,
    tìm kiếm, tham vấn, tính toán, lựa chọn, thí điểm, nhân rộng, ứng dụng, số hóa, số hoá,
    kết nối, tích hợp, chia sẻ, áp dụng, điều chỉnh, sửa đổi, bổ sung, tích cực, linh hoạt,
    đổi mới, duy trì, phấn đấu, bám sát, làm việc, liên hệ, đàm phán, khảo sát, thi công, khởi
    công, khánh thành, nghiệm thu, thông báo, thông tin, trả lời, phản hồi, giải trình, cam
    kết, rút kinh nghiệm, kiểm điểm, siết chặt, truyền thông, phát động, phát triển, mở rộng,
    thu hồi, di dời, cưỡng chế, bồi thường, tháo dỡ, phụ trách, không, tuyệt đối, luôn, kiên
    quyết, vào cuộc, nắm, nhanh chóng, đơn giản hóa, đơn giản hoá, chú trọng, chú ý, dành,
    tạo, giữ, tham gia, tổ chức thực hiện, tổ chức triển khai, tổ chức hội nghị, tổ chức tập
    huấn, tổ chức kiểm tra, tổ chức rà soát, tổ chức họp, tổ chức kiểm điểm, tổ chức thi công,
    tổ chức lập, khôi phục, sửa chữa, thu thập, phân tích, phân loại, phân bổ, giải ngân,
    thanh toán, quyết toán, kiến nghị, xin, với vai trò, với tư cách, ra mắt, xây mới, tự, quy
    định, cụ thể hóa, cụ thể hoá, đối chiếu, bảo vệ, chuyển, dự kiến, đặc biệt, nhất là, trên
    tinh thần, với tinh thần, bằng, ngay, tối đa, đưa ra, trao đổi, thỏa thuận, khai trương,
    tổ chức, rút ngắn, cải thiện, cắt giảm, thay thế, giới thiệu, xúc tiến, quảng bá, chấn
    chỉnh, chấp hành, tuân thủ, tiếp cận, cứu trợ, trực, ứng phó, di chuyển, thông qua, phân
    cấp, đấu nối, thu hút, tham dự, chi trả, lắp đặt, nghiêm cấm, nghiêm chỉnh, sắp tới, thời
    gian tới, từ nay, đến hết, hằng, hàng năm, hàng tháng, hàng quý, rứt khoát, dứt khoát,
    quyết tâm, nỗ lực, đề ra, tiếp, mở, treo, viết, in, cấp phát, chấm điểm, tự chấm, tự đánh
    giá, giải thích, tập hợp, lồng ghép, cải tạo, nâng cấp, đầu tư xây dựng, vệ sinh, dọn dẹp,
    nhắc nhở, biên soạn, soạn thảo, cấu hình, tổng kết, sơ kết, kiểm đếm, kiểm soát, tạm ứng,
    phân quyền, xét duyệt, chốt, nhập liệu, làm sạch, đồng bộ, chuẩn hóa, chuẩn hoá, thu gom,
    khen thưởng, đăng tải, phát hành, phát sóng, đưa tin, xử phạt, luân chuyển, điều động, bổ
    nhiệm, tuyển dụng, bảo trì, bảo dưỡng, tu bổ, tôn tạo, trùng tu, vận chuyển, lắng nghe,
    đối thoại, nắm bắt, dự báo, cảnh báo, tuần tra, khởi tố, hoàn trả, truy thu, so sánh, diễn
    tập, huấn luyện, hợp tác với, ký kết, tinh giản, cơ cấu lại, tái cơ cấu, sáp nhập, giải
    thể, chuyển đổi, chuyển giao, thay đổi, thẩm tra, phản biện, góp ý, tham gia ý kiến, lấy ý
    kiến, xin ý kiến, lưu trữ, bảo quản, niêm yết, đo lường, mời gọi, kêu gọi, quyên góp, ủng
    hộ, trợ giúp, chăm lo, thăm hỏi, cấp phép, gia hạn, đấu giá, đấu thầu, định giá, xác lập,
    thiết lập, thử nghiệm, cài đặt, phát hiện, khoanh vùng, sàng lọc, tận dụng, khơi thông, rà
    quét, tối ưu, nhân bản, làm tốt, có phương pháp, có hướng, chịu, đề cao, gương mẫu, vận
    dụng, tiết kiệm, giảm, tăng, xây, trồng, thuê, mua, bán, tuyển, chấm, hoàn tất, kết thúc,
    khởi động, bắt đầu, dứt điểm, ổn định, cam đoan, tái định cư, tái lập, xác nhận, chứng
    thực, công nhận, công chứng, tôn vinh, biểu diễn, trưng bày, vận hành thử, quy tụ, tập
    kết, triệu tập, họp, kiểm kê, theo sát
    """
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
            r"|được\s+kiểm\s+tra|được\s+giao|đang\s+sử\s+dụng|khai\s+thác|điều\s+hành"
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
    (r"(?:hạ\s+tầng|đầu\s+tư|Đầu\s+tư|vật\s+liệu|quy\s+hoạch|dự\s+án)", r"xây\s+dựng"),
    (
        r"\b(?:trưởng|tịch|đốc)(?:\s+\S+){1,8}",
        r"phụ\s+trách\s+(?:lĩnh\s+vực|khối|công\s+tác)",
    ),
    (r"[Qq]uản\s+lý", r"đầu\s+tư\s+xây\s+dựng|xây\s+dựng|thi\s+công|khai\s+thác"),
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
    r"|phân công))|bị|là|"
    r"chấp thuận|đồng ý|nhất trí|thống nhất (?:chủ trương|với)|ghi nhận|biểu dương|đánh giá cao"
    r"|hoan nghênh|cho biết|cho rằng|nhấn mạnh|phát biểu|nhận định|khẳng định|thông báo để"
    r"|có ý kiến (?:chỉ đạo )?như sau|kết luận|nhận được|cho phép|xin\b|trân trọng"
    r"|thông báo (?:ý kiến|kết luận)|(?:chủ trì|tham dự|dự|tổ chức) (?:hội nghị|cuộc họp"
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
    r"(?:\s*(?:căn cứ|theo|trên cơ sở)[^,.;]{0,80},?)?\s*(?:cần |phải )?"
    r"(?:(?:nghiêm túc|khẩn trương|chủ động|kịp thời|tập trung|tích cực|quan tâm|phối hợp),? )*"
    r"(?:tổ chức |chỉ đạo )*(?:triển khai|thực hiện|chấp hành)(?:\s*,?\s*(?:tổ chức )?thực hiện)?"
    r"(?: (?:nghiêm(?: túc)?|hiệu quả|có hiệu quả|tốt|các nội dung|nội dung|theo quy định|ý kiến"
    r"|chỉ đạo|kết luận|kế hoạch|thông báo|chỉ thị|công điện|quyết định|văn bản|trên|này"
    r"|nêu trên|tại"
    r"|của \w+(?: \w+){0,5}|và|,))*[\s./;]*$"
)
EXHORTATION = pattern(
    r"\s*(?:cần |phải |tiếp tục |đặc biệt |tập trung )*(?:nâng cao (?:hơn nữa )?(?:vai"
    r"|trách nhiệm|tinh thần"
    r"|nhận thức|ý thức|mức độ|hiệu quả)|thực hiện (?:tốt|có hiệu quả|hiệu quả)|quan tâm|phát huy"
    r"|chú trọng|quyết tâm|nêu cao|làm tốt)"
)
TARGET = pattern(r"\s*(?:phấn đấu|(?:bảo|đảm) (?:đảm|bảo) (?:tỷ|tỉ) lệ|(?:tỷ|tỉ) lệ)\b")
PERSUADING = pattern(
    r"(?:đôn đốc|vận động|đề nghị|kêu gọi|yêu cầu (?:các )?(?:chủ|nhà|doanh))[^.;]{0,120}$"
)
PROPOSED = pattern(r"(?:kiến nghị|đề xuất|xin ý kiến)[^.;,]{0,60}$")
COORDINATE = pattern(
    r"(?<!quy\schế\s)(?<!cơ\schế\s)(?:ph[ốh]+[oố]?i hợp|phối với|cùng)"
    r"(?: (?:chặt chẽ|thường xuyên|tốt|hiệu quả|đồng bộ|cùng|với))*\s*(?:,\s*(?:hướng dẫn"
    r"|hỗ trợ) )?"
)
_NOT_STARTING = any_of(
    """
    trong, nếu, khi, để, nhằm, bằng, ngay, đặc biệt, nhất là, là, đã, đang, sẽ, vừa, được, bị,
    trên cơ sở, theo chức năng, theo thẩm quyền, theo nhiệm vụ, theo đúng, trên tinh thần, với
    tinh thần, sắp tới, thời gian tới, từ nay, đến hết, căn cứ, quy định, trước ngày, chậm
    nhất, thông báo, thông tin, đồng thời, công khai minh bạch, dự kiến, ghi nhận, biểu dương,
    đồng ý, nhất trí, trong đó
    """
)
ACTION = pattern(rf"\s*(?!(?:{_NOT_STARTING})(?!\w))(?:{STOPS})(?![\w-])")
BLACK_SECTION = pattern(
    r"(?:kết quả|đánh giá|tồn tại|hạn chế|nguyên nhân|tình hình|ưu điểm|khuyết điểm"
    r"|thành phần|nơi nhận)"
)
WORK_SECTION = pattern(
    r"(?:nhiệm vụ|giải pháp|tổ chức thực hiện|kết luận|yêu cầu|chỉ đạo|phân công|giao\b|việc cần"
    r"|thời gian tới|khắc phục|kiến nghị|chế độ báo cáo|khắc phục)"
)
