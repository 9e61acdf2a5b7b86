"""The session that Party and State leaders both conclude; and its supplement under review."""

from tracker.conclusions.rules import Attendance, ClauseVerdict, RaisedKind, SourceKind
from tracker.demo.script import (
    ALL_DEPARTMENTS,
    Aim,
    Asked,
    Attendee,
    Gathering,
    Order,
    Point,
    Raised,
    Section,
    done,
    going,
    late,
    new,
    received,
    returned,
    waiting,
)

_GUIDANCE = ClauseVerdict.GUIDANCE
STATE, PARTY = "Trần Minh Đức", "Cao Thế Vượng"

LEADERS = Gathering(
    key="leaders",
    kind=SourceKind.SESSION,
    boards=("CCHC", "CDS"),
    title="Phiên họp chuyên đề đánh giá SIPAS, Chỉ số CCHC năm {index} và nhiệm vụ trọng tâm",
    held=-32,
    issued=-29,
    assigned=-28,
    number="41/TB-BCĐ",
    notice_title="Kết luận của lãnh đạo Tỉnh ủy, UBND tỉnh tại Phiên họp chuyên đề của Ban Chỉ "
    "đạo Cải cách hành chính và Chuyển đổi số",
    place="Hội trường Tỉnh ủy",
    summary="Phường Hòa Lạc: Chỉ số CCHC đạt 80,37%; Chỉ số hài lòng SIPAS đạt 95,12%, tăng "
    "6,24% so với năm {before}.",
    signer="Trần Minh Đức, Trưởng ban",
    letterhead=("ỦY BAN NHÂN DÂN TỈNH HÀ AN", "BAN CHỈ ĐẠO CCHC - BAN CHỈ ĐẠO CĐS"),
    opening="Ngày {-32}, tại Hội trường Tỉnh ủy, Ban Chỉ đạo họp phiên chuyên đề; Bí thư Tỉnh ủy "
    "Cao Thế Vượng dự và phát biểu chỉ đạo. Lãnh đạo Tỉnh ủy, UBND tỉnh kết luận như sau:",
    closing="Ban Chỉ đạo thông báo để các cơ quan, đơn vị, địa phương biết, thực hiện./.",
    attendees=(
        Attendee(PARTY, "Bí thư Tỉnh ủy", Attendance.PARTY_LEADER, concludes=True),
        Attendee(
            STATE,
            "Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo",
            Attendance.CHAIR,
            concludes=True,
        ),
        Attendee("Tống Khánh Toàn", "Chánh Văn phòng Tỉnh ủy", Attendance.ATTENDEE),
        Attendee("Vũ Thị Lan", "Tổ giúp việc", Attendance.ATTENDEE),
    ),
    raised=(
        Raised(
            "HOALAC",
            RaisedKind.DIFFICULTY,
            "Người dân lớn tuổi chưa quen nộp hồ sơ trực tuyến, tổ hỗ trợ còn mỏng.",
        ),
        Raised(
            "DONGSON",
            RaisedKind.PROPOSAL,
            "Nhân rộng mô hình “Ngày thứ Năm không giấy” của phường Đông Sơn.",
        ),
    ),
    sections=(
        Section(
            "I",
            "KẾT QUẢ",
            (
                Point(
                    "I.1",
                    "Chỉ số CCHC của phường Hòa Lạc đạt 80,37%; Chỉ số hài lòng SIPAS đạt 95,12%, "
                    "tăng 6,24% so với năm {before}.",
                    verdict=ClauseVerdict.NO_TASK,
                    reason="Nêu kết quả, không giao việc.",
                ),
            ),
        ),
        Section(
            "II",
            "MỤC TIÊU",
            (
                Point(
                    "II.1",
                    "Sở Khoa học và Công nghệ phấn đấu đạt hạng 6/12 về Chỉ số chuyển đổi số khối "
                    "sở, ngành.",
                    verdict=ClauseVerdict.TARGET,
                    aim=Aim("HANG-DTI", "6", 12, "Sở Khoa học và Công nghệ"),
                    by=STATE,
                ),
                Point(
                    "II.2",
                    "Thúc đẩy số hóa hồ sơ, kết quả giải quyết thủ tục để tái sử dụng; phát triển "
                    "kinh tế số, xã hội số; bảo đảm an toàn, an ninh thông tin.",
                    verdict=_GUIDANCE,
                    by=PARTY,
                ),
            ),
        ),
        Section(
            "III",
            "NHIỆM VỤ",
            (
                Point(
                    "III.1",
                    "Việc thực hiện các chỉ tiêu thành phần phải có kế hoạch chi tiết: các sở, "
                    "ngành ban hành kế hoạch chi tiết từng chỉ tiêu thành phần trước ngày {+6}.",
                    (
                        Order(
                            "Ban hành kế hoạch chi tiết cho từng chỉ tiêu thành phần được giao",
                            ALL_DEPARTMENTS,
                            6,
                            going(20, ago=6),
                            product="Kế hoạch chi tiết",
                            field=1,
                            star=True,
                            told=("Đang lập danh mục chỉ tiêu thành phần.",),
                            result="Đã ban hành kế hoạch chi tiết.",
                            parts=(
                                ("SNV", done(12)),
                                ("SYT", done(10)),
                                ("STP", waiting(1)),
                                ("SKHCN", going(60, ago=3)),
                                ("STC", going(40, ago=5)),
                                ("SGDDT", going(80, ago=2)),
                                ("BQLKKT", new()),
                                ("SCT", new()),
                            ),
                        ),
                    ),
                    by=PARTY,
                ),
                Point(
                    "III.2",
                    "Sở Văn hóa, Thể thao và Du lịch đẩy mạnh truyền thông, nâng cao nhận thức, kỹ "
                    "năng số; tổ chức tháng hành động vì kỹ năng số trong {month}.",
                    (
                        Order(
                            "Tổ chức tháng hành động vì kỹ năng số",
                            "SVHTTDL",
                            "month",
                            going(25, ago=4),
                            product="Kế hoạch, báo cáo kết quả",
                            field=7,
                            told=("Đã ban hành kế hoạch tháng hành động.",),
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.3",
                    "Sở Công Thương xây dựng mô hình kết hợp cơ quan nhà nước - doanh nghiệp về "
                    "thanh toán số tại chợ trước ngày {+18}.",
                    (
                        Order(
                            "Mô hình kết hợp cơ quan nhà nước - doanh nghiệp về thanh toán số tại "
                            "chợ",
                            "SCT",
                            18,
                            going(35, ago=5),
                            joint=("THUE", "DONGSON"),
                            product="Đề án mô hình, 02 chợ thí điểm",
                            field=8,
                            told=("Đã chọn 2 chợ thí điểm tại phường Đông Sơn, Tân Thịnh.",),
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.4",
                    "UBND phường Hòa Lạc hướng dẫn người dân chấm điểm hài lòng khi nhận kết quả "
                    "trước ngày {-4}; UBND phường Tân Thịnh niêm yết kênh phản ánh trước ngày "
                    "{-9}.",
                    (
                        Order(
                            "Hướng dẫn người dân chấm điểm hài lòng khi nhận kết quả",
                            "HOALAC",
                            -4,
                            going(45, ago=6),
                            product="Báo cáo số lượt chấm điểm",
                            field=8,
                            told=("Đã đặt 2 máy chấm điểm.",),
                        ),
                        Order(
                            "Niêm yết kênh tiếp nhận phản ánh, kiến nghị",
                            "TANTHINH",
                            -9,
                            done(1),
                            product="Ảnh niêm yết",
                            field=3,
                            result="Niêm yết tại 14 tổ dân phố.",
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.5",
                    "Sở Nội vụ tổng hợp, đề xuất giải pháp nâng Chỉ số CCHC trước ngày {-12}; báo "
                    "cáo kết quả xếp loại chỉ số hài lòng {quarter} khi kết thúc quý.",
                    (
                        Order(
                            "Tổng hợp, đề xuất giải pháp nâng Chỉ số CCHC",
                            "SNV",
                            -12,
                            done(1, on_behalf=True),
                            product="Tờ trình",
                            field=1,
                            officer="chuyenvien",
                            told=("Đã tổng hợp đề xuất của 31 đơn vị.",),
                            result="Trình 18 giải pháp, ước tăng 5,2 điểm.",
                            document="1240/TTr-SNV",
                        ),
                        Order(
                            "Báo cáo kết quả xếp loại chỉ số hài lòng",
                            "SNV",
                            "quarter",
                            received(15),
                            product="Báo cáo",
                            field=8,
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.6",
                    "Tổ giúp việc tham mưu, đề xuất với Ban Chỉ đạo về các lĩnh vực có liên quan.",
                    verdict=_GUIDANCE,
                    by=PARTY,
                ),
                Point(
                    "III.7",
                    "Sở Y tế báo cáo kết quả giảm thời gian chờ khám trước ngày {-18}; Sở Giáo dục "
                    "và Đào tạo công khai tuyển sinh trực tuyến trước ngày {-16}.",
                    (
                        Order(
                            "Báo cáo kết quả giảm thời gian chờ khám",
                            "SYT",
                            -18,
                            late(2),
                            product="Báo cáo",
                            field=8,
                            result="Thời gian chờ khám giảm từ 62 xuống 41 phút.",
                            document="512/BC-SYT",
                        ),
                        Order(
                            "Công khai tuyển sinh trực tuyến",
                            "SGDDT",
                            -16,
                            done(3),
                            product="Đường dẫn công khai",
                            field=8,
                            result="Công khai tại 142 trường.",
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.8",
                    "Sở Nông nghiệp và Môi trường phối hợp UBND phường Liên Hòa xử lý dứt điểm hồ "
                    "sơ đất đai trễ hạn trước ngày {-6}; Sở Xây dựng công bố bản đồ quy hoạch số "
                    "trước ngày {+14}.",
                    (
                        Order(
                            "Xử lý dứt điểm hồ sơ đất đai trễ hạn tại phường Liên Hòa",
                            "SNNMT",
                            -6,
                            going(85, ago=2),
                            joint=("LIENHOA",),
                            asked=Asked(
                                to=10,
                                ago=1,
                                reason="19 hồ sơ phải trích đo lại, đơn vị đo hẹn trả tuần tới.",
                                done="Đã xử lý 112/131 hồ sơ.",
                            ),
                            product="Báo cáo kết quả, danh sách hồ sơ",
                            field=3,
                            told=("Đã xử lý 112/131 hồ sơ.",),
                        ),
                        Order(
                            "Công bố bản đồ quy hoạch số",
                            "SXD",
                            14,
                            going(30, ago=4),
                            product="Bản đồ trên cổng thông tin",
                            field=7,
                            told=("Đã chuẩn hóa dữ liệu của 9 địa phương.",),
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.9",
                    "Công an tỉnh đẩy mạnh kết nối dữ liệu dân cư phục vụ giải quyết thủ tục; Bảo "
                    "hiểm xã hội tỉnh rà soát dữ liệu trẻ em dưới 6 tuổi.",
                    (
                        Order(
                            "Kết nối dữ liệu dân cư phục vụ giải quyết thủ tục",
                            "CAT",
                            "awaiting",
                            received(22),
                            product="Báo cáo kết nối",
                            field=7,
                        ),
                        Order(
                            "Rà soát dữ liệu trẻ em dưới 6 tuổi",
                            "BHXH",
                            15,
                            new(),
                            basis=("proposed", ""),
                            product="Danh sách đã đối chiếu",
                            field=7,
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.10",
                    "Trung tâm Phục vụ hành chính công tỉnh thí điểm trả kết quả tại nhà trước "
                    "ngày {+7}; Văn phòng UBND tỉnh rà soát cắt giảm thời gian giải quyết nội bộ.",
                    (
                        Order(
                            "Thí điểm trả kết quả tại nhà",
                            "TTPVHCC",
                            7,
                            going(55, ago=3),
                            product="Báo cáo thí điểm",
                            field=3,
                            told=("Đã trả 640 kết quả qua bưu chính công ích.",),
                        ),
                        Order(
                            "Rà soát cắt giảm thời gian giải quyết nội bộ",
                            "VPUBND",
                            -5,
                            waiting(6),
                            basis=("letter", "Công văn 3311/UBND-NC"),
                            words="rà soát cắt giảm",
                            product="Danh mục cắt giảm",
                            field=3,
                            told=("Đã rà soát 88 thủ tục nội bộ.",),
                            result="Đề xuất cắt giảm thời gian của 41 thủ tục nội bộ.",
                            document="1507/VP-KSTT",
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.11",
                    "UBND các phường Đông Sơn, Nam Cường, Bắc Lâm hoàn thành tập huấn kỹ năng số "
                    "cho tổ công nghệ số cộng đồng trước ngày {-3}.",
                    (
                        Order(
                            "Tập huấn kỹ năng số cho tổ công nghệ số cộng đồng",
                            "DONGSON",
                            -3,
                            going(70, ago=12),
                            product="Danh sách học viên",
                            field=7,
                            told=("Đã tập huấn 21/30 tổ.",),
                        ),
                        Order(
                            "Tập huấn kỹ năng số cho tổ công nghệ số cộng đồng",
                            "NAMCUONG",
                            -3,
                            done(2),
                            product="Danh sách học viên",
                            field=7,
                            result="Tập huấn đủ 24 tổ, 196 người.",
                        ),
                        Order(
                            "Tập huấn kỹ năng số cho tổ công nghệ số cộng đồng",
                            "BACLAM",
                            -3,
                            waiting(2),
                            product="Danh sách học viên",
                            field=7,
                            told=("Đã tập huấn 15/18 tổ.",),
                            result="Tập huấn đủ 18 tổ, 133 người.",
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.12",
                    "Thanh tra tỉnh kiểm tra đột xuất 06 xã, phường từ ngày {-5} đến ngày {+5}.",
                    (
                        Order(
                            "Kiểm tra đột xuất 06 xã, phường",
                            "TTT",
                            5,
                            going(50, ago=1),
                            product="Báo cáo kiểm tra",
                            field=5,
                            told=("Đã kiểm tra 3/6 địa phương.",),
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.13",
                    "Văn phòng Tỉnh ủy phối hợp lồng ghép nội dung cải cách hành chính vào chương "
                    "trình kiểm tra của Đảng; Ủy ban MTTQ Việt Nam tỉnh giám sát việc tiếp công "
                    "dân tại cấp xã trước ngày {+22}.",
                    (
                        Order(
                            "Lồng ghép nội dung cải cách hành chính vào chương trình kiểm tra của "
                            "Đảng",
                            "VPTU",
                            "without",
                            received(18),
                            field=1,
                        ),
                        Order(
                            "Giám sát việc tiếp công dân tại cấp xã",
                            "MTTQ",
                            22,
                            going(20, ago=8),
                            product="Báo cáo giám sát",
                            field=8,
                            told=("Đã ban hành kế hoạch giám sát tại 5 xã, phường.",),
                        ),
                    ),
                    by=PARTY,
                ),
                Point(
                    "III.14",
                    "UBND xã Long Khê, UBND xã Mỹ Tân báo cáo kết quả xử lý hồ sơ công việc trên "
                    "môi trường mạng hằng tháng trước ngày 25.",
                    (
                        Order(
                            "Báo cáo kết quả xử lý hồ sơ công việc trên môi trường mạng",
                            "LONGKHE",
                            "monthly",
                            going(0, ago=6),
                            product="Báo cáo tháng",
                            field=7,
                            told=("Đạt 91,4% hồ sơ trên môi trường mạng.",),
                        ),
                        Order(
                            "Báo cáo kết quả xử lý hồ sơ công việc trên môi trường mạng",
                            "MYTAN",
                            "monthly",
                            going(0, ago=25),
                            product="Báo cáo tháng",
                            field=7,
                            told=("Đạt 74% hồ sơ trên môi trường mạng.",),
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.15",
                    "Thuế tỉnh hoàn thành kết nối biên lai điện tử với hệ thống một cửa trong 25 "
                    "ngày làm việc kể từ ngày ban hành Thông báo này; Sở Tài chính trình phương án "
                    "kinh phí số hóa trong {month}.",
                    (
                        Order(
                            "Kết nối biên lai điện tử với hệ thống một cửa",
                            "THUE",
                            "counted",
                            going(95, ago=1),
                            product="Biên bản kết nối",
                            field=6,
                            told=("Đã kết nối xong, chờ xác nhận của ngân hàng.",),
                        ),
                        Order(
                            "Phương án kinh phí số hóa",
                            "STC",
                            "month",
                            received(10),
                            product="Phương án trình UBND tỉnh",
                            field=6,
                        ),
                    ),
                    by=STATE,
                ),
                Point(
                    "III.16",
                    "UBND phường Cầu Đất giải trình nguyên nhân mất điểm trước ngày {-11}; UBND "
                    "phường Trung Nghĩa, UBND phường Phú Xuân rà soát kênh tiếp nhận phản ánh.",
                    (
                        Order(
                            "Giải trình nguyên nhân mất điểm Chỉ số CCHC",
                            "CAUDAT",
                            -11,
                            new(),
                            product="Văn bản giải trình",
                            field=1,
                            star=True,
                        ),
                        Order(
                            "Rà soát kênh tiếp nhận phản ánh, kiến nghị",
                            "TRUNGNGHIA",
                            "awaiting",
                            returned(
                                2,
                                "Kênh tiếp nhận do Trung tâm Phục vụ hành chính công quản lý.",
                                "TTPVHCC",
                            ),
                            field=3,
                        ),
                        Order(
                            "Rà soát kênh tiếp nhận phản ánh, kiến nghị",
                            "PHUXUAN",
                            "awaiting",
                            received(25),
                            field=3,
                        ),
                    ),
                    by=STATE,
                ),
            ),
        ),
    ),
)

SUPPLEMENT = Gathering(
    key="supplement",
    kind=SourceKind.SESSION,
    boards=("CCHC", "CDS"),
    title="",
    held=-32,
    issued=-1,
    assigned=None,
    number="",
    notice_title="Bổ sung kết luận tại Phiên họp chuyên đề (Thông báo 41/TB-BCĐ)",
    letterhead=("ỦY BAN NHÂN DÂN TỈNH HÀ AN", "BAN CHỈ ĐẠO CCHC - BAN CHỈ ĐẠO CĐS"),
    opening="Tiếp theo Thông báo số 41/TB-BCĐ ngày {-29}, Trưởng Ban Chỉ đạo có kết luận bổ sung "
    "như sau:",
    closing="Ban Chỉ đạo thông báo để các đơn vị biết, thực hiện./.",
    attendees=(),
    supplements="leaders",
    sections=(
        Section(
            "I",
            "NHIỆM VỤ BỔ SUNG",
            (
                Point(
                    "I.1",
                    "Sở Nội vụ chủ trì, phối hợp với Văn phòng UBND tỉnh trình kế hoạch kiểm tra "
                    "công vụ trước ngày {+20}.",
                ),
                Point(
                    "I.2",
                    "Sở Văn hóa, Thể thao và Du lịch, Sở Công Thương chủ trì tuyên truyền thanh "
                    "toán không dùng tiền mặt trong {quarter}.",
                ),
                Point(
                    "I.3",
                    "UBND các xã, phường khẩn trương niêm yết lại bộ thủ tục đã thay đổi.",
                ),
                Point(
                    "I.4",
                    "Giao nhiệm vụ cải cách hành chính đến từng bộ phận; Tổ giúp việc theo dõi, đề "
                    "xuất.",
                ),
            ),
        ),
    ),
)
