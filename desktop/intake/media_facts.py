"""What a sound or a video says of itself; nothing of it is played."""

import io
import json
from typing import Any

from pymediainfo import MediaInfo

from desktop.domain.evidence.items import clean_text
from desktop.domain.evidence.shown import MediaTrack, MediaView
from desktop.domain.noted import Fact
from desktop.intake.pieces import PiecedFile, PieceMissing

_VALUE_CHARACTERS = 300
_MOST_TRACKS = 20
_SPARE_BYTES = 4 * 1024 * 1024
_HEADINGS = {
    "General": "The recording",
    "Video": "Picture",
    "Audio": "Sound",
    "Text": "Subtitles",
    "Image": "Still picture",
    "Other": "Other data",
    "Menu": "Chapters",
}
_LABELS = {
    "Format": "Kind", "CodecID": "", "Duration": "Length", "Encoded_Date": "Made",
    "Tagged_Date": "Tagged", "Recorded_Date": "Recorded", "Mastered_Date": "Mastered",
    "File_Created_Date": "File made", "Recorded_Location": "Place", "xyz": "Place",
    "com_apple_quicktime_location_ISO6709": "Place",
    "com_apple_quicktime_creationdate": "Recorded",
    "com_apple_quicktime_make": "Make of the device",
    "com_apple_quicktime_model": "Model of the device",
    "com_apple_quicktime_software": "Software of the device",
    "com_android_version": "Android version", "com_android_manufacturer": "Make of the device",
    "com_android_model": "Model of the device",
    "Encoded_Hardware_CompanyName": "Make of the device",
    "Encoded_Hardware_Model": "Model of the device", "Encoded_Hardware_Name": "Device",
    "Encoded_Application": "Made with the program", "Encoded_Library": "Written by",
    "Title": "Title", "Movie": "Title", "Track": "Title", "Performer": "Performer",
    "Album": "Album", "Artist": "Performer", "Author": "Author", "Description": "Description",
    "Comment": "Comment", "Copyright": "Copyright", "Language": "Language",
    "Cover": "Holds a picture", "Width": "Width", "Height": "Height", "Rotation": "Turned by",
    "FrameRate": "Pictures a second", "Channels": "Channels", "SamplingRate": "Samples a second",
    "IsTruncated": "Cut short",
}  # fmt: skip
# The library is loaded with this module: later the process may open no file.
_LOADED = MediaInfo.can_parse()


class _Lenient(PiecedFile):
    """Gives zeros for a while where a part was not handed over: what it asks for next may be."""

    def __init__(self, untrusted: bytes, size: int, head: int) -> None:
        super().__init__(untrusted, size, head)
        self._spare = _SPARE_BYTES

    def read(self, count: int | None = -1) -> bytes:
        try:
            return super().read(count)
        except PieceMissing:
            given = min(count or 0, self._spare)
        self._spare -= given
        self.seek(given, io.SEEK_CUR)
        return bytes(given)


def read_media(
    untrusted: bytes, file_name: str = "", size: int = 0, head: int = 0
) -> MediaView | None:
    """Return what a recording says of itself, track by track; None where it says nothing."""
    try:
        said = MediaInfo.parse(_Lenient(untrusted, size, head), output="JSON", full=False)
        tracks = json.loads(said)["media"]["track"]
    except (OSError, ValueError, LookupError, TypeError, RuntimeError, RecursionError):
        return None
    if not isinstance(tracks, list):
        return None
    found = tuple(_track(track) for track in tracks[:_MOST_TRACKS] if isinstance(track, dict))
    if len(found) < 2 or not found[0].facts:  # noqa: PLR2004 - the general one and what it holds
        return None
    return MediaView(found)


def _track(said: dict[str, Any]) -> MediaTrack:
    extra = said.get("extra")
    pairs = [*said.items(), *(extra.items() if isinstance(extra, dict) else ())]
    facts: dict[Fact, None] = {}
    for name, value in pairs:
        label = _LABELS.get(name, "")
        text = clean_text(str(value), _VALUE_CHARACTERS).strip()
        if label and text and not isinstance(value, dict):
            facts[label, _worded(name, text)] = None
    heading = _HEADINGS.get(str(said.get("@type")), "Other data")
    return MediaTrack(heading, tuple(facts))


def _worded(name: str, text: str) -> str:
    if name == "Duration":
        return _length(text)
    if name in ("Width", "Height"):
        return f"{text} pixels"
    if name == "Rotation":
        return f"{text.split('.', 1)[0]} degrees"
    return text


def _length(text: str) -> str:
    try:
        seconds = round(float(text))
    except (ValueError, OverflowError):
        return text
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min {seconds} s" if hours else f"{minutes} min {seconds} s"
