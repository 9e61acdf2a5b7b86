"""The vocabulary of assignments: who can be addressed, and by which verbs work is asked."""

import re
from typing import Any

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
    """Return a pattern part for comma-separated phrases, the longest that fits first.

    Phrases share their beginnings as in a trie: an alternation of hundreds of verbs, tried one by
    one at every word of a text, would take twenty times as long.
    """
    root: dict[str, Any] = {}
    for phrase in (" ".join(word.split()) for word in words.split(",")):
        node = root
        for char in phrase:
            node = node.setdefault(char, {})
        if phrase:
            node[""] = {}
    return _branches(root)


def _branches(node: dict[str, Any]) -> str:
    ends = "" in node
    parts = [
        (r"\s+" if char == " " else re.escape(char)) + _branches(following)
        for char, following in node.items()
        if char
    ]
    if len(parts) == 1 and not ends:
        return parts[0]
    return (f"(?:{'|'.join(parts)})" + ("?" if ends else "")) if parts else ""


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
    sở, chủ rừng, chủ sở hữu, chi nhánh, chi bộ, đảng bộ, đoàn thể, hạt kiểm lâm, đồn biên
    phòng, thi hành án dân sự, thống kê tỉnh, thống kê thành phố, thuế cơ sở, bộ phận một cửa,
    bộ phận tiếp nhận, bộ phận văn thư, bộ phận kế toán, bộ phận văn phòng, ấp, khu phố, khóm,
    bản, buôn, tổ trưởng, đội trưởng, trưởng thôn, trưởng ấp, trưởng bản, trưởng khu, trưởng
    buôn, trưởng khóm, trưởng trạm, trưởng công an, trưởng bộ phận, chỉ huy trưởng, chủ nhiệm,
    viện trưởng, chánh án, kế toán trưởng, tổng biên tập, trưởng tiểu ban, tổng cục trưởng,
    phó chánh văn phòng, phó trưởng phòng, phó tổ trưởng, ban chấp hành, ủy viên, uỷ viên,
    thường vụ, bảo tàng, thư viện, vườn quốc gia, cảng vụ, xí nghiệp, câu lạc bộ, mobifone,
    vnpost, công chức tư pháp, công chức địa chính, công chức văn hóa, công chức văn phòng,
    công chức tài chính, công chức chuyên môn, pvn, tkv, vec
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
    quỹ, khối, ông, bà, đồng chí, từng, tư vấn, đơn vị quản lý, đơn vị tư vấn, chi nhánh, chi
    bộ, đảng bộ, hạt kiểm lâm, đồn biên phòng, thi hành án dân sự, trạm, đội, công chức, bộ
    phận một cửa, bộ phận tiếp nhận, tổ trưởng, phó tổ trưởng, đặc khu, mobifone, ngành
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
    khám, chữa bệnh, tiêm, phun, dập dịch, truy vết, trực tiếp, vệ sinh, trồng, chăm sóc, khẩn
    trương, tiếp tục, chủ động, chủ trì, phối hợp, cần, phải, có trách nhiệm, chịu trách
    nhiệm, tập trung, tăng cường, thực hiện, triển khai, rà soát, xây dựng, nghiên cứu, đề
    xuất, báo cáo, tổng hợp, hướng dẫn, kiểm tra, giám sát, đôn đốc, theo dõi, ban hành, tham
    mưu, trình, lập, bố trí, cân đối, hoàn thiện, hoàn thành, đẩy mạnh, đẩy nhanh, quyết liệt,
    kịp thời, sớm, chỉ đạo, quan tâm, nâng cao, phát huy, đảm bảo, bảo đảm, căn cứ, trên cơ
    sở, theo chức năng, theo thẩm quyền, theo nhiệm vụ, theo đúng, có ý kiến, có giải pháp, có
    biện pháp, có phương án, có kế hoạch, có văn bản, gửi, cung cấp, cập nhật, công bố, công
    khai, đăng ký, đánh giá, xác định, xác minh, làm rõ, xử lý, giải quyết, tháo gỡ, khắc
    phục, hỗ trợ, giúp, đề nghị, yêu cầu, giao, phân công, cử, mời, chuẩn bị, tiến hành, tiếp
    thu, tiếp nhận, bàn giao, quản lý, vận hành, khai thác, sử dụng, mua sắm, tuyên truyền,
    phổ biến, quán triệt, tập huấn, đào tạo, bồi dưỡng, kiện toàn, sắp xếp, củng cố, thành
    lập, nghiêm túc, thường xuyên, định kỳ, trong, trước ngày, chậm nhất, nếu, khi, để, nhằm,
    đồng thời, làm, lấy, đưa, coi, xem xét, thẩm định, phê duyệt, quyết định, ký, ưu tiên,
    thúc đẩy, huy động, vận động, khuyến khích, hạn chế, ngăn chặn, phòng ngừa, phòng chống,
    chấm dứt, dừng, tạm dừng, điều tra, thống kê, kê khai, thu, nộp, cho phép, thống nhất,
    nhất trí, đồng ý, ghi nhận, biểu dương, đã, đang, sẽ, vừa, được, bị, là, dự thảo, tìm
    kiếm, tham vấn, tính toán, lựa chọn, thí điểm, nhân rộng, ứng dụng, số hóa, số hoá, kết
    nối, tích hợp, chia sẻ, áp dụng, điều chỉnh, sửa đổi, bổ sung, tích cực, linh hoạt, đổi
    mới, duy trì, phấn đấu, bám sát, làm việc, liên hệ, đàm phán, khảo sát, thi công, khởi
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
    giá, giải thích, tập hợp, lồng ghép, cải tạo, nâng cấp, đầu tư xây dựng, dọn dẹp, nhắc
    nhở, biên soạn, soạn thảo, cấu hình, tổng kết, sơ kết, kiểm đếm, kiểm soát, tạm ứng, phân
    quyền, xét duyệt, chốt, nhập liệu, làm sạch, đồng bộ, chuẩn hóa, chuẩn hoá, thu gom, khen
    thưởng, đăng tải, phát hành, phát sóng, đưa tin, xử phạt, luân chuyển, điều động, bổ
    nhiệm, tuyển dụng, bảo trì, bảo dưỡng, tu bổ, tôn tạo, trùng tu, vận chuyển, lắng nghe,
    đối thoại, nắm bắt, dự báo, cảnh báo, tuần tra, khởi tố, hoàn trả, truy thu, so sánh, diễn
    tập, huấn luyện, hợp tác với, ký kết, tinh giản, cơ cấu lại, tái cơ cấu, sáp nhập, giải
    thể, chuyển đổi, chuyển giao, thay đổi, thẩm tra, phản biện, góp ý, tham gia ý kiến, lấy ý
    kiến, xin ý kiến, lưu trữ, bảo quản, niêm yết, đo lường, mời gọi, kêu gọi, quyên góp, ủng
    hộ, trợ giúp, chăm lo, thăm hỏi, cấp phép, gia hạn, đấu giá, đấu thầu, định giá, xác lập,
    thiết lập, thử nghiệm, cài đặt, phát hiện, khoanh vùng, sàng lọc, tận dụng, khơi thông, rà
    quét, tối ưu, nhân bản, làm tốt, có phương pháp, có hướng, chịu, đề cao, gương mẫu, vận
    dụng, tiết kiệm, giảm, tăng, xây, thuê, mua, bán, tuyển, chấm, hoàn tất, kết thúc, khởi
    động, bắt đầu, dứt điểm, ổn định, cam đoan, tái định cư, tái lập, xác nhận, chứng thực,
    công nhận, công chứng, tôn vinh, biểu diễn, trưng bày, vận hành thử, quy tụ, tập kết,
    cũng, triệu tập, họp, kiểm kê, theo sát, hoàn chỉnh, định hướng, giải đáp, phân giao, rà
    phá, kiểm thử, ký số, ký hợp đồng, đốc thúc, kiểm định, kết nạp, giáo dục, tăng thu, xã
    hội hóa, xã hội hoá, quảng cáo, tôn trọng, giao chỉ tiêu, đăng cai, thăm, phân giải, phủ
    sóng, có báo cáo, có đề xuất, có trách, dàn dựng, trích lập, chỉnh trang, chỉnh lý, nạo
    vét, san lấp, gia cố, tu sửa, sơ tán, cắm mốc, trang bị, trang trí, phân luồng, điều tiết,
    giải tỏa, giải toả, giải phóng, tiếp xúc, giám định, thể chế hóa, thể chế hoá, mã hóa,
    kích hoạt, bãi bỏ, đình chỉ, phúc đáp, phúc tra, thuyết phục, rèn luyện, tiêu hủy, khử
    trùng, cách ly, điều trị, đo đạc, biên tập, xuất bản, đón tiếp, phục vụ, tiếp sóng, đồng
    hành, đăng tin, gắn biển, gắn mã, tích lũy, trao quyền, trao tặng, khơi dậy, bình xét,
    bình chọn, suy tôn, kỷ luật, phê bình, đề bạt, phân định, hoạch định, chủ công, cấp đổi,
    nhập dữ liệu, nhập thông tin, hiệu chỉnh, nhân dịp, phản ánh, phân bố, lên kế hoạch, lên
    phương án, ra soát, ra quân, ra văn bản, ra thông báo, xử trí, niêm phong, quay phim, treo
    cờ, khẩn cấp, tham khảo, học tập, tranh thủ, tận thu, khơi mở, khai báo, ghi hình, gắn
    kết, gắn với, phối kết hợp, kết hợp, tăng tốc, giúp đỡ, bám địa bàn, đi thực tế, đi kiểm
    tra, trích, rà, dự toán, chỉ định, tổng rà soát, chung tay, hưởng ứng, đóng góp, xung
    kích, nhận diện, loại bỏ, giao ban, tái cấu trúc, hiện đại hóa, hiện đại hoá, tự động hóa,
    cá thể hóa
    """
)
