"""What three (invented) offices do to the draft of docs/clearance.md: run after a change of the templates.

    python docs/scripts/offices.py

The files that it writes are the ones that the page merges: the legal adviser tracks his changes, the staff does not,
and the ministry of finance sends an e-mail with its file.
"""

import sys
import tempfile
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from their_side import replaced

from agreements import library
from agreements.word import RedlineOptions, redline

HERE = Path(__file__).resolve().parents[1] / "examples" / "clearance"
DAY = "2027-01-20T09:00:00Z"
_UNIFORM = "may wear uniform while performing official duties"
LEGAL = {
    "for no more than ninety (90) days": "for no more than sixty (60) days",
    _UNIFORM: f"{_UNIFORM} and in transit",
}
STAFF = {
    "for no more than ninety (90) days": "for no more than one hundred and twenty (120) days",
    _UNIFORM: f"{_UNIFORM} and in transit",
}
FINANCE = {"a claim shall be presented, through": "a claim shall be presented in writing, through"}
MAIL = "Finance asks for one change, in the file. The annex on contractors is still to come.\n"


def main() -> None:
    """Write `legal.docx`, `staff.docx` and `finance.eml` in docs/examples/clearance."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draft = folder / "draft.docx"
        library.assemble_file(HERE / "sofa-tessaria.yaml", draft)
        final = replaced(draft, LEGAL, folder / "legal.docx")
        made = redline(draft.read_bytes(), final.read_bytes(), RedlineOptions("Legal Adviser", DAY))
        (HERE / "legal.docx").write_bytes(made.content)
        replaced(draft, STAFF, HERE / "staff.docx")
        mail = EmailMessage()
        mail["Subject"] = "Draft with Tessaria"
        mail["From"] = "desk@finance.example"
        mail.set_content(MAIL)
        content = replaced(draft, FINANCE, folder / "finance.docx").read_bytes()
        sort = "vnd.openxmlformats-officedocument.wordprocessingml.document"
        mail.add_attachment(content, maintype="application", subtype=sort, filename="finance.docx")
        mail.set_boundary("=== the parts of this letter ===")  # the same bytes every time
        (HERE / "finance.eml").write_bytes(bytes(mail))
    for file in ("legal.docx", "staff.docx", "finance.eml"):
        print(file)


if __name__ == "__main__":
    main()
