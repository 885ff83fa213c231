import pytest

from agreements.ooxml import schema
from agreements.ooxml.xml import make, properties, run


def test_properties_are_written_in_the_order_of_the_schema():
    made = properties("pPr", {"jc": "both", "numPr": properties("numPr", {"numId": 3, "ilvl": 1}), "pStyle": "Item"})
    assert [schema.local(child) for child in made] == ["pStyle", "numPr", "jc"]
    assert [schema.local(child) for child in made[1]] == ["ilvl", "numId"]
    assert list(schema.faults(made)) == []


def test_a_property_that_the_schema_does_not_know_is_refused():
    with pytest.raises(KeyError, match="trackChanges"):
        properties("settings", {"trackChanges": True})  # the element is called trackRevisions


def test_insert_puts_a_child_at_its_place():
    settings = properties("settings", {"zoom": {"percent": 100}, "compat": True})
    schema.insert(settings, make("trackRevisions"))
    schema.insert(settings, make("listSeparator", val=","))
    schema.insert(settings, make("view", val="print"))
    tags = [schema.local(child) for child in settings]
    assert tags == ["view", "zoom", "trackRevisions", "compat", "listSeparator"]


@pytest.mark.parametrize(
    ("element", "words"),
    [
        (lambda: make("pPr", make("jc", val="both"), make("pStyle", val="Item")), "out of order"),
        (lambda: make("numbering", make("num", numId=1), make("abstractNum", abstractNumId=1)), "out of order"),
        (lambda: make("settings", make("trackChanges")), "may not hold trackChanges"),
        (lambda: make("p", run("word"), make("pPr")), "after other children"),
    ],
)
def test_faults_are_found(element, words):
    assert any(words in fault for fault in schema.faults(element()))
