"""Who may see a negotiation: `access.yaml` in its folder names them, and the folder is closed to others of the system.

The list keeps a negotiation out of what the program shows to anybody else. It keeps nobody from opening the files by
other means: on a shared drive that is done by the rights of the folder alone, which are set where the system has them.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from agreements.errors import AgreementsError
from agreements.marking import refuse_entry
from agreements.model import Frozen
from agreements.negotiation.file import OneLine
from agreements.negotiation.records import RecordError, print_record, read_record
from agreements.platform import printable, set_rights

ACCESS_FILE = "access.yaml"
_ALONE, _SHARED, _OTHERS, _GROUP = 0o700, 0o770, 0o007, 0o070


class Access(Frozen):
    """The names of those who `may_see` a negotiation, and of who began it."""

    made_by: OneLine = ""
    may_see: tuple[OneLine, ...] = ()

    def lets(self, name: str) -> bool:
        """Whether somebody of this name may see it; capitals do not count."""
        return name.casefold() in {each.casefold() for each in self.may_see}

    def changed(self, add: Iterable[str], remove: Iterable[str]) -> "Access":
        """Return it with names added and removed.

        Raises `RecordError` where a name is removed that is not in it, or none would be left, `ClassifiedError`.
        """
        gone = {_one_line(name).casefold() for name in remove}
        if unknown := gone - {name.casefold() for name in self.may_see}:
            raise RecordError(f"{', '.join(sorted(unknown))} may not see it as it is.", hint=self._hint)
        refuse_entry("\n".join(add), what="the name")
        kept = [name for name in self.may_see if name.casefold() not in gone]
        for name in filter(None, map(_one_line, add)):
            if name.casefold() not in {each.casefold() for each in kept}:
                kept.append(name)
        if not kept:
            raise RecordError("Nobody would be left who may see it.", hint="Name somebody else with --add first.")
        return self.model_copy(update={"may_see": tuple(kept)})

    def print(self) -> str:
        """Return the YAML that `access_of` reads back."""
        return print_record(self)

    @property
    def _hint(self) -> str:
        return f"Those who may: {', '.join(self.may_see)}."


def access_of(folder: Path) -> Access | None:
    """Return who may see the negotiation in `folder`, None where it was begun before that was kept.

    Raises `RecordError` when the file is damaged, or gone while an earlier list is kept, `ClassifiedError`.
    """
    path = folder / ACCESS_FILE
    if not os.path.lexists(path) and not any((folder / "history").glob(f"*-{ACCESS_FILE}")):
        return None
    access = read_record(path, Access)
    if not access.may_see:
        raise RecordError(f"{printable(path)} names nobody.", hint="Put it back from its history.")
    return access


def is_open_to(folder: Path, name: str) -> bool:
    """Whether somebody called `name` may see the negotiation in `folder`; not where that cannot be read."""
    try:
        access = access_of(folder)
    except (AgreementsError, OSError):
        return False
    return access is None or access.lets(name)


def is_damaged(folder: Path) -> bool:
    """Whether it cannot be read who may see what is in `folder`, though the system lets this person look."""
    try:
        access_of(folder)
    except AgreementsError as problem:
        return not isinstance(problem.__cause__, PermissionError)
    except OSError:
        return False
    return False


def close_folder(folder: Path, access: Access) -> None:
    """Close the folder and all in it to others of the system: to all but its owner, or its group where several see it.

    On Windows the rights of the folder above go on to it.
    """
    set_rights(folder, _ALONE if len(access.may_see) < 2 else _SHARED)


def stands_open(folder: Path, access: Access) -> bool:
    """Whether others of the system can enter the folder than `close_folder` lets."""
    if sys.platform == "win32":
        return False
    more = folder.stat().st_mode & (_OTHERS if len(access.may_see) > 1 else _OTHERS | _GROUP)
    return bool(more)


def _one_line(name: str) -> str:
    return " ".join(name.split())
