"""What readers give back."""

from dataclasses import replace

from agreements.reading.blocks import Block


def test_the_rest_of_a_block_is_all_that_it_was_but_its_number() -> None:
    block = Block("one two", 1, 9, "list", "1.", 3, 4, *(True,) * 4, "List", (), "nl", ("a",), struck=True)
    assert block.rest("two", 5, ()) == replace(block, text="two", start=5, number=None)
