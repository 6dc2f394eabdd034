"""Every key a regulation profile has, with the kind of its value: the one list that loading checks against."""

from collections.abc import Mapping
from types import MappingProxyType

from regulation.profiles import vocabulary as words
from regulation.profiles.kinds import (
    Choice,
    Day,
    DossierCodePattern,
    Flag,
    Kind,
    Listing,
    Maybe,
    Number,
    Percent,
    Periods,
    Record,
    Text,
    TimeLimit,
)

_FLAG = Flag()
_TEXT = Text()
_SWITCH = Choice(words.SWITCHES)
_BODIES = Listing(words.BODIES, words.DUTIES)
_HOST = Text(r"[a-z0-9-]+(\.[a-z0-9-]+)+", "a host name")
_DAY_PERIODS = Periods()
_LEVEL = Choice(("L1", "L2", "L3", "L4", "any_online"))

ANNEX: Mapping[str, Kind] = MappingProxyType(
    {
        # A.1 Identity of the province and roles
        "regulation.number": _TEXT,
        "regulation.effective_from": Day(),
        "scope.levels": Listing(words.LEVELS),
        "scope.vertical_agencies": _FLAG,
        "roles.owner": _BODIES,
        "roles.content_owner": _BODIES,
        "roles.coordinator": _BODIES,
        "roles.operator": _BODIES,
        "roles.security": _BODIES,
        "roles.content_controller": _BODIES,
        "contacts.hotline": _TEXT,
        "contacts.address": _TEXT,
        "contacts.phone": _TEXT,
        "contacts.email": Text(r"[^@\s]+@[^@\s]+", "an e-mail address"),
        # A.2 Calendar and general timing
        "calendar.working_periods": Record(dict.fromkeys(words.WEEKDAYS, _DAY_PERIODS)),
        "calendar.holidays": Choice(("national",)),
        "calendar.after_hours_rule": Choice(("next_working_period", "at_once")),
        "reminders.before_due": Record({"share": Percent(), "at_least_minutes": Number(0, 10_080)}),
        "reminders.officer_idle": TimeLimit(),
        "ops.outage_stops_clock": _FLAG,
        # A.3 Catalogue
        "catalog.level_scheme": Choice(("levels_1_4", "full_partial")),
        "catalog.agency_update_deadline": TimeLimit(),
        "catalog.service_update_deadline": TimeLimit(("promptly",)),
        "catalog.change_request_due": Choice(("effective_date",)),
        "catalog.editor": Choice(("centre_by_level", "agency", "content_owner")),
        "catalog.coverage_target": Record(
            {"share": Percent(), "of": Choice(("information", "levels_1_2", "all_procedures"))}
        ),
        "catalog.min_level_if_forms": Maybe(Number(1, 4)),
        "catalog.test_required": _FLAG,
        "catalog.online_approval": Choice(
            ("decision_number", "chairman_decision", "chairman_publication", "approved_list")
        ),
        "catalog.roadmap_cycle": Choice(("off", "yearly", "yearly_for_next_year")),
        "forms.kind": Choice(("either", "either_stated", "interactive", "interactive_at_l3")),
        "content.cadence": Choice(("on_change", "daily_or_weekly", "continuous")),
        "homepage.unavailable_features_notice": _FLAG,
        # A.4 Accounts
        "accounts.citizen_source": Listing(("local", "national_portal", "electronic_identification")),
        "accounts.initial_credential": Choice(("user_sets", "email_or_sms", "none")),
        "accounts.required_from_level": _LEVEL,
        "accounts.officer_source": Listing(("local", "provincial_sso", "electronic_identification")),
        "accounts.first_login_change": Maybe(_FLAG),
        "accounts.password_max_age_days": Record(
            {"mode": Choice(("off", "remind", "enforce")), "days": Maybe(Number(1, 999))}
        ),
        "accounts.default_scope": Choice(("own", "unit", "agency")),
        "accounts.rights_granted_by": Choice(("agency_admin", "vp_ubnd")),
        "accounts.review_cycle": Choice(("off", "3m", "6m", "12m")),
        "accounts.npd_commitment_required": _FLAG,
        "post.staff_tasks": Listing(("guide", "receive", "digitise", "return")),
        # A.5 Submission and intake
        "submission.component_sources": Listing(words.COMPONENT_SOURCES),
        "submission.one_file_per_document": _FLAG,
        "submission.l4_signature": Choice(
            (
                "optional",
                "encouraged",
                "required_or_certified_papers",
                "required_or_as_l3",
                "by_component_source",
            )
        ),
        "submission.sign_and_compare_at_pickup": Choice(("off", "L3")),
        "submission.doc_number_instead_of_upload": _FLAG,
        "submission.amend": Choice(("on_request", "by_user", "national")),
        "dossier_code.pattern": DossierCodePattern(),
        "dossier_code.issue_at": Choice(("submission", "acceptance")),
        "dossier_code.qr": _FLAG,
        "intake.check_deadline": TimeLimit(),
        "intake.forward_deadline": TimeLimit(("same_day_15h", "inside_check")),
        "intake.single_supplement_rule": _FLAG,
        "intake.supplement_wait_days": Number(1, 365),
        "intake.instant_without_receipt": _FLAG,
        "documents.signed": Record(
            {"mode": Choice(("optional", "encouraged", "required")), "papers": Listing(words.PAPERS)}
        ),
        "digitisation.required": _FLAG,
        "intake.offline_backfill": _FLAG,
        "post.intake": Choice(("off", "on", "on_with_duties", "on_if_decided")),
        # A.6 Processing, results, fees
        "processing.clock_start": Choice(("acceptance", "full_receipt")),
        "processing.clock_on_supplement": Choice(("pause_and_restart", "pause", "run_on")),
        "processing.apology": Listing(words.APOLOGY_PARTS),
        "processing.max_extensions": Number(0, 9),
        "processing.process_approver": Choice(("chairman", "ubnd", "agency", "competent_body")),
        "processing.result_signature": Choice(
            ("optional", "encouraged", "required_at_l4", "required_for_electronic_results")
        ),
        "results.channels.l3": Listing(words.RESULT_CHANNELS, ("on_request",)),
        "results.channels.l4": Listing(words.RESULT_CHANNELS, ("on_request",)),
        "results.online_by_agreement": _FLAG,
        "notifications.early_result": Listing(words.NOTICE_CHANNELS),
        "post.delivery_in_province": TimeLimit(("none",)),
        "post.loss_compensation": _FLAG,
        "fees.channels.l3": Maybe(Listing(words.FEE_CHANNELS)),
        "fees.channels.l4": Maybe(Listing(words.FEE_CHANNELS)),
        "fees.channels.any": Maybe(Listing(words.FEE_CHANNELS)),
        "fees.pay_time": Listing(("submission", "handling", "result")),
        "fees.source": Choice(("local", "national_procedure_database")),
        "fees.update_deadline": TimeLimit(("none",)),
        "fees.receipt_rules": Listing(
            ("optional", "e_receipt", "district_rule"), ("provincial_centre", "district", "commune")
        ),
        "fees.refund_when": Listing(("agency_cannot_perform", "transaction_failed")),
        "fees.no_refund_if_unclaimed": _FLAG,
        # A.7 Tracking, vault, notification
        "tracking.channels": Listing(words.TRACKING_CHANNELS),
        "vault.enabled": Choice(("off", "once_only_store", "full_vault")),
        "notifications.channels": Listing(words.NOTICE_CHANNELS, ("encouraged",)),
        "notifications.sms_with_each_paper": _FLAG,
        # A.8 Q&A, feedback, satisfaction
        "qna.enabled": _FLAG,
        "qna.triage_deadline": TimeLimit(),
        "qna.return_deadline": TimeLimit(),
        "qna.answer_deadline.own": TimeLimit(),
        "qna.answer_deadline.cross_sector": TimeLimit(),
        "qna.answer_deadline.special_max": TimeLimit(),
        "qna.login_required": _FLAG,
        "qna.text_rules": _FLAG,
        "qna.fields.organisation": Listing(words.ASKER_FIELDS),
        "qna.fields.individual": Listing(words.ASKER_FIELDS),
        "qna.citation_effective_date": _FLAG,
        "qna.feedback_in_qna": _FLAG,
        "qna.public": Choice(("no", "answers", "questions_and_answers")),
        "feedback.enabled": Choice(("off", "suggestions_only", "on")),
        "feedback.login_required": Choice(("no", "portal_account", "national_portal_account")),
        "feedback.channels": Listing(words.FEEDBACK_CHANNELS),
        "feedback.response_deadline": TimeLimit(("national",)),
        "feedback.sync": Listing(("provincial_system", "government_system", "national_portal")),
        "satisfaction.survey_cadence": Choice(("on_demand", "quarterly")),
        # A.9 Reports, integration, security, operation, interface
        "reports.agency_cycle": Listing(words.REPORT_CYCLES, words.REPORT_DATES),
        "reports.agency_receiver": _BODIES,
        "reports.province_cycle": Listing(words.REPORT_CYCLES, words.REPORT_DATES),
        "reports.province_receiver": _BODIES,
        "stats.public_periods": Listing(("month", "quarter", "year")),
        "stats.per_service_from_level": _LEVEL,
        "stats.online_share_target": Choice(("none", "set_yearly")),
        "stats.entry_completeness_target": Percent(),
        "stats.quality_index": _FLAG,
        "sync.max_delay_seconds": Number(1, 86_400),
        "connectors.national_portal": _SWITCH,
        "connectors.procedure_db": _SWITCH,
        "connectors.population_db": _SWITCH,
        "connectors.ministry_systems": _SWITCH,
        "connectors.single_window": _SWITCH,
        "connectors.social_network": _SWITCH,
        "connectors.document_management": _SWITCH,
        "connectors.agency_websites": _SWITCH,
        "security.system_level": Choice(("1", "2", "3", "4", "5", "by_decision")),
        "security.check_cycle": Choice(("yearly", "half_yearly", "quarterly")),
        "security.ip_allowlist": Listing(("admin", "desk")),
        "log.access_detail": Choice(("full", "basic")),
        "archive.retention": Choice(("never_delete", "by_law")),
        "backup.scheme": Record({"copies": Choice(("1+1",)), "every": Choice(("hour", "day"))}),
        "ops.maintenance_plan_cycle": Choice(("yearly",)),
        "ops.availability_target": Percent(),
        "deploy.location": Choice(("province", "province_data_centre_at_dic", "operator")),
        "incident.announcer": _BODIES,
        "incident.report_to": _BODIES,
        "incident.lead": _BODIES,
        "domains.citizen": _HOST,
        "domains.officer": Maybe(_HOST),
        "domains.english": Maybe(_HOST),
        "domains.alias": Maybe(_HOST),
        "ui.languages": Listing(("vi", "en")),
        "regulation.issues_receiver": _BODIES,
    }
)

# What the law of 2025-2026 asks and the five regulations do not name.
BEYOND_ANNEX: Mapping[str, Kind] = MappingProxyType(
    {
        "portal.front_door": Choice(("own", "national_portal")),
        "forms.set": Choice(("tt01_2018", "tt03_2025")),
        "intake.clock_start_elsewhere": Choice(("competent_agency", "place_of_receipt")),
        "processing.max_extension_percent": Number(1, 1000),
        "intake.paper_if_data_published": Choice(("may_ask", "never")),
        "feedback.triage_deadline": TimeLimit(),
        "qna.topics": Listing(words.QUESTION_TOPICS),
        "accounts.second_factor": Listing(
            (
                "agency_admin",
                "province_office",
                "operator",
                "signer",
                "agency_head",
                "province_leader",
                "auditor",
            )
        ),
        "security.citizen_session_idle_minutes": Number(20, 480),
        "security.session_idle_minutes": Number(1, 480),
        "security.admin_session_idle_minutes": Number(1, 480),
        "security.lock_after_failures": Number(1, 20),
        "security.lock_time": TimeLimit(),
        "security.password_min_length": Number(8, 128),
        "security.password_min_length_with_second_factor": Number(8, 128),
        "security.second_factor_for": Listing(("admin", "third_party", "outside")),
        "security.admin_password_max_age_days": Maybe(Number(1, 999)),
        "security.password_history": Number(0, 50),
        "security.incident_first_report": TimeLimit(("none",)),
        "security.incident_follow_up": TimeLimit(("none",)),
        "accounts.disable_after_idle_days": Maybe(Number(1, 999)),
        "log.retention_months": Number(3, 1200),
        "privacy.breach_notice": TimeLimit(),
        "privacy.request_answer": TimeLimit(),
        "notifications.desk_arrivals": Choice(("at_once", "digest")),
        "notifications.desk_arrivals_every_minutes": Number(1, 480),
        "satisfaction.changeable_days": Number(1, 365),
        "satisfaction.low_mark": Number(1, 4),
        "retention.one_time_code_days": Number(1, 30),
        "retention.sign_in_days": Number(1, 999),
        "retention.known_device_days": Number(1, 999),
        "retention.closed_account_days": Number(1, 365),
        "retention.draft_days": Number(1, 999),
        "retention.submitted_draft_days": Number(1, 999),
        "retention.deleted_upload_days": Number(1, 999),
        "retention.notice_days": Number(30, 36_500),
        "retention.question_asker_days": Number(30, 36_500),
        "retention.asker_bar_days": Number(30, 36_500),
        "retention.dossier_rating_days": Number(30, 36_500),
    }
)

SCHEMA: Mapping[str, Kind] = MappingProxyType({**ANNEX, **BEYOND_ANNEX})
REQUIRED = frozenset(
    key
    for key in SCHEMA
    if key in {"regulation.number", "regulation.effective_from", "domains.citizen"}
    or key.startswith("contacts.")
)
