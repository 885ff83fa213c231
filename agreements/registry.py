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
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from agreements.errors import NotFoundError, PluginError, unknown


class Row(NamedTuple):
    """A row: the name, a label for people, where the thing is (`module:thing`), and what some kinds have besides.

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

    `noun` is the kind in messages, `group` that of entry points (empty: other packages add nothing).
    """

    def __init__(self, noun: str, *rows: Row, group: str = "") -> None:
        self.noun, self.group = noun, group
        self.own: Mapping[str, Row] = {row.name: row for row in rows}
        self._others: Mapping[str, Row] | None = None

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
            return _thing(row.target)
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

    def named(self, default: str = "") -> str:
        """Return the names as a phrase for help texts: `tantivy (default), whoosh or opensearch`."""
        *first, last = (f"{name} (default)" if name == default else name for name in self)
        return f"{', '.join(first)} or {last}" if first else last

    @property
    def others(self) -> Mapping[str, Row]:
        """The rows that other packages add; one of ours is never replaced."""
        if self._others is None:
            self._others = {row.name: row for row in _entry_points(self.group) if row.name not in self.own}
        return self._others

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


def _thing(target: str) -> Any:
    """Return what stands at `module:thing`, where the thing may lie deeper (`module:thing.part`)."""
    module, _, path = target.partition(":")
    found = import_module(module)
    for part in path.split(".") if path else ():
        found = getattr(found, part)
    return found


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


def lazy(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """Return `__getattr__`, `__dir__` and `__all__` of a package whose public names are loaded when first used.

    `homes` says in which module of `package` each name is.
    """

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}; it has {', '.join(sorted(homes))}")
        found = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, found)  # also where a module of the package has the same name
        return found

    def names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes})

    return load, names, sorted(homes)


ENGINES = Register(
    "search engine",
    Row("tantivy", "Tantivy, embedded; the default", "agreements.search.tantivy_engine:Tantivy"),
    Row("whoosh", "Whoosh, embedded, in Python alone", "agreements.search.whoosh_engine:Whoosh"),
    Row("opensearch", "OpenSearch, a server of your own", "agreements.search.opensearch_engine:OpenSearch"),
    group="agreements.engines",
)
"""Classes that fill the port `agreements.search.engine.Engine`."""

FORMATS = Register(
    "format",
    Row("json", "JSON", "agreements.export.view:EXPORTER"),
    Row("markdown", "Markdown", "agreements.export.markdown:EXPORTER"),
    Row("html", "HTML", "agreements.export.html:EXPORTER"),
    Row("akn", "Akoma Ntoso", "agreements.export.akn:EXPORTER"),
    Row("docx", "Word", "agreements.export.formats:WORD"),
    Row("pdf", "PDF (with LibreOffice)", "agreements.export.formats:PDF"),
    group="agreements.formats",
)
"""Forms that an agreement can be written in: an `agreements.export.Exporter` each."""
