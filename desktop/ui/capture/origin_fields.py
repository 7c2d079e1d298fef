"""The fields of the form for an item's origin: their labels, choices, and how they lie."""

from desktop.domain.evidence.covering import Sensitivity
from desktop.domain.incidents import PLATFORMS
from desktop.ui.form_fields import FieldsForm

LINES = {
    "source_url": ("Address (URL) of the page", ""),
    "handle": ("Handle, number or address of the account", "@…"),
    "time_as_shown": ("Time as shown, letter for letter", "2h ago, 12/03 14:05 …"),
    "description": ("What it shows, in neutral words", "Comment by @… under …"),
    "display_name": ("Name shown beside it", ""),
    "profile_url": ("Address of the profile", ""),
    "post_id": ("Number or address of the post or message", ""),
    "zone_as_shown": ("Time zone as shown", "not shown"),
    "logged_in_as": ("Whose login was used to see it", "our own account, the learner's phone …"),
    "original_kept": (
        "Where the original is kept, and by whom",
        "in the mailbox of …, on the learner's phone",
    ),
    "note": ("Anything else", ""),
}
CHOICES = {
    "time_certainty": (
        "How sure is that time?",
        (("sure", "Copied as shown"), ("about", "About right"), ("not sure", "Not sure")),
    ),
    "availability": (
        "Is it still there?",
        (("live", "Still there"), ("removed", "Gone"), ("not known", "Not known")),
    ),
    "first_hand": (
        "How did it come to you?",
        (("yes", "I saw it myself where it was"), ("no", "Somebody passed it on")),
    ),
    "seen_live": (
        "Have you seen it yourself where it was?",
        (("yes", "Yes"), ("gone", "No, it was gone"), ("no", "No")),
    ),
    "sensitivity": (
        "Cover it until somebody asks to see it?",
        (
            (Sensitivity.ORDINARY.value, "No need"),
            (Sensitivity.OTHER_CHILDREN.value, "Shows or names other children"),
            (Sensitivity.SENSITIVE.value, "Sensitive"),
            (Sensitivity.DISTRESSING.value, "Distressing"),
        ),
    ),
}
SECOND_HAND = {
    "taken_by": ("Who took it, with which device", "the learner, on their own phone"),
    "passed_on_by": ("Who passed it on to you", ""),
    "passed_on_how": ("How it was passed on", "by e-mail, by AirDrop, shown and then sent …"),
}
MEANT = "time_meant"
PLATFORM = "platform"
# The order on screen; what a medium asks for decides which of them are shown.
ORDER = (
    "source_url", PLATFORM, "handle", "time_as_shown", "description", "display_name",
    "profile_url", "post_id", "zone_as_shown", "time_certainty", MEANT, "logged_in_as",
    "availability", "original_kept", "note",
)  # fmt: skip


def add_field(form: FieldsForm, name: str) -> None:
    """Add the field of this name to the form."""
    if name == MEANT:
        form.add_when(name, "When that was, if you know")
    elif name == PLATFORM:
        listed = [("", "Not known"), *((each, each) for each in PLATFORMS)]
        form.add_list(name, "Platform or site", listed)
    elif name in CHOICES:
        form.add_choice(name, *CHOICES[name])
    else:
        form.add_line(name, *(LINES | SECOND_HAND)[name])
