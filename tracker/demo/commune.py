"""Xã Tân Khê: an invented commune with its departments, service centre and schools.

The secretariat is one person, who also looks after the accounts.
"""

from tracker.conclusions.rules import Attendance, ClauseVerdict, RaisedKind, SourceKind
from tracker.demo.indices import COMMUNE_BOOK
from tracker.demo.script import (
    Attendee,
    Board,
    Gathering,
    Holder,
    Member,
    Office,
    Order,
    Place,
    Point,
    Raised,
    Section,
    done,
    going,
    late,
    new,
    received,
    redo,
    waiting,
)
from tracker.permissions import Role
from tracker.units.rules import UnitKind

_SCHOOLS = "*communes"
_DEPARTMENTS = "*departments"

UNITS = (
    Place(
        "XTK",
        "Ủy ban nhân dân xã Tân Khê",
        "UBND xã Tân Khê",
        UnitKind.COMMUNE,
        aliases=("UBND xã", "xã Tân Khê"),
        head="Hà Văn Trọng",
        head_title="Chủ tịch UBND xã",
        account=False,
    ),
    Place(
        "VP",
        "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã",
        "Văn phòng HĐND và UBND xã",
        UnitKind.OFFICE,
        "XTK",
        ("Văn phòng HĐND và UBND", "Văn phòng xã"),
        "Lý Thị Mùi",
        "Chánh Văn phòng",
    ),
    Place(
        "KT",
        "Phòng Kinh tế xã",
        "Phòng Kinh tế",
        UnitKind.DEPARTMENT,
        "XTK",
        ("Phòng Kinh tế",),
        "Đồng Văn Chiến",
        "Trưởng phòng",
    ),
    Place(
        "VHXH",
        "Phòng Văn hóa - Xã hội xã",
        "Phòng Văn hóa - Xã hội",
        UnitKind.DEPARTMENT,
        "XTK",
        ("Phòng Văn hóa - Xã hội", "Phòng VH-XH"),
        "Phan Thị Ngân",
        "Trưởng phòng",
    ),
    Place(
        "PVHCC",
        "Trung tâm Phục vụ hành chính công xã",
        "Trung tâm PVHCC xã",
        UnitKind.PUBLIC_SERVICE,
        "XTK",
        ("Trung tâm Phục vụ hành chính công", "Trung tâm PVHCC"),
        "Cù Minh Hải",
        "Giám đốc",
    ),
    Place(
        "TYT",
        "Trạm Y tế xã Tân Khê",
        "Trạm Y tế",
        UnitKind.PUBLIC_SERVICE,
        "XTK",
        ("Trạm Y tế xã",),
        "Lộc Thị Sen",
        "Trạm trưởng",
    ),
    Place(
        "CAX",
        "Công an xã Tân Khê",
        "Công an xã",
        UnitKind.SECTOR,
        head="Trung tá Đới Văn Lực",
        head_title="Trưởng Công an xã",
    ),
    Place(
        "MTTQX",
        "Ủy ban Mặt trận Tổ quốc Việt Nam xã Tân Khê",
        "UBMTTQ Việt Nam xã",
        UnitKind.FRONT,
        aliases=("Mặt trận Tổ quốc xã",),
        head="Sái Thị Bưởi",
        head_title="Chủ tịch",
        account=False,
    ),
    Place("MN", "Trường Mầm non Tân Khê", "Trường Mầm non", UnitKind.PUBLIC_SERVICE, "XTK",
          head="Ngọ Thị Lành", head_title="Hiệu trưởng"),
    Place("TH1", "Trường Tiểu học Tân Khê 1", "Trường Tiểu học 1", UnitKind.PUBLIC_SERVICE, "XTK",
          head="Bàng Văn Tiến", head_title="Hiệu trưởng"),
    Place("TH2", "Trường Tiểu học Tân Khê 2", "Trường Tiểu học 2", UnitKind.PUBLIC_SERVICE, "XTK",
          head="Nhữ Thị Mơ", head_title="Hiệu trưởng", account=False),
    Place("THCS", "Trường Trung học cơ sở Tân Khê", "Trường THCS", UnitKind.PUBLIC_SERVICE, "XTK",
          head="Yên Đức Thuận", head_title="Hiệu trưởng"),
)  # fmt: skip

_HEADS = tuple(
    Holder(
        place.code.lower(),
        place.head,
        Role.UNIT_HEAD,
        place.head_title,
        place.code,
        (),
        place.code == "PVHCC",
    )
    for place in UNITS
    if place.account
)

_BCD = ("BCD",)

PEOPLE = (
    Holder("thuky", "Đinh Thị Phượng", Role.SECRETARIAT, "Thư ký Ban Chỉ đạo", "VP", _BCD, True),
    Holder("thuky", "Đinh Thị Phượng", Role.ADMIN, "Quản trị hệ thống", "VP"),
    Holder("chutich", "Hà Văn Trọng", Role.CHAIRPERSON, "Trưởng Ban Chỉ đạo", "XTK", _BCD, True),
    Holder("chutich", "Hà Văn Trọng", Role.UNIT_HEAD, "Chủ tịch UBND xã", "XTK"),
    *_HEADS,
    Holder("daumoi", "Trịnh Văn Bảy", Role.FOCAL_POINT, "Phó Trưởng phòng", "KT", (), True),
    Holder("chuyenvien", "Lù Thị Dín", Role.OFFICER, "Công chức một cửa,", "PVHCC", (), True),
    Holder("thamdinh", "Quản Thị Thu", Role.APPRAISER, "Tổ thẩm định", "XTK", (), True),
    Holder("giupviec", "Phí Văn Hòa", Role.ADVISER, "Tổ giúp việc", "VP", _BCD, True),
    Holder("xem", "Giáp Thị Thùy", Role.VIEWER, "Ủy viên Ban Chỉ đạo", "", _BCD, True),
    Holder("quantri", "Tòng Văn Inh", Role.ADMIN, "Hỗ trợ kỹ thuật", "VP", (), True),
)

BOARDS = (
    Board(
        "BCD",
        "Ban Chỉ đạo Cải cách hành chính và Chuyển đổi số xã Tân Khê",
        "BCĐ xã",
        "VP",
        "chutich",
        (
            Member("Hà Văn Trọng", "Chủ tịch UBND xã, Trưởng ban", "Phụ trách chung", "chutich"),
            Member("Lý Thị Mùi", "Chánh Văn phòng, Thường trực", "Cải cách hành chính", "vp"),
            Member("Cù Minh Hải", "Giám đốc TT PVHCC, Ủy viên", "Thủ tục hành chính", "pvhcc"),
            Member("Phan Thị Ngân", "Trưởng phòng, Ủy viên", "Xã hội số", "vhxh"),
        ),
    ),
)

_LETTERHEAD = ("ỦY BAN NHÂN DÂN XÃ TÂN KHÊ", "BAN CHỈ ĐẠO CCHC VÀ CHUYỂN ĐỔI SỐ")
_CHAIR = Attendee("Hà Văn Trọng", "Chủ tịch UBND xã, Trưởng ban", Attendance.CHAIR, concludes=True)

SESSION = Gathering(
    key="session",
    kind=SourceKind.SESSION,
    boards=_BCD,
    title="Phiên họp {quarter_of -60} của Ban Chỉ đạo xã Tân Khê",
    held=-60,
    issued=-58,
    assigned=-57,
    number="03/TB-BCĐ",
    notice_title="Kết luận của Trưởng ban tại Phiên họp {quarter_of -60} của Ban Chỉ đạo xã",
    place="Phòng họp UBND xã",
    signer="Hà Văn Trọng, Trưởng ban",
    letterhead=_LETTERHEAD,
    opening="Ngày {-60}, Trưởng Ban Chỉ đạo chủ trì phiên họp và kết luận như sau:",
    closing="Giao Văn phòng HĐND và UBND xã theo dõi, đôn đốc thực hiện./.",
    attendees=(_CHAIR, Attendee("Cù Minh Hải", "Giám đốc TT PVHCC", Attendance.ATTENDEE)),
    raised=(Raised("PVHCC", RaisedKind.DIFFICULTY, "Mạng chậm vào buổi sáng thứ Hai đầu tuần."),),
    sections=(
        Section(
            "I",
            "NHIỆM VỤ",
            (
                Point(
                    "I.1",
                    "Các phòng chuyên môn xây dựng kế hoạch khắc phục tiêu chí mất điểm trước "
                    "ngày {-40}.",
                    (
                        Order(
                            "Kế hoạch khắc phục tiêu chí mất điểm năm {index}",
                            _DEPARTMENTS,
                            -40,
                            done(3),
                            product="Kế hoạch của phòng",
                            field=1,
                            star=True,
                            told=("Đã lập danh mục tiêu chí.",),
                            result="Đã ban hành kế hoạch.",
                            parts=(("VHXH", late(6)),),
                        ),
                    ),
                ),
                Point(
                    "I.2",
                    "Trung tâm Phục vụ hành chính công nâng tỷ lệ hồ sơ nộp trực tuyến, bố trí tổ "
                    "hỗ trợ trước ngày {-30}; lắp camera công khai trước ngày {+3}.",
                    (
                        Order(
                            "Bố trí tổ hỗ trợ nộp hồ sơ trực tuyến",
                            "PVHCC",
                            -30,
                            done(2),
                            product="Quyết định lập tổ hỗ trợ",
                            field=3,
                            told=("Đã chọn 5 đoàn viên.",),
                            result="Tổ hỗ trợ hoạt động từ thứ Hai đến thứ Sáu.",
                        ),
                        Order(
                            "Lắp camera công khai tại bộ phận một cửa",
                            "PVHCC",
                            3,
                            going(60, ago=2),
                            product="Biên bản bàn giao",
                            field=3,
                            officer="chuyenvien",
                            told=("Đã ký hợp đồng.", "Đã kéo dây, chờ thiết bị."),
                        ),
                    ),
                ),
                Point(
                    "I.3",
                    "Phòng Kinh tế rà soát hồ sơ đất đai trễ hạn trước ngày {-25}; cập nhật sổ "
                    "theo dõi hộ kinh doanh trước ngày {-8}.",
                    (
                        Order(
                            "Rà soát hồ sơ đất đai trễ hạn",
                            "KT",
                            -25,
                            going(65, ago=5),
                            joint=("PVHCC",),
                            product="Danh sách hồ sơ, hướng xử lý",
                            field=3,
                            star=True,
                            told=("Đã rà soát 48/74 hồ sơ.",),
                        ),
                        Order(
                            "Cập nhật sổ theo dõi hộ kinh doanh",
                            "KT",
                            -8,
                            waiting(3),
                            product="Sổ theo dõi",
                            field=8,
                            told=("Đã nhập 210 hộ.",),
                            result="Đã cập nhật đủ 286 hộ.",
                        ),
                    ),
                ),
                Point(
                    "I.4",
                    "Các trường học thu học phí không dùng tiền mặt trước ngày {-12}.",
                    (
                        Order(
                            "Thu học phí không dùng tiền mặt",
                            _SCHOOLS,
                            -12,
                            done(2),
                            product="Báo cáo tỷ lệ thu",
                            field=6,
                            told=("Đã mở tài khoản thu tại ngân hàng.",),
                            result="100% học phí thu qua tài khoản.",
                            parts=(("TH2", going(50, ago=14)), ("THCS", late(3))),
                        ),
                    ),
                ),
                Point(
                    "I.5",
                    "Trạm Y tế lập hồ sơ sức khỏe điện tử; Công an xã phối hợp thực hiện thường "
                    "xuyên việc làm sạch dữ liệu dân cư.",
                    (
                        Order(
                            "Lập hồ sơ sức khỏe điện tử",
                            "TYT",
                            "awaiting",
                            received(30),
                            field=7,
                        ),
                        Order(
                            "Làm sạch dữ liệu dân cư",
                            "CAX",
                            "standing",
                            going(0, ago=7),
                            field=7,
                            told=("Đã đối chiếu 412 trường hợp.",),
                        ),
                    ),
                ),
                Point(
                    "I.6",
                    "Các thành viên Ban Chỉ đạo nêu cao trách nhiệm người đứng đầu.",
                    verdict=ClauseVerdict.GUIDANCE,
                ),
            ),
        ),
    ),
)

RECENT = Gathering(
    key="recent",
    kind=SourceKind.SESSION,
    boards=_BCD,
    title="Giao ban tháng của Ban Chỉ đạo xã Tân Khê",
    held=-15,
    issued=-14,
    assigned=-13,
    number="05/TB-BCĐ",
    notice_title="Kết luận của Trưởng ban tại cuộc giao ban tháng",
    place="Phòng họp UBND xã",
    signer="Hà Văn Trọng, Trưởng ban",
    letterhead=_LETTERHEAD,
    opening="Ngày {-15}, Trưởng Ban Chỉ đạo chủ trì giao ban và kết luận như sau:",
    closing="Văn phòng thông báo để các đơn vị biết, thực hiện./.",
    attendees=(_CHAIR,),
    sections=(
        Section(
            "I",
            "NHIỆM VỤ",
            (
                Point(
                    "I.1",
                    "Văn phòng HĐND và UBND xã hoàn thiện quy chế làm việc trước ngày {-4}; báo "
                    "cáo tình hình thực hiện kết luận hằng tháng trước ngày 25.",
                    (
                        Order(
                            "Hoàn thiện quy chế làm việc",
                            "VP",
                            -4,
                            done(1, on_behalf=True),
                            product="Quyết định ban hành quy chế",
                            field=1,
                            result="Đã trình ký quy chế.",
                            document="41/QĐ-UBND",
                        ),
                        Order(
                            "Báo cáo tình hình thực hiện kết luận hằng tháng",
                            "VP",
                            "monthly",
                            received(10),
                            field=1,
                        ),
                    ),
                ),
                Point(
                    "I.2",
                    "Phòng Văn hóa - Xã hội tổ chức tuyên truyền chuyển đổi số tại 6 thôn trước "
                    "ngày {0}; trình danh sách tổ công nghệ số cộng đồng trước ngày {-2}.",
                    (
                        Order(
                            "Tuyên truyền chuyển đổi số tại 6 thôn",
                            "VHXH",
                            0,
                            going(80, ago=1),
                            product="Báo cáo, ảnh",
                            field=7,
                            told=("Đã tổ chức tại 5/6 thôn.",),
                        ),
                        Order(
                            "Danh sách tổ công nghệ số cộng đồng",
                            "VHXH",
                            -2,
                            redo("Thiếu số điện thoại của tổ trưởng hai thôn.", 1),
                            product="Danh sách",
                            field=7,
                            told=("Đã có danh sách 5 thôn.",),
                            result="Danh sách 6 tổ, 42 thành viên.",
                        ),
                    ),
                ),
                Point(
                    "I.3",
                    "Trung tâm Phục vụ hành chính công niêm yết mã thanh toán trước ngày {-6}; báo "
                    "cáo hồ sơ trễ hạn trước ngày {+8}.",
                    (
                        Order(
                            "Niêm yết mã thanh toán tại các quầy",
                            "PVHCC",
                            -6,
                            going(40, ago=6),
                            product="Ảnh niêm yết",
                            field=7,
                            officer="chuyenvien",
                            told=("Đã niêm yết 2/5 quầy.",),
                        ),
                        Order(
                            "Báo cáo hồ sơ trễ hạn và thư xin lỗi",
                            "PVHCC",
                            8,
                            received(9),
                            product="Báo cáo",
                            field=3,
                        ),
                    ),
                ),
                Point(
                    "I.4",
                    "Ủy ban MTTQ Việt Nam xã giám sát việc niêm yết thủ tục trước ngày {+10}.",
                    (
                        Order(
                            "Giám sát việc niêm yết thủ tục",
                            "MTTQX",
                            10,
                            new(),
                            product="Báo cáo giám sát",
                            field=3,
                        ),
                    ),
                ),
                Point(
                    "I.5",
                    "Phòng Kinh tế hướng dẫn hộ kinh doanh dùng hóa đơn điện tử trong {month}.",
                    (
                        Order(
                            "Hướng dẫn hộ kinh doanh dùng hóa đơn điện tử",
                            "KT",
                            "month",
                            new(),
                            product="Báo cáo kết quả",
                            field=8,
                        ),
                    ),
                ),
            ),
        ),
    ),
)

COMMUNE_OFFICE = Office(
    name="Xã Tân Khê (giả định)",
    units=UNITS,
    boards=BOARDS,
    people=PEOPLE,
    gatherings=(SESSION, RECENT),
    fields=(
        "Chỉ đạo, điều hành",
        "Thể chế",
        "Thủ tục hành chính",
        "Tổ chức bộ máy",
        "Chế độ công vụ",
        "Tài chính công",
        "Chính quyền số",
        "Tác động của cải cách",
    ),
    chair="chutich",
    secretary="thuky",
    book=COMMUNE_BOOK,
    heads={"XTK": "chutich"},
    departments=("KT", "VHXH"),
    communes=("MN", "TH1", "TH2", "THCS"),
)
