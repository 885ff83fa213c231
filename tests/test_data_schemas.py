"""Every data file has a schema that ours fit; a slip is told with its file, its line and the word that was meant."""

import shutil
from pathlib import Path

import pytest

from agreements import data_schemas, library
from agreements.drafting.loading import OWN_TEMPLATES
from agreements.resources import data, shipped

DATA = data("topics.csv").parent


def test_every_data_file_has_a_schema():
    lying = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    assert lying == set(data_schemas.FILES)


def test_what_ships_is_sound():
    assert library.check_data() == ()


SLIPS = [
    ("deadlines.csv", "signature,15,days", "signature,fifteen,days", ":2", "'fifteen' is no number", "write 15"),
    ("deadlines.csv", "signature,15,days", "signing,15,days", ":2", "no event 'signing'", ""),
    ("deadlines.csv", "15,days", "15,day", ":2", "'day' is none of", "'days' is near"),
    ("deadlines.csv", "dca|sofa|acsa", "dca|sofaa|acsa", ":19", "no family 'sofaa'", "'sofa' is near"),
    ("deadlines.csv", ",USA,,signature,15", ",USB,,signature,15", ":2", "'USB' is the code of no State", ""),
    ("deadlines.csv", "2023-09-19", "2023-19-09", ":2", "'2023-19-09' is no day", ""),
    ("families.toml", '"lsss_scope"', '"lsss_scop"', ":", "no core topic 'lsss_scop'", "'lsss_scope' is near"),
    ("families.toml", "short =", "shrot =", ":", "no such field", "'short' is near"),
    ("families.toml", "'special measures'", "'special (measures'", ":", "no regular expression", ""),
    ("limits.toml", "by_us = true", 'by_us = "perhaps"', ":12", "by_us: 'perhaps'", ""),
    ("limits.toml", 'severity = "warning"', 'severity = "warnign"', ":14", "'warnign' is none of", "'warning' is near"),
    ("acsa_rules.toml", 'kind = "fact"', 'kind = "facts"', ":", "'facts' is none of", "'fact' is near"),
    ("topics.csv", "sofa dca acsa", "sofa dac acsa", ":", "no family 'dac'", "'dca' is near"),
    ("topic_cues.csv", "\npreamble,", "\npreambel,", ":2", "no topic 'preambel'", "'preamble' is near"),
    ("topic_signs.csv", "\npurpose_scope,", "\npurpose,", ":2", "no topic 'purpose'", "'purpose_scope' is near"),
    ("topic_signs.csv", "@agreement ~28", "@agreement ~x", ":2", "sign", ""),
    ("sign_words.csv", "\n@people,", "\npeople,", ":2", "name", ""),
    ("states.csv", "AFG,state", "AFG,stat", ":2", "'stat' is none of", "'state' is near"),
    ("nato_members.csv", "BEL,1949-08-24", "BEL", ":2", "since: it is missing", ""),
    ("word_families.csv", "abolish abolished abolition", "abolish", ":2", "words", ""),
    ("papers/cable.txt", "{", "{{", ":", "a gap is {name}", ""),
    ("languages/fr.toml", "ordinals =", "ordinal =", ":", "no such field", "'ordinals' is near"),
    ("languages/hu.toml", '"#. cikk"', '"#. cikk #"', ":3", "no word of a head", ""),
    ("languages/sq.toml", '"janar", ', "", ":", "a year has 12 months, and 11 are named", ""),
    ("languages/pl.toml", "jeden", "jeden|", ":", "an empty word", ""),
    ("markings.toml", "[[level]]", "[[levle]]", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sound", "slip", "line", "says", "meant"), SLIPS)
def test_a_slip_is_told_with_line_and_near_word(  # noqa: PLR0917
    name, sound, slip, line, says, meant, tmp_path
):
    path = tmp_path / Path(name).name
    text = data(name).read_text(encoding="utf-8")
    assert sound in text
    path.write_text(text.replace(sound, slip, 1), encoding="utf-8")
    found = list(data_schemas.check_file(path, name))
    assert found
    assert found[0].where.startswith(name + line)
    assert says in found[0].message
    assert meant in found[0].message
    if ":" in found[0].where:
        number = int(found[0].where.rpartition(":")[2])
        assert slip.strip() in path.read_text(encoding="utf-8").splitlines()[number - 1] or says.endswith("missing")


def test_a_department_s_own_templates_are_checked_too(tmp_path, monkeypatch):
    own = tmp_path / "own"
    shutil.copytree(shipped("templates") / "transit", own / "transit")
    declared = own / "transit" / "family.yaml"
    text = declared.read_text(encoding="utf-8")
    declared.write_text(text.replace("\nlabel:", "\nlabell:", 1), encoding="utf-8")
    clause = next(iter(sorted(own.glob("transit/clauses/*/*.md"))))
    clause.write_text(clause.read_text(encoding="utf-8").replace("\nlabel:", "\nlabels:", 1), encoding="utf-8")
    monkeypatch.setenv(OWN_TEMPLATES, str(own))
    told = {finding.where: finding.message for finding in library.check_data()}
    line = text[: text.index("\nlabel:") + 1].count("\n") + 1
    assert "labell" in told[f"transit/family.yaml:{line}"]
    place = next(where for where in told if where.startswith(clause.relative_to(own).as_posix()))
    assert clause.read_text(encoding="utf-8").splitlines()[int(place.rpartition(":")[2]) - 1].startswith("labels")
