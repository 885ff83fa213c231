"""The one register: everything that has a name and is loaded by it, as rows of name, label and `module:thing`.

To add an engine, a format, a reader, a check, a paper, a kind of variant or a command is to write its module and a
row here; docs/extending.md says for each what the thing has to be. Another package adds an engine, format, reader or
check by an entry point in the group that its register names (`agreements.checks`), without a change here:

    [project.entry-points."agreements.checks"]
    plurals = "our_rules.plurals:plurals"

A thing is imported when it is asked for, and other packages are looked up only when names are listed or a name is
not among our own: a search pays for neither.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from agreements.errors import NotFoundError, PluginError, unknown


class Row(NamedTuple):
    """A row: the name, a label for people, where the thing is, and what some kinds have besides.

    The place is `module:thing`, a `module`, or a file (`package:folder/name`); `.module` is one of its register's home.

    `suffixes` are those of files in a format, `section` the part of the overview that shows a command, `package` the
    name and version of another package that the row comes from.
    """

    name: str
    label: str
    target: str
    suffixes: tuple[str, ...] = ()
    section: str = ""
    package: str = ""


class Register(Mapping[str, Any]):
    """The things of one kind by their names, in the order of their rows; `register[name]` is the thing, imported.

    `noun` is the kind in messages, `home` the package of modules that begin with a full stop, `group` that
    of entry points (empty: other packages add nothing); `source` gives rows that stand in a list elsewhere.
    """

    def __init__(
        self,
        noun: str,
        *rows: Row,
        home: str = "",
        group: str = "",
        source: Callable[[], Iterable[Row]] | None = None,
    ) -> None:
        self.noun, self.group = noun, group
        self._home, self._rows, self._source = home, rows, source

    @cached_property
    def own(self) -> Mapping[str, Row]:
        """Our own rows by name."""
        return {row.name: row for row in (*self._rows, *(self._source() if self._source else ()))}

    @cached_property
    def others(self) -> Mapping[str, Row]:
        """The rows that other packages add; one of ours is never replaced."""
        return {row.name: row for row in _entry_points(self.group) if row.name not in self.own}

    def __iter__(self) -> Iterator[str]:
        yield from self.own
        yield from self.others

    def __len__(self) -> int:
        return len(self.own) + len(self.others)

    def __contains__(self, name: object) -> bool:
        return name in self.own or name in self.others

    def __getitem__(self, name: str) -> Any:
        """Return the thing; raises `NotFoundError` that lists the known names, `PluginError` when it cannot load."""
        row = self.row(name)
        try:
            return _thing(row.target, self._home)
        except Exception as error:
            if not row.package:
                raise
            raise _cannot_load(self.noun, row, error) from error

    def get(self, name: str, default: Any = None) -> Any:
        """Return the thing, or `default` for a name that is not known."""
        try:
            return self[name]
        except NotFoundError:
            return default

    def row(self, name: str) -> Row:
        """Return the row of `name`; raises `NotFoundError` that lists the known names."""
        row = self.own.get(name) or self.others.get(name)
        if row is None:
            raise unknown(self.noun, name, self)
        return row

    def label(self, name: str) -> str:
        """Return the label of `name`; where its row has none, the first line of what the thing says of itself."""
        row = self.row(name)
        return row.label or (self[name].__doc__ or "").strip().partition("\n")[0]

    def troubles(self) -> Iterator[str]:
        """Yield in a sentence each what is wrong with what other packages add: a name taken, a thing that fails."""
        for row in _entry_points(self.group):
            if row.name in self.own or self.others[row.name] != row:
                yield f"The {self.noun} {row.name!r} of {row.package} is not used: that name is taken."
                continue
            try:
                self[row.name]
            except Exception as error:
                yield str(error)


def phrase(names: Iterable[str], default: str = "") -> str:
    """Return names as help texts say them: `tantivy (default), whoosh or opensearch`."""
    *first, last = (f"{name} (default)" if name == default else name for name in names)
    return f"{', '.join(first)} or {last}" if first else last


def _thing(target: str, home: str) -> Any:
    """Return what stands at `target`, as `Row` says it."""
    place, _, name = target.partition(":")
    module = import_module(f"{home}{place}" if place[:1] in ("", ".") else place)
    if "/" in name:
        return Path(str(module.__file__)).parent / name
    return getattr(module, name) if name else module


def _entry_points(group: str) -> Iterator[Row]:
    if not group:
        return
    from importlib.metadata import entry_points

    for point in entry_points(group=group):
        package = f"{point.dist.name} {point.dist.version}" if point.dist else "another package"
        yield Row(point.name, f"{point.name} of {package}", point.value, package=package)


def _cannot_load(noun: str, row: Row, error: Exception) -> PluginError:
    return PluginError(
        f"The {noun} {row.name!r} of {row.package} cannot be loaded: {type(error).__name__}: {error}.",
        hint="Update or remove that package; everything else works without it.",
    )


def _section(section: str, *rows: Row) -> Iterator[Row]:
    """Yield `rows`, all of one section."""
    yield from (row._replace(section=section) for row in rows)


def _verbs() -> Iterator[Row]:
    library = "agreements.library"
    for name, thing in sorted(vars(import_module(library)).items()):
        if getattr(thing, "__module__", "").startswith(f"{library}."):  # defined in one of its modules of verbs
            yield Row(name, "", f"{library}:{name}")


def lazy(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return `__getattr__`, `__dir__` and `__all__` of a package whose public names are loaded when first used.

    `homes` says in which module of `package` each name is, empty for a module itself.
    """

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}; it has {', '.join(sorted(homes))}")
        home = homes[name]
        if not home:  # a module itself
            return import_module(f"{package}.{name}")
        module = import_module(f"{package}.{home}")
        if home in homes:  # a name that is also its module's: importing the module has just put that in its place
            setattr(sys.modules[package], home, getattr(module, home))
        return getattr(module, name)

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes})

    return load, names, sorted(homes)


ENGINES = Register(
    "search engine",
    Row("tantivy", "Tantivy, embedded; the default", ".tantivy_engine:Tantivy"),
    Row("whoosh", "Whoosh, embedded, in Python alone", ".whoosh_engine:Whoosh"),
    Row("opensearch", "OpenSearch, a server of your own", ".opensearch_engine:OpenSearch"),
    group="agreements.engines",
    home="agreements.search",
)
"""Classes that fill the port `agreements.search.engine.Engine`."""

FORMATS = Register(
    "format",
    Row("json", "JSON", ".view:EXPORTER"),
    Row("markdown", "Markdown", ".markdown:EXPORTER"),
    Row("html", "HTML", ".html:EXPORTER"),
    Row("akn", "Akoma Ntoso", ".akn:EXPORTER"),
    Row("docx", "Word", ".formats:WORD"),
    Row("pdf", "PDF (with LibreOffice)", ".formats:PDF"),
    group="agreements.formats",
    home="agreements.export",
)
"""Forms that an agreement can be written in: an `agreements.export.Exporter` each."""

READERS = Register(
    "format to read",
    Row("text", "plain text", ".text", (".txt", ".text")),
    Row("markdown", "Markdown", ".markdown", (".md", ".markdown")),
    Row("html", "HTML", ".html", (".html", ".htm", ".xhtml")),
    Row("word", "Word", ".word", (".docx", ".docm", ".dotx", ".dotm")),
    Row("pdf", "PDF", ".pdf", (".pdf",)),
    Row("odt", "OpenDocument", ".odt", (".odt", ".ott")),
    Row("rtf", "rich text", ".rtf", (".rtf",)),
    Row("old-word", "Word before 2007", ".old_word", (".doc", ".dot")),
    Row("mail", "an e-mail", ".containers", (".eml", ".msg")),
    Row("archive", "a zip archive", ".containers", (".zip",)),
    group="agreements.readers",
    home="agreements.reading",
)
"""Modules with `read(source) -> Reading`; one of another package also says its `SUFFIXES`."""

CHECKS = Register(
    "check",
    Row(
        "numbering",
        "gaps and repetitions in the numbers of articles, paragraphs and points; a number on what stands alone",
        ".structure:numbering",
    ),
    Row("bodies", "articles that have a head and no words", ".structure:bodies"),
    Row("lengths", "provisions that are oddly short or long", ".structure:lengths"),
    Row("references", "references that lead nowhere", ".references:unresolved"),
    Row(
        "reference-levels",
        "references that name another level than that of the provision",
        ".references:levels",
    ),
    Row(
        "reference-circles",
        "provisions that refer to themselves, or each to the other",
        ".references:circles",
    ),
    Row("terms", "terms defined twice, and terms defined and not used", ".terms:defined_terms"),
    Row("terms-undefined", "words used as defined terms without a definition", ".terms:undefined"),
    Row(
        "terms-capitals",
        "defined terms written now in capitals, now in small letters",
        ".terms:capitals",
    ),
    Row("placeholders", "things left to fill in, and blanks", ".words:placeholders"),
    Row("drafting-notes", "notes among drafters that were left in the text", ".words:drafting_notes"),
    Row("brackets", "words in brackets, which are not agreed", ".words:open_brackets"),
    Row(
        "register",
        "treaty words in a memorandum, words that bind nobody in an agreement",
        ".register:register",
    ),
    Row(
        "leftover-names",
        "States that act in the text and are no party to it",
        ".leftovers:leftover_names",
    ),
    Row(
        "organizations",
        "an organization with a Government, territory or nationals, which only States have",
        ".leftovers:organisations_as_states",
    ),
    Row("leftover-styles", "a party under a style that is not its own", ".leftovers:leftover_styles"),
    Row(
        "leftover-strangers",
        "a name that stands as the party does, and is named nowhere",
        ".leftovers:strangers_by_name",
    ),
    Row(
        "limits",
        "indemnities, unfunded promises, tribunals, inspection and fees of State aircraft",
        ".limits:standing_limits",
    ),
    Row(
        "acsa",
        "an ACSA that departs from 10 U.S.C. 2341 to 2350: periods, excluded items, stocks",
        ".acsa:statute",
    ),
    Row(
        "contradictions",
        "clauses of one text whose variants exclude each other, or two periods for one thing",
        ".consistency:contradictory_clauses",
    ),
    Row(
        "missing-topics",
        "topics that a full agreement of the family settles and this one does not",
        ".missing:missing_topics",
    ),
    Row(
        "languages",
        "unequal numbers of paragraphs in the texts of two languages",
        ".languages:language_counts",
    ),
    Row("signatures", "parties without a signature block", ".signing:signatures"),
    Row("dates", "an entry into force before the last signature", ".signing:dates"),
    Row("copies", "a number of originals that is not that of the parties", ".closing:copies"),
    Row("texts", "languages of the closing that do not fit the texts that are to count", ".closing:texts"),
    Row("instrument", "a closing or a provision that names another instrument than the title", ".closing:instruments"),
    Row("party-names", "title, preamble and signatures that name the parties otherwise", ".closing:names"),
    Row("conjunctions", "lists without and or or", ".style:conjunctions"),
    Row("doubled", "words that stand twice in a row", ".style:doubled"),
    Row("spellings", "British and American spelling in one text", ".style:spelling"),
    Row("date-style", "two styles of dates in one text", ".style:date_style"),
    Row("states-misspelt", "words that are nearly the name of a party", ".namings:misspelt_states"),
    Row("body-names", "a ministry under two names that are nearly the same", ".namings:bodies"),
    Row("citations", "an instrument cited with two days or places of signature", ".namings:citations"),
    Row("duties", "what is owed and stands under may", ".rights:optional_duties"),
    Row("exceptions", "a rule without the exception that its family always makes", ".rights:missing_exceptions"),
    Row("subjects", "references to a provision that does not speak of their subject", ".subjects:subjects"),
    Row("facts", "treaties and statutes cited with another date, place or number than the table has", ".facts:facts"),
    Row("figures", "numbers in words that differ from the figure beside them, impossible dates", ".times:figures"),
    Row("periods", "two times for one act", ".times:differing"),
    Row("notices", "notices that are longer than the period at whose end they work", ".times:notices"),
    Row("entry", "an entry into force by an event that the text does not provide for", ".times:entry"),
    Row("roles", "acts of one side that a text has the other side do", ".roles:acts_of_the_wrong_side"),
    Row("prices", "prices measured by what the side that receives pays itself", ".sides:measures_of_price"),
    Row("self-acts", "acts of one side towards itself", ".sides:acts_on_oneself"),
    Row("consents", "what may be done until there is consent to it", ".sides:rights_until_consent"),
    Row("settlers", "claims that one side settles and the other decides", ".sides:settlers_of_claims"),
    Row("burdens", "a guest that is subject to taxes, duties or inspection", ".sides:reversed_exemptions"),
    Row("counts", "numbers that are not those of the years or months named with them", ".counts:counts"),
    Row("shares", "shares of a whole that are not a hundred percent together", ".counts:shares"),
    Row("rates", "rates of an annex that have no currency", ".counts:rates"),
    Row("bounds", "two bounds of one act in one sentence", ".times:bounds"),
    Row("answers", "an answer that may come after the act", ".times:late_answers"),
    Row("and-or", "and/or", ".style:and_or"),
    Row("commas", "lists with and without the serial comma in one text", ".style:commas"),
    Row("selves", "sides that a text calls by another name than it gave them", ".terms:selves"),
    Row("repeated", "provisions that stand twice in one document", ".structure:repeated"),
    Row("terms-variants", "words of a defined term in another order", ".terms:variants"),
    Row("pairs", "two parties named together that are one", ".senders:pairs"),
    Row("voices", "notes that speak for the Government they are addressed to", ".senders:voices"),
    Row("reply-dates", "a reply that is dated before the note it answers", ".senders:answers_before_notes"),
    Row("note-numbers", "a note in reply that names another number", ".namings:note_numbers"),
    Row("headings", "a heading that names another article than the words under it", ".namings:headings"),
    Row("annex-subjects", "annexes named for what another annex has", ".subjects:annexes"),
    group="agreements.checks",
    home="agreements.checks",
)
"""Functions from an agreement to findings; the label says what a check looks for."""

PAPERS = Register(
    "paper",
    Row(
        "c175",
        "Action memorandum under Circular 175, with the draft attached and departures from authority listed",
        ":data/papers/c175.txt",
        (".docx",),
    ),
    Row("comments", "Comment matrix by office", ":data/papers/comments.txt", (".docx",)),
    Row(
        "transmittal",
        "Transmittal of the signed text, with the statement of legal authority",
        ":data/papers/transmittal.txt",
        (".docx",),
    ),
    Row("cable", "Reporting cable on a round, as plain text", ":data/papers/cable.txt", (".txt",)),
    Row(
        "email",
        "E-mail on where the negotiation stands, as plain text",
        ":data/papers/email.txt",
        (".txt",),
    ),
    home="agreements",
)
"""Skeletons of papers around a negotiation: text files, and the suffix of what is made of them."""

VARIANTS = Register(
    "kind of variant",
    Row("criminal_jurisdiction", "Criminal jurisdiction", ".variants:JURISDICTION"),
    Row("recall_window", "Days to recall the waiver", ".variants:RECALL"),
    Row("claims", "Claims", ".variants:CLAIMS"),
    Row("termination_notice", "Notice of termination", ".variants:NOTICE"),
    Row("term", "Term", ".variants:TERM"),
    Row("fees", "Landing, parking, navigation and port fees", ".variants:FEES"),
    Row("tax_method", "How taxes are relieved", ".variants:TAXES"),
    Row("driving_licences", "Driving licences", ".variants:LICENCES"),
    home="agreements.classifying",
)
"""What is read of a clause: an `agreements.classifying.variants.Kind` each."""

COMMANDS = Register(
    "command",
    *_section(
        "Begin",
        Row("tour", "See the whole way in two minutes: seed, search, draft, Word.", ".tour:command"),
        Row("open", "Open the workbench in your browser: search, read, compare, decide.", ".open_:command"),
        Row("serve", "Serve the workbench to the browser of this computer.", ".serve:command"),
    ),
    *_section(
        "Find",
        Row("search", "Find clauses: who accepted this wording, when, and where exactly.", ".search:command"),
        Row("saved", "List saved searches; run one again and see what is new since last time.", ".saved:command"),
        Row("similar", "Show the same provision in other agreements, and the words that differ.", ".similar:command"),
        Row(
            "variants",
            "Show which agreement has which variant of a clause, with the words it rests on.",
            ".variants:command",
        ),
        Row(
            "not-in-text",
            "Record that a person read a text and a topic is not in it; list what was read.",
            ".not_in_text:command",
        ),
        Row(
            "matrix",
            "Show core topics by agreements: where each is carried, in words or by reference.",
            ".matrix:command",
        ),
        Row("show", "Print an agreement or one provision with its citation.", ".show:command"),
        Row("cite", "Print the formal citation of an agreement or provision.", ".cite:command"),
    ),
    *_section(
        "Keep",
        Row(
            "import", "Read files into the repository: text, Markdown, HTML, Word, PDF, JSON Lines.", ".import_:command"
        ),
        Row("parse", "Read one file and show what was understood; stores nothing.", ".parse:command"),
        Row("list", "List the agreements of the repository.", ".list:command"),
        Row("wanted", "List agreements known by their facts whose text is not held.", ".wanted:command"),
        Row(
            "edit",
            "Change the text or the facts of an agreement by hand, checked before it takes effect.",
            ".edit:command",
        ),
        Row("classify", "Show the topics of every provision of a file or agreement.", ".classify:command"),
        Row("doctor", "Look over the repository: what is damaged, doubtful or missing comes first.", ".doctor:command"),
        Row("index", "Bring the search index up to date, or rebuild it.", ".index:command"),
        Row("export", "Write an agreement as JSON, Markdown, HTML, Akoma Ntoso, Word or PDF.", ".export:command"),
        Row(
            "hold",
            "Put an agreement under a legal hold, so that nothing of it can be purged; or release it.",
            ".hold:command",
        ),
        Row("undo", "List what was done here, by whom and when; reverse one of it.", ".undo:command"),
        Row("purge", "Remove a text for good, with its earlier versions and its place in the index.", ".purge:command"),
    ),
    *_section(
        "Know",
        Row(
            "partner",
            "Show everything with one partner: instruments, amendments, expiry, what only others have.",
            ".partner:command",
        ),
        Row("relations", "Show what amends, supplements or supersedes an agreement, both ways.", ".relations:command"),
        Row(
            "calendar",
            "Show deadlines with rule, citation and the event they run from; write .ics.",
            ".calendar:command",
        ),
        Row("timeline", "Show what was signed, entered into force and ended.", ".timeline:command"),
    ),
    *_section(
        "Draft and negotiate",
        Row("draft", "Assemble a new draft from clause templates and write it to Word.", ".draft:command"),
        Row("templates", "Check clause templates, and list their variants.", ".templates:command"),
        Row("conform", "Hold two language texts of one agreement against each other.", ".conform:command"),
        Row("compare", "Compare two texts by provision: files, agreements, references.", ".compare:command"),
        Row(
            "changes",
            "List the tracked changes and comments of a Word file, or print it either way.",
            ".changes:command",
        ),
        Row("review", "Show what the other side's Word file changes in ours, clause by clause.", ".review:command"),
        Row(
            "negotiation",
            "Keep a negotiation: authority, rounds, texts, positions; make the joint text.",
            ".negotiation:command",
        ),
        Row(
            "paper",
            "Make the papers around it: action memorandum, comment matrix, transmittal, cable, e-mail.",
            ".paper:command",
        ),
        Row("acsa-review", "Review an ACSA under 10 U.S.C. 2341 to 2350, with a memo in Word.", ".acsa:command"),
        Row("handover", "Make a copy of a Word file that may go to the other side, or check one.", ".handover:command"),
    ),
    home="agreements.commands",
)
"""Click commands, with the line and the section of the overview."""

NEGOTIATION = Register(
    "command of a negotiation",
    Row("new", "Begin to keep a negotiation.", ".negotiation.record:new"),
    Row("list", "List the negotiations that are kept here.", ".negotiation.record:listed"),
    Row("status", "Show where it stands, on one screen.", ".negotiation.status:status"),
    Row("set", "Set its stage, authority, objective and other facts.", ".negotiation.record:change"),
    Row("round", "Note a round of talks: when, where, who, what was agreed.", ".negotiation.record:talks"),
    Row("table", "Keep a text that we tabled, or the joint text.", ".negotiation.texts:table"),
    Row("receive", "Keep a text that came from the other side.", ".negotiation.texts:receive"),
    Row("agree", "Record what is agreed, or reopened, article by article.", ".negotiation.points:agree"),
    Row("clear", "Ask offices to clear a text; merge what they return.", ".negotiation.clear:clear"),
    Row("approve", "Record what an office said.", ".negotiation.record:approve"),
    Row("step", "Note what is to be done next, or that it is done.", ".negotiation.record:step"),
    Row(
        "language",
        "Keep what was done to a text in another language: sent, returned, compared, certified.",
        ".negotiation.language:language",
    ),
    Row("signing", "Keep and write the signing sheet: who, capacity, originals.", ".negotiation.closing:signing"),
    Row("closing", "Record deposit, report, publication; what is due after.", ".negotiation.closing:closing"),
    Row("follows", "Record what follows from it, and who answered what.", ".negotiation.closing:follows"),
    Row("position", "Record or show what we want on a point.", ".negotiation.points:position"),
    Row("history", "Show how the words of a clause moved from text to text.", ".negotiation.points:history"),
    Row("joint", "Make the joint text, read it back, close its brackets.", ".negotiation.texts:joint"),
    Row("brief", "Write two pages in Word for the delegation.", ".negotiation.status:brief"),
    Row("export", "Write the whole file for the record-keeping system.", ".negotiation.record:export"),
    Row("access", "Show or set who may see it.", ".negotiation.record:access"),
    Row("hold", "Put it under a legal hold, or release it.", ".negotiation.record:hold"),
    Row("purge", "Remove it for good, with its history.", ".negotiation.record:purge"),
    home="agreements.commands",
)
"""The commands under `agreements negotiation`."""

VERBS = Register("verb", source=_verbs)
"""What `agreements.library` offers to programs; a label is the first line of what a verb says of itself."""
