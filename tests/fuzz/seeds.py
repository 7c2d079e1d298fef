"""Whole files of every kind, to be spoilt: by other programs where the machine has them."""

import email
import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path

import pypdfium2
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.intake.outlook_files import Node, a_message, an_attachment, write_compound

_HEIC = Path(__file__).parent.parent / "pictures" / "files" / "two_colours.heic"
PDF, ZIP, MAIL = "application/pdf", "application/zip", "message/rfc822"
CHAT = """12/11/2026, 21:14 - Messages and calls are end-to-end encrypted.
12/11/2026, 21:15 - Night Owl: you will see
13/11/2026, 08:02 - Night Owl: IMG-20261113-WA0001.jpg (file attached)
[13/11/2026, 08:03:09] Night Owl: a message
of two lines
"""
PAGE = "<html><head><title>T</title><base href='https://example.org/'></head><body><p>Words"
MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://example.org/thread?id=4
Subject: A thread
Date: Fri, 20 Nov 2026 14:05:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--frontier"

----frontier
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/thread?id=4

{PAGE}
----frontier
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://example.org/a.png

iVBORw0KGgo=
----frontier--
"""


def pictures() -> dict[str, bytes]:
    """Return one picture of each kind, with a moving one and one of several pages."""
    plain = Image.effect_noise((60, 40), 90).convert("RGB")
    more = [plain.rotate(90 * turn) for turn in (1, 2)]
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"
    made = {
        f"image/{kind.lower()}": _encoded(plain, kind)
        for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
    }
    return made | {
        "image/jpeg; turned": _encoded(plain, "JPEG", exif=exif, progressive=True),
        "image/gif; moving": _encoded(plain, "GIF", save_all=True, append_images=more),
        "image/webp; moving": _encoded(plain, "WEBP", save_all=True, append_images=more),
        "image/tiff; pages": _encoded(
            plain, "TIFF", save_all=True, append_images=more, compression="tiff_lzw"
        ),
        "image/png; 16": _encoded(Image.new("I;16", (30, 20), 900), "PNG"),
        "image/png; few": _encoded(plain.quantize(16), "PNG"),
        "image/jpeg; ink": _encoded(plain.convert("CMYK"), "JPEG"),
        "image/heic": _HEIC.read_bytes(),
    }


def documents() -> dict[str, bytes]:
    """Return a PDF of two programs, a mail with parts, a chat, saved pages and archives."""
    return {
        f"{PDF}; one": _paper(),
        f"{PDF}; other": _other_paper(),
        MAIL: _mail(),
        "application/vnd.ms-outlook": _outlook(),
        "text/plain": CHAT.encode(),
        "text/html": PAGE.encode(),
        "multipart/related": MHTML.encode(),
        ZIP: _zip(
            {"chat.txt": CHAT.encode(), "photo.jpg": b"\xff\xd8\xff", "a/b/c.txt": b"words"}
        ),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _zip(
            {
                "[Content_Types].xml": b"<Types/>",
                "docProps/core.xml": b"<cp:coreProperties><dc:creator>P</dc:creator>"
                b"</cp:coreProperties>",
                "word/document.xml": b"<w:document/>",
            }
        ),
        "application/x-tar": _tar(),
        "application/octet-stream": bytes(range(256)) * 4,
    }


def mails_of_python() -> dict[str, bytes]:
    """Return the messages that come with Python's own tests, where they are installed."""
    try:
        folder = files("test.test_email") / "data"
    except ModuleNotFoundError:
        return {}
    named = (one for one in folder.iterdir() if one.name.startswith("msg_"))
    return {f"{MAIL}; {one.name}": one.read_bytes() for one in named}


def seeds() -> Mapping[str, bytes]:
    """Return everything, by media type and a word."""
    found = {**pictures(), **documents(), **mails_of_python()}
    return {name: data for name, data in sorted(found.items()) if data}


def _encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _paper() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(200, 300), pageCompression=1)
    for number in range(2):
        canvas.drawString(20, 200, f"Page {number}")
        canvas.rect(20, 20, 60, 60, fill=number)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _other_paper() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 80)
    file = io.BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()


def _outlook() -> bytes:
    texts = {0x007D: _mail().decode("latin-1"), 0x1000: "You will see.", 0x0037: "you will see"}
    inner: Node = {
        "__substg1.0_3701000D": a_message({0x1000: "inner"}, [an_attachment("b", b"b")])
    }
    attached: list[Node] = [an_attachment("photo.png", b"\x89PNG" * 200, "image/png"), inner]
    return write_compound(a_message(texts, attached))


def _mail() -> bytes:
    message = email.message.EmailMessage()
    message["From"] = "Night Owl <nightowl@example.net>"
    message["To"], message["Subject"] = "learner@example.org", "you will see"
    message["Received"] = "from a by b; Thu, 19 Nov 2026 21:14:03 +0000"
    message.set_content("Plain words")
    message.add_alternative("<p>HTML <b>words</b></p>", subtype="html")
    message.add_attachment(b"data", maintype="image", subtype="png", filename="photo.png")
    return message.as_bytes()


def _zip(named: Mapping[str, bytes]) -> bytes:
    return _packed(lambda file: _fill(file, named))


def _packed(write: Callable[[io.BytesIO], None]) -> bytes:
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def _fill(file: io.BytesIO, named: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in named.items():
            archive.writestr(name, data)


def _tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        entry = tarfile.TarInfo("a.txt")
        entry.size = 5
        archive.addfile(entry, io.BytesIO(b"words"))
    return file.getvalue()
