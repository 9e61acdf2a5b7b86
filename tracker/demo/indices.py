"""Index editions of the demo, their trees and results; years hang on the year of the plan.

A leaf is (name, points it may give, kind). Of one ward the points of every leaf are written
down; of the other units a published total, which `spread_lost` lays over the leaves.
"""

from dataclasses import dataclass
from decimal import Decimal
from zlib import crc32

from tracker.criteria.rules import RuleKind
from tracker.demo.script import Gauge, IndexBook, Plan
from tracker.scores.rules import CauseClass, Measure

D = Decimal
QUARTER = D("0.25")
_STEP, _YES, _RATIO, _JUDGED, _SURVEY = (
    RuleKind.STEPPED,
    RuleKind.YES_NO,
    RuleKind.RATIO,
    RuleKind.JUDGED,
    RuleKind.SURVEY,
)


@dataclass(frozen=True)
class Leaf:
    """A criterion that carries points; lost by the ward in the year looked at and before."""

    name: str
    points: str
    kind: RuleKind
    lost: str = "0"
    lost_before: str = "0"
    rule: str = ""


@dataclass(frozen=True)
class Branch:
    """A criterion above leaves."""

    name: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True)
class Root:
    """A field (lĩnh vực) of an index."""

    name: str
    branches: tuple[Branch, ...]


PAR_TREE = (
    Root(
        "Công tác chỉ đạo, điều hành cải cách hành chính",
        (
            Branch(
                "Kế hoạch cải cách hành chính",
                (
                    Leaf(
                        "Kế hoạch khắc phục tồn tại, hạn chế của năm trước",
                        "2",
                        _STEP,
                        "1",
                        "0",
                        "Ban hành đúng hạn: 2; chậm: 1; không ban hành: 0",
                    ),
                    Leaf("Mức độ hoàn thành kế hoạch năm", "2.5", _RATIO, "0.5", "0"),
                ),
            ),
            Branch(
                "Điều hành và trách nhiệm người đứng đầu",
                (
                    Leaf("Hoạt động của Ban Chỉ đạo, Tổ giúp việc", "1.5", _JUDGED, "0.5", "0"),
                    Leaf("Kiểm tra công tác cải cách hành chính", "2", _STEP, "0.25", "0"),
                    Leaf("Sáng kiến, mô hình mới", "2", _JUDGED, "0.5", "0"),
                    Leaf("Báo cáo định kỳ đúng hạn, đủ nội dung", "2", _YES, "0", "2"),
                ),
            ),
        ),
    ),
    Root(
        "Tham mưu xây dựng và tổ chức thực hiện văn bản quy phạm pháp luật",
        (
            Branch(
                "Ban hành và rà soát văn bản",
                (
                    Leaf("Ban hành văn bản đúng thẩm quyền, thể thức", "2", _STEP, "0.5", "0"),
                    Leaf("Rà soát, xử lý văn bản hết hiệu lực", "2", _RATIO, "0.5", "0"),
                ),
            ),
            Branch(
                "Theo dõi thi hành pháp luật",
                (
                    Leaf("Kế hoạch theo dõi thi hành pháp luật", "2", _YES, "0", "1.75"),
                    Leaf("Xử lý kết quả theo dõi", "2", _RATIO, "0.5", "0"),
                ),
            ),
        ),
    ),
    Root(
        "Cải cách thủ tục hành chính",
        (
            Branch(
                "Kiểm soát thủ tục hành chính",
                (
                    Leaf("Công khai thủ tục hành chính", "2", _YES, "0", "2"),
                    Leaf("Rà soát, đơn giản hóa thủ tục", "2", _RATIO, "0.5", "0"),
                ),
            ),
            Branch(
                "Giải quyết thủ tục theo cơ chế một cửa",
                (
                    Leaf("Tỷ lệ thủ tục liên thông", "3", _RATIO, "1.12", "1.82"),
                    Leaf("Tỷ lệ hồ sơ giải quyết đúng hạn", "4", _RATIO, "1", "0"),
                ),
            ),
            Branch(
                "Tiếp nhận, xử lý phản ánh, kiến nghị",
                (
                    Leaf("Xử lý phản ánh, kiến nghị đúng hạn", "3.5", _STEP, "1", "0"),
                    Leaf("Thư xin lỗi khi trả kết quả trễ hạn", "3.5", _STEP, "1", "0"),
                ),
            ),
        ),
    ),
    Root(
        "Cải cách tổ chức bộ máy",
        (
            Branch(
                "Sắp xếp tổ chức bộ máy",
                (
                    Leaf("Thực hiện quy định về tổ chức bộ máy", "2.5", _JUDGED, "0.5", "2.25"),
                    Leaf("Sử dụng biên chế được giao", "2.5", _STEP, "0.25", "0"),
                ),
            ),
            Branch(
                "Phân cấp, ủy quyền",
                (
                    Leaf("Thực hiện quy định phân cấp, ủy quyền", "2", _JUDGED, "0.5", "0"),
                    Leaf("Kiểm tra việc phân cấp, ủy quyền", "2", _YES, "0.5", "0"),
                ),
            ),
        ),
    ),
    Root(
        "Cải cách chế độ công vụ",
        (
            Branch(
                "Vị trí việc làm",
                (
                    Leaf("Bố trí công chức đúng vị trí việc làm", "3", _RATIO, "1", "2.75"),
                    Leaf("Cập nhật cơ sở dữ liệu cán bộ, công chức", "2", _STEP, "0.25", "0"),
                ),
            ),
            Branch(
                "Đánh giá, đào tạo và kỷ luật, kỷ cương",
                (
                    Leaf("Đánh giá, xếp loại công chức gắn kết quả việc", "3", _STEP, "1", "0"),
                    Leaf("Đào tạo, bồi dưỡng theo kế hoạch", "2", _RATIO, "0.5", "0"),
                    Leaf("Chấp hành kỷ luật, kỷ cương hành chính", "3", _JUDGED, "0.5", "0"),
                ),
            ),
        ),
    ),
    Root(
        "Cải cách tài chính công",
        (
            Branch(
                "Quản lý, sử dụng tài chính, ngân sách",
                (
                    Leaf("Giải ngân vốn đầu tư công", "3", _RATIO, "0.5", "2.25"),
                    Leaf("Thực hiện kiến nghị sau thanh tra, kiểm toán", "2.5", _RATIO, "0.5", "0"),
                ),
            ),
            Branch(
                "Tài sản công và tự chủ",
                (
                    Leaf("Ban hành quy chế quản lý tài sản công", "2", _YES, "0.5", "0"),
                    Leaf("Mức độ tự chủ của đơn vị sự nghiệp", "2.5", _STEP, "0.75", "0"),
                ),
            ),
        ),
    ),
    Root(
        "Xây dựng và phát triển chính quyền điện tử, chính quyền số",
        (
            Branch(
                "Hạ tầng và nền tảng số",
                (
                    Leaf("Hồ sơ công việc xử lý trên môi trường mạng", "3", _RATIO, "1", "0"),
                    Leaf("An toàn thông tin mạng", "2", _STEP, "0.5", "0"),
                ),
            ),
            Branch(
                "Số hóa hồ sơ",
                (
                    Leaf("Tỷ lệ hồ sơ số hóa khi tiếp nhận", "3", _RATIO, "1", "0"),
                    Leaf("Khai thác, sử dụng lại dữ liệu số hóa", "3", _RATIO, "1.25", "3"),
                ),
            ),
            Branch(
                "Dịch vụ công trực tuyến",
                (
                    Leaf("Tỷ lệ hồ sơ nộp trực tuyến", "3", _RATIO, "1", "0"),
                    Leaf(
                        "Tỷ lệ hồ sơ thanh toán trực tuyến phí, lệ phí",
                        "2",
                        _RATIO,
                        "1.25",
                        "1.5",
                        "≥ 50 %: 2; 30–50 %: 1; 20–30 %: 0,75; < 20 %: 0",
                    ),
                    Leaf("Cấp kết quả bản điện tử", "2", _STEP, "0.75", "0"),
                ),
            ),
        ),
    ),
    Root(
        "Tác động của cải cách hành chính đến người dân, tổ chức và phát triển kinh tế - xã hội",
        (
            Branch(
                "Kết quả phát triển",
                (
                    Leaf("Tăng số doanh nghiệp, hộ kinh doanh", "2", _STEP, "0.25", "0"),
                    Leaf("Thu ngân sách so với dự toán", "2", _RATIO, "0.25", "0"),
                ),
            ),
            Branch(
                "Mức độ hài lòng",
                (
                    Leaf("Hài lòng về cung ứng dịch vụ công", "4", _SURVEY, "1.5", "2.75"),
                    Leaf("Hài lòng về tiếp thu, giải trình", "4", _SURVEY, "1.5", "0"),
                ),
            ),
        ),
    ),
)

DTI_TREE = (
    Root(
        "Nhận thức số",
        (
            Branch(
                "Chỉ đạo và truyền thông",
                (
                    Leaf("Người đứng đầu chủ trì chuyển đổi số", "25", _STEP, "5"),
                    Leaf("Chuyên mục truyền thông chuyển đổi số", "25", _STEP, "9.5"),
                ),
            ),
        ),
    ),
    Root(
        "Thể chế số",
        (
            Branch(
                "Kế hoạch và cơ chế",
                (
                    Leaf("Kế hoạch chuyển đổi số năm", "25", _YES, "0"),
                    Leaf("Cơ chế khuyến khích người dân dùng dịch vụ số", "25", _STEP, "12.5"),
                ),
            ),
        ),
    ),
    Root(
        "Hạ tầng số",
        (
            Branch(
                "Kết nối",
                (
                    Leaf("Hộ gia đình có cáp quang", "35", _RATIO, "8.34"),
                    Leaf("Người dùng điện thoại thông minh", "35", _RATIO, "10.5"),
                ),
            ),
        ),
    ),
    Root(
        "Nhân lực số",
        (
            Branch(
                "Kỹ năng",
                (
                    Leaf("Công chức được bồi dưỡng kỹ năng số", "30", _RATIO, "7.5"),
                    Leaf("Tổ công nghệ số cộng đồng hoạt động", "30", _RATIO, "12"),
                ),
            ),
        ),
    ),
    Root(
        "An toàn thông tin mạng",
        (
            Branch(
                "Bảo vệ hệ thống",
                (
                    Leaf("Hệ thống được phê duyệt cấp độ an toàn", "35", _RATIO, "10"),
                    Leaf("Máy trạm được bảo vệ", "35", _RATIO, "12.5"),
                ),
            ),
        ),
    ),
    Root(
        "Chính quyền số",
        (
            Branch(
                "Dịch vụ công",
                (
                    Leaf("Hồ sơ trực tuyến toàn trình", "60", _RATIO, "22"),
                    Leaf("Dữ liệu mở, dữ liệu dùng chung", "60", _RATIO, "25"),
                ),
            ),
        ),
    ),
    Root(
        "Kinh tế số",
        (
            Branch(
                "Doanh nghiệp và hộ kinh doanh",
                (
                    Leaf("Hộ kinh doanh dùng hóa đơn điện tử", "45", _RATIO, "14"),
                    Leaf("Sản phẩm trên sàn thương mại điện tử", "45", _RATIO, "19"),
                ),
            ),
        ),
    ),
    Root(
        "Xã hội số",
        (
            Branch(
                "Người dân",
                (
                    Leaf("Người dân có tài khoản định danh điện tử", "45", _RATIO, "6"),
                    Leaf("Người dân có chữ ký số cá nhân", "45", _RATIO, "16.5"),
                ),
            ),
        ),
    ),
)

WARD = "TANTHINH"
"""The ward whose lost points are looked at leaf by leaf."""

WARD_RESULTS: dict[str, tuple[str, str]] = {
    "TRUNGNGHIA": ("92.10", "90.55"),
    "DONGSON": ("91.25", "80.05"),
    "NAMCUONG": ("88.75", "88.90"),
    "BACLAM": ("87.10", "85.15"),
    "THANHHA": ("85.35", "86.20"),
    "VANPHUC": ("83.60", "81.75"),
    "HOALAC": ("80.37", "79.12"),
    "PHUXUAN": ("79.90", "80.40"),
    "LIENHOA": ("77.35", "76.10"),
    "QUANGTRUNG": ("75.20", "74.05"),
    "TANTHINH": ("73.63", "77.93"),
    "HUNGTHANG": ("71.85", "72.30"),
    "BINHMINH": ("70.10", "68.95"),
    "NGOCHOI": ("68.40", "70.25"),
    "CAUDAT": ("66.75", "71.60"),
}
COMMUNE_RESULTS: dict[str, tuple[str, str]] = {
    "XUANHOA": ("92.30", "91.05"),
    "LONGKHE": ("90.99", "86.90"),
    "TAYGIANG": ("88.15", "87.60"),
    "MYTAN": ("84.05", "88.20"),
    "SONLAM": ("82.40", "83.15"),
    "PHULOC": ("79.85", "87.05"),
    "ANKHANH": ("74.60", "75.10"),
    "VINHTHUAN": ("70.25", "73.80"),
}
"""Published totals of the year looked at and the year before."""

DTI_RESULTS: dict[str, tuple[str, int, int]] = {
    "DONGSON": ("498.20", 1, 15),
    "TRUNGNGHIA": ("487.75", 2, 15),
    "NAMCUONG": ("471.40", 3, 15),
    "TANTHINH": ("409.66", 9, 15),
    "LONGKHE": ("452.30", 1, 8),
    "PHULOC": ("377.15", 6, 8),
}
SIPAS_RESULTS = {
    "HOALAC": ("95.12", "6.24"),
    "LONGKHE": ("93.40", "1.15"),
    "DONGSON": ("92.75", "2.10"),
    "TANTHINH": ("86.50", "-1.30"),
}

SCORED = ("DONGSON", "LONGKHE", "HOALAC", "PHULOC", "ANKHANH", "VINHTHUAN")
"""Units beside the ward whose points are known leaf by leaf."""

FIRST_FIELDS = {"DONGSON": (2, 3, 4)}
"""Fields in which a unit is first of its block."""

PLANS: dict[str, tuple[Plan, ...]] = {
    "TANTHINH": (
        Plan(
            "1.1.1",
            CauseClass.LATE,
            "Kế hoạch khắc phục năm trước ban hành chậm 25 ngày.",
            "Ban hành kế hoạch ngay sau khi công bố kết quả; giao Văn phòng theo dõi.",
            "1",
            -58,
            "Kế hoạch có dấu ngày ban hành",
            told=((-66, 60, "Dự thảo kế hoạch đã lấy ý kiến."), (-60, 100, "Đã ban hành.")),
            complete=-55,
        ),
        Plan(
            "1.1.2",
            CauseClass.NOT_DONE,
            "Hai nhiệm vụ của kế hoạch chuyển sang năm sau.",
            "Họp kiểm điểm hằng tháng các nhiệm vụ của kế hoạch.",
            "0.25",
            18,
            "Biên bản họp tháng",
            told=((-12, 50, "Đã họp ba kỳ, còn một nhiệm vụ chậm."),),
        ),
        Plan(
            "1.2.1",
            CauseClass.NO_EVIDENCE,
            "Không lưu biên bản phiên họp.",
            "Lập sổ biên bản, gửi Cơ quan Thường trực hằng quý.",
            "0.5",
            -14,
            "Biên bản 4 phiên họp",
            told=((-30, 40, "Đã bổ sung biên bản quý trước."),),
        ),
        Plan(
            "1.2.2",
            CauseClass.NO_EVIDENCE,
            "Thiếu báo cáo kết quả tự kiểm tra.",
            "Tự kiểm tra hai đợt trong năm, có báo cáo.",
            "0.25",
            25,
            "Báo cáo tự kiểm tra",
        ),
        Plan(
            "1.2.3",
            CauseClass.NOT_DONE,
            "Chưa đăng ký sáng kiến.",
            "Đăng ký một sáng kiến về hướng dẫn nộp hồ sơ tại nhà văn hóa.",
            "0.25",
            21,
            "Quyết định công nhận sáng kiến",
        ),
        Plan(
            "2.1.1",
            CauseClass.WRONG_FORM,
            "Ba văn bản sai thể thức.",
            "Rà soát trước khi ký; tập huấn cho công chức tham mưu.",
            "0.5",
            -40,
            "Phiếu rà soát từng văn bản",
            told=((-48, 100, "Hoàn thành tập huấn, có phiếu rà soát."),),
            complete=-38,
        ),
        Plan(
            "2.1.2",
            CauseClass.NOT_DONE,
            "Chưa rà soát văn bản của phường cũ trước sắp xếp.",
            "Phối hợp Sở Tư pháp rà soát 37 văn bản.",
            "0.5",
            22,
            "Danh mục văn bản đã rà soát",
            told=((-9, 60, "Đã rà soát 22/37 văn bản."),),
        ),
        Plan(
            "3.1.2",
            CauseClass.NOT_DONE,
            "Chưa có kiến nghị đơn giản hóa thủ tục.",
            "Đề xuất ít nhất hai thủ tục cắt giảm thành phần hồ sơ.",
            "0.5",
            -20,
            "Văn bản kiến nghị",
            told=((-31, 100, "Đã gửi kiến nghị ba thủ tục."),),
            complete=-19,
        ),
        Plan(
            "3.2.1",
            CauseClass.OUTSIDE,
            "Một số thủ tục liên thông chờ quy chế phối hợp cấp tỉnh.",
            "Đăng ký thí điểm liên thông hai nhóm thủ tục.",
            "0.62",
            30,
            "Văn bản đăng ký, kết quả thí điểm",
            told=((-18, 20, "Đã đăng ký thí điểm nhóm hộ tịch."),),
        ),
        Plan(
            "3.2.2",
            CauseClass.LATE,
            "Hồ sơ đất đai trễ hạn tập trung vào quý đầu năm.",
            "Phân công lại công chức địa chính; xem xét hồ sơ sắp đến hạn mỗi sáng.",
            "1",
            28,
            "Báo cáo tỷ lệ đúng hạn hằng tháng",
            told=((-24, 30, "Đúng hạn đạt 94,1%."), (-4, 55, "Đúng hạn đạt 96,8%.")),
        ),
        Plan(
            "3.3.1",
            CauseClass.LATE,
            "Phản ánh trên cổng trả lời chậm.",
            "Giao Văn phòng trực trả lời trong 5 ngày làm việc.",
            "0.75",
            -6,
            "Bảng theo dõi phản ánh",
            told=((-21, 45, "Đã trả lời 31/40 phản ánh."),),
        ),
        Plan(
            "3.3.2",
            CauseClass.NO_EVIDENCE,
            "Có xin lỗi nhưng không lưu thư.",
            "Dùng mẫu thư xin lỗi, lưu cùng hồ sơ.",
            "0.75",
            -33,
            "Thư xin lỗi kèm mã hồ sơ",
            told=((-41, 100, "Đã lưu đủ 18 thư xin lỗi."),),
            complete=-30,
        ),
        Plan(
            "4.1.1",
            CauseClass.WRONG_FORM,
            "Quy chế tổ chức chưa cập nhật sau sắp xếp.",
            "Sửa quy chế làm việc của các phòng.",
            "0.25",
            -45,
            "Quyết định ban hành quy chế",
            told=((-50, 100, "Đã ban hành."),),
            complete=-44,
        ),
        Plan(
            "4.2.1",
            CauseClass.NOT_DONE,
            "Chưa ủy quyền cho công chức tư pháp - hộ tịch.",
            "Ban hành quyết định ủy quyền.",
            "0.5",
            16,
            "Quyết định ủy quyền",
            told=((-7, 70, "Dự thảo quyết định đã qua thẩm định."),),
        ),
        Plan(
            "5.1.1",
            CauseClass.NOT_DONE,
            "Hai công chức chưa đúng vị trí việc làm.",
            "Điều chuyển sau khi đề án vị trí việc làm được duyệt.",
            "0.75",
            35,
            "Quyết định điều chuyển",
            told=((-15, 30, "Chờ đề án của Sở Nội vụ."),),
        ),
        Plan(
            "5.2.1",
            CauseClass.WRONG_FORM,
            "Đánh giá công chức chưa gắn kết quả cải cách hành chính.",
            "Bổ sung tiêu chí vào mẫu đánh giá quý.",
            "0.5",
            -26,
            "Mẫu đánh giá, kết quả quý",
            told=((-29, 100, "Đã áp dụng mẫu mới."),),
            complete=-25,
        ),
        Plan(
            "5.2.2",
            CauseClass.NOT_DONE,
            "Đào tạo đạt 70% kế hoạch.",
            "Cử thêm 6 công chức học lớp kỹ năng số.",
            "0.5",
            -5,
            "Chứng chỉ bồi dưỡng",
            told=((-16, 50, "Đã cử 3 công chức."),),
        ),
        Plan(
            "5.2.3",
            CauseClass.NOT_DONE,
            "Có công chức vi phạm giờ làm việc.",
            "Kiểm tra đột xuất hai lần mỗi tháng.",
            "0.5",
            27,
            "Biên bản kiểm tra",
            told=((-11, 60, "Đã kiểm tra 6 lần, không có vi phạm mới."),),
        ),
        Plan(
            "6.1.1",
            CauseClass.LATE,
            "Giải ngân chậm ở dự án trụ sở.",
            "Đôn đốc nhà thầu, nghiệm thu theo đợt.",
            "0.5",
            24,
            "Báo cáo giải ngân",
            told=((-10, 65, "Giải ngân đạt 71%."),),
        ),
        Plan(
            "6.1.2",
            CauseClass.LATE,
            "Một kiến nghị kiểm toán chưa xử lý xong.",
            "Thu hồi, nộp ngân sách khoản còn lại.",
            "0.5",
            -11,
            "Chứng từ nộp ngân sách",
            told=((-25, 30, "Đã nộp 60% số tiền."),),
        ),
        Plan(
            "6.2.1",
            CauseClass.NOT_DONE,
            "Chưa có quy chế quản lý tài sản công sau sắp xếp.",
            "Ban hành quy chế.",
            "0.25",
            -35,
            "Quyết định ban hành quy chế",
            told=((-37, 100, "Đã ban hành quy chế."),),
            complete=-34,
        ),
        Plan(
            "6.2.2",
            CauseClass.OUTSIDE,
            "Mức tự chủ phụ thuộc phương án của tỉnh.",
            "Đăng ký nâng mức tự chủ của một đơn vị.",
            "0.5",
            32,
            "Phương án tự chủ",
        ),
        Plan(
            "7.1.1",
            CauseClass.NOT_DONE,
            "Một bộ phận vẫn xử lý văn bản giấy.",
            "Bắt buộc trình ký điện tử từ đầu quý.",
            "0.75",
            20,
            "Báo cáo tỷ lệ trên hệ thống",
            told=((-13, 70, "Tỷ lệ đạt 84%."),),
        ),
        Plan(
            "7.2.1",
            CauseClass.NOT_DONE,
            "Thiếu máy quét, thiếu người vào giờ cao điểm.",
            "Trang bị 2 máy quét, bố trí trực số hóa.",
            "1",
            26,
            "Báo cáo tỷ lệ số hóa",
            told=((-23, 50, "Đã nhận 1 máy quét."), (-5, 70, "Tỷ lệ số hóa đạt 74%.")),
        ),
        Plan(
            "7.2.2",
            CauseClass.OUTSIDE,
            "Kho dữ liệu tỉnh chưa kết nối.",
            "Tham gia kết nối thử, dùng lại giấy tờ đã số hóa.",
            "1",
            -12,
            "Báo cáo khai thác dữ liệu",
            told=((-19, 35, "Đã kết nối thử."),),
        ),
        Plan(
            "7.3.1",
            CauseClass.NOT_DONE,
            "Người dân nộp trực tiếp theo thói quen.",
            "Bố trí tổ hỗ trợ nộp hồ sơ trực tuyến.",
            "1",
            23,
            "Báo cáo tỷ lệ trực tuyến",
            told=((-8, 60, "Tỷ lệ đạt 68%."),),
        ),
        Plan(
            "7.3.2",
            CauseClass.NOT_DONE,
            "Bộ phận một cửa thu tiền mặt theo thói quen; ba thủ tục đất đai chưa có mã thanh "
            "toán.",
            "Cấu hình mã thanh toán cho ba thủ tục; đặt mã tại từng quầy; phân công công chức "
            "hướng dẫn vào giờ cao điểm.",
            "1",
            -13,
            "Số liệu thanh toán hằng tháng; ảnh niêm yết mã",
            officer="cv.tanthinh",
            told=(
                (-55, 25, "Niêm yết mã tại các quầy."),
                (-4, 70, "Tỷ lệ thanh toán trực tuyến đạt 41,8%."),
            ),
        ),
        Plan(
            "7.3.3",
            CauseClass.NOT_DONE,
            "Một số kết quả chưa ký số.",
            "Cấp chữ ký số cho 4 công chức.",
            "0.5",
            -17,
            "Danh sách kết quả điện tử",
            told=((-28, 100, "Đã cấp đủ chữ ký số."),),
            complete=-16,
        ),
        Plan(
            "1.1.2",
            CauseClass.NOT_DONE,
            "Chuyên mục trên cổng thông tin không cập nhật từ giữa năm.",
            "Đăng ít nhất hai bài mỗi tuần, giao Văn phòng phụ trách.",
            "9.5",
            15,
            "Đường dẫn bài viết",
            told=((-27, 40, "Đã đăng 18 bài."),),
            index="DTI",
        ),
        Plan(
            "4.1.2",
            CauseClass.NOT_DONE,
            "Bốn tổ công nghệ số cộng đồng chưa hoạt động.",
            "Kiện toàn tổ, tập huấn, giao chỉ tiêu hỗ trợ hằng tháng.",
            "8",
            -9,
            "Quyết định kiện toàn, sổ hỗ trợ",
            told=((-22, 50, "Đã kiện toàn hai tổ."),),
            index="DTI",
        ),
        Plan(
            "6.1.1",
            CauseClass.NOT_DONE,
            "Tỷ lệ hồ sơ toàn trình thấp ở nhóm đất đai, hộ tịch.",
            "Hỗ trợ nộp tại nhà văn hóa; nhắc người dân bằng tin nhắn.",
            "16",
            33,
            "Báo cáo tỷ lệ hằng tháng",
            told=((-17, 35, "Tỷ lệ toàn trình đạt 58%."),),
            index="DTI",
        ),
        Plan(
            "7.1.1",
            CauseClass.OUTSIDE,
            "Hộ kinh doanh nhỏ chưa dùng hóa đơn điện tử.",
            "Phối hợp Thuế tỉnh hướng dẫn tại hai chợ.",
            "10",
            29,
            "Danh sách hộ đã dùng",
            index="DTI",
        ),
        Plan(
            "8.2.1",
            CauseClass.SURVEY,
            "Người dân chưa hài lòng về thời gian chờ.",
            "Lấy số qua điện thoại, thêm một quầy giờ cao điểm.",
            "0.25",
            40,
            "Kết quả khảo sát tại chỗ",
            told=((-14, 30, "Đã thêm một quầy."),),
        ),
    ),
    "PHULOC": (
        Plan(
            "5.1.1",
            CauseClass.NOT_DONE,
            "Công chức một cửa chưa đúng vị trí việc làm (Đoàn kiểm tra đã nêu).",
            "Bố trí lại 6 vị trí theo kết luận kiểm tra.",
            "0.75",
            -36,
            "Quyết định phân công",
            officer="cv.phuloc",
            told=((-4, 50, "Đã bố trí 3/6 vị trí."),),
        ),
        Plan(
            "7.2.1",
            CauseClass.NOT_DONE,
            "Thiếu thiết bị quét.",
            "Mua thiết bị, số hóa bù hồ sơ quý trước.",
            "0.5",
            12,
            "Biên bản bàn giao; báo cáo số hóa",
            told=((-16, 20, "Chờ ý kiến về dự toán."),),
        ),
    ),
    "ANKHANH": (
        Plan(
            "1.1.1",
            CauseClass.NOT_DONE,
            "Chưa có kế hoạch khắc phục.",
            "Ban hành kế hoạch khắc phục, phân công từng tiêu chí.",
            "1",
            -62,
            "Kế hoạch của UBND xã",
            told=((-45, 10, "Đã lập danh mục tiêu chí mất điểm."),),
        ),
    ),
}

GAUGES = (
    Gauge(
        "TT-TT",
        "Tỷ lệ thanh toán trực tuyến phí, lệ phí",
        Measure.PERCENT,
        ("22", "26.4", "31", "35.2", "38.9", "41.8"),
    ),
    Gauge(
        "SO-HOA",
        "Tỷ lệ hồ sơ được số hóa khi tiếp nhận",
        Measure.PERCENT,
        ("61.2", "65", "68.7", "73.1", "76", "78.4"),
    ),
    Gauge(
        "HO-SO-MANG",
        "Tỷ lệ hồ sơ công việc xử lý trên môi trường mạng",
        Measure.PERCENT,
        ("64", "66.5", "71", "74.2", "79", "81.5"),
        unit="PHULOC",
    ),
    Gauge(
        "HANG-DTI",
        "Hạng Chỉ số chuyển đổi số khối sở, ngành",
        Measure.RANK,
        ("9", "8"),
        unit="SKHCN",
        ranked=12,
    ),
)


PROVINCE_BOOK = IndexBook(
    ward=WARD,
    scored=SCORED,
    results=WARD_RESULTS | COMMUNE_RESULTS,
    blocks={"Khối phường": tuple(WARD_RESULTS), "Khối xã": tuple(COMMUNE_RESULTS)},
    plans=PLANS,
    dti=DTI_RESULTS,
    sipas=SIPAS_RESULTS,
    in_percent=("HOALAC",),
    first_fields=FIRST_FIELDS,
    owners={(WARD, "7.3.2"): "TANTHINH-PVHCC"},
    opened={"PHULOC": -50},
)

COMMUNE_BOOK = IndexBook(
    ward="XTK",
    scored=(),
    results={"XTK": ("73.63", "77.93")},
    blocks={},
    places={"XTK": (11, 15, -2)},
    plans={
        "XTK": tuple(plan for plan in PLANS[WARD] if not plan.officer and plan.index == "PAR")[::3]
    },
    dti={"XTK": ("409.66", 6, 12)},
)


def coded(tree: tuple[Root, ...]) -> list[tuple[str, str, str | None, Leaf | None, Decimal]]:
    """Return (code, name, code above, leaf, maximum) of every criterion, those above first."""
    rows: list[tuple[str, str, str | None, Leaf | None, Decimal]] = []
    for first, root in enumerate(tree, start=1):
        whole = sum((D(leaf.points) for branch in root.branches for leaf in branch.leaves), D(0))
        rows.append((f"{first}", root.name, None, None, whole))
        for second, branch in enumerate(root.branches, start=1):
            code = f"{first}.{second}"
            part = sum((D(leaf.points) for leaf in branch.leaves), D(0))
            rows.append((code, branch.name, f"{first}", None, part))
            rows.extend(
                (f"{code}.{third}", leaf.name, code, leaf, D(leaf.points))
                for third, leaf in enumerate(branch.leaves, start=1)
            )
    return rows


def spread_lost(
    tree: tuple[Root, ...], total_lost: Decimal, *, seed: str, sure: dict[str, Decimal]
) -> dict[str, Decimal]:
    """Lay `total_lost` over the leaves, unevenly, in quarter points, the same for one `seed`.

    The leaves of `sure` lose at least what it says. What is left below a quarter goes to the
    first leaf that can carry it.
    """
    most = {code: points for code, _, _, leaf, points in coded(tree) if leaf is not None}
    lost = {code: sure.get(code, D(0)) for code in most}
    left = total_lost - sum(lost.values(), D(0))
    order = sorted(most, key=lambda code: crc32(f"{seed} {code}".encode()))
    for share in (D("0.5"), D("0.75"), D(1)):
        for code in order[: len(order) * 2 // 3] if share < 1 else order:
            room = most[code] * share - lost[code]
            more = min(room // QUARTER * QUARTER, left // QUARTER * QUARTER)
            if more > 0:
                lost[code] += more
                left -= more
    for code in order:
        if lost[code] + left <= most[code]:
            lost[code] += left
            break
    return lost
