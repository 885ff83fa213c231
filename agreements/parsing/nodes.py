"""Provisions while they are being built."""

from dataclasses import dataclass, field, replace

from agreements.model import Mark, Provenance, Provision, ProvisionKind
from agreements.reading import Block


@dataclass(slots=True)
class ProvisionDraft:
    """A provision in the making; `start` and `end` span its own words in the source."""

    kind: ProvisionKind
    number: str | None = None
    heading: str | None = None
    label: str | None = None
    own: Block | None = None
    children: list["ProvisionDraft"] = field(default_factory=list)
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        """The provision's own words."""
        return self.own.text if self.own else ""

    def give(self, block: Block) -> None:
        """Take `block` as the provision's own words."""
        self.own = block
        self.end = max(self.end, block.end)

    def note(self, block: Block) -> None:
        """Attach the footnote `block` to the end of the provision's own words."""
        if self.own is None:
            raise ValueError("a footnote is attached to words")
        words = " ".join(x for x in (block.number, block.text) if x)
        mark = Mark(start=len(self.text), end=len(self.text), kind="note", target=words)
        self.own = replace(self.own, marks=(*self.own.marks, mark))

    def build(self, source: str) -> Provision:
        """Return the provision with its children; `source` names the file."""
        return Provision(
            kind=self.kind,
            number=self.number,
            heading=self.heading,
            label=self.label,
            text=self.text,
            marks=self.own.marks if self.own else (),
            children=tuple(child.build(source) for child in self.children),
            provenance=Provenance(source=source, start=self.start, end=self.end),
        )


def text_node(block: Block) -> ProvisionDraft:
    """Return a provision of kind `text` that holds `block`; an automatic number that is more than a bullet stays."""
    return ProvisionDraft("text", number=automatic_number(block), own=block, start=block.start, end=block.end)


def automatic_number(block: Block) -> str | None:
    """Return the automatic number of `block`, None where it has none or only a bullet."""
    return block.number if block.number and any(c.isalnum() for c in block.number) else None
