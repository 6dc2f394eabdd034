"""The roles people and machines have in the suite; their names are fixed, who holds one is the province's choice."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the suite (vai trò). Source: requirements C."""

    VISITOR = "visitor"
    CITIZEN = "citizen"
    ORGANISATION = "organisation"
    DELEGATE = "delegate"
    DESK_OFFICER = "desk_officer"
    FEE_COLLECTOR = "fee_collector"
    SPECIALIST = "specialist"
    SIGNER = "signer"
    AGENCY_HEAD = "agency_head"
    AGENCY_ADMIN = "agency_admin"
    CATALOGUE_EDITOR = "catalogue_editor"
    CONTENT_CONTROLLER = "content_controller"
    COORDINATOR = "coordinator"
    PROVINCE_OFFICE = "province_office"
    QA_OWNER = "qa_owner"
    FEEDBACK_OWNER = "feedback_owner"
    OPERATOR = "operator"
    POSTAL_WORKER = "postal_worker"
    POLICE = "police"
    AUDITOR = "auditor"
    AUTHORITY = "authority"
    PROVINCE_LEADER = "province_leader"
    CONNECTOR = "connector"
    EMBED = "embed"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        """The Vietnamese name of the role."""
        return LABELS[self]

    def said(self, lang: str) -> str:
        """Return the name of the role in Vietnamese or English."""
        return ENGLISH[self] if lang == "en" else LABELS[self]


LABELS = {
    Role.VISITOR: "Người xem không đăng nhập",
    Role.CITIZEN: "Cá nhân",
    Role.ORGANISATION: "Tổ chức, doanh nghiệp",
    Role.DELEGATE: "Người được ủy quyền",
    Role.DESK_OFFICER: "Cán bộ một cửa",
    Role.FEE_COLLECTOR: "Cán bộ thu phí, lệ phí",
    Role.SPECIALIST: "Công chức chuyên môn",
    Role.SIGNER: "Lãnh đạo ký",
    Role.AGENCY_HEAD: "Thủ trưởng cơ quan",
    Role.AGENCY_ADMIN: "Quản trị của cơ quan",
    Role.CATALOGUE_EDITOR: "Biên tập danh mục",
    Role.CONTENT_CONTROLLER: "Kiểm soát nội dung",
    Role.COORDINATOR: "Điều phối, Trung tâm Phục vụ hành chính công",
    Role.PROVINCE_OFFICE: "Văn phòng UBND tỉnh",
    Role.QA_OWNER: "Phụ trách hỏi đáp",
    Role.FEEDBACK_OWNER: "Đầu mối phản ánh, kiến nghị",
    Role.OPERATOR: "Vận hành",
    Role.POSTAL_WORKER: "Nhân viên bưu chính",
    Role.POLICE: "Công an tỉnh",
    Role.AUDITOR: "Thanh tra, kiểm tra",
    Role.AUTHORITY: "Cơ quan yêu cầu dữ liệu",
    Role.PROVINCE_LEADER: "Lãnh đạo UBND tỉnh",
    Role.CONNECTOR: "Kết nối quốc gia",
    Role.EMBED: "Trang của cơ quan",
    Role.SYSTEM: "Đồng hồ hệ thống",
}
ENGLISH = {
    Role.VISITOR: "Visitor",
    Role.CITIZEN: "Citizen",
    Role.ORGANISATION: "Organisation",
    Role.DELEGATE: "Authorised person",
    Role.DESK_OFFICER: "One-stop desk officer",
    Role.FEE_COLLECTOR: "Fee collector",
    Role.SPECIALIST: "Specialist",
    Role.SIGNER: "Signing leader",
    Role.AGENCY_HEAD: "Head of the agency",
    Role.AGENCY_ADMIN: "Administrator of the agency",
    Role.CATALOGUE_EDITOR: "Catalogue editor",
    Role.CONTENT_CONTROLLER: "Content controller",
    Role.COORDINATOR: "Coordinator, public service centre",
    Role.PROVINCE_OFFICE: "Office of the provincial People's Committee",
    Role.QA_OWNER: "Officer for questions and answers",
    Role.FEEDBACK_OWNER: "Officer for feedback",
    Role.OPERATOR: "Operator",
    Role.POSTAL_WORKER: "Postal worker",
    Role.POLICE: "Provincial police",
    Role.AUDITOR: "Inspector",
    Role.AUTHORITY: "Requesting authority",
    Role.PROVINCE_LEADER: "Leader of the provincial People's Committee",
    Role.CONNECTOR: "National connection",
    Role.EMBED: "Page of an agency",
    Role.SYSTEM: "System clock",
}

# Who grants, keeps accounts or runs the suite: an unattended screen of theirs opens most.
ADMINISTRATORS = frozenset({Role.AGENCY_ADMIN, Role.PROVINCE_OFFICE, Role.OPERATOR})
APPLICANTS = frozenset({Role.CITIZEN, Role.ORGANISATION})
# Roles an agency fills with its own people.
AGENCY_ROLES = frozenset(
    {
        Role.DESK_OFFICER,
        Role.FEE_COLLECTOR,
        Role.SPECIALIST,
        Role.SIGNER,
        Role.AGENCY_HEAD,
        Role.AGENCY_ADMIN,
        Role.QA_OWNER,
        Role.FEEDBACK_OWNER,
        Role.POSTAL_WORKER,
    }
)
# Roles for the whole province, granted by its office.
PROVINCE_ROLES = frozenset(
    {
        Role.CATALOGUE_EDITOR,
        Role.CONTENT_CONTROLLER,
        Role.COORDINATOR,
        Role.PROVINCE_OFFICE,
        Role.OPERATOR,
        Role.POLICE,
        Role.AUDITOR,
        Role.PROVINCE_LEADER,
    }
)
# Every role an officer's account may have; the others belong to applicants and machines.
OFFICER_ROLES = AGENCY_ROLES | PROVINCE_ROLES
