"""The interview kept in a file: a parameter file that is written anew after each answer, and read again to go on."""

import re
import secrets
from dataclasses import replace
from pathlib import Path

from agreements.drafting import strictyaml
from agreements.drafting.interview import Answers, Interview
from agreements.drafting.loading import family
from agreements.drafting.request import DraftRequest, load_parameters
from agreements.errors import ParameterError
from agreements.marking import refuse_name
from agreements.platform import replace_file

_LEFT = "# Left as they are: "
_UNFINISHED = "# Not finished: "


def begin(family_id: str, file: Path, *, form: str = "") -> Interview:
    """Return the interview for a draft of `family_id` that keeps its answers in `file`, going on where `file` is.

    Raises `NotFoundError` for an unknown family or form, `ParameterError` when `file` holds something else.
    """
    template = family(family_id)
    if form:
        template.form(form)
    if not file.exists():
        key = secrets.token_hex(16)  # the marks of the draft stay the same from round to round
        new = DraftRequest(family_id, form, template_version=template.version, draft_key=key, style="us")
        return Interview(Answers(new))
    request = load_parameters(file)
    if request.family != family_id:
        raise ParameterError(
            f"{file} holds answers for the family {request.family}, not {family_id}.", hint="Name another file with -o."
        )
    source = file.read_text(encoding="utf-8-sig")
    left, unfinished = _noted(source, _LEFT), _noted(source, _UNFINISHED)
    if not re.search(r"^form:", source, re.MULTILINE):  # a request has a form in any case, the answers may not yet
        request = replace(request, form="", variants={}, unknown=())
    return Interview(Answers(request, left, unfinished[0] if unfinished else ""))


def save(interview: Interview, file: Path) -> None:
    """Write the answers to `file`, at once and whole; raises `OSError` when it cannot be written, `ClassifiedError`."""
    answers, request = interview.answers, interview.answers.request
    request.refuse_marked(what="an answer")
    lines = [f"# Go on, or answer again: agreements draft new {request.family} -o {file.name}"]
    if answers.left:
        lines.append(_LEFT + ", ".join(answers.left))
    if answers.unfinished:
        lines.append(_UNFINISHED + answers.unfinished)
    keys = ("family", "form", "template_version", "draft_date", "marking", "draft_number", "proposal_of", "draft_key")
    head = {key: value for key in keys if (value := getattr(request, key))}
    content = strictyaml.block(head)
    if request.style:
        content += strictyaml.block({"style": request.style if isinstance(request.style, str) else dict(request.style)})
    if request.parameters:
        content += strictyaml.block({"parameters": dict(request.parameters)})
    if request.rationale:
        content += strictyaml.block({"rationale": dict(request.rationale)})
    if request.variants:
        content += strictyaml.block({"variants": dict(request.variants)})
    refuse_name(file.name)
    replace_file(file, ("\n".join(lines) + "\n" + content).encode("utf-8"))


def _noted(source: str, mark: str) -> list[str]:
    """Return the names in the comment that begins with `mark`."""
    found = re.search(rf"^{re.escape(mark)}(.*)$", source, re.MULTILINE)
    return [name.strip() for name in found.group(1).split(",") if name.strip()] if found else []
