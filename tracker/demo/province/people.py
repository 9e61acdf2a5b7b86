"""People of the province, their posts, and the two steering committees."""

from tracker.demo.province.units import PROVINCE, UNITS
from tracker.demo.script import Board, Holder, Member, Place
from tracker.permissions import Role

BOTH = ("CCHC", "CDS")
CHAIR, SECRETARY = "chutich", "thuky"


def _head(place: Place) -> Holder:
    role = Role.UNIT_HEAD
    return Holder(place.code.lower(), place.head, role, place.head_title, place.code)


HEADS = tuple(_head(place) for place in UNITS if place.account and place is not PROVINCE)

PEOPLE = (
    Holder(SECRETARY, "Lê Thị Thu Hằng", Role.SECRETARIAT, "Thư ký Ban Chỉ đạo", "SNV", BOTH, True),
    Holder("thuky.cds", "Lục Anh Tuấn", Role.SECRETARIAT, "Thư ký Ban Chỉ đạo", "SKHCN", ("CDS",)),
    Holder(CHAIR, "Trần Minh Đức", Role.CHAIRPERSON, "Trưởng Ban Chỉ đạo", "HAAN", BOTH, True),
    Holder("pho.chutich", "Hoàng Gia Bảo", Role.CHAIRPERSON, "Phó Trưởng ban", "HAAN", BOTH),
    *(Holder(h.mail, h.name, h.role, h.title, h.unit, (), h.unit == "PHULOC") for h in HEADS),
    Holder(
        "daumoi.phuloc", "Ma Thị Hiền", Role.FOCAL_POINT, "Công chức đầu mối,", "PHULOC", (), True
    ),
    Holder("daumoi.snv", "Ngô Quang Huy", Role.FOCAL_POINT, "Phó Giám đốc", "SNV"),
    Holder("chuyenvien", "Đỗ Minh Quân", Role.OFFICER, "Trưởng phòng CCHC,", "SNV", (), True),
    Holder("cv.phuloc", "Triệu Văn Páo", Role.OFFICER, "Công chức một cửa,", "PHULOC"),
    Holder("cv.tanthinh", "Thái Thị Kim Chi", Role.OFFICER, "Giám đốc TT PVHCC,", "TANTHINH"),
    Holder("cv.stp", "Chu Thị Lan", Role.OFFICER, "Trưởng phòng Kiểm tra văn bản,", "STP"),
    Holder("thamdinh", "Văn Thị Quý", Role.APPRAISER, "Tổ thẩm định Chỉ số CCHC", "HAAN", (), True),
    Holder("giupviec", "Vũ Thị Lan", Role.ADVISER, "Tổ giúp việc", "VPUBND", BOTH, True),
    Holder("xem", "Khổng Minh Triết", Role.VIEWER, "Ủy viên Ban Chỉ đạo", "", BOTH, True),
    Holder("quantri", "Phùng Văn Dũng", Role.ADMIN, "Quản trị hệ thống", "SKHCN", (), True),
)

BOARDS = (
    Board(
        "CCHC",
        "Ban Chỉ đạo Cải cách hành chính tỉnh Hà An",
        "BCĐ CCHC",
        "SNV",
        CHAIR,
        (
            Member("Trần Minh Đức", "Chủ tịch UBND tỉnh, Trưởng ban", "Phụ trách chung", CHAIR),
            Member(
                "Hoàng Gia Bảo",
                "Phó Chủ tịch UBND tỉnh, Phó Trưởng ban",
                "Cải cách thủ tục hành chính; cải cách tài chính công",
                "pho.chutich",
            ),
            Member(
                "Nguyễn Thị Bích Thủy",
                "Giám đốc Sở Nội vụ, Phó Trưởng ban Thường trực",
                "Chỉ đạo, điều hành; tổ chức bộ máy; chế độ công vụ",
                "snv",
            ),
            Member("Hồ Thị Mai Lan", "Giám đốc Sở Tư pháp, Ủy viên", "Cải cách thể chế", "stp"),
            Member("Lương Văn Thắng", "Giám đốc Sở Tài chính, Ủy viên", "Tài chính công", "stc"),
            Member(
                "Đặng Quốc Hưng",
                "Giám đốc Sở Khoa học và Công nghệ, Ủy viên",
                "Chính quyền điện tử, chính quyền số",
                "skhcn",
            ),
            Member("Lại Hữu Nghĩa", "Chánh Văn phòng UBND tỉnh, Ủy viên", "Một cửa", "vpubnd"),
            Member("Giang Thị Tuyết", "Chủ tịch Ủy ban MTTQ Việt Nam tỉnh, Ủy viên", "Giám sát"),
            Member("Khổng Minh Triết", "Ủy viên", "Tác động của cải cách hành chính", "xem"),
        ),
    ),
    Board(
        "CDS",
        "Ban Chỉ đạo Chuyển đổi số tỉnh Hà An",
        "BCĐ CĐS",
        "SKHCN",
        CHAIR,
        (
            Member("Trần Minh Đức", "Chủ tịch UBND tỉnh, Trưởng ban", "Phụ trách chung", CHAIR),
            Member(
                "Hoàng Gia Bảo",
                "Phó Chủ tịch UBND tỉnh, Phó Trưởng ban",
                "Chính quyền số",
                "pho.chutich",
            ),
            Member(
                "Đặng Quốc Hưng",
                "Giám đốc Sở Khoa học và Công nghệ, Phó Trưởng ban Thường trực",
                "Hạ tầng số, dữ liệu, an toàn thông tin",
                "skhcn",
            ),
            Member("Mai Thanh Tùng", "Giám đốc Sở Công Thương, Ủy viên", "Kinh tế số", "sct"),
            Member(
                "Trịnh Thu Phương",
                "Giám đốc Sở Văn hóa, Thể thao và Du lịch, Ủy viên",
                "Xã hội số, truyền thông",
                "svhttdl",
            ),
            Member("Bạch Hoàng Long", "Giám đốc Công an tỉnh, Ủy viên", "Dữ liệu dân cư", "cat"),
            Member("Khổng Minh Triết", "Ủy viên", "Giám sát, đánh giá", "xem"),
        ),
    ),
)
