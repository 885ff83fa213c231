"""Word files of other hands, and random edits of any Word file, for the tests of redlines."""

import io
from copy import deepcopy

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import strategies as st

from agreements.ooxml.package import Package, packed
from agreements.ooxml.revisions import Tracker, highest_id
from agreements.ooxml.schema import name
from agreements.word.revising.atoms import content
from agreements.word.revising.stories import references

WORDS = ("the Parties", "shall", "waive claims", "at all times", "of this Agreement", "& others", "<b>", "العربية", "🕊️")


def story(file):
    """Everything that is said in a Word file: paragraphs, rows and cells; notes as they are referred to; its edges."""
    parts = Package.of("file", file)
    found = {"body": _said(parts.body())}
    for kind in ("footnote", "endnote"):
        root = parts.first(f"{kind}s")
        stored = {} if root is None else {note.get(name("id")): _said(note) for note in root}
        found[kind] = [stored[e.get(name("id"))] for e in parts.body().iter(name(f"{kind}Reference"))]
        found[f"{kind} held"] = sorted(map(str, stored.values()))
    edges = {place: _said(parts.part(path)) for place, path in references(parts).items()}
    return found | {place: said for place, said in edges.items() if "".join(map(str, said))}


def _said(container):
    found = []
    for child in container:
        if child.tag == name("p"):
            found.append(content(child).said)
        elif child.tag in (name("tbl"), name("tr"), name("tc"), name("body"), name("footnote")):
            found.append([child.tag.rpartition("}")[2], *_said(child)])
        elif child.tag == name("sdt"):
            found += _said(child.find(name("sdtContent")))
    return found


def paragraphs(file):
    """The texts of the body's paragraphs, those of tables too."""
    return [content(p).said for p in Package.of("file", file).body().iter(name("p"))]


def foreign(*texts, rows=()):
    """A Word file as python-docx makes it: other styles, typed numbers, a header, a table of `rows`."""
    file = docx.Document()
    file.sections[0].header.paragraphs[0].text = "Draft of the other side"
    for index, text in enumerate(texts):
        if index and index % 4 == 0:
            file.add_paragraph(text, style="List Number")
        else:
            made = file.add_paragraph()
            for at, word in enumerate(text.split(" ")):
                run = made.add_run(word if at == 0 else f" {word}")
                run.bold = at % 5 == 2
    if rows:
        table = file.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    file.add_paragraph("The last words.")
    return saved(file)


def saved(file):
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def with_footnotes(file, *texts):
    """The file with a footnote on each of its first paragraphs, as Word stores them."""
    parts = Package.of("file", file)
    words = '<w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {}</w:t></w:r></w:p>'
    made = "".join(f'<w:footnote w:id="{n}">{words.format(t)}</w:footnote>' for n, t in enumerate(texts, 1))
    notes = f"<w:footnotes {nsdecls('w')}>{made}</w:footnotes>".encode()
    sort = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    whole = _with_part(parts.content(), "footnotes", notes, sort, relation)

    def refer(body):
        for number, paragraph in enumerate(body.findall(name("p"))[: len(texts)], 1):
            paragraph.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="{number}"/></w:r>'))

    return changed(whole, refer)


def with_threads(file, replies, done=()):
    """The file with `replies` (comment id to the id it answers) and settled comments, as Word stores threads."""
    parts = Package.of("file", file)
    w14, w15 = (f"http://schemas.microsoft.com/office/word/{year}/wordml" for year in (2010, 2012))
    labels = {}
    for number, comment in enumerate(parts.first("comments").iter(name("comment")), 1):
        labels[int(comment.get(name("id")))] = f"{number:08X}"
        list(comment.iter(name("p")))[-1].set(f"{{{w14}}}paraId", f"{number:08X}")
    rows = "".join(
        f'<w15:commentEx w15:paraId="{label}" w15:done="{int(identifier in done)}"'
        + (f' w15:paraIdParent="{labels[replies[identifier]]}"' if identifier in replies else "")
        + "/>"
        for identifier, label in labels.items()
    )
    extended = f'<w15:commentsEx xmlns:w15="{w15}">{rows}</w15:commentsEx>'.encode()
    sort = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
    relation = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    return _with_part(parts.content(), "commentsExtended", extended, sort, relation)


def _with_part(file, stem, content, sort, relation):
    package = Package.of("file", file)
    entries = {path: package.data(path) for path in package.paths()}
    entries[f"word/{stem}.xml"] = content
    override = f'<Override PartName="/word/{stem}.xml" ContentType="{sort}"/></Types>'.encode()
    entries["[Content_Types].xml"] = entries["[Content_Types].xml"].replace(b"</Types>", override)
    link = f'<Relationship Id="rId{stem}" Type="{relation}" Target="{stem}.xml"/></Relationships>'.encode()
    rels = "word/_rels/document.xml.rels"
    entries[rels] = entries[rels].replace(b"</Relationships>", link)
    return packed(entries)


def changed(file, edit):
    """The Word file with its body handed to `edit`."""
    parts = Package.of("file", file)
    edit(parts.body())
    return parts.content()


def with_revisions(file, author, text="put in by them"):
    """The file with an insertion and a deletion of `author` in its longest paragraph."""

    def edit(body):
        longest = max(body.findall(name("p")), key=lambda p: len(content(p).said))
        tracker = Tracker(author, "2026-01-02T00:00:00Z", highest_id([body]) + 1)
        runs = [r for r in longest.findall(name("r")) if r.find(name("t")) is not None]
        longest.append(tracker.around("ins", [parse_xml(f"<w:r {nsdecls('w')}><w:t>{text}</w:t></w:r>")]))
        at = longest.index(runs[0])
        gone = deepcopy(runs[0])
        gone.find(name("t")).text = "taken out "
        longest.insert(at, tracker.around("del", [gone]))

    return changed(file, edit)


# ---------------------------------------------------------------------- random edits


@st.composite
def edits(draw):
    """A list of edits, each a name and numbers that choose where."""
    kinds = ["word", "word", "cut", "paragraph", "drop", "swap", "move", "row", "drop-row", "cell", "merge", "split"]
    one = st.tuples(st.sampled_from(kinds), st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(WORDS))
    return draw(st.lists(one, min_size=1, max_size=8))


def edited(file, made):
    """The Word file after the edits `made`."""

    def edit(body):
        for kind, x, y, words in made:
            _EDITS[kind](body, x, y, words)

    return changed(file, edit)


def _choose(found, at):
    found = list(found)
    return found[at % len(found)] if found else None


def _without_bookmarks(copy):
    for mark in list(copy.iter(name("bookmarkStart"), name("bookmarkEnd"))):
        mark.getparent().remove(mark)


def _texts(body):
    return [t for t in body.iter(name("t")) if t.text]


def _free(body):
    """Paragraphs of the body itself that hold whole fields or none."""
    return [p for p in body.findall(name("p")) if p.find(f".//{name('fldChar')}") is None]


def _word(body, x, y, words):
    text = _choose(_texts(body), x)
    if text is not None:
        at = y % (len(text.text) + 1)
        text.text = f"{text.text[:at]} {words} {text.text[at:]}"


def _cut(body, x, y, words):
    text = _choose(_texts(body), x)
    if text is not None:
        text.text = text.text[: y % len(text.text)] or words


def _paragraph(body, x, y, words):
    before = _choose(body.findall(name("p")), x)
    made = deepcopy(_choose(_free(body), y))
    if before is not None and made is not None:
        _without_bookmarks(made)
        for text in list(made.iter(name("t")))[:1]:
            text.text = f"New: {words}"
        before.addprevious(made)


def _drop(body, x, y, words):
    found = _free(body)
    if len(found) > 2:
        body.remove(_choose(found, x))


def _swap(body, x, y, words):
    one, other = _choose(_free(body), x), _choose(body.findall(name("p")), y)
    if one is not other:
        other.addprevious(one)


def _move(body, x, y, words):
    found = [e for e in body if e.tag == name("p")]
    first = x % len(found)
    stretch = found[first : first + 3]
    rest = [p for p in found if p not in stretch]
    if rest:
        target = _choose(rest, y)
        for p in stretch:
            target.addprevious(p)


def _rows(body):
    return list(body.iter(name("tr")))


def _row(body, x, y, words):
    row = _choose(_rows(body), x)
    if row is not None:
        made = deepcopy(row)
        _without_bookmarks(made)
        for text in made.iter(name("t")):
            text.text = f"{words} {y % 7}"
        row.addnext(made)


def _drop_row(body, x, y, words):
    row = _choose(_rows(body), x)
    if row is not None and len(row.getparent().findall(name("tr"))) > 1:
        row.getparent().remove(row)


def _cell(body, x, y, words):
    cell = _choose(body.iter(name("tc")), x)
    if cell is not None:
        made = deepcopy(cell.find(name("p")))
        _without_bookmarks(made)
        for text in list(made.iter(name("t")))[:1]:
            text.text = words
        cell.append(made)


def _merge(body, x, y, words):
    one = _choose(_free(body), x)
    after = one.getnext() if one is not None else None
    if after is not None and after.tag == name("p"):
        for run in list(after.findall(name("r"))):
            one.append(run)
        body.remove(after)


def _split(body, x, y, words):
    one = _choose(_free(body), x)
    if one is not None and len(one.findall(name("r"))) > 1:
        made = deepcopy(one)
        _without_bookmarks(made)
        runs = one.findall(name("r"))
        for run in runs[len(runs) // 2 :]:
            one.remove(run)
        for run in made.findall(name("r"))[: len(runs) // 2]:
            made.remove(run)
        one.addnext(made)


_EDITS = {
    "word": _word,
    "cut": _cut,
    "paragraph": _paragraph,
    "drop": _drop,
    "swap": _swap,
    "move": _move,
    "row": _row,
    "drop-row": _drop_row,
    "cell": _cell,
    "merge": _merge,
    "split": _split,
}
