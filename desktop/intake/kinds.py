"""Which media type the name of a file says; used where only the name is known."""

UNKNOWN = "application/octet-stream"
PDF = "application/pdf"
HTML = "text/html"
MHTML = "multipart/related"
RTF = "application/rtf"
ZIP = "application/zip"
TAR = "application/x-tar"
RAR = "application/x-rar-compressed"
STREAMS = frozenset({"application/gzip", "application/x-bzip2", "application/x-xz"})
CLOSED_ARCHIVES = frozenset(
    {
        "application/x-7z-compressed", "application/zstd", "application/x-lz4",
        "application/x-lzip", "application/x-lzop", "application/x-compress",
        "application/vnd.ms-cab-compressed", "application/x-brotli",
        "application/x-unix-archive", "application/x-deb", "application/x-rpm",
    }
)  # fmt: skip
ARCHIVES = frozenset({ZIP, TAR, RAR}) | STREAMS | CLOSED_ARCHIVES
OLE_OFFICE = frozenset(
    {"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"}
)
_PACKED_OFFICE = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
)
_BY_ENDING = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "jfif": "image/jpeg",
    "gif": "image/gif", "webp": "image/webp", "bmp": "image/bmp", "tif": "image/tiff",
    "tiff": "image/tiff", "heic": "image/heic", "heif": "image/heic", "avif": "image/avif",
    "svg": "image/svg+xml", "emf": "image/emf", "wmf": "image/wmf", "ico": "image/x-icon",
    "mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/quicktime", "3gp": "video/3gpp",
    "webm": "video/webm", "mkv": "video/x-matroska", "avi": "video/x-msvideo",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "ogg": "audio/ogg",
    "opus": "audio/ogg", "wav": "audio/x-wav", "amr": "audio/amr", "flac": "audio/x-flac",
    "pdf": "application/pdf", "eml": "message/rfc822", "msg": "application/vnd.ms-outlook",
    "txt": "text/plain", "csv": "text/csv", "vcf": "text/vcard", "ics": "text/calendar",
    "htm": "text/html", "html": "text/html", "mht": "multipart/related",
    "mhtml": "multipart/related", "css": "text/css", "js": "text/javascript",
    "xml": "application/xml", "json": "application/json",
    "zip": "application/zip", "7z": "application/x-7z-compressed",
    "rar": "application/x-rar-compressed", "tar": "application/x-tar",
    "gz": "application/gzip", "tgz": "application/gzip",
    "doc": "application/msword", "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint", "rtf": "application/rtf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "exe": "application/x-msdownload",
}  # fmt: skip


def media_type_of(name: str) -> str:
    """Return the media type that goes with the ending of a name."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    return _BY_ENDING.get(ending, UNKNOWN)


def is_office(media_type: str) -> bool:
    """Say whether a media type is that of an Office file."""
    return media_type in OLE_OFFICE or media_type == RTF or media_type.startswith(_PACKED_OFFICE)
