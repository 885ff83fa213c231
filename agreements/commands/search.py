"""`agreements search QUERY`: find clauses, quote them, cite them."""

from typing import TYPE_CHECKING, Any

import click

from agreements.commands import output
from agreements.errors import QueryError

if TYPE_CHECKING:
    from agreements.search import Hit, Results

_ON, _OFF = "\ue000", "\ue001"  # stand for bold while a snippet is wrapped

QUERY_HELP = """\
A query is plain words, or Lucene syntax:

  claims arising damage           any of the words; the best matches first
  "official duty"                 these words side by side, in any form
  "duty certificate"~5            within five words of each other
  tax*   organi?ation             words that begin so; any one letter
  waver~1                         words one letter away
  duty AND arbitrator             both;  OR: either;  NOT or -: never
  (recall OR withdraw) AND waiver
  heading:customs                 in the heading of the article or paragraph
  title:philippines               in the title of the agreement
  family:sofa   topic:claims_government   form:exchange-of-notes
  party:(JOR OR QAT)              a party by code, name or alias
  signed:[2000 TO 2010]           any signature in these years
  id:nato-sofa-1951               one agreement
  status:in-force   lang:en

AND, OR and NOT are written in capitals. British and American spelling, plurals
and hyphens meet: "defence" finds "defense". A question in plain words works:

  agreements search 'who pays for damage to third parties?'
"""


@click.command("search")
@click.argument("query", nargs=-1)
@click.option("--family", multiple=True, help="Only this family (sofa, dca, sma, acsa ...); may be repeated.")
@click.option("--party", multiple=True, help="Only with this party (code or name); repeated: with all of them.")
@click.option("--topic", multiple=True, help="Only provisions of this topic, fine or core.")
@click.option("--since", metavar="DATE", help="Signed on or after (2000, 2000-05, 2000-05-31).")
@click.option("--until", metavar="DATE", help="Signed on or before.")
@click.option("--status", multiple=True, help="Only with this status (in-force, superseded ...).")
@click.option("--by", type=click.Choice(["paragraph", "article"]), default="paragraph", show_default=True)
@click.option("--bilateral", is_flag=True, help="Only bilateral agreements.")
@click.option("--multilateral", is_flag=True, help="Only multilateral agreements.")
@click.option("--specimens", is_flag=True, help="Also the specimens that ship, which are agreements of no State.")
@click.option("--drafts", is_flag=True, help="Also drafts and rejected texts, which are never precedent.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many hits.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Leave out the first hits.")
@click.option("--engine", help="tantivy (default) or whoosh.")
@click.option("--explain", is_flag=True, help="Say how the query was read.")
@click.option("--help-query", is_flag=True, help="Show the query language on one screen.")
@click.pass_obj
def command(
    session: output.Session, /, *, query: tuple[str, ...], help_query: bool, explain: bool, **options: Any
) -> None:
    """Find clauses: who accepted this wording, when, and where exactly."""
    if help_query:
        output.say(QUERY_HELP)
        return
    if not query:
        raise click.UsageError("Say what to look for, for example: agreements search 'waiver of claims'")
    if options["bilateral"] and options["multilateral"]:
        raise QueryError("--bilateral and --multilateral exclude each other.", hint="Leave one of them out.")
    from agreements import library

    results = library.search(session.folder(), " ".join(query), tell=output.tell, **options)
    if session.as_json:
        output.document(results.as_json())
    else:
        _print(results, offset=options["offset"], explain=explain)


def _print(results: "Results", *, offset: int, explain: bool) -> None:
    if explain:
        output.say(f"Read as: {results.read_as}")
    for note in results.notes:
        output.tell(output.dim(f"note: {note}"))
    if not results.hits:
        output.say(f"Nothing found for {results.query!r}.")
    for number, hit in enumerate(results.hits, 1 + offset):
        print_hit(number, hit)
    if results.suggestion:
        output.say(f"Did you mean: {results.suggestion}")
    if results.hits:
        counted = "provision" if results.total == 1 else "provisions"
        output.say(f"{results.total} {counted} in {results.took_ms:.0f} ms.{_facet_words(results)}")
        last = offset + len(results.hits)
        if last < results.total:
            output.say(f"These are {offset + 1} to {last}; --offset {last} shows the next.")


def print_hit(number: int, hit: "Hit") -> None:
    """Print one hit: reference, heading, snippet with the words found in bold, citation."""
    output.say(f"{number:>3}  {output.bold(hit.ref)}" + (f"  {hit.heading}" if hit.heading else ""))
    snippet = output.wrapped(_marked(hit), "     ")
    output.say(snippet.replace(_ON, "\x1b[1m").replace(_OFF, "\x1b[22m"))
    output.say(output.dim(output.wrapped(hit.citation, "     ")))
    output.say()


def _marked(hit: "Hit") -> str:
    """Return the snippet with private-use characters around the words that were found."""
    text = hit.snippet
    for start, end in reversed(hit.highlights):
        text = f"{text[:start]}{_ON}{text[start:end]}{_OFF}{text[end:]}"
    return text


def _facet_words(results: "Results") -> str:
    parts = []
    for name in ("family", "decade", "status"):
        counts = results.facets.get(name, {})
        if len(counts) > 1:
            parts.append(", ".join(f"{value} {count}" for value, count in list(counts.items())[:5]))
    return ("  By " + "; ".join(parts)) if parts else ""
