"""An agreement made ready for the disk, by the process that read it: plain data that is quick to hand over.

Printing the files is the larger part of storing, and the tree of provisions is slow to send to another process. Where
the repository holds nothing of the agreement, what stands here is written as it is, and the tree is never made again.
"""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from agreements.findings import Finding
from agreements.model import Agreement
from agreements.repository.facts import facts_of
from agreements.repository.fileform import print_agreement
from agreements.repository.incoming import Incoming, PreparedAgreement, incoming, text_hash_of
from agreements.repository.record import RECORD_FILE, make_record


def prepare(
    agreement: Agreement, source: Path | bytes, name: str, evidence: Iterable[Any], findings: Iterable[Finding]
) -> PreparedAgreement:
    """Return `agreement` ready for `Writer.add`; it was read from `source`, a file or its bytes."""
    coming = incoming(agreement, source, name, evidence, findings)
    sourced = coming.sourced(agreement)
    return PreparedAgreement(
        facts_of(sourced), coming.sha, printed(coming, sourced), pickle.dumps(agreement, protocol=5)
    )


def printed(
    coming: Incoming,
    agreement: Agreement,
    findings: Sequence[Finding] = (),
    differing: Mapping[str, Any] | None = None,
) -> dict[str, bytes]:
    """Return the files of `agreement`, which came as `coming`, but the source itself.

    `findings` are those of adding it, `differing` facts as the text has them where others are held.
    """
    texts = print_agreement(agreement)
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    if agreement.documents:
        record = make_record(
            agreement,
            texts,
            text=text_hash_of(texts),
            source=coming.name,
            evidence=coming.evidence,
            findings=(*coming.findings, *coming.remarks(), *findings),
            differing=differing,
        )
        files[RECORD_FILE] = record.print().encode()
    return files
