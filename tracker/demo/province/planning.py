"""The planning conference: ranks, remediation first, the standing body's two products."""

from tracker.conclusions.rules import Attendance, ClauseVerdict, SourceKind
from tracker.demo.script import (
    ALL_DEPARTMENTS,
    Attendee,
    Gathering,
    Moved,
    Order,
    Point,
    Section,
    done,
    going,
    late,
    left,
    redo,
    waiting,
)
from tracker.tasks.rules import Stage

_GUIDANCE = ClauseVerdict.GUIDANCE

PLANNING = Gathering(
    key="planning",
    kind=SourceKind.CONFERENCE,
    boards=("CCHC",),
    title="Hội nghị triển khai Kế hoạch cải cách hành chính năm {year}",
    held=-150,
    issued=-147,
    assigned=-146,
    number="12/TB-BCĐ",
    notice_title="Kết luận của Trưởng Ban Chỉ đạo tại Hội nghị triển khai Kế hoạch cải cách hành "
    "chính năm {year}",
    place="Trung tâm Hội nghị tỉnh",
    summary="Phường Đông Sơn xếp thứ 2 khối phường, tăng 5 bậc so với năm {before}; 3/8 lĩnh vực "
    "đứng đầu: cải cách thể chế, thủ tục hành chính, tổ chức bộ máy.",
    signer="Trần Minh Đức, Trưởng ban",
    letterhead=("ỦY BAN NHÂN DÂN TỈNH HÀ AN", "BAN CHỈ ĐẠO CẢI CÁCH HÀNH CHÍNH"),
    opening="Ngày {-150}, Trưởng Ban Chỉ đạo chủ trì Hội nghị triển khai Kế hoạch cải cách hành "
    "chính năm {year}; cùng chủ trì có Phó Trưởng ban Hoàng Gia Bảo. Sau khi thảo luận, Trưởng "
    "Ban Chỉ đạo kết luận như sau:",
    closing="Giao Cơ quan Thường trực theo dõi, đôn đốc việc thực hiện Thông báo này./.",
    attendees=(
        Attendee(
            "Trần Minh Đức",
            "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, Trưởng ban",
            Attendance.CHAIR,
            concludes=True,
        ),
        Attendee(
            "Hoàng Gia Bảo",
            "Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch UBND tỉnh",
            Attendance.CHAIR,
        ),
        Attendee("Trương Văn Kiên", "Chủ tịch UBND phường Đông Sơn", Attendance.ATTENDEE),
    ),
    sections=(
        Section(
            "I",
            "KẾT QUẢ NĂM TRƯỚC",
            (
                Point(
                    "I.1",
                    "Phường Đông Sơn xếp thứ 2 khối phường, tăng 5 bậc so với năm {before}, có 3/8 "
                    "lĩnh vực đứng đầu; hồ sơ được giải quyết trước hạn ngày càng nhiều.",
                    verdict=ClauseVerdict.NO_TASK,
                    reason="Nêu kết quả, không giao việc.",
                ),
                Point(
                    "I.2",
                    "Biểu dương vai trò của Cơ quan Thường trực; việc quản lý biên chế, quy hoạch, "
                    "bổ nhiệm được thực hiện đúng thẩm quyền, công khai, minh bạch.",
                    verdict=_GUIDANCE,
                ),
            ),
        ),
        Section(
            "II",
            "NHIỆM VỤ TRỌNG TÂM",
            (
                Point(
                    "II.1",
                    "Các sở, ngành khẩn trương rà soát, xây dựng kế hoạch khắc phục ngay các tiêu "
                    "chí chưa đạt năm {index}, gửi Sở Nội vụ trước ngày {-110}; coi đây là nhiệm "
                    "vụ trọng tâm, đưa vào tiêu chí xếp loại hằng năm.",
                    (
                        Order(
                            "Xây dựng kế hoạch khắc phục các tiêu chí chưa đạt năm {index}",
                            ALL_DEPARTMENTS,
                            -110,
                            done(3),
                            product="Kế hoạch của sở, ngành",
                            field=1,
                            star=True,
                            told=("Đã giao các phòng chuyên môn rà soát từng tiêu chí.",),
                            result="Đã ban hành kế hoạch khắc phục, gửi Sở Nội vụ tổng hợp.",
                            parts=(
                                ("SCT", late(5)),
                                ("SXD", late(11)),
                                ("BQLKKT", late(20)),
                            ),
                        ),
                    ),
                ),
                Point(
                    "II.2",
                    "Giao Sở Nội vụ - Cơ quan Thường trực Ban Chỉ đạo tham mưu xây dựng Quy chế "
                    "hoạt động và phân công nhiệm vụ cụ thể cho các thành viên Ban Chỉ đạo, trình "
                    "Trưởng ban trước ngày {-20}.",
                    (
                        Order(
                            "Dự thảo Quy chế hoạt động của Ban Chỉ đạo",
                            "SNV",
                            -20,
                            going(85, ago=1),
                            joint=("STP", "SKHCN", "VPUBND"),
                            product="01 dự thảo Quyết định kèm Quy chế",
                            field=1,
                            star=True,
                            officer="chuyenvien",
                            stage=Stage.CONSULTING,
                            told=(
                                "Đã hoàn thành dự thảo lần 1, gửi lấy ý kiến 9 thành viên.",
                                "Đã tiếp thu ý kiến của 7/9 thành viên.",
                                "Dự thảo lần 3; còn phần thẩm quyền chờ Sở Tư pháp.",
                            ),
                            remedies=("1.2.1",),
                            moved=Moved(
                                -8,
                                22,
                                "Chờ kiện toàn thành viên Ban Chỉ đạo sau sắp xếp",
                                "Phó Chủ tịch Hoàng Gia Bảo",
                                "Bút phê tại Tờ trình 61/TTr-SNV",
                            ),
                        ),
                        Order(
                            "Bảng phân công lĩnh vực cho từng thành viên Ban Chỉ đạo",
                            "SNV",
                            -20,
                            waiting(4),
                            product="01 bảng phân công theo 8 lĩnh vực",
                            field=1,
                            officer="chuyenvien",
                            told=("Đã đối chiếu với danh sách thành viên mới.",),
                            result="Bảng phân công 9 thành viên theo 8 lĩnh vực.",
                            document="1186/SNV-CCHC",
                        ),
                    ),
                ),
                Point(
                    "II.3",
                    "Sở Nội vụ ban hành kế hoạch kiểm tra công tác cải cách hành chính trước ngày "
                    "{-125}.",
                    (
                        Order(
                            "Kế hoạch kiểm tra công tác cải cách hành chính năm {year}",
                            "SNV",
                            -125,
                            done(6, on_behalf=True),
                            product="Kế hoạch kiểm tra",
                            field=1,
                            told=("Đã lấy ý kiến Thanh tra tỉnh.",),
                            result="Ban hành kế hoạch kiểm tra 4 sở và 8 xã, phường.",
                            document="77/KH-SNV",
                        ),
                    ),
                ),
                Point(
                    "II.4",
                    "Sở Tư pháp trình danh mục văn bản quy phạm pháp luật cần sửa đổi, bổ sung sau "
                    "khi tổ chức chính quyền hai cấp trước ngày {-115}; tổ chức 02 lớp bồi dưỡng "
                    "kỹ năng soạn thảo cho cấp xã trước ngày {-80}.",
                    (
                        Order(
                            "Trình danh mục văn bản quy phạm pháp luật cần sửa đổi, bổ sung",
                            "STP",
                            -115,
                            done(2),
                            product="Tờ trình kèm danh mục",
                            field=2,
                            told=("Đã tổng hợp đề xuất của 11 sở, ngành.",),
                            result="Trình danh mục 64 văn bản cần sửa đổi, bổ sung.",
                            document="52/TTr-STP",
                        ),
                        Order(
                            "Tổ chức 02 lớp bồi dưỡng kỹ năng soạn thảo văn bản cho cấp xã",
                            "STP",
                            -80,
                            late(3),
                            product="Danh sách học viên, báo cáo kết quả",
                            field=2,
                            told=("Đã tổ chức lớp thứ nhất, 58 học viên.",),
                            result="Hoàn thành hai lớp với 121 học viên.",
                        ),
                    ),
                ),
                Point(
                    "II.5",
                    "Văn phòng UBND tỉnh công bố, cập nhật bộ thủ tục hành chính cấp xã trước ngày "
                    "{-112}.",
                    (
                        Order(
                            "Công bố, cập nhật bộ thủ tục hành chính cấp xã",
                            "VPUBND",
                            -112,
                            done(1),
                            product="Quyết định công bố",
                            field=3,
                            told=("Đã chuẩn hóa 402 thủ tục.",),
                            result="Công bố 417 thủ tục cấp xã, cập nhật lên hệ thống.",
                            document="1902/QĐ-UBND",
                        ),
                    ),
                ),
                Point(
                    "II.6",
                    "Trung tâm Phục vụ hành chính công tỉnh thống nhất mẫu sổ theo dõi hồ sơ trễ "
                    "hạn và thư xin lỗi tại bộ phận một cửa cấp xã trước ngày {-58}.",
                    (
                        Order(
                            "Thống nhất mẫu sổ theo dõi hồ sơ trễ hạn và thư xin lỗi tại bộ phận "
                            "một cửa cấp xã",
                            "TTPVHCC",
                            -58,
                            going(80, ago=9),
                            product="Bộ mẫu kèm hướng dẫn",
                            field=3,
                            told=(
                                "Đã khảo sát mẫu đang dùng tại 12 xã, phường.",
                                "Dự thảo bộ mẫu đã gửi lấy ý kiến, còn 5 xã chưa trả lời.",
                            ),
                            remedies=("3.3.2",),
                        ),
                    ),
                ),
                Point(
                    "II.7",
                    "Sở Tài chính tham mưu bố trí kinh phí mua thiết bị quét cho bộ phận một cửa "
                    "trước ngày {-100}; trình phương án giao quyền tự chủ cho đơn vị sự nghiệp "
                    "trước ngày {-45}.",
                    (
                        Order(
                            "Bố trí kinh phí mua thiết bị quét cho bộ phận một cửa",
                            "STC",
                            -100,
                            done(0),
                            product="Quyết định phân bổ kinh phí",
                            field=6,
                            told=("Đã thẩm định nhu cầu của 23 xã, phường.",),
                            result="Phân bổ 4,6 tỷ đồng mua 46 máy quét.",
                            document="733/QĐ-STC",
                        ),
                        Order(
                            "Phương án giao quyền tự chủ cho đơn vị sự nghiệp công lập",
                            "STC",
                            -45,
                            late(12),
                            joint=("SNV", "SYT", "SGDDT"),
                            product="Phương án trình UBND tỉnh",
                            field=6,
                            told=(
                                "Đã rà soát 88/104 đơn vị sự nghiệp.",
                                "Chậm do các sở gửi số liệu thu chưa đầy đủ.",
                            ),
                            result="Trình phương án tự chủ của 104 đơn vị.",
                            document="90/TTr-STC",
                        ),
                    ),
                ),
                Point(
                    "II.8",
                    "Sở Xây dựng rút ngắn thời gian cấp giấy phép xây dựng nhà ở riêng lẻ còn 07 "
                    "ngày làm việc, áp dụng trước ngày {-85}.",
                    (
                        Order(
                            "Rút ngắn thời gian cấp giấy phép xây dựng nhà ở riêng lẻ còn 07 ngày "
                            "làm việc",
                            "SXD",
                            -85,
                            done(3),
                            product="Quy trình nội bộ sửa đổi",
                            field=3,
                            told=("Đã thử nghiệm quy trình mới tại 3 phường.",),
                            result="Áp dụng quy trình 07 ngày làm việc trên toàn tỉnh.",
                            document="415/QĐ-SXD",
                        ),
                    ),
                ),
                Point(
                    "II.9",
                    "Sở Giáo dục và Đào tạo, Sở Y tế giao nhiệm vụ cải cách hành chính đến từng bộ "
                    "phận, đơn vị trực thuộc trước ngày {-104}.",
                    (
                        Order(
                            "Giao nhiệm vụ cải cách hành chính đến từng bộ phận, đơn vị trực thuộc",
                            "SGDDT",
                            -104,
                            done(8),
                            product="Bảng phân công",
                            field=1,
                            result="Đã phân công đến 9 phòng và 142 trường.",
                        ),
                        Order(
                            "Giao nhiệm vụ cải cách hành chính đến từng bộ phận, đơn vị trực thuộc",
                            "SYT",
                            -104,
                            done(2),
                            product="Bảng phân công",
                            field=1,
                            result="Đã phân công đến 7 phòng và 9 đơn vị.",
                        ),
                    ),
                ),
                Point(
                    "II.10",
                    "Sở Nội vụ cập nhật cơ sở dữ liệu cán bộ, công chức sau sắp xếp trước ngày "
                    "{-75}; trình đề án vị trí việc làm cấp xã trước ngày {-15}.",
                    (
                        Order(
                            "Cập nhật cơ sở dữ liệu cán bộ, công chức sau sắp xếp",
                            "SNV",
                            -75,
                            done(4),
                            product="Báo cáo đối soát dữ liệu",
                            field=5,
                            officer="chuyenvien",
                            told=("Đã cập nhật 3.904/4.212 hồ sơ.",),
                            result="Cập nhật đủ 4.212 hồ sơ, đồng bộ lên hệ thống của Bộ Nội vụ.",
                        ),
                        Order(
                            "Trình đề án vị trí việc làm cấp xã",
                            "SNV",
                            -15,
                            going(60, ago=16),
                            joint=("STC",),
                            product="Đề án trình UBND tỉnh",
                            field=5,
                            officer="chuyenvien",
                            stage=Stage.DRAFT,
                            told=("Đã có dự thảo đề án của 15/23 xã, phường.",),
                            remedies=("5.1.1",),
                            below=(
                                Order(
                                    "Tổng hợp danh mục vị trí việc làm của 8 xã",
                                    "SNV-CCHC",
                                    -40,
                                    done(2),
                                    product="Danh mục tổng hợp",
                                    basis=("letter", "Công văn nội bộ 212/SNV"),
                                    result="Đã tổng hợp danh mục của 8 xã.",
                                    document="31/CCHC",
                                ),
                                Order(
                                    "Tổng hợp danh mục vị trí việc làm của 15 phường",
                                    "SNV-CCHC",
                                    -14,
                                    going(50, ago=9),
                                    product="Danh mục tổng hợp",
                                    basis=("letter", "Công văn nội bộ 212/SNV"),
                                    told=("Đã tổng hợp 7/15 phường.",),
                                ),
                            ),
                        ),
                    ),
                ),
                Point(
                    "II.11",
                    "Sở Công Thương thống kê số hộ kinh doanh nộp thuế điện tử theo địa bàn trước "
                    "ngày {-70}.",
                    (
                        Order(
                            "Thống kê số hộ kinh doanh nộp thuế điện tử theo địa bàn",
                            "SCT",
                            -70,
                            left(84, "Trùng nhiệm vụ Thuế tỉnh đã được UBND tỉnh giao."),
                            product="Bảng thống kê",
                            field=8,
                        ),
                    ),
                ),
                Point(
                    "II.12",
                    "Thuế tỉnh phối hợp công khai danh sách hộ kinh doanh nộp thuế điện tử; Sở "
                    "Công Thương báo cáo tác động của cải cách thủ tục đến số doanh nghiệp thành "
                    "lập mới trước ngày {-30}.",
                    (
                        Order(
                            "Công khai danh sách hộ kinh doanh nộp thuế điện tử",
                            "THUE",
                            -30,
                            done(5),
                            product="Danh sách công khai",
                            field=8,
                            result="Công khai 18.402 hộ trên cổng thông tin.",
                        ),
                        Order(
                            "Báo cáo tác động của cải cách thủ tục đến số doanh nghiệp thành lập "
                            "mới",
                            "SCT",
                            -30,
                            redo("Chưa có số liệu so sánh cùng kỳ theo từng xã, phường.", 5),
                            product="Báo cáo chuyên đề",
                            field=8,
                            told=("Đã thu thập số liệu từ cơ quan đăng ký kinh doanh.",),
                            result="Báo cáo tác động năm {year}.",
                            document="205/BC-SCT",
                            remedies=("8.1.1",),
                        ),
                    ),
                ),
                Point(
                    "II.13",
                    "Sở Nông nghiệp và Môi trường hoàn thành quy trình điện tử cho nhóm thủ tục "
                    "đất đai trước ngày {+1}; Sở Xây dựng hoàn thành quy trình điện tử cho nhóm "
                    "thủ tục hạ tầng trước ngày {+4}.",
                    (
                        Order(
                            "Hoàn thành quy trình điện tử cho nhóm thủ tục đất đai",
                            "SNNMT",
                            1,
                            going(75, ago=2),
                            product="31 quy trình điện tử",
                            field=7,
                            told=("Đã cấu hình 19/31 quy trình.", "Đã cấu hình 25/31 quy trình."),
                        ),
                        Order(
                            "Hoàn thành quy trình điện tử cho nhóm thủ tục hạ tầng",
                            "SXD",
                            4,
                            going(65, ago=3),
                            product="22 quy trình điện tử",
                            field=7,
                            told=("Đã cấu hình 14/22 quy trình, đang chạy thử.",),
                        ),
                    ),
                ),
                Point(
                    "II.14",
                    "Sở Nội vụ báo cáo tình hình thực hiện Kế hoạch cải cách hành chính hằng tháng "
                    "trước ngày 25.",
                    (
                        Order(
                            "Báo cáo tình hình thực hiện Kế hoạch cải cách hành chính hằng tháng",
                            "SNV",
                            "monthly",
                            going(0, ago=8),
                            product="Báo cáo tháng",
                            field=1,
                            officer="chuyenvien",
                            told=("Đã gửi báo cáo tháng trước.",),
                        ),
                    ),
                ),
                Point(
                    "II.15",
                    "Trung tâm Phục vụ hành chính công tỉnh sơ kết mô hình tiếp nhận không phụ "
                    "thuộc địa giới trong {quarter}; Sở Nội vụ tổng kết Kế hoạch cải cách hành "
                    "chính trong năm {year_end}.",
                    (
                        Order(
                            "Sơ kết mô hình tiếp nhận không phụ thuộc địa giới hành chính",
                            "TTPVHCC",
                            "quarter",
                            going(30, ago=7),
                            product="Báo cáo sơ kết",
                            field=3,
                            told=("Đã khảo sát 1.240 lượt người dân nộp hồ sơ ngoài địa bàn.",),
                        ),
                        Order(
                            "Tổng kết Kế hoạch cải cách hành chính",
                            "SNV",
                            "year",
                            going(10, ago=13),
                            product="Báo cáo tổng kết",
                            field=1,
                            told=("Đã có đề cương báo cáo.",),
                        ),
                    ),
                ),
                Point(
                    "II.16",
                    "Các đơn vị triển khai kịp thời, có hiệu quả các lĩnh vực cải cách hành chính "
                    "thuộc phạm vi, thẩm quyền.",
                    verdict=_GUIDANCE,
                ),
            ),
        ),
    ),
)
