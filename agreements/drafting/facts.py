"""The facts of a draft: what its parameters establish about the agreement that it would become."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from agreements.drafting.declarations import FamilyTemplate, FormDeclaration
from agreements.drafting.request import DraftRequest
from agreements.drafting.values import DraftParty as PartyValue
from agreements.drafting.values import Period
from agreements.model import EntryIntoForce, Formula, Party, Signing


def facts(
    request: DraftRequest, template: FamilyTemplate, form: FormDeclaration, values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the fields of the draft's `Agreement` other than its title and documents."""
    sending, receiving = values["sending"], values["receiving"]
    notice = values.get("termination_notice")
    formula = values.get("entry_into_force")
    kind = f"{template.id}-{request.form}" if values.get("amended_title") else template.id
    return {
        "id": _slug(f"draft-{kind}-{receiving.short}-{request.draft_date}"),
        "family": template.id,
        "parties": (_party(sending), _party(receiving)),
        "form": form.form,
        "binding": form.form != "mou",
        "signings": tuple(_signings(form, values)),
        "entry_into_force": _entry(values, formula),
        "term": _term(values),
        "termination_notice_months": notice.in_months() if isinstance(notice, Period) else None,
        "termination_notice_days": (notice.days or None) if isinstance(notice, Period) else None,
        "languages": tuple(language.code for language in values.get("languages") or ()),
        "prevailing_language": values.get("prevailing_language") or "",
        "marking": request.marking,
        "authority": "unsigned",
        "standing": "draft",
    }


def _party(party: PartyValue) -> Party:
    return Party(code=party.code, name=party.long)


def _signings(form: FormDeclaration, values: Mapping[str, Any]) -> Iterator[Signing]:
    """Yield the signature, or both notes, with the dates that are already settled."""
    notes = form.form == "exchange-of-notes"
    place = values.get("note_place" if notes else "signing_place") or ""
    for name in ("note_date", "reply_date") if notes else ("signing_date",):
        if day := values.get(name):
            yield Signing(date=day.isoformat(), place=place)


def _entry(values: Mapping[str, Any], formula: Any) -> EntryIntoForce | None:
    if not formula:
        return None
    day, basis = _entry_day(values, str(formula))
    return EntryIntoForce(formula=cast(Formula, formula), date=day.isoformat() if day else None, basis=basis)


def _entry_day(values: Mapping[str, Any], formula: str) -> tuple[date | None, str]:
    """Return the day on which the draft says that it enters into force, and what it is counted from.

    A draft in force on signature enters into force on the day that its testimonium has, one in force on the reply on
    the day of the reply; what waits for notes, or for another instrument, has no day yet.
    """
    if formula == "6":
        return values.get("entry_date"), ""
    name = {"1": "signing_date", "2": "signing_date", "3": "reply_date"}.get(formula, "")
    day = values.get(name) if name else None
    return (day, f"{name.replace('_', ' ')} of the draft") if day else (None, "")


def _term(values: Mapping[str, Any]) -> str:
    initial = values.get("initial_term")
    return initial.words if isinstance(initial, Period) and values.get("duration") != "indefinite" else ""


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
