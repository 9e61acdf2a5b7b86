"""Units of the province: departments, offices, sector agencies, Party, Front, wards, communes."""

from tracker.demo.script import Place
from tracker.units.rules import UnitKind

_D, _C = UnitKind.DEPARTMENT, UnitKind.COMMUNE


def _department(code: str, name: str, head: str, *aliases: str, title: str = "Giám đốc") -> Place:
    return Place(code, name, name, _D, "HAAN", aliases, head, title)


def _commune(code: str, name: str, head: str, *, ward: bool = True, account: bool = True) -> Place:
    kind = "phường" if ward else "xã"
    return Place(
        code,
        f"Ủy ban nhân dân {kind} {name}",
        f"UBND {kind} {name}",
        _C,
        "HAAN",
        (f"{kind} {name}", f"{kind.capitalize()} {name}"),
        head,
        f"Chủ tịch UBND {kind}",
        account,
    )


PROVINCE = Place(
    "HAAN",
    "Ủy ban nhân dân tỉnh Hà An",
    "UBND tỉnh",
    UnitKind.PROVINCE,
    aliases=("UBND tỉnh Hà An",),
    head="Trần Minh Đức",
    head_title="Chủ tịch UBND tỉnh",
)

DEPARTMENTS = (
    _department("SNV", "Sở Nội vụ", "Nguyễn Thị Bích Thủy", "Cơ quan Thường trực CCHC"),
    _department("SKHCN", "Sở Khoa học và Công nghệ", "Đặng Quốc Hưng", "Sở KH&CN", "Sở KHCN"),
    _department("STC", "Sở Tài chính", "Lương Văn Thắng"),
    _department("STP", "Sở Tư pháp", "Hồ Thị Mai Lan"),
    _department("SXD", "Sở Xây dựng", "Phan Đình Khôi"),
    _department("SYT", "Sở Y tế", "Tạ Thị Hồng Nhung"),
    _department("SGDDT", "Sở Giáo dục và Đào tạo", "Cao Xuân Bách", "Sở GD&ĐT", "Sở GDĐT"),
    _department("SCT", "Sở Công Thương", "Mai Thanh Tùng"),
    _department("SNNMT", "Sở Nông nghiệp và Môi trường", "Kiều Văn Định", "Sở NN&MT", "Sở NNMT"),
    _department(
        "SVHTTDL",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Trịnh Thu Phương",
        "Sở VHTT&DL",
        "Sở VHTTDL",
    ),
    _department("TTT", "Thanh tra tỉnh", "Vương Hải Nam", title="Chánh Thanh tra"),
    Place(
        "BQLKKT",
        "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh",
        "Ban Quản lý Khu kinh tế và các KCN",
        _D,
        "HAAN",
        ("BQL Khu kinh tế và các khu công nghiệp tỉnh", "Ban Quản lý Khu kinh tế"),
        "Doãn Ngọc Sơn",
        "Trưởng ban",
    ),
)

OTHERS = (
    Place(
        "VPUBND",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "Văn phòng UBND tỉnh",
        UnitKind.OFFICE,
        "HAAN",
        ("VP UBND tỉnh",),
        "Lại Hữu Nghĩa",
        "Chánh Văn phòng",
    ),
    Place(
        "TTPVHCC",
        "Trung tâm Phục vụ hành chính công tỉnh",
        "Trung tâm PVHCC tỉnh",
        UnitKind.PUBLIC_SERVICE,
        "VPUBND",
        ("Trung tâm Phục vụ hành chính công",),
        "Ninh Thị Kim Oanh",
        "Giám đốc",
    ),
    Place(
        "CAT",
        "Công an tỉnh Hà An",
        "Công an tỉnh",
        UnitKind.SECTOR,
        head="Đại tá Bạch Hoàng Long",
        head_title="Giám đốc",
    ),
    Place(
        "THUE",
        "Thuế tỉnh Hà An",
        "Thuế tỉnh",
        UnitKind.SECTOR,
        head="Quách Thị Lệ",
        head_title="Trưởng Thuế tỉnh",
    ),
    Place(
        "BHXH",
        "Bảo hiểm xã hội tỉnh Hà An",
        "Bảo hiểm xã hội tỉnh",
        UnitKind.SECTOR,
        aliases=("BHXH tỉnh",),
        head="Đinh Trọng Nhân",
        head_title="Giám đốc",
        account=False,
    ),
    Place(
        "VPTU",
        "Văn phòng Tỉnh ủy Hà An",
        "Văn phòng Tỉnh ủy",
        UnitKind.PARTY,
        head="Tống Khánh Toàn",
        head_title="Chánh Văn phòng",
        account=False,
    ),
    Place(
        "MTTQ",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Hà An",
        "Ủy ban MTTQ Việt Nam tỉnh",
        UnitKind.FRONT,
        aliases=("UBMTTQ Việt Nam tỉnh", "Mặt trận Tổ quốc tỉnh"),
        head="Giang Thị Tuyết",
        head_title="Chủ tịch",
        account=False,
    ),
)

WARDS = (
    _commune("TANTHINH", "Tân Thịnh", "Bùi Thị Ngọc Anh"),
    _commune("DONGSON", "Đông Sơn", "Trương Văn Kiên"),
    _commune("HOALAC", "Hòa Lạc", "Âu Dương Minh"),
    _commune("NAMCUONG", "Nam Cường", "Hà Thị Thanh"),
    _commune("BACLAM", "Bắc Lâm", "Nghiêm Xuân Lộc"),
    _commune("TRUNGNGHIA", "Trung Nghĩa", "Lã Thị Hương"),
    _commune("PHUXUAN", "Phú Xuân", "Đàm Quang Vinh"),
    _commune("THANHHA", "Thanh Hà", "Khuất Thị Duyên"),
    _commune("VANPHUC", "Vạn Phúc", "Tô Văn Hậu"),
    _commune("LIENHOA", "Liên Hòa", "Mạc Thị Thoa"),
    _commune("CAUDAT", "Cầu Đất", "Uông Sỹ Hùng", account=False),
    _commune("QUANGTRUNG", "Quang Trung", "Viên Thị Hạnh"),
    _commune("HUNGTHANG", "Hưng Thắng", "Ông Văn Phát"),
    _commune("BINHMINH", "Bình Minh", "Chử Đức Thịnh"),
    _commune("NGOCHOI", "Ngọc Hồi", "Tiêu Thị Vân"),
)

RURAL = (
    _commune("LONGKHE", "Long Khê", "Phạm Văn Lợi", ward=False),
    _commune("PHULOC", "Phú Lộc", "Vi Văn Sáng", ward=False),
    _commune("VINHTHUAN", "Vĩnh Thuận", "Lò Thị Én", ward=False, account=False),
    _commune("ANKHANH", "An Khánh", "Thân Văn Tuyên", ward=False),
    _commune("MYTAN", "Mỹ Tân", "Nông Thị Xuyến", ward=False),
    _commune("XUANHOA", "Xuân Hòa", "Sầm Quốc Trị", ward=False),
    _commune("SONLAM", "Sơn Lâm", "Bế Văn Thuấn", ward=False),
    _commune("TAYGIANG", "Tây Giang", "Hoàng Thị Lụa", ward=False),
)

PARTS = (
    Place(
        "SNV-CCHC",
        "Phòng Cải cách hành chính, Sở Nội vụ",
        "Phòng CCHC",
        UnitKind.OTHER,
        "SNV",
        head="Đỗ Minh Quân",
        head_title="Trưởng phòng",
        account=False,
    ),
    Place(
        "SKHCN-CDS",
        "Phòng Chuyển đổi số, Sở Khoa học và Công nghệ",
        "Phòng Chuyển đổi số",
        UnitKind.OTHER,
        "SKHCN",
        head="Lục Anh Tuấn",
        head_title="Trưởng phòng",
        account=False,
    ),
    Place(
        "TANTHINH-PVHCC",
        "Trung tâm Phục vụ hành chính công phường Tân Thịnh",
        "TT PVHCC phường Tân Thịnh",
        UnitKind.PUBLIC_SERVICE,
        "TANTHINH",
        head="Thái Thị Kim Chi",
        head_title="Giám đốc",
        account=False,
    ),
)

UNITS = (PROVINCE, *DEPARTMENTS, *OTHERS, *WARDS, *RURAL, *PARTS)
DEPARTMENT_CODES = (*(place.code for place in DEPARTMENTS), "VPUBND")
COMMUNE_CODES = tuple(place.code for place in (*WARDS, *RURAL))
