"""The inspection of a commune: findings, and demands that mend them."""

from tracker.conclusions.rules import Attendance, ClauseVerdict, SourceKind
from tracker.demo.script import (
    Aim,
    Attendee,
    Gathering,
    Observation,
    Order,
    Point,
    Section,
    done,
    going,
    late,
    new,
    received,
    waiting,
)

INSPECTION = Gathering(
    key="inspection",
    kind=SourceKind.INSPECTION,
    boards=("CCHC",),
    title="Kiểm tra công tác cải cách hành chính và chuyển đổi số tại xã Phú Lộc",
    held=-60,
    issued=-57,
    assigned=-56,
    number="31/TB-ĐKT",
    notice_title="Kết luận kiểm tra công tác cải cách hành chính và chuyển đổi số tại xã Phú Lộc",
    place="Trụ sở UBND xã Phú Lộc",
    summary="Đoàn kiểm tra gồm 7 thành viên làm việc một buổi, xem 60 hồ sơ và sổ theo dõi.",
    signer="Hoàng Gia Bảo, Trưởng đoàn kiểm tra",
    letterhead=("BAN CHỈ ĐẠO CẢI CÁCH HÀNH CHÍNH", "ĐOÀN KIỂM TRA"),
    opening="Sáng ngày {-60}, Đoàn kiểm tra do Phó Chủ tịch UBND tỉnh Hoàng Gia Bảo làm Trưởng "
    "đoàn kiểm tra công tác cải cách hành chính và chuyển đổi số tại xã Phú Lộc. Qua kiểm tra, "
    "Trưởng đoàn kết luận như sau:",
    closing="Đề nghị UBND xã Phú Lộc nghiêm túc thực hiện, báo cáo kết quả về Cơ quan Thường "
    "trực./.",
    inspected="PHULOC",
    attendees=(
        Attendee(
            "Hoàng Gia Bảo",
            "Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch UBND tỉnh, Trưởng đoàn",
            Attendance.CHAIR,
            concludes=True,
        ),
        Attendee("Đỗ Minh Quân", "Trưởng phòng CCHC, Sở Nội vụ", Attendance.TEAM),
        Attendee("Lục Anh Tuấn", "Trưởng phòng Chuyển đổi số", Attendance.TEAM),
        Attendee("Vi Văn Sáng", "Chủ tịch UBND xã Phú Lộc", Attendance.ATTENDEE),
    ),
    findings=(
        Observation(
            "Cấp ủy, chính quyền xã quan tâm chỉ đạo cải cách hành chính, chuyển đổi số.", good=True
        ),
        Observation("Một số nội dung cải cách hành chính đạt kết quả chưa cao."),
        Observation("Thực hiện quy chế làm việc chưa đầy đủ; còn họp giao ban không có kết luận."),
        Observation("Phân công công chức chuyên môn chưa phù hợp vị trí việc làm."),
        Observation("Công tác chỉ đạo chưa quyết liệt, thiếu kiểm tra, đôn đốc."),
    ),
    sections=(
        Section(
            "I",
            "KẾT QUẢ KIỂM TRA",
            (
                Point(
                    "I.1",
                    "Cấp ủy, chính quyền xã đã quan tâm chỉ đạo; song một số nội dung đạt kết quả "
                    "chưa cao, quy chế làm việc thực hiện chưa đầy đủ, phân công công chức chưa "
                    "phù hợp, chỉ đạo chưa quyết liệt.",
                    verdict=ClauseVerdict.GUIDANCE,
                ),
            ),
        ),
        Section(
            "II",
            "YÊU CẦU ĐỐI VỚI UBND XÃ PHÚ LỘC",
            (
                Point(
                    "II.1",
                    "UBND xã Phú Lộc xây dựng kế hoạch khắc phục các tồn tại, hạn chế đã nêu tại "
                    "buổi kiểm tra trước ngày {-42}.",
                    (
                        Order(
                            "Kế hoạch khắc phục các tồn tại, hạn chế nêu tại buổi kiểm tra",
                            "PHULOC",
                            -42,
                            done(3),
                            product="Kế hoạch của UBND xã",
                            field=1,
                            star=True,
                            told=("Đã họp Đảng ủy, UBND xã thống nhất nội dung.",),
                            result="Ban hành kế hoạch với 14 nội dung khắc phục.",
                            document="58/KH-UBND",
                        ),
                    ),
                    mends=(2, 5),
                ),
                Point(
                    "II.2",
                    "UBND xã Phú Lộc sửa đổi, thực hiện nghiêm quy chế làm việc trước ngày {-38}.",
                    (
                        Order(
                            "Sửa đổi, thực hiện nghiêm quy chế làm việc của UBND xã",
                            "PHULOC",
                            -38,
                            late(5),
                            product="Quyết định ban hành quy chế",
                            field=1,
                            told=("Đang lấy ý kiến công chức xã.",),
                            result="Ban hành quy chế sửa đổi, phổ biến đến toàn thể công chức.",
                            document="203/QĐ-UBND",
                        ),
                    ),
                    mends=(3,),
                ),
                Point(
                    "II.3",
                    "UBND xã Phú Lộc bố trí lại công chức một cửa phù hợp vị trí việc làm trước "
                    "ngày {-36}.",
                    (
                        Order(
                            "Bố trí lại công chức một cửa phù hợp vị trí việc làm theo kiến nghị "
                            "của Đoàn kiểm tra",
                            "PHULOC",
                            -36,
                            going(50, ago=4),
                            product="Quyết định phân công",
                            field=5,
                            officer="cv.phuloc",
                            told=(
                                "Đã rà soát 6 vị trí.",
                                "Đã bố trí 3/6 vị trí; hai công chức đang đi học.",
                            ),
                            remedies=("5.1.1",),
                        ),
                    ),
                    mends=(4,),
                ),
                Point(
                    "II.4",
                    "UBND xã Phú Lộc phân công công chức rà soát, đánh giá từng tiêu chí cải cách "
                    "hành chính.",
                    (
                        Order(
                            "Phân công công chức rà soát, đánh giá từng tiêu chí cải cách hành "
                            "chính",
                            "PHULOC",
                            "awaiting",
                            received(40),
                            product="Bảng phân công theo tiêu chí",
                            field=1,
                        ),
                    ),
                    mends=(2, 4),
                ),
                Point(
                    "II.5",
                    "UBND xã Phú Lộc tăng cường kiểm tra, giám sát việc thực hiện cải cách hành "
                    "chính, tự kiểm tra và báo cáo trước ngày {+2}.",
                    (
                        Order(
                            "Tự kiểm tra việc thực hiện cải cách hành chính và báo cáo",
                            "PHULOC",
                            2,
                            going(60, ago=2),
                            product="Báo cáo tự kiểm tra",
                            field=1,
                            told=("Đã tự kiểm tra 4/7 bộ phận.",),
                        ),
                    ),
                    mends=(5,),
                ),
                Point(
                    "II.6",
                    "UBND xã Phú Lộc niêm yết lại bộ thủ tục hành chính, tạo thuận lợi cho người "
                    "dân trước ngày {-45}.",
                    (
                        Order(
                            "Niêm yết lại bộ thủ tục hành chính tại trụ sở và nhà văn hóa thôn",
                            "PHULOC",
                            -45,
                            done(2),
                            product="Ảnh niêm yết",
                            field=3,
                            told=("Đã niêm yết tại trụ sở.",),
                            result="Niêm yết tại trụ sở và 9 nhà văn hóa thôn.",
                        ),
                    ),
                    mends=(2,),
                ),
                Point(
                    "II.7",
                    "UBND xã Phú Lộc lấy kết quả cải cách hành chính, chuyển đổi số làm căn cứ "
                    "đánh giá cán bộ, công chức hằng năm.",
                    (
                        Order(
                            "Đưa kết quả cải cách hành chính, chuyển đổi số vào đánh giá cán bộ, "
                            "công chức",
                            "PHULOC",
                            "without",
                            going(30, ago=22),
                            field=5,
                            told=("Đã bổ sung tiêu chí vào mẫu đánh giá.",),
                        ),
                    ),
                ),
                Point(
                    "II.8",
                    "UBND xã Phú Lộc thực hiện tốt kỷ cương, kỷ luật, chấp hành thời gian làm "
                    "việc; lắng nghe ý kiến đóng góp của người dân; thực hiện thường xuyên.",
                    (
                        Order(
                            "Chấn chỉnh kỷ cương, thời gian làm việc; tiếp thu ý kiến người dân",
                            "PHULOC",
                            "standing",
                            going(0, ago=9),
                            field=5,
                            told=("Đã kiểm tra giờ làm việc hai lần trong tháng.",),
                        ),
                    ),
                ),
                Point(
                    "II.9",
                    "Thực hành tiết kiệm chi thường xuyên, đẩy mạnh cải cách hành chính công.",
                    verdict=ClauseVerdict.GUIDANCE,
                ),
                Point(
                    "II.10",
                    "UBND xã Phú Lộc tổ chức tuyên truyền, nâng cao nhận thức của người đứng đầu "
                    "về chính quyền số, kinh tế số và xã hội số trước ngày {0}.",
                    (
                        Order(
                            "Tuyên truyền về chính quyền số, kinh tế số và xã hội số",
                            "PHULOC",
                            0,
                            going(90, ago=1),
                            product="Báo cáo kết quả tuyên truyền",
                            field=7,
                            officer="cv.phuloc",
                            told=("Đã tổ chức 7/9 buổi tại thôn.", "Còn một buổi vào hôm nay."),
                        ),
                    ),
                ),
                Point(
                    "II.11",
                    "UBND xã Phú Lộc nâng tỷ lệ hồ sơ công việc xử lý trên môi trường mạng đạt từ "
                    "90% trở lên.",
                    verdict=ClauseVerdict.TARGET,
                    aim=Aim("HO-SO-MANG", "90", unit="UBND xã Phú Lộc"),
                ),
                Point(
                    "II.12",
                    "UBND xã Phú Lộc mua sắm thiết bị quét phục vụ số hóa hồ sơ trước ngày {+12}; "
                    "bổ sung tài liệu kiểm chứng của lĩnh vực chế độ công vụ trước ngày {+3}.",
                    (
                        Order(
                            "Mua sắm thiết bị quét phục vụ số hóa hồ sơ",
                            "PHULOC",
                            12,
                            going(20, ago=16),
                            joint=("STC",),
                            product="Biên bản bàn giao thiết bị",
                            field=7,
                            told=("Chờ Sở Tài chính có ý kiến về dự toán.",),
                        ),
                        Order(
                            "Bổ sung tài liệu kiểm chứng của lĩnh vực chế độ công vụ",
                            "PHULOC",
                            3,
                            waiting(1),
                            product="Danh mục tài liệu kiểm chứng",
                            field=5,
                            told=("Đã tập hợp 21/26 tài liệu.",),
                            result="Đã nộp đủ 26 tài liệu kiểm chứng.",
                        ),
                    ),
                ),
            ),
        ),
        Section(
            "III",
            "ĐỐI VỚI CÁC CƠ QUAN LIÊN QUAN",
            (
                Point(
                    "III.1",
                    "Sở Nội vụ hướng dẫn xã Phú Lộc về vị trí việc làm trước ngày {-46}.",
                    (
                        Order(
                            "Hướng dẫn xã Phú Lộc về vị trí việc làm",
                            "SNV",
                            -46,
                            done(1),
                            product="Công văn hướng dẫn",
                            field=5,
                            officer="chuyenvien",
                            result="Đã hướng dẫn và làm việc trực tiếp tại xã.",
                            document="1033/SNV-CCVC",
                        ),
                    ),
                    mends=(4,),
                ),
                Point(
                    "III.2",
                    "Sở Khoa học và Công nghệ hỗ trợ xã Phú Lộc xử lý hồ sơ trên môi trường mạng "
                    "theo lộ trình tại Kế hoạch chuyển đổi số của tỉnh.",
                    (
                        Order(
                            "Hỗ trợ xã Phú Lộc xử lý hồ sơ trên môi trường mạng",
                            "SKHCN",
                            "reference",
                            new(),
                            field=7,
                            words="theo lộ trình tại Kế hoạch chuyển đổi số của tỉnh",
                        ),
                    ),
                ),
            ),
        ),
    ),
)
