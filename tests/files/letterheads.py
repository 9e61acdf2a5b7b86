"""Heads and feet of documents in the lay-outs that offices use, with what a reader finds there.

The texts are of our own making; BODY stands between head and foot.
"""

from datetime import date
from typing import NamedTuple

BODY = """Ngày 03 tháng 3 năm 2026, đồng chí Lê Minh Hải chủ trì họp rà soát tiến độ; sau khi nghe \
báo cáo, đồng chí kết luận như sau:
1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát quy chế, báo cáo trước ngày 20/3/2026.
2. Yêu cầu UBND các xã, phường hoàn thành số hóa hồ sơ trong tháng 4 năm 2026.
Văn phòng thông báo để các cơ quan biết, thực hiện./.
"""


class Paper(NamedTuple):
    """A lay-out: its head and foot, and the facts that stand in them."""

    name: str
    head: str
    foot: str
    facts: dict[str, object]


_DAY = date(2026, 3, 5)

PAPERS = (
    Paper(
        "two columns with tabs",
        """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HÀ AN\tĐộc lập - Tự do - Hạnh phúc
-------\t---------------
Số: 45/TB-UBND\tHà An, ngày 05 tháng 3 năm 2026

THÔNG BÁO
Kết luận của đồng chí Chủ tịch UBND tỉnh tại cuộc họp
Ban Chỉ đạo chuyển đổi số tháng 02 năm 2026

""",
        """
Nơi nhận:\tTM. ỦY BAN NHÂN DÂN
- Như trên;\tKT. CHỦ TỊCH
- TT Tỉnh ủy (b/c);\tPHÓ CHỦ TỊCH
- Lưu: VT, NC.
\tLê Minh Hải
""",
        {
            "number": "45/TB-UBND",
            "issued_on": _DAY,
            "place": "Hà An",
            "kind": "Thông báo",
            "issuer": "ỦY BAN NHÂN DÂN TỈNH HÀ AN",
            "excerpt": "Kết luận của đồng chí Chủ tịch UBND tỉnh tại cuộc họp Ban Chỉ đạo chuyển"
            " đổi số tháng 02 năm 2026",
            "signer": "Lê Minh Hải",
            "signer_post": "PHÓ CHỦ TỊCH",
            "recipients": ("Như trên", "TT Tỉnh ủy (b/c)", "Lưu: VT, NC"),
        },
    ),
    Paper(
        "column below column, as a Word table gives it",
        """UBND TỈNH HÀ AN
BAN CHỈ ĐẠO CẢI CÁCH
HÀNH CHÍNH
Số: 07/TB-BCĐ
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc
Hà An, ngày 05 tháng 3 năm 2026
THÔNG BÁO
Về việc phân công nhiệm vụ khắc phục các tiêu chí mất điểm
""",
        """Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.
TRƯỞNG BAN
CHỦ TỊCH UBND TỈNH
(Đã ký)
Nguyễn Thị Thanh Hà
""",
        {
            "number": "07/TB-BCĐ",
            "issued_on": _DAY,
            "above": "UBND TỈNH HÀ AN",
            "issuer": "BAN CHỈ ĐẠO CẢI CÁCH HÀNH CHÍNH",
            "excerpt": "Về việc phân công nhiệm vụ khắc phục các tiêu chí mất điểm",
            "signer": "Nguyễn Thị Thanh Hà",
            "signer_post": "TRƯỞNG BAN CHỦ TỊCH UBND TỈNH",
            "recipients": ("Các sở, ban, ngành", "Lưu: VT"),
        },
    ),
    Paper(
        "the Party's lay-out",
        """ĐẢNG BỘ TỈNH HÀ AN\tĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY XÃ BÌNH SƠN
*
Số 112-TB/ĐU\tBình Sơn, ngày 5 tháng 3 năm 2026
THÔNG BÁO
kết luận của Ban Thường vụ Đảng ủy về công tác chuyển đổi số
-----
""",
        """Nơi nhận:\tT/M BAN THƯỜNG VỤ
- Các chi bộ,\tPHÓ BÍ THƯ
- Lưu Văn phòng Đảng ủy.

\tHoàng Văn Dũng
""",
        {
            "number": "112-TB/ĐU",
            "issued_on": _DAY,
            "place": "Bình Sơn",
            "above": "ĐẢNG BỘ TỈNH HÀ AN",
            "issuer": "ĐẢNG ỦY XÃ BÌNH SƠN",
            "excerpt": "kết luận của Ban Thường vụ Đảng ủy về công tác chuyển đổi số",
            "signer": "Hoàng Văn Dũng",
            "signer_post": "PHÓ BÍ THƯ",
        },
    ),
    Paper(
        "number and day still blank",
        """UBND XÃ BÌNH SƠN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
VĂN PHÒNG HĐND VÀ UBND | Độc lập - Tự do - Hạnh phúc
Số:        /TB-VP | Bình Sơn, ngày     tháng 3 năm 2026
DỰ THẢO LẦN 2
THÔNG BÁO
Kết luận cuộc họp giao ban tháng 3
""",
        """TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG

Trần Đức
""",
        {
            "number": "",
            "issued_on": None,
            "place": "Bình Sơn",
            "kind": "Thông báo",
            "issuer": "VĂN PHÒNG HĐND VÀ UBND",
            "excerpt": "Kết luận cuộc họp giao ban tháng 3",
            "signer": "Trần Đức",
            "signer_post": "CHÁNH VĂN PHÒNG",
        },
    ),
    Paper(
        "an official letter, its subject under the number",
        """SỞ NỘI VỤ HÀ AN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1234/SNV-CCHC Hà An, ngày 05 tháng 3 năm 2026
V/v khắc phục hạn chế của Chỉ số
cải cách hành chính năm 2025
Kính gửi:
- Các sở, ban, ngành tỉnh;
- UBND các xã, phường.
""",
        """Nơi nhận:
- Như trên;
- Lưu: VT, CCHC.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Ký bởi: Sở Nội vụ tỉnh Hà An
Email: sonoivu@haan.example
Thời gian ký: 05.03.2026 16:20:11 +07:00
Vũ Hồng Quân
""",
        {
            "number": "1234/SNV-CCHC",
            "issued_on": _DAY,
            "place": "Hà An",
            "issuer": "SỞ NỘI VỤ HÀ AN",
            "excerpt": "khắc phục hạn chế của Chỉ số cải cách hành chính năm 2025",
            "signer": "Vũ Hồng Quân",
            "signer_post": "PHÓ GIÁM ĐỐC",
        },
    ),
    Paper(
        "two issuers and a stamp of the registry",
        """CÔNG VĂN ĐẾN
Số đến: 881
Ngày đến: 06/3/2026
BỘ NỘI VỤ - BỘ TÀI CHÍNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 18/2026/KH-BNV-BTC
Hà Nội, ngày 05 tháng 3
năm 2026

KẾ HOẠCH
Phối hợp kiểm tra việc sử dụng biên chế năm 2026
""",
        """KT. BỘ TRƯỞNG BỘ TÀI CHÍNH
THỨ TRƯỞNG
Đỗ Thị Mai
KT. BỘ TRƯỞNG BỘ NỘI VỤ
THỨ TRƯỞNG
Phan Trung Kiên
Nơi nhận:
- Thủ tướng Chính phủ (để b/c);
- Lưu: VT BNV, VT BTC.
""",
        {
            "number": "18/2026/KH-BNV-BTC",
            "issued_on": _DAY,
            "place": "Hà Nội",
            "kind": "Kế hoạch",
            "issuer": "BỘ NỘI VỤ - BỘ TÀI CHÍNH",
            "excerpt": "Phối hợp kiểm tra việc sử dụng biên chế năm 2026",
            "signer": "Phan Trung Kiên",
            "signer_post": "THỨ TRƯỞNG",
        },
    ),
    Paper(
        "a labelled unit, a short date and a letterhead in bold",
        """**ĐƠN VỊ: PHÒNG VĂN HÓA - XÃ HỘI**
**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
**Độc lập - Tự do - Hạnh phúc**
*Bình Sơn, ngày 05/3/2026*
**BIÊN BẢN**
**Họp kiểm điểm tiến độ thực hiện nhiệm vụ quý I**
""",
        """THƯ KÝ\tCHỦ TRÌ
Lý Thu Trang\tNông Văn Páo
""",
        {
            "number": "",
            "issued_on": _DAY,
            "place": "Bình Sơn",
            "kind": "Biên bản",
            "issuer": "PHÒNG VĂN HÓA - XÃ HỘI",
            "excerpt": "Họp kiểm điểm tiến độ thực hiện nhiệm vụ quý I",
        },
    ),
    Paper(
        "a telegram without excerpt, the excerpt of a conclusion in capitals",
        """THỦ TƯỚNG CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 31/CĐ-TTg
Hà Nội, ngày 05 tháng 3 năm 2026

CÔNG ĐIỆN
VỀ VIỆC TẬP TRUNG KHẮC PHỤC HẬU QUẢ MƯA LŨ

""",
        """Nơi nhận:
- Như trên;
- Lưu: VT, NN.
KT. THỦ TƯỚNG
PHÓ THỦ TƯỚNG




Trần Quang Minh
""",
        {
            "number": "31/CĐ-TTg",
            "issued_on": _DAY,
            "place": "Hà Nội",
            "kind": "Công điện",
            "issuer": "THỦ TƯỚNG CHÍNH PHỦ",
            "excerpt": "VỀ VIỆC TẬP TRUNG KHẮC PHỤC HẬU QUẢ MƯA LŨ",
            "signer": "Trần Quang Minh",
            "signer_post": "PHÓ THỦ TƯỚNG",
        },
    ),
)
