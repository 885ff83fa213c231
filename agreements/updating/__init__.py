"""A draft assembled anew, with what was edited in Word since carried over: no edit is made twice.

`update_draft` does it for files, `carry` for drafts. `weaving` merges one line three ways, `bases` says what a draft
was as assembled, `edited` what it is in Word now; `tree` holds the provisions that are moved about, `typed` finds
values that were typed over.
"""

from typing import TYPE_CHECKING

from agreements.registry import lazy

if TYPE_CHECKING:
    from agreements.updating.carrying import Carried as Carried
    from agreements.updating.carrying import EditConflict as EditConflict
    from agreements.updating.carrying import carry as carry
    from agreements.updating.typed import TypedValue as TypedValue
    from agreements.updating.update import UpdateReport as UpdateReport
    from agreements.updating.update import update_draft as update_draft

__getattr__, __dir__, __all__ = lazy(
    __name__,
    {
        "Carried": "carrying",
        "EditConflict": "carrying",
        "TypedValue": "typed",
        "UpdateReport": "update",
        "carry": "carrying",
        "update_draft": "update",
    },
)
