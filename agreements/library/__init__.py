"""The verbs: what the command line and other tools call. Each does one job and is documented by itself.

A verb opens the repository, calls the room below and returns. Verbs weigh nothing: they load what they need when they
are called, so that a search pays for nothing but the search. The types that they return load when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from agreements.library.check import acsa_review as acsa_review
from agreements.library.check import check_draft as check_draft
from agreements.library.check import handover as handover
from agreements.library.check import make_handover as make_handover
from agreements.library.check import write_acsa_memo as write_acsa_memo
from agreements.library.clear import ask_clearance as ask_clearance
from agreements.library.clear import check_clearance as check_clearance
from agreements.library.clear import dispose as dispose
from agreements.library.clear import dispositions_file as dispositions_file
from agreements.library.clear import dispositions_fingerprint as dispositions_fingerprint
from agreements.library.clear import merge_drafts as merge_drafts
from agreements.library.clear import merge_returned as merge_returned
from agreements.library.clear import office_clearances as office_clearances
from agreements.library.clear import read_dispositions as read_dispositions
from agreements.library.clear import write_dispositions as write_dispositions
from agreements.library.clear import write_matrix as write_matrix
from agreements.library.clear import write_merged as write_merged
from agreements.library.close import answer_following as answer_following
from agreements.library.close import closing_page as closing_page
from agreements.library.close import followings as followings
from agreements.library.close import keep_closing_step as keep_closing_step
from agreements.library.close import keep_following as keep_following
from agreements.library.close import recorded_following as recorded_following
from agreements.library.close import same_files_in_negotiations as same_files_in_negotiations
from agreements.library.close import set_signing as set_signing
from agreements.library.close import signing_sheet as signing_sheet
from agreements.library.close import write_page as write_page
from agreements.library.compare import answer as answer
from agreements.library.compare import clause_precedents as clause_precedents
from agreements.library.compare import compare as compare
from agreements.library.compare import conform as conform
from agreements.library.compare import is_file as is_file
from agreements.library.compare import read_changes as read_changes
from agreements.library.compare import redline as redline
from agreements.library.compare import review as review
from agreements.library.compare import write_conformity as write_conformity
from agreements.library.compare import write_decisions as write_decisions
from agreements.library.compare import write_memo as write_memo
from agreements.library.compare import write_side_by_side as write_side_by_side
from agreements.library.deciding import check_all_decided as check_all_decided
from agreements.library.deciding import counter_redline as counter_redline
from agreements.library.deciding import decide as decide
from agreements.library.deciding import decide_text as decide_text
from agreements.library.deciding import decisions_file as decisions_file
from agreements.library.deciding import review_sheet as review_sheet
from agreements.library.deciding import review_text as review_text
from agreements.library.deciding import take_back as take_back
from agreements.library.deciding import take_back_text as take_back_text
from agreements.library.desk import Desk as Desk
from agreements.library.draft import assemble_file as assemble_file
from agreements.library.draft import draft_families as draft_families
from agreements.library.draft import draft_file as draft_file
from agreements.library.draft import draft_files as draft_files
from agreements.library.draft import explain as explain
from agreements.library.draft import open_interview as open_interview
from agreements.library.draft import parameter_file as parameter_file
from agreements.library.draft import parameter_schema as parameter_schema
from agreements.library.draft import read_draft as read_draft
from agreements.library.draft import save_interview as save_interview
from agreements.library.draft import update_draft as update_draft
from agreements.library.draft import use_templates as use_templates
from agreements.library.draft import write_draft as write_draft
from agreements.library.find import accepted_variants as accepted_variants
from agreements.library.find import cite as cite
from agreements.library.find import forget_saved as forget_saved
from agreements.library.find import get as get
from agreements.library.find import keep_binder as keep_binder
from agreements.library.find import make_binder as make_binder
from agreements.library.find import named_binder as named_binder
from agreements.library.find import named_binders as named_binders
from agreements.library.find import read_binder as read_binder
from agreements.library.find import run_saved as run_saved
from agreements.library.find import save_search as save_search
from agreements.library.find import saved_searches as saved_searches
from agreements.library.find import search as search
from agreements.library.find import search_page as search_page
from agreements.library.find import similar as similar
from agreements.library.find import variant_kinds as variant_kinds
from agreements.library.find import write_binder as write_binder
from agreements.library.find import write_hits as write_hits
from agreements.library.find import write_wordings as write_wordings
from agreements.library.health import doctor as doctor
from agreements.library.keep import acts as acts
from agreements.library.keep import acts_in_words as acts_in_words
from agreements.library.keep import classify_agreement as classify_agreement
from agreements.library.keep import classify_file as classify_file
from agreements.library.keep import edit as edit
from agreements.library.keep import edit_from as edit_from
from agreements.library.keep import export as export
from agreements.library.keep import export_file as export_file
from agreements.library.keep import hold as hold
from agreements.library.keep import holds as holds
from agreements.library.keep import import_files as import_files
from agreements.library.keep import left_out as left_out
from agreements.library.keep import listing as listing
from agreements.library.keep import open_repository as open_repository
from agreements.library.keep import parse_file as parse_file
from agreements.library.keep import purge as purge
from agreements.library.keep import read_for_meaning as read_for_meaning
from agreements.library.keep import refresh_index as refresh_index
from agreements.library.keep import release as release
from agreements.library.keep import text_to_edit as text_to_edit
from agreements.library.keep import undo as undo
from agreements.library.keep import unread as unread
from agreements.library.keep import wanted as wanted
from agreements.library.negotiate import add_round as add_round
from agreements.library.negotiate import add_step as add_step
from agreements.library.negotiate import agree_articles as agree_articles
from agreements.library.negotiate import begin_negotiation as begin_negotiation
from agreements.library.negotiate import clause_history as clause_history
from agreements.library.negotiate import export_negotiation as export_negotiation
from agreements.library.negotiate import finish_step as finish_step
from agreements.library.negotiate import hold_negotiation as hold_negotiation
from agreements.library.negotiate import keep_language_step as keep_language_step
from agreements.library.negotiate import keep_text as keep_text
from agreements.library.negotiate import language_standings as language_standings
from agreements.library.negotiate import make_brief as make_brief
from agreements.library.negotiate import negotiation_access as negotiation_access
from agreements.library.negotiate import negotiation_fingerprint as negotiation_fingerprint
from agreements.library.negotiate import negotiation_holds as negotiation_holds
from agreements.library.negotiate import negotiation_list as negotiation_list
from agreements.library.negotiate import negotiation_status as negotiation_status
from agreements.library.negotiate import negotiations_in as negotiations_in
from agreements.library.negotiate import purge_negotiation as purge_negotiation
from agreements.library.negotiate import purge_paper as purge_paper
from agreements.library.negotiate import read_text as read_text
from agreements.library.negotiate import record_approval as record_approval
from agreements.library.negotiate import record_position as record_position
from agreements.library.negotiate import release_hold as release_hold
from agreements.library.negotiate import set_access as set_access
from agreements.library.negotiate import set_negotiation as set_negotiation
from agreements.library.negotiate import sides_of as sides_of
from agreements.library.negotiate import standing_articles as standing_articles
from agreements.library.negotiate import take_positions as take_positions
from agreements.library.negotiate import typed_position as typed_position
from agreements.library.negotiate import unplaced_positions as unplaced_positions
from agreements.library.negotiate import untyped_position as untyped_position
from agreements.library.negotiate import write_brief as write_brief
from agreements.library.papers import make_paper as make_paper
from agreements.library.papers import paper_gaps as paper_gaps
from agreements.library.sources import html_texts as html_texts
from agreements.library.sources import provision_in_source as provision_in_source
from agreements.library.sources import source_file as source_file
from agreements.library.sources import source_page as source_page
from agreements.library.sources import source_record as source_record
from agreements.library.sources import text_parts as text_parts
from agreements.library.survey import absence_readings as absence_readings
from agreements.library.survey import calendar as calendar
from agreements.library.survey import deadlines_within as deadlines_within
from agreements.library.survey import matrix as matrix
from agreements.library.survey import partner as partner
from agreements.library.survey import record_absence as record_absence
from agreements.library.survey import relations as relations
from agreements.library.survey import text_names as text_names
from agreements.library.survey import timeline as timeline
from agreements.library.survey import topic_words as topic_words
from agreements.library.survey import withdraw_absence as withdraw_absence
from agreements.library.survey import write_calendar as write_calendar
from agreements.library.survey import write_desk_book as write_desk_book
from agreements.library.table import close_places as close_places
from agreements.library.table import joint_lines as joint_lines
from agreements.library.table import joint_text as joint_text
from agreements.library.table import read_joint as read_joint
from agreements.library.table import standing_joint as standing_joint
from agreements.library.table import write_joint as write_joint
from agreements.library.templates import check_data as check_data
from agreements.library.templates import clause_variants as clause_variants
from agreements.library.templates import harvest_templates as harvest_templates
from agreements.library.templates import lint_templates as lint_templates
from agreements.library.templates import start_variant as start_variant
from agreements.library.templates import take_proposal as take_proposal
from agreements.library.templates import write_proposals as write_proposals
from agreements.library.tour import tour as tour

if TYPE_CHECKING:
    from agreements.clearing.cleared import ClearanceCheck as ClearanceCheck
    from agreements.clearing.dispositions import Disposed as Disposed
    from agreements.clearing.merging import OfficeDrafts as OfficeDrafts
    from agreements.comparing.comparison import Comparison as Comparison
    from agreements.comparing.drafts import DraftReading as DraftReading
    from agreements.conformity import Conformity as Conformity
    from agreements.conformity import LanguageDifference as LanguageDifference
    from agreements.drafting.provenance import Explained as Explained
    from agreements.drafting.starting import StartedVariant as StartedVariant
    from agreements.export import HtmlText as HtmlText
    from agreements.export import TextPart as TextPart
    from agreements.export.drafts import CopyOptions as CopyOptions
    from agreements.export.named_binders import NamedBinder as NamedBinder
    from agreements.intake.editing import Edited as Edited
    from agreements.intake.health import Health as Health
    from agreements.intake.importing import ImportReport as ImportReport
    from agreements.intake.sources import FactEvidence as FactEvidence
    from agreements.intake.sources import HeldSource as HeldSource
    from agreements.intake.sources import SourceRecord as SourceRecord
    from agreements.intake.tracked_changes import ChangeReport as ChangeReport
    from agreements.library.tour import Tour as Tour
    from agreements.lineage.history import Event as Event
    from agreements.lineage.history import Related as Related
    from agreements.negotiation.articles import StandingArticle as StandingArticle
    from agreements.negotiation.brief import Brief as Brief
    from agreements.negotiation.clearance import OfficeClearance as OfficeClearance
    from agreements.negotiation.desk_book import DeskBook as DeskBook
    from agreements.negotiation.export import NegotiationExport as NegotiationExport
    from agreements.negotiation.history import ClauseHistory as ClauseHistory
    from agreements.negotiation.joint_report import JointReport as JointReport
    from agreements.negotiation.language_texts import LanguageStanding as LanguageStanding
    from agreements.negotiation.paper_writing import MadePaper as MadePaper
    from agreements.negotiation.record_pages import RecordPage as RecordPage
    from agreements.negotiation.sides import Sides as Sides
    from agreements.negotiation.status import NegotiationStatus as NegotiationStatus
    from agreements.reviewing.acsa import AcsaReview as AcsaReview
    from agreements.reviewing.answer import Reply as Reply
    from agreements.reviewing.deciding import ClauseDecision as ClauseDecision
    from agreements.reviewing.precedents import SoughtPrecedents as SoughtPrecedents
    from agreements.reviewing.review import Review as Review
    from agreements.reviewing.sheet import ReviewSheet as ReviewSheet
    from agreements.reviewing.sheet import SheetRow as SheetRow
    from agreements.search.saved import Rerun as Rerun
    from agreements.search.saved import SavedSearch as SavedSearch
    from agreements.survey.absence import StandingReading as StandingReading
    from agreements.survey.accepted import Accepted as Accepted
    from agreements.survey.accepted import VariantTable as VariantTable
    from agreements.survey.coverage import Matrix as Matrix
    from agreements.survey.partners import PartnerPage as PartnerPage
    from agreements.updating import EditConflict as EditConflict
    from agreements.updating import TypedValue as TypedValue
    from agreements.updating import UpdateReport as UpdateReport
    from agreements.word import Handover as Handover

_TYPES = {
    "Accepted": "survey.accepted",
    "AcsaReview": "reviewing.acsa",
    "Brief": "negotiation.brief",
    "ChangeReport": "intake.tracked_changes",
    "ClauseDecision": "reviewing.deciding",
    "ClauseHistory": "negotiation.history",
    "ClearanceCheck": "clearing.cleared",
    "Comparison": "comparing.comparison",
    "Conformity": "conformity.results",
    "CopyOptions": "export.drafts",
    "DraftReading": "comparing.drafts",
    "Edited": "intake.editing",
    "Disposed": "clearing.dispositions",
    "EditConflict": "updating",
    "Event": "lineage.history",
    "Explained": "drafting.provenance",
    "FactEvidence": "intake.sources",
    "Handover": "word.handover",
    "Health": "intake.health",
    "HeldSource": "intake.sources",
    "HtmlText": "export",
    "ImportReport": "intake.importing",
    "JointReport": "negotiation.joint_report",
    "LanguageDifference": "conformity.results",
    "LanguageStanding": "negotiation.language_texts",
    "MadePaper": "negotiation.paper_writing",
    "Matrix": "survey.coverage",
    "NamedBinder": "export.named_binders",
    "NegotiationExport": "negotiation.export",
    "NegotiationStatus": "negotiation.status",
    "OfficeClearance": "negotiation.clearance",
    "OfficeDrafts": "clearing.merging",
    "DeskBook": "negotiation.desk_book",
    "PartnerPage": "survey.partners",
    "RecordPage": "negotiation.record_pages",
    "Related": "lineage.history",
    "Reply": "reviewing.answer",
    "Rerun": "search.saved",
    "Review": "reviewing.review",
    "ReviewSheet": "reviewing.sheet",
    "SavedSearch": "search.saved",
    "SheetRow": "reviewing.sheet",
    "Sides": "negotiation.sides",
    "SoughtPrecedents": "reviewing.precedents",
    "SourceRecord": "intake.sources",
    "StandingArticle": "negotiation.articles",
    "StandingReading": "survey.absence",
    "StartedVariant": "drafting.starting",
    "TextPart": "export",
    "Tour": "library.tour",
    "TypedValue": "updating",
    "UpdateReport": "updating",
    "VariantTable": "survey.accepted",
}
"""The types that verbs return or take, and where they are."""


def __getattr__(name: str) -> Any:
    if name not in _TYPES:
        raise AttributeError(f"agreements.library has no verb {name!r}; it has {', '.join(__dir__())}")
    return getattr(import_module(f"agreements.{_TYPES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_TYPES} - {"TYPE_CHECKING", "Any", "import_module"})
