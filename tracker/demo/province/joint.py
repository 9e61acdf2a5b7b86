"""The joint session of both committees: lost points explained, one order to every commune."""

from tracker.conclusions.rules import Attendance, ClauseVerdict, RaisedKind, SourceKind
from tracker.demo.script import (
    ALL_COMMUNES,
    Attendee,
    Gathering,
    Moved,
    Order,
    Point,
    Raised,
    Section,
    Story,
    done,
    going,
    late,
    new,
    redo,
    waiting,
)

_GUIDANCE = ClauseVerdict.GUIDANCE


def _plan_stories() -> tuple[tuple[str, Story], ...]:
    """Return what became of the communes' plans: two of 23 are still missing."""
    return (
        ("VINHTHUAN", new()),
        ("ANKHANH", going(10, ago=45)),
        ("CAUDAT", late(16)),
        ("MYTAN", late(4)),
        ("SONLAM", late(9)),
        ("NGOCHOI", late(2)),
        ("TANTHINH", done(6)),
        ("LONGKHE", done(11)),
        ("DONGSON", done(9)),
        ("PHULOC", done(1)),
    )


JOINT = Gathering(
    key="joint",
    kind=SourceKind.SESSION,
    boards=("CCHC", "CDS"),
    title="Phiên họp {quarter_of -95} của Ban Chỉ đạo Cải cách hành chính và Ban Chỉ đạo Chuyển "
    "đổi số",
    held=-95,
    issued=-91,
    assigned=-90,
    number="27/TB-BCĐ",
    notice_title="Kết luận của Chủ tịch UBND tỉnh tại Phiên họp {quarter_of -95} của Ban Chỉ đạo "
    "Cải cách hành chính và Ban Chỉ đạo Chuyển đổi số",
    place="Phòng họp số 1, UBND tỉnh",
    summary="Phường Tân Thịnh đạt 73,63/100 điểm Chỉ số CCHC, giảm 4,30 điểm (năm {before}: "
    "77,93), hạng 11/15 khối phường; Chỉ số chuyển đổi số đạt 409,66/600 điểm. Kế hoạch năm "
    "{index} hoàn thành 30/30 nhiệm vụ.",
    signer="Trần Minh Đức, Chủ tịch UBND tỉnh",
    letterhead=("ỦY BAN NHÂN DÂN TỈNH HÀ AN", "BAN CHỈ ĐẠO CCHC - BAN CHỈ ĐẠO CĐS"),
    opening="Ngày {-95}, Chủ tịch UBND tỉnh Trần Minh Đức chủ trì phiên họp của hai Ban Chỉ đạo. "
    "Sau khi đại diện các cơ quan chuyên môn giải trình nội dung mất điểm của từng nhóm chỉ số, "
    "Chủ tịch UBND tỉnh kết luận như sau:",
    closing="Văn phòng UBND tỉnh thông báo để các đơn vị biết, thực hiện./.",
    attendees=(
        Attendee(
            "Trần Minh Đức",
            "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh",
            Attendance.CHAIR,
            concludes=True,
        ),
        Attendee("Nguyễn Thị Bích Thủy", "Giám đốc Sở Nội vụ", Attendance.ATTENDEE),
        Attendee("Đặng Quốc Hưng", "Giám đốc Sở Khoa học và Công nghệ", Attendance.ATTENDEE),
        Attendee("Bùi Thị Ngọc Anh", "Chủ tịch UBND phường Tân Thịnh", Attendance.ATTENDEE),
    ),
    raised=(
        Raised(
            "TANTHINH",
            RaisedKind.DIFFICULTY,
            "Ba thủ tục đất đai chưa cấu hình mã thanh toán; người dân vẫn nộp tiền mặt.",
        ),
        Raised(
            "SKHCN",
            RaisedKind.PROPOSAL,
            "Đề nghị bố trí kinh phí nâng cấp kho dữ liệu số hóa dùng chung.",
        ),
        Raised(
            "ANKHANH",
            RaisedKind.DIFFICULTY,
            "Thiếu công chức có chuyên môn công nghệ thông tin sau sắp xếp.",
        ),
    ),
    sections=(
        Section(
            "I",
            "ĐÁNH GIÁ CHUNG",
            (
                Point(
                    "I.1",
                    "Năm {index}, 100% cơ quan, đơn vị, địa phương và đơn vị ngành dọc đã ban hành "
                    "kế hoạch; hoàn thành 30/30 nhiệm vụ, đạt 100%.",
                    verdict=ClauseVerdict.NO_TASK,
                    reason="Nêu kết quả, không giao việc.",
                ),
                Point(
                    "I.2",
                    "Một số tiêu chí thành phần đạt kết quả chưa cao; phường Tân Thịnh đạt 73,63 "
                    "điểm, giảm 4,30 điểm, hạng 11/15; Chỉ số chuyển đổi số đạt 409,66/600 điểm.",
                    verdict=_GUIDANCE,
                ),
            ),
        ),
        Section(
            "II",
            "NHIỆM VỤ",
            (
                Point(
                    "II.1",
                    "Chủ tịch UBND các xã, phường trên cơ sở chức năng, nhiệm vụ được giao khẩn "
                    "trương xây dựng kế hoạch khắc phục tồn tại, hạn chế của Chỉ số CCHC năm "
                    "{index}.",
                    (
                        Order(
                            "Xây dựng kế hoạch khắc phục tồn tại, hạn chế của Chỉ số CCHC năm "
                            "{index}",
                            ALL_COMMUNES,
                            -62,
                            done(4),
                            basis=("leader", "Ý kiến của Chủ tịch UBND tỉnh ngày {-91}"),
                            words="khẩn trương",
                            product="Kế hoạch khắc phục của xã, phường",
                            field=1,
                            star=True,
                            told=("Đã họp các bộ phận, lập danh mục tiêu chí mất điểm.",),
                            result="Đã ban hành kế hoạch khắc phục, gửi Cơ quan Thường trực.",
                            parts=_plan_stories(),
                            remedies=("1.1.1",),
                        ),
                    ),
                ),
                Point(
                    "II.2",
                    "Sở Khoa học và Công nghệ hoàn thành kết nối kho dữ liệu số hóa hồ sơ với hệ "
                    "thống thông tin giải quyết thủ tục hành chính trước ngày {-48}.",
                    (
                        Order(
                            "Hoàn thành kết nối kho dữ liệu số hóa hồ sơ với hệ thống thông tin "
                            "giải quyết thủ tục hành chính",
                            "SKHCN",
                            -48,
                            going(65, ago=1),
                            joint=("STC", "TTPVHCC"),
                            product="Biên bản nghiệm thu kết nối",
                            field=7,
                            star=True,
                            told=(
                                "Đã kết nối thử với 5 phường.",
                                "Đã kết nối 14/23 địa phương; chờ bổ sung kinh phí lưu trữ.",
                            ),
                            remedies=("7.2.2",),
                            elsewhere=("NQ57-HAAN-031", -54),
                            instructed=(
                                6,
                                "Sở Tài chính làm việc trực tiếp, báo cáo tại phiên họp tới.",
                            ),
                        ),
                    ),
                ),
                Point(
                    "II.3",
                    "UBND phường Tân Thịnh tổ chức thanh toán trực tuyến tại bộ phận một cửa, bảo "
                    "đảm tối thiểu 50% hồ sơ có phí, trước ngày {-13}.",
                    (
                        Order(
                            "Tổ chức thanh toán trực tuyến tại bộ phận một cửa, tối thiểu 50% hồ "
                            "sơ có phí",
                            "TANTHINH",
                            -13,
                            going(70, ago=4),
                            product="Báo cáo tỷ lệ thanh toán trực tuyến",
                            field=7,
                            star=True,
                            officer="cv.tanthinh",
                            told=(
                                "Đã đặt mã thanh toán tại 5 quầy.",
                                "Tỷ lệ thanh toán trực tuyến đạt 41,8% số hồ sơ có phí.",
                            ),
                            remedies=("7.3.2",),
                        ),
                    ),
                ),
                Point(
                    "II.4",
                    "Sở Nội vụ hướng dẫn các đơn vị lập biểu khắc phục từng tiêu chí mất điểm "
                    "trước ngày {-82}.",
                    (
                        Order(
                            "Hướng dẫn lập biểu khắc phục từng tiêu chí mất điểm",
                            "SNV",
                            -82,
                            done(2),
                            product="Công văn hướng dẫn kèm biểu mẫu",
                            field=1,
                            told=("Đã soạn biểu mẫu gồm 9 cột.",),
                            result="Ban hành hướng dẫn và tập huấn trực tuyến cho 35 đơn vị.",
                            document="980/SNV-CCHC",
                        ),
                    ),
                ),
                Point(
                    "II.5",
                    "Công an tỉnh, Sở Khoa học và Công nghệ rà soát an toàn thông tin hệ thống "
                    "một cửa trước ngày {-66}.",
                    (
                        Order(
                            "Rà soát an toàn thông tin hệ thống một cửa",
                            "SKHCN",
                            -66,
                            late(7),
                            joint=("CAT",),
                            product="Báo cáo rà soát, phương án xử lý",
                            field=7,
                            words="",
                            told=("Đã quét 31/40 máy chủ.",),
                            result="Hoàn thành rà soát; xử lý 12 điểm yếu mức cao.",
                            document="318/BC-SKHCN",
                        ),
                    ),
                ),
                Point(
                    "II.6",
                    "Sở Công Thương chủ trì phát triển 05 sàn giới thiệu nông sản của xã trên môi "
                    "trường số trước ngày {-35}; Sở Văn hóa, Thể thao và Du lịch số hóa 20 điểm du "
                    "lịch trước ngày {-25}.",
                    (
                        Order(
                            "Đưa nông sản của 05 xã lên gian hàng trên môi trường số",
                            "SCT",
                            -35,
                            done(2),
                            product="05 gian hàng hoạt động",
                            field=8,
                            told=("Đã mở 3 gian hàng.",),
                            result="Mở đủ 5 gian hàng với 84 sản phẩm.",
                        ),
                        Order(
                            "Số hóa 20 điểm du lịch",
                            "SVHTTDL",
                            -25,
                            going(55, ago=11),
                            product="20 hồ sơ số",
                            field=8,
                            told=("Đã số hóa 11/20 điểm.",),
                        ),
                    ),
                ),
                Point(
                    "II.7",
                    "Sở Giáo dục và Đào tạo triển khai học bạ số ở cấp tiểu học trước ngày {-22}; "
                    "Sở Y tế triển khai hồ sơ sức khỏe điện tử cho 80% dân số trước ngày {+9}.",
                    (
                        Order(
                            "Triển khai học bạ số ở cấp tiểu học",
                            "SGDDT",
                            -22,
                            done(5),
                            product="Báo cáo triển khai",
                            field=7,
                            told=("Đã cấp chữ ký số cho 61% giáo viên.",),
                            result="100% trường tiểu học dùng học bạ số.",
                            document="402/BC-SGDĐT",
                        ),
                        Order(
                            "Triển khai hồ sơ sức khỏe điện tử cho 80% dân số",
                            "SYT",
                            9,
                            going(72, ago=3),
                            product="Báo cáo tỷ lệ hồ sơ",
                            field=7,
                            told=("Đạt 61% dân số.", "Đạt 72% dân số."),
                        ),
                    ),
                ),
                Point(
                    "II.8",
                    "Sở Xây dựng số hóa hồ sơ quy hoạch của 23 xã, phường trước ngày {-40}.",
                    (
                        Order(
                            "Số hóa hồ sơ quy hoạch của 23 xã, phường",
                            "SXD",
                            -40,
                            going(50, ago=15),
                            product="Kho hồ sơ quy hoạch số",
                            field=7,
                            told=("Đã số hóa hồ sơ của 12/23 địa phương.",),
                        ),
                    ),
                ),
                Point(
                    "II.9",
                    "UBND xã Long Khê lắp đặt máy lấy số và màn hình công khai tại bộ phận một cửa "
                    "trước ngày {-2}; UBND phường Hòa Lạc cải tạo trụ sở bộ phận một cửa trước "
                    "ngày {-7}.",
                    (
                        Order(
                            "Lắp đặt máy lấy số và màn hình công khai tại bộ phận một cửa",
                            "LONGKHE",
                            -2,
                            waiting(3),
                            product="Biên bản bàn giao, ảnh hiện trường",
                            field=3,
                            told=("Đã ký hợp đồng lắp đặt.",),
                            result="Đã lắp đặt, chạy thử 5 ngày ổn định.",
                        ),
                        Order(
                            "Cải tạo trụ sở bộ phận một cửa",
                            "HOALAC",
                            -7,
                            redo("Ảnh hiện trường chưa cho thấy lối đi cho người khuyết tật.", 2),
                            product="Biên bản nghiệm thu, ảnh hiện trường",
                            field=3,
                            told=("Đã hoàn thành phần sơn sửa, lắp bàn ghế.",),
                            result="Hoàn thành cải tạo trụ sở.",
                        ),
                    ),
                ),
                Point(
                    "II.10",
                    "Sở Tài chính có ý kiến về dự toán nâng cấp kho dữ liệu trước ngày {-52}.",
                    (
                        Order(
                            "Có ý kiến về dự toán nâng cấp kho dữ liệu",
                            "STC",
                            -52,
                            late(24),
                            product="Văn bản thẩm định",
                            field=6,
                            told=("Hồ sơ dự toán của Sở Khoa học và Công nghệ phải bổ sung.",),
                            result="Thống nhất dự toán 3,2 tỷ đồng.",
                            document="2214/STC-HCSN",
                        ),
                    ),
                ),
                Point(
                    "II.11",
                    "Văn phòng UBND tỉnh công khai kết quả giải quyết hồ sơ của từng xã, phường; "
                    "thực hiện thường xuyên.",
                    (
                        Order(
                            "Công khai kết quả giải quyết hồ sơ của từng xã, phường",
                            "VPUBND",
                            "standing",
                            going(0, ago=5),
                            field=3,
                            told=("Đã công khai kết quả tuần qua.",),
                        ),
                    ),
                ),
                Point(
                    "II.12",
                    "Thanh tra tỉnh kiểm tra trách nhiệm người đứng đầu tại các đơn vị có chỉ số "
                    "giảm trước ngày {-10}.",
                    (
                        Order(
                            "Kiểm tra trách nhiệm người đứng đầu tại các đơn vị có chỉ số giảm",
                            "TTT",
                            -10,
                            going(90, ago=2),
                            product="Báo cáo kết quả kiểm tra",
                            field=1,
                            told=("Đã kiểm tra 6/7 đơn vị.", "Đang hoàn thiện báo cáo."),
                            moved=Moved(
                                3,
                                12,
                                "Chờ giải trình của UBND phường Cầu Đất",
                                "Chủ tịch Trần Minh Đức",
                                "Ý kiến tại Phiếu trình 214",
                            ),
                        ),
                    ),
                ),
                Point(
                    "II.13",
                    "Các đơn vị đề ra giải pháp thực hiện hiệu quả các nhiệm vụ được giao.",
                    verdict=_GUIDANCE,
                ),
            ),
        ),
    ),
)
