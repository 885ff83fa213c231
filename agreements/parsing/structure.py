"""The tree of one text: preamble, parts, chapters, articles, sections, paragraphs, testimonium, signatures."""

from collections.abc import Sequence
from itertools import pairwise

from agreements.model import ProvisionKind, Role
from agreements.parsing import closing
from agreements.parsing.body import fill
from agreements.parsing.explaining import explains_article
from agreements.parsing.formulas import ends_agreed, recitals
from agreements.parsing.headings import Lines, read_lines
from agreements.parsing.heads import Head, head_of, is_heading, split_heading, styled
from agreements.parsing.nodes import ProvisionDraft
from agreements.parsing.spans import cut
from agreements.reading import Block

_RANKS: dict[ProvisionKind, int] = {"part": 0, "chapter": 1, "section": 2, "article": 3}


def outline(blocks: Sequence[Block], source: str, role: Role = "main") -> list[ProvisionDraft]:
    """Return the provisions of one text (without its title); `source` is the text that the spans refer to.

    In notes and annexes, what stands before the first head is text and numbered points and no preamble; notes end
    with courtesies and have no testimonium.
    """
    preamble = role not in ("offer-note", "reply-note", "annex", "appendix", "side-letter", "correcting-note")
    closes = role not in ("offer-note", "reply-note", "side-letter", "correcting-note")
    lines = read_lines(blocks)
    first = min((i for i, head in lines.heads.items() if head.kind != "preamble"), default=None)
    opening_end = len(blocks) if first is None else min(first, *lines.headings.get(first, (first,)))
    opening, rest = list(blocks[:opening_end]), blocks[opening_end:]
    roots: list[ProvisionDraft] = []
    if preamble:
        opening, points = (opening, []) if first is not None else _split_opening(opening)
        roots += _preamble(opening, source)
    else:
        points = opening
    if points:
        roots += _loose(points, source, closes=closes and not rest, repeats=role == "reply-note")
    if rest:
        roots += _tree(blocks, opening_end, lines, source, closes=closes)
    return roots


def _preamble(blocks: list[Block], source: str) -> list[ProvisionDraft]:
    """Return the preamble that `blocks` make, or nothing where there are none."""
    if not blocks:
        return []
    node = ProvisionDraft("preamble", start=blocks[0].start, end=blocks[0].start)
    head = head_of(blocks[0])
    if head and head.kind == "preamble":
        if head.alone:
            title, blocks = blocks[0], blocks[1:]
        else:
            title, first = cut(blocks[0], head.at, source)
            blocks = [first, *blocks[1:]]
        node.heading, node.end = title.text, title.end
    pieces = [piece for block in blocks for piece in recitals(block, source)]
    fill(node, pieces, source, own_text=False)
    return [node]


def _split_opening(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Divide a text without heads into preamble and points, after the words `have agreed as follows`."""
    for i, block in enumerate(blocks):
        if ends_agreed(block.text):
            return blocks[: i + 1], blocks[i + 1 :]
    return [], blocks


def _loose(blocks: Sequence[Block], source: str, *, closes: bool, repeats: bool) -> list[ProvisionDraft]:
    """Return the provisions of blocks that stand under no head: points, texts, testimonium and signatures."""
    root = ProvisionDraft("text")
    body, end = closing.divide(blocks, source) if closes else (list(blocks), [])
    fill(root, body, source, own_text=False, repeats=repeats)
    return [*root.children, *end]


def _tree(blocks: Sequence[Block], start: int, lines: Lines, source: str, *, closes: bool) -> list[ProvisionDraft]:
    ranks = dict(_RANKS)
    if _sections_below(blocks, lines):
        ranks["section"] = 4
    root = ProvisionDraft("text")
    open_nodes: list[tuple[int, ProvisionDraft]] = [(-1, root)]
    used = {i for heading in lines.headings.values() for i in heading}
    starts = sorted({min(i, *lines.headings.get(i, (i,))): i for i in lines.heads if i >= start}.items())
    plain = _run_on(blocks, lines)
    for position, (_, i) in enumerate(starts):
        head = lines.heads[i]
        stop = starts[position + 1][0] if position + 1 < len(starts) else len(blocks)
        node, run_in = _head_node(blocks, i, head, lines, source, plain=plain or stop == i + 1)
        rank = ranks.get(head.kind, 3)
        while open_nodes[-1][0] >= rank:
            open_nodes.pop()
        open_nodes[-1][1].children.append(node)
        open_nodes.append((rank, node))
        body = run_in + [blocks[j] for j in range(i + 1, stop) if j not in used]
        last = position + 1 == len(starts)
        body, group = (body, None) if last else _group_heading(body)
        end: list[ProvisionDraft] = []
        if last and closes:
            body, end = closing.divide(body, source)
        fill(node, body, source)
        node.children += end
        if group:
            while open_nodes[-1][0] >= 0:
                open_nodes.pop()
            part = ProvisionDraft("part", heading=group.text, start=group.start, end=group.end)
            root.children.append(part)
            open_nodes.append((0, part))
    return root.children


def _head_node(
    blocks: Sequence[Block], i: int, head: Head, lines: Lines, source: str, *, plain: bool
) -> tuple[ProvisionDraft, list[Block]]:
    """Return the provision that the head on block `i` opens, and the body that runs on from its line.

    `plain` says that words which end with a full stop there are the article's own and no heading.
    """
    block = blocks[i]
    node = ProvisionDraft(head.kind, number=head.number, label=head.label, start=block.start, end=block.end)
    if i in lines.headings:
        heading = [blocks[j] for j in lines.headings[i]]
        node.heading = " ".join(line.text for line in heading)
        node.start, node.end = min(node.start, heading[0].start), max(node.end, heading[-1].end)
        return node, []
    if head.alone:
        return node, []
    heading_text, at = split_heading(block.text[head.at :])
    if plain and _is_all(heading_text, at, block, head):
        heading_text, at = None, 0
    node.heading = heading_text
    at += head.at
    if at >= len(block.text):
        return node, []
    first, rest = cut(block, at, source)
    node.end = first.end
    return node, [rest]


def _is_all(heading: str | None, at: int, block: Block, head: Head) -> bool:
    """Whether `heading` is all that follows the head on its line, with a full stop: a heading or a short sentence."""
    return heading is not None and heading.endswith(".") and head.at + at >= len(block.text)


def _run_on(blocks: Sequence[Block], lines: Lines) -> bool:
    """Whether the articles of a text run on from the line of their heads, more of them than have a heading there."""
    own = sentences = 0
    for i, head in lines.heads.items():
        if head.alone or i in lines.headings or head.at >= len(blocks[i].text):
            continue
        heading, at = split_heading(blocks[i].text[head.at :])
        if _is_all(heading, at, blocks[i], head) and i + 1 < len(blocks) and i + 1 not in lines.heads:
            own += 1
        elif heading is None or _is_all(heading, at, blocks[i], head):
            sentences += 1
    return sentences > own


def _group_heading(body: list[Block]) -> tuple[list[Block], Block | None]:
    """Take off a heading over the articles that follow (`FINAL PROVISIONS`) from the end of an article."""
    if (
        len(body) > 1
        and not explains_article(body[-1].text)
        and styled(body[-1])
        and body[-1].kind != "list"
        and not body[-1].number
        and is_heading(body[-1].text)
    ):
        return body[:-1], body[-1]
    return body, None


def _sections_below(blocks: Sequence[Block], lines: Lines) -> bool:
    """Whether sections stand inside articles (as in the Compacts) and not above them."""
    order = sorted(i for i, head in lines.heads.items() if head.kind in ("article", "section"))
    kinds = [lines.heads[i].kind for i in order]
    if "section" not in kinds or "article" not in kinds:
        return False
    empty = {"article": 0, "section": 0}
    for i, following in pairwise(order):
        if following <= max(i, *lines.headings.get(i, (i,))) + 1 and lines.heads[i].alone:
            empty[lines.heads[i].kind] += 1
    return empty["article"] > empty["section"]
