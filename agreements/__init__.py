"""Repository and drafting library for security agreements.

    from agreements import library

    library.import_files(Path("repository"), ["texts/"])
    hits = library.search(Path("repository"), '"official duty" AND arbitrator').hits

`library` holds the verbs. The names below are the types they speak in; they load when first used.
"""

from typing import TYPE_CHECKING

from agreements.registry import lazy

if TYPE_CHECKING:
    from agreements.citation import cite as cite
    from agreements.errors import AgreementsError as AgreementsError
    from agreements.findings import Finding as Finding
    from agreements.model import Agreement as Agreement
    from agreements.model import Document as Document
    from agreements.model import Mark as Mark
    from agreements.model import Party as Party
    from agreements.model import Provision as Provision
    from agreements.reference import Reference as Reference
    from agreements.version import __version__ as __version__

__getattr__, __dir__, __all__ = lazy(
    __name__,
    {
        "Agreement": "model",
        "AgreementsError": "errors",
        "Document": "model",
        "Finding": "findings",
        "Mark": "model",
        "Party": "model",
        "Provision": "model",
        "Reference": "reference",
        "__version__": "version",
        "cite": "citation",
    },
)
