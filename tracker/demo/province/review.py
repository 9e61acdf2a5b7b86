"""The year-end review: two numeric targets, and work to keep what was gained."""

from tracker.conclusions.rules import Attendance, ClauseVerdict, RaisedKind, SourceKind
from tracker.demo.script import (
    Aim,
    Attendee,
    Gathering,
    Moved,
    Order,
    Point,
    Raised,
    Section,
    Share,
    done,
    going,
    late,
)

_GUIDANCE = ClauseVerdict.GUIDANCE
_TARGET = ClauseVerdict.TARGET

REVIEW = Gathering(
    key="review",
    kind=SourceKind.CONFERENCE,
    boards=("CCHC",),
    title="Hội nghị tổng kết công tác cải cách hành chính năm {index}, triển khai nhiệm vụ năm "
    "{year}",
    held=-170,
    issued=-167,
    assigned=-166,
    number="05/TB-BCĐ",
    notice_title="Kết luận của Trưởng Ban Chỉ đạo tại Hội nghị tổng kết công tác cải cách hành "
    "chính năm {index}",
    place="Hội trường UBND tỉnh",
    summary="Xã Long Khê đạt 90,99 điểm Chỉ số CCHC, xếp hạng 2/8 khối xã, tăng 4,09 điểm và 3 "
    "bậc so với năm {before}; tăng mạnh ở chỉ đạo điều hành, thủ tục hành chính, tài chính công "
    "và chính quyền số.",
    signer="Trần Minh Đức, Trưởng ban",
    letterhead=("ỦY BAN NHÂN DÂN TỈNH HÀ AN", "BAN CHỈ ĐẠO CẢI CÁCH HÀNH CHÍNH"),
    opening="Ngày {-170}, Ban Chỉ đạo tổ chức Hội nghị tổng kết công tác cải cách hành chính năm "
    "{index}, triển khai nhiệm vụ năm {year}. Sau khi nghe báo cáo của Cơ quan Thường trực và ý "
    "kiến của các đại biểu, Trưởng Ban Chỉ đạo kết luận như sau:",
    closing="Ban Chỉ đạo thông báo để các cơ quan, đơn vị, địa phương biết, thực hiện./.",
    attendees=(
        Attendee(
            "Trần Minh Đức",
            "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, Trưởng ban",
            Attendance.CHAIR,
            concludes=True,
        ),
        Attendee("Nguyễn Thị Bích Thủy", "Giám đốc Sở Nội vụ", Attendance.ATTENDEE),
        Attendee("Phạm Văn Lợi", "Chủ tịch UBND xã Long Khê", Attendance.ATTENDEE),
    ),
    raised=(
        Raised(
            "MYTAN",
            RaisedKind.DIFFICULTY,
            "Đường truyền tại ba thôn vùng cao chưa bảo đảm, người dân khó thanh toán trực tuyến.",
        ),
        Raised(
            "TTPVHCC",
            RaisedKind.PROPOSAL,
            "Đề nghị trang bị máy quét chuyên dụng cho bộ phận một cửa có trên 300 hồ sơ mỗi "
            "tháng.",
        ),
    ),
    sections=(
        Section(
            "I",
            "ĐÁNH GIÁ CHUNG",
            (
                Point(
                    "I.1",
                    "Năm {index}, công tác cải cách hành chính được triển khai đồng bộ, phân công "
                    "rõ giữa các ngành, các cấp; tỷ lệ hồ sơ giải quyết đúng hạn được nâng lên.",
                    verdict=_GUIDANCE,
                ),
                Point(
                    "I.2",
                    "Xã Long Khê đạt 90,99 điểm, xếp hạng 2/8 khối xã, tăng 4,09 điểm và tăng 3 "
                    "bậc. Ban Chỉ đạo ghi nhận, biểu dương cố gắng của tập thể xã.",
                    verdict=ClauseVerdict.NO_TASK,
                    reason="Ghi nhận kết quả, không giao việc.",
                ),
            ),
        ),
        Section(
            "II",
            "CHỈ TIÊU",
            (
                Point(
                    "II.1",
                    "Phấn đấu tỷ lệ thanh toán trực tuyến đối với hồ sơ thủ tục hành chính có phí, "
                    "lệ phí đạt từ 50% trở lên.",
                    verdict=_TARGET,
                    aim=Aim("TT-TT", "50"),
                ),
                Point(
                    "II.2",
                    "Bảo đảm tỷ lệ số hóa hồ sơ khi tiếp nhận đạt từ 80% trở lên.",
                    verdict=_TARGET,
                    aim=Aim("SO-HOA", "80"),
                ),
            ),
        ),
        Section(
            "III",
            "NHIỆM VỤ",
            (
                Point(
                    "III.1",
                    "Giao Sở Nội vụ chủ trì, phối hợp với Văn phòng UBND tỉnh xây dựng báo cáo "
                    "phân tích điểm tăng, giảm theo từng lĩnh vực, trình Ban Chỉ đạo trước ngày "
                    "{-140}.",
                    (
                        Order(
                            "Báo cáo phân tích điểm tăng, giảm của Chỉ số CCHC theo từng lĩnh vực",
                            "SNV",
                            -140,
                            done(5, on_behalf=True),
                            joint=("VPUBND",),
                            product="01 báo cáo phân tích kèm bảng so sánh hai năm",
                            field=1,
                            star=True,
                            told=(
                                "Đã tổng hợp số liệu của 12 sở, ngành và 23 xã, phường.",
                                "Dự thảo lần 2 đã lấy ý kiến Tổ giúp việc.",
                            ),
                            result="Đã trình Ban Chỉ đạo báo cáo phân tích; 4 lĩnh vực tăng điểm, "
                            "3 lĩnh vực giảm điểm, 1 lĩnh vực giữ nguyên.",
                            document="96/BC-SNV",
                        ),
                    ),
                ),
                Point(
                    "III.2",
                    "Trung tâm Phục vụ hành chính công tỉnh hoàn thành việc niêm yết mã thanh toán "
                    "tại tất cả các quầy tiếp nhận trước ngày {-135}.",
                    (
                        Order(
                            "Niêm yết mã thanh toán tại tất cả các quầy tiếp nhận",
                            "TTPVHCC",
                            -135,
                            done(2),
                            product="Ảnh chụp từng quầy, biên bản kiểm tra",
                            field=7,
                            told=("Đã in và dán tại 18 quầy của trung tâm.",),
                            result="Niêm yết đủ 26/26 quầy; giao dịch thử thành công.",
                            remedies=("7.3.2",),
                        ),
                    ),
                ),
                Point(
                    "III.3",
                    "Sở Tài chính hướng dẫn đối soát, quyết toán khoản thu phí, lệ phí trực tuyến "
                    "trước ngày {-128}.",
                    (
                        Order(
                            "Hướng dẫn đối soát, quyết toán phí, lệ phí thu trực tuyến",
                            "STC",
                            -128,
                            late(6),
                            product="Công văn hướng dẫn",
                            field=6,
                            told=("Đang chờ ý kiến của ba ngân hàng phối hợp thu.",),
                            result="Đã ban hành hướng dẫn, áp dụng thống nhất cho các xã, phường.",
                            document="512/STC-HCSN",
                        ),
                    ),
                ),
                Point(
                    "III.4",
                    "Sở Tư pháp rà soát, kiến nghị bãi bỏ văn bản quy phạm pháp luật của cấp huyện "
                    "đã hết hiệu lực sau sắp xếp đơn vị hành chính, hoàn thành trước ngày {-96}.",
                    (
                        Order(
                            "Rà soát, kiến nghị bãi bỏ văn bản quy phạm pháp luật của cấp huyện "
                            "đã hết hiệu lực sau sắp xếp đơn vị hành chính",
                            "STP",
                            -96,
                            going(70, ago=6),
                            product="Danh mục văn bản đề nghị bãi bỏ",
                            field=2,
                            star=True,
                            officer="cv.stp",
                            told=(
                                "Đã rà soát 118/212 văn bản của ba huyện cũ.",
                                "Còn 46 văn bản chưa có ý kiến của sở quản lý ngành.",
                            ),
                            remedies=("2.1.2",),
                            instructed=(
                                15,
                                "Sở Tư pháp báo cáo rõ nguyên nhân chậm, thời điểm hoàn thành.",
                            ),
                            moved=Moved(
                                -78,
                                99,
                                "Khối lượng văn bản của ba huyện cũ lớn hơn dự kiến",
                                "Phó Chủ tịch Hoàng Gia Bảo",
                                "Bút phê ngày {-99}",
                            ),
                        ),
                    ),
                ),
                Point(
                    "III.5",
                    "Sở Khoa học và Công nghệ rà soát, đề xuất danh mục dịch vụ công trực tuyến "
                    "toàn trình đủ điều kiện trước ngày {-120}.",
                    (
                        Order(
                            "Đề xuất danh mục dịch vụ công trực tuyến toàn trình đủ điều kiện",
                            "SKHCN",
                            -120,
                            done(1),
                            joint=("TTPVHCC", "STP"),
                            product="Tờ trình kèm danh mục",
                            field=7,
                            told=("Đã thống nhất 164 thủ tục với các sở quản lý.",),
                            result="Trình danh mục 171 dịch vụ công trực tuyến toàn trình.",
                            document="44/TTr-SKHCN",
                        ),
                    ),
                ),
                Point(
                    "III.6",
                    "Thanh tra tỉnh kiểm tra việc tiếp nhận, xử lý phản ánh, kiến nghị tại 06 xã, "
                    "phường, báo cáo kết quả trước ngày {-118}.",
                    (
                        Order(
                            "Kiểm tra việc tiếp nhận, xử lý phản ánh, kiến nghị tại 06 xã, phường",
                            "TTT",
                            -118,
                            done(0, again=True),
                            product="Kết luận kiểm tra",
                            field=3,
                            told=("Đã kiểm tra xong 4/6 địa phương.",),
                            result="Hoàn thành kiểm tra 6/6 xã, phường; kiến nghị 11 nội dung.",
                            document="19/KL-TTT",
                        ),
                    ),
                ),
                Point(
                    "III.7",
                    "Sở Văn hóa, Thể thao và Du lịch thực hiện chuyên mục truyền thông về thanh "
                    "toán không dùng tiền mặt trước ngày {-105}.",
                    (
                        Order(
                            "Chuyên mục truyền thông về thanh toán không dùng tiền mặt",
                            "SVHTTDL",
                            -105,
                            done(4),
                            product="06 phóng sự, 01 bộ tài liệu hỏi đáp",
                            field=7,
                            told=("Đã phát sóng 3 phóng sự đầu.",),
                            result="Phát sóng đủ 6 phóng sự; tài liệu gửi 23 xã, phường.",
                        ),
                    ),
                ),
                Point(
                    "III.8",
                    "Sở Y tế, Sở Giáo dục và Đào tạo triển khai thu viện phí, học phí không dùng "
                    "tiền mặt tại 100% đơn vị trực thuộc trước ngày {-90}.",
                    (
                        Order(
                            "Thu viện phí không dùng tiền mặt tại 100% bệnh viện, trung tâm y tế",
                            "SYT",
                            -90,
                            late(9),
                            product="Báo cáo kết quả triển khai",
                            field=6,
                            told=(
                                "Đã triển khai tại 7/9 đơn vị.",
                                "Hai trung tâm y tế còn vướng kết nối phần mềm kế toán.",
                            ),
                            result="9/9 đơn vị thu viện phí không dùng tiền mặt.",
                            document="388/BC-SYT",
                        ),
                        Order(
                            "Thu học phí không dùng tiền mặt tại 100% trường công lập",
                            "SGDDT",
                            -90,
                            done(7),
                            product="Báo cáo kết quả triển khai",
                            field=6,
                            told=("Đã ký biên bản phối hợp với hai ngân hàng.",),
                            result="142/142 trường thu học phí không dùng tiền mặt.",
                            document="271/BC-SGDĐT",
                        ),
                    ),
                ),
                Point(
                    "III.9",
                    "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh chủ trì, phối hợp với Sở "
                    "Tài chính ban hành quy chế phối hợp giải quyết thủ tục đầu tư liên thông "
                    "trước ngày {-70}.",
                    (
                        Order(
                            "Ban hành quy chế phối hợp giải quyết thủ tục đầu tư liên thông",
                            "BQLKKT",
                            -70,
                            going(40, ago=28),
                            joint=("SXD", "STC"),
                            shares=(
                                Share("STC", "Ý kiến về phần thẩm định vốn", -80),
                                Share("SXD", "Ý kiến về phần cấp phép xây dựng", -80),
                            ),
                            product="Quyết định kèm quy chế",
                            field=3,
                            told=(
                                "Đã gửi dự thảo lấy ý kiến 5 sở.",
                                "Sở Tài chính chưa có ý kiến về phần thẩm định vốn.",
                            ),
                            remedies=("3.2.1",),
                        ),
                    ),
                ),
                Point(
                    "III.10",
                    "Sở Nông nghiệp và Môi trường làm sạch dữ liệu đất đai phục vụ thanh toán "
                    "nghĩa vụ tài chính trực tuyến, hoàn thành trước ngày {-60}.",
                    (
                        Order(
                            "Làm sạch dữ liệu đất đai phục vụ thanh toán nghĩa vụ tài chính trực "
                            "tuyến",
                            "SNNMT",
                            -60,
                            late(14),
                            joint=("THUE",),
                            product="Cơ sở dữ liệu đã đối soát của 23 xã, phường",
                            field=7,
                            told=(
                                "Đã đối soát 312.000/486.000 thửa đất.",
                                "Đã đối soát 455.000/486.000 thửa đất; chậm do thiếu bản đồ số.",
                            ),
                            result="Đối soát xong 486.000 thửa đất, bàn giao cho Thuế tỉnh.",
                        ),
                    ),
                ),
                Point(
                    "III.11",
                    "Đề nghị Bảo hiểm xã hội tỉnh, Công an tỉnh phối hợp chia sẻ dữ liệu phục vụ "
                    "cắt giảm thành phần hồ sơ; thực hiện thường xuyên.",
                    (
                        Order(
                            "Chia sẻ dữ liệu bảo hiểm phục vụ cắt giảm thành phần hồ sơ",
                            "BHXH",
                            "standing",
                            going(0, ago=20),
                            field=3,
                            told=("Đã kết nối 6 dịch vụ dữ liệu.",),
                        ),
                        Order(
                            "Chia sẻ dữ liệu dân cư phục vụ cắt giảm thành phần hồ sơ",
                            "CAT",
                            "standing",
                            going(0, ago=12),
                            field=3,
                            told=("Dữ liệu dân cư dùng cho 38 thủ tục cấp xã.",),
                        ),
                    ),
                ),
                Point(
                    "III.12",
                    "Các cơ quan, đơn vị, địa phương tiếp tục duy trì kết quả đã đạt, phát huy "
                    "điểm mạnh, áp dụng đồng bộ các giải pháp thiết thực.",
                    verdict=_GUIDANCE,
                ),
            ),
        ),
    ),
)
