"""Names what lies in an archive: names and sizes only, nothing is unpacked to be looked at."""

from desktop.domain.evidence.inside import Inside, InsideName, Listed
from desktop.intake import rars, tars, zips
from desktop.intake.kinds import RAR, STREAMS, TAR, ZIP, media_type_of
from desktop.intake.pieces import PiecedFile


def name_archive(untrusted: PiecedFile, kind: str, file_name: str = "") -> Inside:
    """Return the names in an archive of this media type; raises nothing."""
    if kind == ZIP:
        names, listed = name_zip(untrusted)
    elif kind == TAR:
        names, listed = tars.name_tar(untrusted)
    elif kind == RAR:
        names, listed = rars.name_rar(untrusted)
    elif kind in STREAMS:
        names, listed = tars.name_stream(untrusted.beginning(), kind, file_name)
    else:
        names, listed = (), Listed.NOT
    return Inside(kind, names, listed)


def name_zip(untrusted: PiecedFile) -> tuple[tuple[InsideName, ...], Listed]:
    """Return the names in a ZIP, without its folders."""
    try:
        found = zips.read_list(untrusted)
    except zips.ODD:
        return (), Listed.NOT
    names = tuple(
        InsideName(entry.name, media_type_of(entry.name), entry.size)
        for entry in found.entries
        if not entry.is_folder
    )
    if found.whole:
        return names, Listed.WHOLE
    return names, Listed.PART if names else Listed.NOT
