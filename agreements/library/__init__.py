"""The verbs: what the command line and other tools call. Each does one job and is documented by itself.

Verbs are loaded when they are first used, so that a search pays for nothing but the search.
"""

import importlib
from typing import TYPE_CHECKING, Any

from agreements.library.check import acsa_review as acsa_review
from agreements.library.check import check_draft as check_draft
from agreements.library.check import handover as handover
from agreements.library.check import make_handover as make_handover
from agreements.library.check import write_acsa_memo as write_acsa_memo
from agreements.library.compare import answer as answer
from agreements.library.compare import compare as compare
from agreements.library.compare import is_file as is_file
from agreements.library.compare import read_changes as read_changes
from agreements.library.compare import redline as redline
from agreements.library.compare import review as review
from agreements.library.compare import write_decisions as write_decisions
from agreements.library.compare import write_memo as write_memo
from agreements.library.compare import write_side_by_side as write_side_by_side
from agreements.library.draft import assemble_file as assemble_file
from agreements.library.draft import explain as explain
from agreements.library.draft import parameter_file as parameter_file
from agreements.library.draft import parameter_schema as parameter_schema
from agreements.library.draft import use_templates as use_templates
from agreements.library.draft import write_draft as write_draft
from agreements.library.negotiate import add_round as add_round
from agreements.library.negotiate import add_step as add_step
from agreements.library.negotiate import begin_negotiation as begin_negotiation
from agreements.library.negotiate import clause_history as clause_history
from agreements.library.negotiate import export_negotiation as export_negotiation
from agreements.library.negotiate import finish_step as finish_step
from agreements.library.negotiate import hold_negotiation as hold_negotiation
from agreements.library.negotiate import keep_text as keep_text
from agreements.library.negotiate import make_brief as make_brief
from agreements.library.negotiate import negotiation_list as negotiation_list
from agreements.library.negotiate import negotiation_status as negotiation_status
from agreements.library.negotiate import negotiations_in as negotiations_in
from agreements.library.negotiate import purge_negotiation as purge_negotiation
from agreements.library.negotiate import read_text as read_text
from agreements.library.negotiate import record_approval as record_approval
from agreements.library.negotiate import record_position as record_position
from agreements.library.negotiate import release_hold as release_hold
from agreements.library.negotiate import set_negotiation as set_negotiation
from agreements.library.negotiate import sides_of as sides_of
from agreements.library.negotiate import take_positions as take_positions
from agreements.library.negotiate import write_brief as write_brief
from agreements.library.papers import make_paper as make_paper
from agreements.library.papers import paper_gaps as paper_gaps
from agreements.library.table import joint_text as joint_text
from agreements.library.table import read_joint as read_joint
from agreements.library.table import write_joint as write_joint
from agreements.library.templates import check_data as check_data
from agreements.library.templates import clause_variants as clause_variants
from agreements.library.templates import lint_templates as lint_templates
from agreements.library.templates import start_variant as start_variant

if TYPE_CHECKING:
    from agreements.comparing.comparison import Comparison
    from agreements.drafting.provenance import Explained
    from agreements.drafting.starting import StartedVariant
    from agreements.export.drafts import CopyOptions
    from agreements.intake.tracked_changes import ChangeReport
    from agreements.library.accepted import Accepted, VariantTable, accepted_variants
    from agreements.library.binder import make_binder, write_hits
    from agreements.library.calendars import calendar, write_calendar
    from agreements.library.coverage import Matrix, matrix
    from agreements.library.editing import Edited, edit, edit_from
    from agreements.library.exporting import export_file
    from agreements.library.health import Health, doctor
    from agreements.library.holding import hold, holds, release
    from agreements.library.importing import ImportReport, import_files
    from agreements.library.indexing import refresh_index
    from agreements.library.meaning import read_for_meaning
    from agreements.library.partners import PartnerPage, partner
    from agreements.library.reading import classify_agreement, classify_file, parse_file
    from agreements.library.repositories import cite, export, get, listing, open_repository, purge, wanted
    from agreements.library.resembling import similar
    from agreements.library.saved import Rerun, SavedSearch, forget_saved, run_saved, save_search, saved_searches
    from agreements.library.searching import search
    from agreements.library.survey import relations, timeline
    from agreements.library.touring import tour
    from agreements.lineage.history import Event, Related
    from agreements.negotiation.brief import Brief
    from agreements.negotiation.export import NegotiationExport
    from agreements.negotiation.history import ClauseHistory
    from agreements.negotiation.joint_report import JointReport
    from agreements.negotiation.paper_writing import MadePaper
    from agreements.negotiation.sides import Sides
    from agreements.negotiation.status import NegotiationStatus
    from agreements.reviewing.acsa import AcsaReview
    from agreements.reviewing.answer import Reply
    from agreements.reviewing.review import Review
    from agreements.word.handover import Handover

_VERBS = {
    "StartedVariant": ".drafting.starting",
    "AcsaReview": ".reviewing.acsa",
    "Accepted": "accepted",
    "VariantTable": "accepted",
    "accepted_variants": "accepted",
    "make_binder": "binder",
    "write_hits": "binder",
    "calendar": "calendars",
    "write_calendar": "calendars",
    "ChangeReport": ".intake.tracked_changes",
    "Comparison": ".comparing.comparison",
    "Matrix": "coverage",
    "matrix": "coverage",
    "CopyOptions": ".export.drafts",
    "Edited": "editing",
    "edit": "editing",
    "edit_from": "editing",
    "export_file": "exporting",
    "Handover": ".word.handover",
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
    "ClauseHistory": ".negotiation.history",
    "Brief": ".negotiation.brief",
    "Sides": ".negotiation.sides",
    "JointReport": ".negotiation.joint_report",
    "NegotiationExport": ".negotiation.export",
    "NegotiationStatus": ".negotiation.status",
    "MadePaper": ".negotiation.paper_writing",
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
    "Reply": ".reviewing.answer",
    "Rerun": "saved",
    "SavedSearch": "saved",
    "forget_saved": "saved",
    "run_saved": "saved",
    "save_search": "saved",
    "saved_searches": "saved",
    "search": "searching",
    "tour": "touring",
    "Explained": ".drafting.provenance",
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
    "check_data",
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
