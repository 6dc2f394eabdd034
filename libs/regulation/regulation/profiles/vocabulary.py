"""The words a profile may use in its lists: levels, bodies, channels, papers, sources of an account."""

LEVELS = ("province", "district", "commune")
BODIES = (
    "ubnd",
    "chairman",
    "vp_ubnd",
    "provincial_centre",
    "district_centre",
    "dic",
    "ict_centre",
    "provincial_police",
    "hired_operator",
    "agencies",
    "desks",
    "coordinator",
    "operator",
    "vpcp",
    "vpcp_system",
    "ministry",
)
DUTIES = (
    "province",
    "district",
    "commune",
    "agency_list",
    "execution",
    "until_centre_exists",
    "technical",
    "with",
    "via",
    "roadmap",
    "their_applicants",
)
RESULT_CHANNELS = ("online", "desk", "post", "delivery", "electronic", "email", "portal_store")
FEE_CHANNELS = (
    "desk",
    "online",
    "post",
    "delivery",
    "pos_card",
    "atm_transfer",
    "bank_transfer",
    "card",
    "bank_account",
)
NOTICE_CHANNELS = ("portal", "email", "sms", "phone", "social_network", "messaging", "user_choice")
TRACKING_CHANNELS = (
    "portal_by_code",
    "portal_account",
    "qr",
    "counter",
    "national_portal",
    "social_network",
    "sms",
    "hotline",
)
FEEDBACK_CHANNELS = (
    "portal",
    "email",
    "phone",
    "desk",
    "paper",
    "qna",
    "published_contacts",
    "provincial_portal",
    "government_portal",
    "national_portal",
)
COMPONENT_SOURCES = ("photo_or_scan", "certified_e_copy", "master_register_e_copy", "vault")
PAPERS = ("receipt", "supplement", "refusal", "apology", "extension", "electronic_result")
APOLOGY_PARTS = (
    "letter",
    "notice",
    "signed_letter",
    "extension_proposal",
    "sms",
    "director_reports_to_chairman",
)
ASKER_FIELDS = (
    "name",
    "contact",
    "full_name",
    "nationality",
    "id_number",
    "address",
    "email",
    "organisation_name",
    "organisation_phone",
    "organisation_email",
    "representative_name",
    "representative_position",
    "representative_phone",
    "establishment_number",
    "head_office_address",
    "asker_name",
    "asker_position",
    "asker_phone",
    "asker_email",
)
QUESTION_TOPICS = ("legal_rules", "policies", "procedures", "investment", "other")
REPORT_CYCLES = (
    "yearly",
    "quarterly",
    "ad_hoc",
    "on_request",
    "next_year_roadmap",
    "in_procedure_control_report",
    "national",
)
REPORT_DATES = ("before_12_25", "before_12_31")
SWITCHES = ("off", "optional", "on")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
