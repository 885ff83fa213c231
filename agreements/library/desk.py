"""A repository held open: the verbs as methods, each of which finds worked out what an earlier one needed.

    with Desk("repo") as desk:
        desk.search("waiver of claims")
        desk.partner("NLD")

A verb called by itself opens the repository, works out what it needs and forgets it; that suits a command. A program
that stays (the local page, a notebook, a server) holds a `Desk`: the listing, open indexes, what later instruments did
and what each agreement carries are made once, and made again when a file changes, whoever changed it.
"""

from collections.abc import Callable
from functools import update_wrapper
from types import TracebackType
from typing import Concatenate, ParamSpec, TypeVar

from agreements.library import clear, deciding, find, health, keep, negotiate, sources, survey, table
from agreements.library import close as closing
from agreements.library.compare import compare as compare_texts
from agreements.platform import StrPath, as_path

P = ParamSpec("P")
R = TypeVar("R")


def _at_the_desk(verb: Callable[Concatenate[StrPath, P], R]) -> Callable[Concatenate["Desk", P], R]:
    """Return `verb` as a method that takes the repository of the desk."""

    def method(desk: "Desk", /, *args: P.args, **options: P.kwargs) -> R:
        from agreements.repository import acting_as, asking_as, held

        with held(desk.repository), acting_as(desk.by or desk.user), asking_as(desk.user):
            return verb(desk.repository.root, *args, **options)

    update_wrapper(method, verb)
    return method


class Desk:
    """The repository in `folder`, held open until `close`; use it as a context manager where that suits.

    Its methods are the verbs of the same name without their first argument, and return and raise the same. They may be
    called from several threads. `by` is who acts, as the journal and the records name it (default: `user`). `user` is
    who sees it (default: the name of the login): negotiations that list others alone are shown nowhere. Raises
    `RepositoryError` when there is no repository.
    """

    def __init__(self, folder: StrPath, *, by: str = "", user: str = "") -> None:
        from agreements.repository import Repository, open_repository

        self.by = by
        self.user = user
        self.repository: Repository = Repository(open_repository(as_path(folder)).root, held_open=True)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget what was worked out and let go of the files of the index. The desk can be used again after."""
        self.repository.close()

    # ------------------------------------------------------------------ finding

    search = _at_the_desk(find.search)
    search_page = _at_the_desk(find.search_page)
    similar = _at_the_desk(find.similar)
    write_wordings = _at_the_desk(find.write_wordings)
    accepted_variants = _at_the_desk(find.accepted_variants)
    compare = _at_the_desk(compare_texts)
    get = _at_the_desk(find.get)
    cite = _at_the_desk(find.cite)
    write_hits = _at_the_desk(find.write_hits)
    make_binder = _at_the_desk(find.make_binder)
    named_binders = _at_the_desk(find.named_binders)
    named_binder = _at_the_desk(find.named_binder)
    keep_binder = _at_the_desk(find.keep_binder)
    read_binder = _at_the_desk(find.read_binder)
    write_binder = _at_the_desk(find.write_binder)
    save_search = _at_the_desk(find.save_search)
    saved_searches = _at_the_desk(find.saved_searches)
    run_saved = _at_the_desk(find.run_saved)
    forget_saved = _at_the_desk(find.forget_saved)

    source_record = _at_the_desk(sources.source_record)
    provision_in_source = _at_the_desk(sources.provision_in_source)
    source_file = _at_the_desk(sources.source_file)
    source_page = _at_the_desk(sources.source_page)

    # ------------------------------------------------------------------ all that is held

    listing = _at_the_desk(keep.listing)
    timeline = _at_the_desk(survey.timeline)
    relations = _at_the_desk(survey.relations)
    matrix = _at_the_desk(survey.matrix)
    topic_words = _at_the_desk(survey.topic_words)
    absence_readings = _at_the_desk(survey.absence_readings)
    record_absence = _at_the_desk(survey.record_absence)
    withdraw_absence = _at_the_desk(survey.withdraw_absence)
    text_names = _at_the_desk(survey.text_names)
    partner = _at_the_desk(survey.partner)
    write_desk_book = _at_the_desk(survey.write_desk_book)
    calendar = _at_the_desk(survey.calendar)
    unread = _at_the_desk(keep.unread)
    left_out = _at_the_desk(keep.left_out)
    wanted = _at_the_desk(keep.wanted)
    doctor = _at_the_desk(health.doctor)

    # ------------------------------------------------------------------ keeping

    import_files = _at_the_desk(keep.import_files)
    edit = _at_the_desk(keep.edit)
    edit_from = _at_the_desk(keep.edit_from)
    text_to_edit = _at_the_desk(keep.text_to_edit)
    acts = _at_the_desk(keep.acts)
    acts_in_words = _at_the_desk(keep.acts_in_words)
    undo = _at_the_desk(keep.undo)
    export = _at_the_desk(keep.export)
    hold = _at_the_desk(keep.hold)
    release = _at_the_desk(keep.release)
    holds = _at_the_desk(keep.holds)
    purge = _at_the_desk(keep.purge)
    refresh_index = _at_the_desk(keep.refresh_index)
    read_for_meaning = _at_the_desk(keep.read_for_meaning)

    # ------------------------------------------------------------------ negotiations

    negotiation_list = _at_the_desk(negotiate.negotiation_list)
    negotiation_status = _at_the_desk(negotiate.negotiation_status)
    begin_negotiation = _at_the_desk(negotiate.begin_negotiation)
    set_negotiation = _at_the_desk(negotiate.set_negotiation)
    add_round = _at_the_desk(negotiate.add_round)
    keep_text = _at_the_desk(negotiate.keep_text)
    read_text = _at_the_desk(negotiate.read_text)
    record_position = _at_the_desk(negotiate.record_position)
    take_positions = _at_the_desk(negotiate.take_positions)
    keep_language_step = _at_the_desk(negotiate.keep_language_step)
    language_standings = _at_the_desk(negotiate.language_standings)
    ask_clearance = _at_the_desk(clear.ask_clearance)
    office_clearances = _at_the_desk(clear.office_clearances)
    merge_returned = _at_the_desk(clear.merge_returned)
    check_clearance = _at_the_desk(clear.check_clearance)
    dispositions_file = _at_the_desk(clear.dispositions_file)
    dispositions_fingerprint = _at_the_desk(clear.dispositions_fingerprint)
    dispose = _at_the_desk(clear.dispose)
    record_approval = _at_the_desk(negotiate.record_approval)
    agree_articles = _at_the_desk(negotiate.agree_articles)
    standing_articles = _at_the_desk(negotiate.standing_articles)
    add_step = _at_the_desk(negotiate.add_step)
    finish_step = _at_the_desk(negotiate.finish_step)
    negotiation_access = _at_the_desk(negotiate.negotiation_access)
    set_access = _at_the_desk(negotiate.set_access)
    hold_negotiation = _at_the_desk(negotiate.hold_negotiation)
    negotiation_holds = _at_the_desk(negotiate.negotiation_holds)
    release_hold = _at_the_desk(negotiate.release_hold)
    purge_negotiation = _at_the_desk(negotiate.purge_negotiation)
    purge_paper = _at_the_desk(negotiate.purge_paper)
    review_text = _at_the_desk(deciding.review_text)
    decisions_file = _at_the_desk(deciding.decisions_file)
    decide_text = _at_the_desk(deciding.decide_text)
    take_back_text = _at_the_desk(deciding.take_back_text)
    negotiation_fingerprint = _at_the_desk(negotiate.negotiation_fingerprint)
    standing_joint = _at_the_desk(table.standing_joint)
    close_places = _at_the_desk(table.close_places)
    signing_sheet = _at_the_desk(closing.signing_sheet)
    closing_page = _at_the_desk(closing.closing_page)
    set_signing = _at_the_desk(closing.set_signing)
    keep_closing_step = _at_the_desk(closing.keep_closing_step)
    keep_following = _at_the_desk(closing.keep_following)
    answer_following = _at_the_desk(closing.answer_following)
    followings = _at_the_desk(closing.followings)
    sides_of = _at_the_desk(negotiate.sides_of)
    clause_history = _at_the_desk(negotiate.clause_history)
    make_brief = _at_the_desk(negotiate.make_brief)
    export_negotiation = _at_the_desk(negotiate.export_negotiation)
