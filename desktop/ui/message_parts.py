"""The parts of messages that depend on what an error carries, by that."""

WHERE = {
    "network": "{folder} is on a network drive. A log is safe only on a disk in this computer.",
    "synced": "{folder} is copied to the cloud. A log must not leave this computer.",
}
PLACE_REFUSED = {
    "inside the log": "A backup inside the log itself would be lost with it.",
    "same folder": "Backups go there already.",
    "too many": "Backups go to three places already.",
    "synced": "That folder is copied to the cloud. A backup must stay with you.",
}
KEYCHAIN = {
    "none": "This computer has no keychain that can be used.",
    "locked": "This computer's keychain is locked.",
    "empty": "This computer no longer remembers the log.",
}
REASONS = {
    "not applicable": "why it does not apply",
    "not possible": "why it was not possible",
    "open": "why it is still to do",
    "late": "why it was late",
    "again": "why it is recorded again",
    "out of order": "why it came before what should come first",
    "nobody else": "why nobody else could check it",
}
