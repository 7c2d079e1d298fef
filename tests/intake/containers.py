"""Containers made for the tests: archives, Office files and PDFs that hold something."""

import io
import struct
import tarfile
import zipfile
from pathlib import Path

import pypdfium2

FILES = Path(__file__).with_name("files")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CORE = (
    '<cp:coreProperties xmlns:cp="x"><dc:creator>Ann &amp; Bo</dc:creator>'
    "<cp:lastModifiedBy>Cy</cp:lastModifiedBy>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-14T21:03:00Z</dcterms:created>'
    "</cp:coreProperties>"
)


def a_zip(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def a_tar(files: dict[str, bytes], mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


def a_docx() -> bytes:
    return a_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "docProps/core.xml": CORE,
            "word/document.xml": "<w:document/>",
            "word/media/image1.png": b"png",
            "word/embeddings/oleObject1.bin": b"ole",
        }
    )


def a_pdf(files: dict[str, bytes] | None = None) -> bytes:
    document = pypdfium2.PdfDocument((FILES / "chromium_page.pdf").read_bytes())
    for name, content in (files or {}).items():
        document.new_attachment(name).set_data(content)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def a_rar_4(*names: str, locked: bool = False) -> bytes:
    blocks = [b"Rar!\x1a\x07\x00", struct.pack("<HBHH", 0, 0x73, 0x80 if locked else 0, 13)]
    blocks.append(bytes(6))
    for name in names:
        raw = name.encode()
        head = struct.pack("<LLBLLBBHL", 4, 9, 2, 0, 0, 29, 0x30, len(raw), 0)
        blocks += [struct.pack("<HBHH", 0, 0x74, 0x8000, 7 + len(head) + len(raw)), head, raw]
        blocks.append(b"data")
    return b"".join([*blocks, struct.pack("<HBHH", 0, 0x7B, 0, 7)])


def a_rar_5(*names: str, locked: bool = False) -> bytes:
    blocks = [b"Rar!\x1a\x07\x01\x00", _block_5(4 if locked else 1, 0, b"\x00")]
    for name in names:
        raw = name.encode()
        body = bytes([0, 9, 0, 0, 0, len(raw)]) + raw
        blocks += [_block_5(2, 2, bytes([4]) + body), b"data"]
    return b"".join([*blocks, _block_5(5, 0, b"\x00")])


def _block_5(kind: int, flags: int, body: bytes) -> bytes:
    head = bytes([kind, flags]) + body
    return bytes(4) + bytes([len(head)]) + head
