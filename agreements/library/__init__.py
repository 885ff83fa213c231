"""The verbs: what the command line and other tools call. Each does one job and is documented by itself.

Verbs are loaded when they are first used, so that a search pays for nothing but the search.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agreements.intake.tracked_changes import ChangeReport, read_changes
    from agreements.library.accepted import Accepted, VariantTable, accepted_variants
    from agreements.library.acsa import AcsaReview, acsa_review, write_acsa_memo
    from agreements.library.binder import make_binder, write_hits
    from agreements.library.calendars import calendar, write_calendar
    from agreements.library.checking import check_draft
    from agreements.library.comparing import Comparison, compare, is_file, redline
    from agreements.library.comparing_tables import write_side_by_side
    from agreements.library.copies import CopyOptions, write_draft
    from agreements.library.coverage import Matrix, matrix
    from agreements.library.drafts import (
        assemble_file,
        handover,
        parameter_file,
        parameter_schema,
        use_templates,
    )
    from agreements.library.editing import Edited, edit, edit_from
    from agreements.library.explaining import Explained, explain
    from agreements.library.exporting import export_file
    from agreements.library.handovers import Handover, make_handover
    from agreements.library.health import Health, doctor
    from agreements.library.holding import hold, holds, release
    from agreements.library.importing import ImportReport, import_files
    from agreements.library.indexing import refresh_index
    from agreements.library.meaning import read_for_meaning
    from agreements.library.negotiate import (
        add_round,
        add_step,
        begin_negotiation,
        clause_history,
        export_negotiation,
        finish_step,
        hold_negotiation,
        keep_text,
        make_brief,
        negotiation_list,
        negotiation_status,
        negotiations_in,
        purge_negotiation,
        read_text,
        record_approval,
        record_position,
        release_hold,
        set_negotiation,
        sides_of,
        take_positions,
        write_brief,
    )
    from agreements.library.papers import make_paper, paper_gaps
    from agreements.library.partners import PartnerPage, partner
    from agreements.library.reading import classify_agreement, classify_file, parse_file
    from agreements.library.repositories import cite, export, get, listing, open_repository, purge, wanted
    from agreements.library.resembling import similar
    from agreements.library.reviewing import review
    from agreements.library.saved import Rerun, SavedSearch, forget_saved, run_saved, save_search, saved_searches
    from agreements.library.searching import search
    from agreements.library.starting import StartedVariant, start_variant
    from agreements.library.survey import relations, timeline
    from agreements.library.table import joint_text, read_joint, write_joint
    from agreements.library.touring import tour
    from agreements.library.variants import clause_variants, lint_templates
    from agreements.lineage.history import Event, Related
    from agreements.negotiation.brief import Brief
    from agreements.negotiation.export import NegotiationExport
    from agreements.negotiation.history import ClauseHistory
    from agreements.negotiation.joint_report import JointReport
    from agreements.negotiation.paper_writing import MadePaper
    from agreements.negotiation.sides import Sides
    from agreements.negotiation.status import NegotiationStatus
    from agreements.reviewing.answer import Reply, answer, write_decisions
    from agreements.reviewing.memo import write_memo
    from agreements.reviewing.review import Review

_VERBS = {
    "StartedVariant": "starting",
    "start_variant": "starting",
    "AcsaReview": "acsa",
    "acsa_review": "acsa",
    "write_acsa_memo": "acsa",
    "Accepted": "accepted",
    "VariantTable": "accepted",
    "accepted_variants": "accepted",
    "make_binder": "binder",
    "write_hits": "binder",
    "calendar": "calendars",
    "write_calendar": "calendars",
    "ChangeReport": ".intake.tracked_changes",
    "read_changes": ".intake.tracked_changes",
    "Comparison": "comparing",
    "compare": "comparing",
    "is_file": "comparing",
    "redline": "comparing",
    "write_side_by_side": "comparing_tables",
    "Matrix": "coverage",
    "matrix": "coverage",
    "assemble_file": "drafts",
    "check_draft": "checking",
    "handover": "drafts",
    "parameter_file": "drafts",
    "parameter_schema": "drafts",
    "use_templates": "drafts",
    "CopyOptions": "copies",
    "write_draft": "copies",
    "Edited": "editing",
    "edit": "editing",
    "edit_from": "editing",
    "export_file": "exporting",
    "Handover": "handovers",
    "make_handover": "handovers",
    "Health": "health",
    "doctor": "health",
    "Event": ".lineage.history",
    "Related": ".lineage.history",
    "relations": "survey",
    "timeline": "survey",
    "hold": "holding",
    "holds": "holding",
    "release": "holding",
    "ImportReport": "importing",
    "import_files": "importing",
    "refresh_index": "indexing",
    "read_for_meaning": "meaning",
    "add_round": "negotiate",
    "add_step": "negotiate",
    "begin_negotiation": "negotiate",
    "finish_step": "negotiate",
    "hold_negotiation": "negotiate",
    "keep_text": "negotiate",
    "negotiations_in": "negotiate",
    "read_text": "negotiate",
    "record_approval": "negotiate",
    "record_position": "negotiate",
    "release_hold": "negotiate",
    "set_negotiation": "negotiate",
    "take_positions": "negotiate",
    "ClauseHistory": ".negotiation.history",
    "clause_history": "negotiate",
    "Brief": ".negotiation.brief",
    "make_brief": "negotiate",
    "write_brief": "negotiate",
    "Sides": ".negotiation.sides",
    "sides_of": "negotiate",
    "JointReport": ".negotiation.joint_report",
    "joint_text": "table",
    "read_joint": "table",
    "write_joint": "table",
    "NegotiationExport": ".negotiation.export",
    "export_negotiation": "negotiate",
    "purge_negotiation": "negotiate",
    "NegotiationStatus": ".negotiation.status",
    "negotiation_list": "negotiate",
    "negotiation_status": "negotiate",
    "MadePaper": ".negotiation.paper_writing",
    "make_paper": "papers",
    "paper_gaps": "papers",
    "PartnerPage": "partners",
    "partner": "partners",
    "classify_agreement": "reading",
    "classify_file": "reading",
    "parse_file": "reading",
    "cite": "repositories",
    "export": "repositories",
    "get": "repositories",
    "listing": "repositories",
    "open_repository": "repositories",
    "purge": "repositories",
    "wanted": "repositories",
    "similar": "resembling",
    "Review": ".reviewing.review",
    "review": "reviewing",
    "Reply": ".reviewing.answer",
    "answer": ".reviewing.answer",
    "write_decisions": ".reviewing.answer",
    "write_memo": ".reviewing.memo",
    "Rerun": "saved",
    "SavedSearch": "saved",
    "forget_saved": "saved",
    "run_saved": "saved",
    "save_search": "saved",
    "saved_searches": "saved",
    "search": "searching",
    "tour": "touring",
    "clause_variants": "variants",
    "Explained": "explaining",
    "explain": "explaining",
    "lint_templates": "variants",
}

__all__ = [
    "Accepted",
    "AcsaReview",
    "Brief",
    "ChangeReport",
    "ClauseHistory",
    "Comparison",
    "CopyOptions",
    "Edited",
    "Event",
    "Explained",
    "Handover",
    "Health",
    "ImportReport",
    "JointReport",
    "MadePaper",
    "Matrix",
    "NegotiationExport",
    "NegotiationStatus",
    "PartnerPage",
    "Related",
    "Reply",
    "Rerun",
    "Review",
    "SavedSearch",
    "Sides",
    "StartedVariant",
    "VariantTable",
    "accepted_variants",
    "acsa_review",
    "add_round",
    "add_step",
    "answer",
    "assemble_file",
    "begin_negotiation",
    "calendar",
    "check_draft",
    "cite",
    "classify_agreement",
    "classify_file",
    "clause_history",
    "clause_variants",
    "compare",
    "doctor",
    "edit",
    "edit_from",
    "explain",
    "export",
    "export_file",
    "export_negotiation",
    "finish_step",
    "forget_saved",
    "get",
    "handover",
    "hold",
    "hold_negotiation",
    "holds",
    "import_files",
    "is_file",
    "joint_text",
    "keep_text",
    "lint_templates",
    "listing",
    "make_binder",
    "make_brief",
    "make_handover",
    "make_paper",
    "matrix",
    "negotiation_list",
    "negotiation_status",
    "negotiations_in",
    "open_repository",
    "paper_gaps",
    "parameter_file",
    "parameter_schema",
    "parse_file",
    "partner",
    "purge",
    "purge_negotiation",
    "read_changes",
    "read_for_meaning",
    "read_joint",
    "read_text",
    "record_approval",
    "record_position",
    "redline",
    "refresh_index",
    "relations",
    "release",
    "release_hold",
    "review",
    "run_saved",
    "save_search",
    "saved_searches",
    "search",
    "set_negotiation",
    "sides_of",
    "similar",
    "start_variant",
    "take_positions",
    "timeline",
    "tour",
    "use_templates",
    "wanted",
    "write_acsa_memo",
    "write_brief",
    "write_calendar",
    "write_decisions",
    "write_draft",
    "write_hits",
    "write_joint",
    "write_memo",
    "write_side_by_side",
]


def __getattr__(name: str) -> Any:
    if name not in _VERBS:
        raise AttributeError(f"agreements.library has no verb {name!r}; it has {', '.join(_VERBS)}")
    return getattr(importlib.import_module(f".{_VERBS[name]}", __name__), name)
