"""The province as one demo office."""

from tracker.demo.indices import GAUGES, PROVINCE_BOOK
from tracker.demo.province.inspection import INSPECTION
from tracker.demo.province.joint import JOINT
from tracker.demo.province.leaders import LEADERS, SUPPLEMENT
from tracker.demo.province.letter import LETTER
from tracker.demo.province.people import BOARDS, CHAIR, PEOPLE, SECRETARY
from tracker.demo.province.planning import PLANNING
from tracker.demo.province.review import REVIEW
from tracker.demo.province.units import COMMUNE_CODES, DEPARTMENT_CODES, UNITS
from tracker.demo.script import ALL_COMMUNES, ALL_DEPARTMENTS, Office

FIELDS = (
    "Chỉ đạo, điều hành",
    "Thể chế",
    "Thủ tục hành chính",
    "Tổ chức bộ máy",
    "Chế độ công vụ",
    "Tài chính công",
    "Chính quyền số",
    "Tác động của cải cách",
)

PROVINCE_OFFICE = Office(
    name="Tỉnh Hà An (giả định)",
    units=UNITS,
    boards=BOARDS,
    people=PEOPLE,
    gatherings=(REVIEW, PLANNING, JOINT, INSPECTION, LEADERS, LETTER, SUPPLEMENT),
    fields=FIELDS,
    chair=CHAIR,
    secretary=SECRETARY,
    departments=DEPARTMENT_CODES,
    communes=COMMUNE_CODES,
    groups={ALL_COMMUNES: "UBND các xã, phường", ALL_DEPARTMENTS: "các sở, ban, ngành"},
    gauges=GAUGES,
    book=PROVINCE_BOOK,
)
