"""`agreements search QUERY`: find clauses, quote them, cite them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import named, output
from agreements.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.search import Hit, HitPage, PageLine, Results, Understanding

_FORMATS = ("text", "table", "json", "csv", "xlsx", "docx")
_BINDERS = ("xlsx", "docx")
_FILES = ("csv", *_BINDERS)
_CONDITIONS = ("family", "party", "topic", "status", "since", "until", "bilateral", "multilateral")
_STANDINGS = {"specimen": "specimens", "draft": "drafts", "rejected": "rejected texts"}
_SCREEN, _FILE = 10, 200  # hits
_LINES = 2  # of a snippet
_SHOWN_MARKS = 8
_WANTED = "`agreements wanted` says where texts are"
_FOLDED = 2  # provisions of an article that are named beside the best
_NAMED = 5  # agreements without text that are named
_ON, _OFF = "\ue000", "\ue001"  # stand for bold while a snippet is wrapped

QUERY_HELP = """\
A query is plain words, or Lucene syntax:

  claims arising damage           any of the words; the best matches first
  "official duty"                 these words side by side, in any form
  "duty certificate"~5            within five words of each other
  tax*   organi?ation             words that begin so; any one letter
  waver~1                         words one letter away
  certificate W/10 duty           within ten words (NEAR/10; PRE/10: in this order)
  /waiv(e|er)s?/                  words that match a regular expression
  duty AND arbitrator             both;  OR: either;  NOT or -: never
  (recall OR withdraw) AND waiver
  host AND arbitrator in:article  all in one article, not one paragraph
  heading:customs                 in the heading of the article or paragraph
  title:philippines               in the title of the agreement
  family:sofa   topic:claims_government   form:exchange-of-notes
  party:(JOR OR QAT)              a party by code, name or alias
  signed:[2000 TO 2010]           any signature in these years ({ } leave out the end)
  id:nato-sofa-1951               one agreement
  status:in-force   lang:en

Plain words are understood first: "NATO SOFA Article VII paragraph 3", "TIAS 2846"
or "section 323 of the compact with the Marshall Islands" show that provision;
"tax Germany since 1990" puts agreements with Germany, and of these years, first
("Read as" says so, --take-off takes it off; nothing is hidden by it).

AND, OR and NOT are written in capitals. British and American spelling, plurals
and hyphens meet: "defence" finds "defense". A question in plain words works:

  agreements search 'who pays for damage to third parties?'
"""


@click.command("search")
@click.argument("query", nargs=-1)
@click.option("--family", multiple=True, help="Only this family ({names}); may be repeated.", **named.FAMILY)
@click.option("--party", multiple=True, help="Only with this party (code or name); repeated: with all of them.")
@click.option("--topic", multiple=True, help="Only provisions of this topic, fine or core.", **named.TOPIC)
@click.option("--since", metavar="DATE", help="Signed on or after (2000, 2000-05, 2000-05-31).")
@click.option("--until", metavar="DATE", help="Signed on or before.")
@click.option("--status", multiple=True, help="Only with this status (in-force, superseded ...).")
@click.option("--by", type=click.Choice(["paragraph", "article"]), default="paragraph", show_default=True)
@click.option("--bilateral", is_flag=True, help="Only bilateral agreements.")
@click.option("--multilateral", is_flag=True, help="Only multilateral agreements.")
@click.option("--specimens", is_flag=True, help="Also the specimens that ship, which are agreements of no State.")
@click.option("--drafts", is_flag=True, help="Also drafts and rejected texts, which are never precedent.")
@click.option("--as-of", metavar="DATE", help="The text as it stood then, of agreements signed by then.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date"]),
    default="relevance",
    show_default=True,
    help="date: the latest signed first.",
)
@click.option("--group", is_flag=True, help="Show the hits agreement by agreement.")
@click.option("--style", type=click.Choice(["formal", "bluebook", "plain"]), default="formal", help="Of citations.")
@click.option("--all", "every", is_flag=True, help="Show every article of an agreement (usual: three on a page).")
@click.option("--cite", "cited", is_flag=True, help="Print the whole citation of each hit.")
@click.option("--limit", type=click.IntRange(1, 1000), help="How many articles (10), in a file hits (200).")
@click.option("--offset", type=click.IntRange(0), default=0, help="Leave out the first hits.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="text, table, json, csv; xlsx, docx: a binder.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="File to write (csv, xlsx, docx).")
@click.option(
    "--mode",
    type=click.Choice(["lexical", "hybrid"]),
    default="lexical",
    show_default=True,
    help="hybrid also finds what is near in meaning (needs the extra `semantic`).",
)
@click.option(
    "--take-off",
    multiple=True,
    metavar="WHAT",
    help="Do not read this into the query (party:DEU ... as `Read as` names it; all: search its words as typed).",
)
@click.option("--save", metavar="NAME", help="Keep this search; `agreements saved run NAME` says what is new.")
@click.option("--note", default="", metavar="TEXT", help="A note with --save.")
@click.option("--engine", **named.ENGINE)
@click.option("--explain", is_flag=True, help="Say how the query was read.")
@click.option("--help-query", is_flag=True, help="Show the query language on one screen.")
@click.pass_obj
def command(
    session: output.Session,
    /,
    *,
    query: tuple[str, ...],
    help_query: bool,
    explain: bool,
    group: bool,
    every: bool,
    cited: bool,
    form: str | None,
    target: Path | None,
    save: str | None,
    note: str,
    **options: Any,
) -> None:
    """Find clauses: who accepted this wording, when, and where exactly.

    Without a QUERY all that fits the options is found, for example: agreements search --topic claims_government
    """
    if help_query:
        output.say(QUERY_HELP)
        return
    if not query and not any(options[name] for name in _CONDITIONS):
        raise click.UsageError("Say what to look for, for example: agreements search 'waiver of claims'")
    if options["bilateral"] and options["multilateral"]:
        raise QueryError("--bilateral and --multilateral exclude each other.", hint="Leave one of them out.")
    form = _form(form, target)
    options["limit"] = options["limit"] or (_FILE if form in _FILES else _SCREEN)
    if form in _BINDERS and (options["specimens"] or options["drafts"]):
        output.tell("A binder holds precedents only: specimens and drafts are left out.")
        options["specimens"] = options["drafts"] = False
    from agreements import library

    words, page = " ".join(query) or "*", None
    if target or session.as_json or group or form in ("csv", "table", "json"):
        results = library.search(session.folder(), words, tell=output.tell, **options)
    else:
        asked = {name: value for name, value in options.items() if name != "limit"}
        lines = options["limit"]
        results, page = library.search_page(session.folder(), words, size=lines, every=every, tell=output.tell, **asked)
    if save:
        _keep(session, save, note, query or ("*",), options)
    if target:
        _write(session, results, target, options)
    elif form in ("csv", "table") and not session.as_json:
        _print_rows(results, form)
    elif session.as_json or form == "json":
        output.document(_with_variants(results.as_json()))
    elif page:
        _print_page(results, page, explain=explain, cited=cited)
    else:
        _print(results, offset=options["offset"], explain=explain)


def _print_rows(results: "Results", form: str) -> None:
    if form == "table":
        _print_table(results)
        return
    from agreements.export.csvs import hits_csv

    click.echo(hits_csv(results.hits), nl=False)


def _keep(session: output.Session, name: str, note: str, query: tuple[str, ...], options: dict[str, Any]) -> None:
    from agreements import library

    saved = library.save_search(session.folder(), name, " ".join(query), note=note, **options)
    output.tell(f"Saved as {saved.name}: {len(saved.seen)} provisions today.")


def _with_variants(results: dict[str, Any]) -> dict[str, Any]:
    """Add to each hit the variants that its words settle (codes, `recall_days` and the like), with their evidence."""
    from agreements.classifying.variants import facts_of, variants_in

    for hit in results["hits"]:
        if found := variants_in(hit["text"], hit["topics"]):
            hit["variants"] = facts_of(found, hit["ref"])
    return results


def _form(form: str | None, target: Path | None) -> str:
    """Return the form that was asked for, by name or by the suffix of the file; the two must not disagree."""
    suffix = target.suffix.lower().removeprefix(".") if target else ""
    if target and (suffix not in _FILES or form not in (None, suffix)):
        raise click.UsageError(
            f"{target.name} is no name for {form or 'a file of hits'}; let it end in .csv, .xlsx or .docx"
        )
    if form in _BINDERS and not target:
        raise click.UsageError(f"A binder is a file: name it, for example -o binder.{form}")
    return form or suffix or "text"


def _write(session: output.Session, results: "Results", target: Path, options: dict[str, Any]) -> None:
    from agreements import library

    conditions = [_condition(name, options[name]) for name in _CONDITIONS if options[name]]
    as_of = options["as_of"] or ""
    count = library.write_hits(session.folder(), results, target, conditions=conditions, as_of=as_of)
    if session.as_json:
        output.document({"files": [str(target)], "provisions": count, "total": results.total})
    else:
        for note in results.notes:
            output.note(note)
        output.say(f"{count} of {results.total} provisions are in {target}.")


def _condition(name: str, value: object) -> str:
    return name if value is True else f"{name} {', '.join(value) if isinstance(value, tuple) else value}"


def _print_table(results: "Results") -> None:
    rows = [
        (
            hit.ref,
            max(hit.signed, default="undated"),
            hit.said_status(),
            ", ".join(hit.parties[:3]),
            hit.heading or hit.article,
        )
        for hit in results.hits
    ]
    output.table(rows, ("reference", "signed", "status", "parties", "heading"))


def _print_page(results: "Results", page: "HitPage", *, explain: bool, cited: bool) -> None:
    """Print a page: what was read into the query, a few lines for each article, and what the answer covers."""
    _print_reading(results, explain=explain)
    for line in page.lines:
        _print_line(line, cited=cited, marks=page.marks(line))
    _print_end(results)
    last = page.lines[-1].number if page.lines else 0
    notes = [*page.explained]
    if page.more and last:
        notes.append(f"next: --offset {last}")
    if page.left_out:
        known = "" if page.is_whole else " or more"
        named = ", ".join(f"{agreement} {count}{known}" for agreement, count in page.left_out[:_NAMED])
        notes.append(f"more articles (--all): {named}")
    if notes:
        output.say(output.dim(output.wrapped("; ".join(notes) + ".")))
    _print_not_held(results)
    if results.coverage:
        output.say(output.dim(output.wrapped(results.coverage.words())))


def _print_reading(results: "Results", *, explain: bool) -> None:
    if explain:
        output.say(output.wrapped(f"Read as: {results.read_as}"))
    elif results.understanding and (words := _read_words(results.understanding)):
        output.say(output.wrapped(words))
    for note in results.notes:
        output.note(note)
    if not results.hits:
        output.say(f"Nothing found for {results.query!r}.")
    elif not results.is_about:
        output.say(output.wrapped(f"{results.says_no()} The nearest:"))


def _print_line(line: "PageLine", *, cited: bool, marks: str) -> None:
    """Print an article: reference and heading, the words that answer, one short line of citation."""
    from agreements.search import shortened

    hit = line.hit
    heading = f"  {hit.heading}" if hit.heading else ""
    output.say(f"{line.number:>3}  {output.bold(hit.ref)}{heading[: max(0, output.width() - len(hit.ref) - 6)]}")
    room = _LINES * (output.width() - 9) - 2 * min(_SHOWN_MARKS, len(hit.highlights))
    text, found = shortened(hit.snippet, hit.highlights, room)
    snippet = output.wrapped(_marked(text, found), "     ")
    output.say(snippet.replace(_ON, "\x1b[1m").replace(_OFF, "\x1b[22m"))
    for change in hit.changes:
        output.say(output.wrapped(f"Changed: {change.words()}", "     "))
    also = f"; also {', '.join('#' + other.path for other in line.folded[:_FOLDED])}" if line.folded else ""
    more = f" and {len(line.folded) - _FOLDED} more" if len(line.folded) > _FOLDED else ""
    citation = hit.citation if cited else line.citation + (f" {marks}" if marks else "")
    output.say(output.dim(output.wrapped(citation + also + more, "     ")))


def _print(results: "Results", *, offset: int, explain: bool) -> None:
    """Print hits agreement by agreement."""
    _print_reading(results, explain=explain)
    _print_grouped(results.hits, offset)
    _print_end(results)
    last = offset + len(results.hits)
    if results.hits and last < results.total + sum(results.beside.values()):
        output.say(f"These are {offset + 1} to {last}; --offset {last} shows the next.")
    _print_not_held(results)
    if results.coverage:
        output.say(output.dim(output.wrapped(results.coverage.words())))


def _print_end(results: "Results") -> None:
    if results.suggestion:
        output.say(f"Did you mean: {results.suggestion}")
    if results.hits:
        counted = "provision" if results.total == 1 else "provisions"
        output.say(f"{results.total} {counted} in {results.took_ms:.0f} ms.{_facet_words(results)}")
        if results.beside:
            named = ", ".join(f"{count} in {_STANDINGS[standing]}" for standing, count in results.beside.items())
            output.say(f"Not counted, since they are no precedents: {named}.")


def _read_words(understanding: "Understanding") -> str:
    """Return the line that says what was read into the query, and how it is taken off; empty where nothing was."""
    if found := [place.ref for place in understanding.places if place.ref]:
        after = f", then {understanding.rest}" if understanding.rest else ""
        return f"Read as: the place {' or '.join(found)}{after}. (--take-off all: its words only)"
    if not understanding.first:
        return ""
    named = ", ".join(each.label for each in understanding.first)
    return f"Read as: {understanding.rest}; first: {named}. (--take-off {understanding.first[0].id})"


def _print_grouped(hits: "list[Hit]", offset: int) -> None:
    """Print the hits of an agreement together, the agreement with the best hit first."""
    numbered = list(enumerate(hits, 1 + offset))
    for agreement in dict.fromkeys(hit.agreement for hit in hits):
        own = [(number, hit) for number, hit in numbered if hit.agreement == agreement]
        first = own[0][1]
        signed = max(first.signed, default="undated")
        output.say(output.bold(output.wrapped(f"{first.title or agreement} ({signed}), {len(own)} here")))
        for number, hit in own:
            print_hit(number, hit)


def _print_not_held(results: "Results") -> None:
    if results.not_held:
        named = ", ".join(known.id for known in results.not_held[:_NAMED])
        more = f" and {len(results.not_held) - _NAMED} more" if len(results.not_held) > _NAMED else ""
        words = f"Known by facts only ({_WANTED}): {named}{more}."
        output.say(output.wrapped(words))


def print_hit(number: int, hit: "Hit") -> None:
    """Print one hit: reference, heading, snippet with the words found in bold, citation."""
    output.say(f"{number:>3}  {output.bold(hit.ref)}" + (f"  {hit.heading}" if hit.heading else ""))
    snippet = output.wrapped(_marked(hit.snippet, hit.highlights), "     ")
    output.say(snippet.replace(_ON, "\x1b[1m").replace(_OFF, "\x1b[22m"))
    for change in hit.changes:
        output.say(output.wrapped(f"Changed: {change.words()}", "     "))
    output.say(output.dim(output.wrapped(hit.citation, "     ")))
    output.say()


def _marked(text: str, marks: "Sequence[tuple[int, int]]") -> str:
    """Return a snippet with private-use characters around the words that were found."""
    for start, end in reversed(marks):
        text = f"{text[:start]}{_ON}{text[start:end]}{_OFF}{text[end:]}"
    return text


def _facet_words(results: "Results") -> str:
    parts = []
    for name in ("family", "decade"):
        counts = results.facets.get(name, {})
        if len(counts) > 1:
            parts.append(", ".join(f"{value} {count}" for value, count in list(counts.items())[:3]))
    return ("  By " + "; ".join(parts)) if parts else ""
