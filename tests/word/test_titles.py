import pytest

from agreements.word.writing.body import title_breaks


def broken(title, parties=()):
    shown = list(title)
    for place in title_breaks(title, parties):
        assert shown[place] == " "
        shown[place] = "/"
    return "".join(shown)


@pytest.mark.parametrize(
    ("title", "parties", "lines"),
    [
        (
            "Agreement between the Government of Valdoria and the Government of Tamaris on Visiting Forces",
            (),
            "Agreement/between/the Government of Valdoria/and/the Government of Tamaris/on Visiting Forces",
        ),
        (  # the conjunction inside a State's name is no break when its name is known
            "Treaty between Tor and Mar and Valdoria concerning Claims",
            ("Tor and Mar", "Valdoria"),
            "Treaty/between/Tor and Mar/and/Valdoria/concerning Claims",
        ),
        (  # nor when a government follows the right one
            "Agreement between the Government of Tor and Mar and the Government of Valdoria on Claims",
            (),
            "Agreement/between/the Government of Tor and Mar/and/the Government of Valdoria/on Claims",
        ),
        (  # words of the subject that join things stay on its line
            "Agreement between Valdoria and Tamaris on Acquisition and Cross-Servicing",
            (),
            "Agreement/between/Valdoria/and/Tamaris/on Acquisition and Cross-Servicing",
        ),
        ("Agreement between Valdoria and Tamaris", (), "Agreement/between/Valdoria/and/Tamaris"),
        (  # a line too long for the page is broken evenly, so that no word is left alone
            "Agreement between Valdoria and Tamaris on the Status of Visiting Forces in the Republic of Tamaris",
            (),
            "Agreement/between/Valdoria/and/Tamaris/on the Status of Visiting Forces/in the Republic of Tamaris",
        ),
        (  # a long line ends before a small word and not after it
            "Arrangement between the Department of Defense of the United Provinces and the Ministry of War of Tor",
            ("Department of Defense of the United Provinces", "Ministry of War of Tor"),
            "Arrangement/between/the Department of Defense of the United Provinces/and/the Ministry of War of Tor",
        ),
        (
            "Protocol between the Government of Tor and the Government of Mar extending the Agreement on Flights",
            (),
            "Protocol/between/the Government of Tor/and/the Government of Mar/extending the Agreement on Flights",
        ),
        (
            "Agreement between Tor and Mar on the Status of Forces of the Alliance, signed at Port Tor on 4 May 2026",
            ("Tor", "Mar"),
            "Agreement/between/Tor/and/Mar/on the Status of Forces of the Alliance,/signed at Port Tor on 4 May 2026",
        ),
        ("x" * 120, (), "x" * 120),
        ("Convention on Claims", (), "Convention on Claims"),
        ("Agreement between neighbours", (), "Agreement between neighbours"),
        ("", (), ""),
    ],
)
def test_title_breaks(title, parties, lines):
    assert broken(title, parties) == lines
