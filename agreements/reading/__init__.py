"""Reading: a file becomes blocks or lines with their places, whatever its format."""

from typing import TYPE_CHECKING

from agreements.registry import lazy

if TYPE_CHECKING:
    from agreements.reading.blocks import Block as Block
    from agreements.reading.blocks import BlockRole as BlockRole
    from agreements.reading.blocks import Line as Line
    from agreements.reading.blocks import Reading as Reading
    from agreements.reading.blocks import RoleFound as RoleFound
    from agreements.reading.collection import CollectionText as CollectionText
    from agreements.reading.collection import is_collection as is_collection
    from agreements.reading.collection import records as records
    from agreements.reading.containers import beside as beside
    from agreements.reading.containers import is_container as is_container
    from agreements.reading.containers import unpack as unpack
    from agreements.reading.containers import without_quotation as without_quotation
    from agreements.reading.pdf import DrawnPage as DrawnPage
    from agreements.reading.pdf import draw_page as draw_page
    from agreements.reading.pdf import outline as outline
    from agreements.reading.readers import read as read
    from agreements.reading.readers import read_source as read_source
    from agreements.reading.readers import read_text as read_text
    from agreements.reading.tables import is_parallel as is_parallel
    from agreements.reading.tables import opens_signature as opens_signature
    from agreements.reading.wrapping import is_quoted as is_quoted
    from agreements.reading.written import refuse_agreement as refuse_agreement
    from agreements.reading.written import refuse_file as refuse_file
    from agreements.reading.written import refuse_word_file as refuse_word_file
    from agreements.reading.written import save_checked as save_checked
    from agreements.reading.written import save_rows as save_rows
    from agreements.registry import READERS as READERS

__all__ = [
    "READERS",
    "Block",
    "BlockRole",
    "CollectionText",
    "DrawnPage",
    "Line",
    "Reading",
    "RoleFound",
    "beside",
    "draw_page",
    "is_collection",
    "is_container",
    "is_parallel",
    "is_quoted",
    "opens_signature",
    "outline",
    "read",
    "read_source",
    "read_text",
    "records",
    "refuse_agreement",
    "refuse_file",
    "refuse_word_file",
    "save_checked",
    "save_rows",
    "source",
    "unpack",
    "without_quotation",
]

__getattr__, __dir__, _ = lazy(
    __name__,
    {
        "Block": "blocks",
        "BlockRole": "blocks",
        "Line": "blocks",
        "Reading": "blocks",
        "RoleFound": "blocks",
        "READERS": "readers",
        "beside": "containers",
        "is_container": "containers",
        "is_parallel": "tables",
        "is_quoted": "wrapping",
        "unpack": "containers",
        "without_quotation": "containers",
        "opens_signature": "tables",
        "outline": "pdf",
        "draw_page": "pdf",
        "DrawnPage": "pdf",
        "source": "",
        "read": "readers",
        "read_source": "readers",
        "read_text": "readers",
        "CollectionText": "collection",
        "is_collection": "collection",
        "records": "collection",
        "refuse_agreement": "written",
        "refuse_file": "written",
        "refuse_word_file": "written",
        "save_checked": "written",
        "save_rows": "written",
    },
)
