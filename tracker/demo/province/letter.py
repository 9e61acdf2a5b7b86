"""A letter of the chairperson: another source of tasks beside the meetings."""

from tracker.conclusions.rules import SourceKind
from tracker.demo.script import (
    Gathering,
    Order,
    Point,
    Section,
    done,
    going,
    late,
    new,
    received,
)

LETTER = Gathering(
    key="letter",
    kind=SourceKind.LETTER,
    boards=("CDS",),
    title="Công văn chỉ đạo đẩy mạnh dịch vụ công trực tuyến",
    held=-24,
    issued=-22,
    assigned=-21,
    number="3105/UBND-KSTT",
    notice_title="V/v đẩy mạnh cung cấp, sử dụng dịch vụ công trực tuyến",
    signer="Hoàng Gia Bảo, Phó Chủ tịch UBND tỉnh",
    letterhead=("ỦY BAN NHÂN DÂN", "TỈNH HÀ AN"),
    opening="Để nâng cao hiệu quả dịch vụ công trực tuyến, Chủ tịch UBND tỉnh yêu cầu:",
    closing="Văn phòng UBND tỉnh theo dõi, đôn đốc việc thực hiện./.",
    attendees=(),
    sections=(
        Section(
            "I",
            "NỘI DUNG THỰC HIỆN",
            (
                Point(
                    "I.1",
                    "Sở Khoa học và Công nghệ khắc phục lỗi đăng nhập trên cổng dịch vụ công trước "
                    "ngày {-11}; trình phương án nâng cấp đường truyền trước ngày {+16}.",
                    (
                        Order(
                            "Khắc phục lỗi đăng nhập trên cổng dịch vụ công",
                            "SKHCN",
                            -11,
                            done(2),
                            product="Báo cáo khắc phục",
                            field=7,
                            told=("Đã xác định lỗi ở khâu xác thực.",),
                            result="Cổng hoạt động ổn định 10 ngày liền.",
                            document="402/BC-SKHCN",
                        ),
                        Order(
                            "Phương án nâng cấp đường truyền cho ba xã vùng cao",
                            "SKHCN",
                            16,
                            going(30, ago=3),
                            joint=("STC",),
                            product="Phương án trình UBND tỉnh",
                            field=7,
                            told=("Đã khảo sát tại 2/3 xã.",),
                        ),
                    ),
                ),
                Point(
                    "I.2",
                    "UBND phường Nam Cường, UBND phường Quang Trung bố trí điểm hỗ trợ nộp hồ sơ "
                    "trực tuyến trước ngày {-4}.",
                    (
                        Order(
                            "Bố trí điểm hỗ trợ nộp hồ sơ trực tuyến",
                            "NAMCUONG",
                            -4,
                            late(1),
                            product="Ảnh, danh sách người trực",
                            field=7,
                            told=("Đã chọn 3 địa điểm.",),
                            result="Ba điểm hỗ trợ hoạt động.",
                        ),
                        Order(
                            "Bố trí điểm hỗ trợ nộp hồ sơ trực tuyến",
                            "QUANGTRUNG",
                            -4,
                            received(18),
                            product="Ảnh, danh sách người trực",
                            field=7,
                        ),
                    ),
                ),
                Point(
                    "I.3",
                    "UBND phường Vạn Phúc, UBND phường Hưng Thắng cấp chữ ký số cho công chức một "
                    "cửa trước ngày {+4}.",
                    (
                        Order(
                            "Cấp chữ ký số cho công chức một cửa",
                            "VANPHUC",
                            4,
                            going(60, ago=2),
                            product="Danh sách chứng thư số",
                            field=7,
                            told=("Đã cấp 6/10 chữ ký số.",),
                        ),
                        Order(
                            "Cấp chữ ký số cho công chức một cửa",
                            "HUNGTHANG",
                            4,
                            new(),
                            product="Danh sách chứng thư số",
                            field=7,
                        ),
                    ),
                ),
                Point(
                    "I.4",
                    "UBND xã Xuân Hòa, UBND xã Tây Giang thí điểm chứng thực điện tử trước ngày "
                    "{+28}.",
                    (
                        Order(
                            "Thí điểm chứng thực điện tử",
                            "XUANHOA",
                            28,
                            going(40, ago=4),
                            product="Báo cáo thí điểm",
                            field=3,
                            told=("Đã chứng thực 42 bản điện tử.",),
                        ),
                        Order(
                            "Thí điểm chứng thực điện tử",
                            "TAYGIANG",
                            28,
                            received(12),
                            product="Báo cáo thí điểm",
                            field=3,
                        ),
                    ),
                ),
                Point(
                    "I.5",
                    "Văn phòng UBND tỉnh công khai hằng tuần tỷ lệ hồ sơ trực tuyến của từng đơn "
                    "vị; thực hiện thường xuyên.",
                    (
                        Order(
                            "Công khai hằng tuần tỷ lệ hồ sơ trực tuyến của từng đơn vị",
                            "VPUBND",
                            "standing",
                            going(0, ago=3),
                            field=7,
                            told=("Đã công khai tuần thứ ba.",),
                        ),
                    ),
                ),
            ),
        ),
    ),
)
