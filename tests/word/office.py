"""LibreOffice driven through its UNO interface, by a macro in Basic: for what no conversion of a file can show.

Python's own bridge to UNO is seldom installed beside LibreOffice; its Basic always is. The macro is put
into a fresh profile, once LibreOffice has made it, and started by its name.
"""

import shutil
import subprocess
from xml.sax.saxutils import escape

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")

_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" library:link="false"/>
</library:libraries>"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false">{elements}</library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
{code}</script:module>"""
_FRAME = """
Global out As Integer
Global doc As Object

Sub Main
  Dim arguments(0) As New com.sun.star.beans.PropertyValue
  arguments(0).Name = "Hidden"
  arguments(0).Value = True
  out = FreeFile
  Open "{result}" For Output As #out
  On Error GoTo Failed
  doc = StarDesktop.loadComponentFromURL("{file}", "_blank", 0, arguments())
{steps}
  doc.close(True)
  GoTo Finish
Failed:
  Print #out, "== failed" & Chr(10) & Erl & Chr(9) & Error$
Finish:
  Close #out
  StarDesktop.terminate()
End Sub

Function At(words As String) As Object
  Dim piece As Object
  Dim every As Object
  every = doc.Text.createEnumeration()
  Do While every.hasMoreElements()
    piece = every.nextElement()
    If piece.supportsService("com.sun.star.text.Paragraph") Then
      If InStr(piece.String, words) > 0 Then
        At = piece
        Exit Function
      End If
    End If
  Loop
End Function

Sub Show(title As String)
  Dim piece As Object
  Dim every As Object
  Print #out, "== " & title
  every = doc.Text.createEnumeration()
  Do While every.hasMoreElements()
    piece = every.nextElement()
    If piece.supportsService("com.sun.star.text.Paragraph") Then
      If piece.ListLabelString <> "" Then
        Print #out, piece.ListLabelString & Chr(9) & Join(Split(piece.String, Chr(10)), " ")
      End If
    End If
  Loop
End Sub

Sub Add(after As String, style As String, words As String)
  Dim cursor As Object
  Dim styles As Object
  cursor = doc.Text.createTextCursorByRange(At(after).End)
  doc.Text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  REM LibreOffice keeps list and level of the paragraph above; Word takes both from the style
  cursor.ParaStyleName = style
  styles = doc.StyleFamilies.getByName("ParagraphStyles")
  cursor.NumberingStyleName = styles.getByName(style).NumberingStyleName
  If cursor.NumberingStyleName <> "" Then cursor.NumberingLevel = styles.getByName(style).NumberingLevel
  doc.Text.insertString(cursor, words, False)
End Sub

Function Stretch(first As String, last As String) As Object
  Dim cursor As Object
  cursor = doc.Text.createTextCursorByRange(At(first).Start)
  cursor.gotoRange(At(last).End, True)
  Stretch = cursor
End Function

Sub Copy(first As String, last As String, after As String)
  Dim held As Object
  Dim cursor As Object
  doc.CurrentController.select(Stretch(first, last))
  held = doc.CurrentController.getTransferable()
  cursor = doc.Text.createTextCursorByRange(At(after).End)
  doc.Text.insertControlCharacter(cursor, com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK, False)
  doc.CurrentController.select(cursor)
  doc.CurrentController.insertTransferable(held)
End Sub

Sub Remove(first As String, last As String)
  Dim cursor As Object
  cursor = Stretch(first, last)
  cursor.String = ""
  cursor.gotoNextParagraph(True)
  cursor.String = ""
End Sub
"""


def numbers(path, steps, folder):
    """Open the Word file at `path`, do the `steps` (Basic, one to a line) and return what they showed.

    `Show "title"` shows all numbered paragraphs; the result is a list of pairs of number and words for each title.
    `folder` is an empty one for the profile.
    """
    basic = folder / "profile" / "user" / "basic"
    result = folder / "shown.txt"
    code = escape(_FRAME)
    lines = "\n".join(f"  {escape(step)}" for step in steps)
    code = code.replace("{result}", str(result)).replace("{file}", path.as_uri()).replace("{steps}", lines)
    files = {
        "script.xlc": _LIBRARIES,
        "dialog.xlc": _LIBRARIES,
        "Standard/script.xlb": _LIBRARY.format(elements='<library:element library:name="Module1"/>'),
        "Standard/dialog.xlb": _LIBRARY.format(elements=""),
        "Standard/Module1.xba": _MODULE.format(code=code),
    }
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    start = [SOFFICE, profile, "--headless", "--norestore"]
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=60)
    for name, content in files.items():
        (basic / name).parent.mkdir(parents=True, exist_ok=True)
        (basic / name).write_text(content, encoding="utf-8")
    subprocess.run([*start, "macro:///Standard.Module1.Main"], check=True, capture_output=True, timeout=60)
    found = {}
    for line in result.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("== "):
            shown = found.setdefault(line[3:], [])
        else:
            shown.append(tuple(" ".join(part.split()) for part in line.split("\t", 1)))
    return found
