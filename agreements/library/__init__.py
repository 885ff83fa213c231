"""The verbs: what the command line and other tools call. Each does one job and is documented by itself.

Verbs are loaded when they are first used, so that a search pays for nothing but the search.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agreements.library.accepted import Accepted, VariantTable, accepted_variants
    from agreements.library.binder import make_binder, write_hits
    from agreements.library.calendars import calendar, write_calendar
    from agreements.library.changes import ChangeReport, read_changes
    from agreements.library.comparing import Comparison, compare, redline
    from agreements.library.coverage import Matrix, matrix
    from agreements.library.drafts import (
        assemble_file,
        check_draft,
        handover,
        parameter_file,
        parameter_schema,
        use_templates,
        write_draft,
    )
    from agreements.library.editing import Edited, edit, edit_from
    from agreements.library.explaining import Explained, explain
    from agreements.library.health import Health, doctor
    from agreements.library.history import Event, Related, relations, timeline
    from agreements.library.importing import ImportReport, import_files
    from agreements.library.indexing import refresh_index
    from agreements.library.meaning import read_for_meaning
    from agreements.library.partners import PartnerPage, partner
    from agreements.library.reading import classify_agreement, classify_file, parse_file
    from agreements.library.repositories import cite, export, get, listing, open_repository, purge, wanted
    from agreements.library.resembling import similar
    from agreements.library.saved import Rerun, SavedSearch, forget_saved, run_saved, save_search, saved_searches
    from agreements.library.searching import search
    from agreements.library.touring import tour
    from agreements.library.variants import clause_variants, lint_templates

_VERBS = {
    "Accepted": "accepted",
    "VariantTable": "accepted",
    "accepted_variants": "accepted",
    "make_binder": "binder",
    "write_hits": "binder",
    "calendar": "calendars",
    "write_calendar": "calendars",
    "ChangeReport": "changes",
    "read_changes": "changes",
    "Comparison": "comparing",
    "compare": "comparing",
    "redline": "comparing",
    "Matrix": "coverage",
    "matrix": "coverage",
    "assemble_file": "drafts",
    "check_draft": "drafts",
    "handover": "drafts",
    "parameter_file": "drafts",
    "parameter_schema": "drafts",
    "use_templates": "drafts",
    "write_draft": "drafts",
    "Edited": "editing",
    "edit": "editing",
    "edit_from": "editing",
    "Health": "health",
    "doctor": "health",
    "Event": "history",
    "Related": "history",
    "relations": "history",
    "timeline": "history",
    "ImportReport": "importing",
    "import_files": "importing",
    "refresh_index": "indexing",
    "read_for_meaning": "meaning",
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
    "ChangeReport",
    "Comparison",
    "Edited",
    "Event",
    "Explained",
    "Health",
    "ImportReport",
    "Matrix",
    "PartnerPage",
    "Related",
    "Rerun",
    "SavedSearch",
    "VariantTable",
    "accepted_variants",
    "assemble_file",
    "calendar",
    "check_draft",
    "cite",
    "classify_agreement",
    "classify_file",
    "clause_variants",
    "compare",
    "doctor",
    "edit",
    "edit_from",
    "explain",
    "export",
    "forget_saved",
    "get",
    "handover",
    "import_files",
    "lint_templates",
    "listing",
    "make_binder",
    "matrix",
    "open_repository",
    "parameter_file",
    "parameter_schema",
    "parse_file",
    "partner",
    "purge",
    "read_changes",
    "read_for_meaning",
    "redline",
    "refresh_index",
    "relations",
    "run_saved",
    "save_search",
    "saved_searches",
    "search",
    "similar",
    "timeline",
    "tour",
    "use_templates",
    "wanted",
    "write_calendar",
    "write_draft",
    "write_hits",
]


def __getattr__(name: str) -> Any:
    if name not in _VERBS:
        raise AttributeError(f"agreements.library has no verb {name!r}; it has {', '.join(_VERBS)}")
    return getattr(importlib.import_module(f"agreements.library.{_VERBS[name]}"), name)
