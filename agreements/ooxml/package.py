"""The Word package as a zip: the same bytes whenever the content is the same."""

import io
import zipfile

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: a file tells nothing about when it was made


def repacked(package: bytes) -> bytes:
    """Return the zip `package` with its parts sorted, fixed times and no trace of the machine that wrote it."""
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        parts = {item.filename: source.read(item) for item in source.infolist()}
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a zip package of `parts` (name to content), the same bytes whenever the content is the same."""
    out = io.BytesIO()
    order = sorted(parts, key=lambda part: (_FIRST.index(part) if part in _FIRST else len(_FIRST), part))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for part in order:
            entry = zipfile.ZipInfo(part, _TIME)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, parts[part])
    return out.getvalue()
