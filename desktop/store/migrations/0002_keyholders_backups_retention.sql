-- Roles and removal of keyholders, backups, heads that left, holds, tombstones, gaps after a salvage.

ALTER TABLE keyholder ADD COLUMN role TEXT NOT NULL DEFAULT 'lead'
    CHECK (role IN ('lead', 'deputy', 'reader'));
ALTER TABLE keyholder ADD COLUMN removed_at TEXT;
ALTER TABLE keyholder ADD COLUMN removed_reason TEXT NOT NULL DEFAULT '';

-- Where backups go. A place is never deleted, only taken out of use.
CREATE TABLE backup_place (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    added_at TEXT NOT NULL,
    removed_at TEXT
) STRICT;

-- Each attempt; proved_at is when that backup was last opened and compared with the log.
CREATE TABLE backup_run (
    id TEXT PRIMARY KEY,
    place_id TEXT NOT NULL REFERENCES backup_place (id),
    at TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('made', 'not there', 'failed', 'stopped')),
    snapshot TEXT NOT NULL,
    detail TEXT NOT NULL,
    head_number INTEGER NOT NULL,
    head_own TEXT NOT NULL,
    proved_at TEXT
) STRICT;
CREATE INDEX backup_run_place ON backup_run (place_id, at);

-- Heads of the custody chain that were printed or went out: what the chain must still pass through.
CREATE TABLE given_head (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    own TEXT NOT NULL,
    at TEXT NOT NULL,
    what TEXT NOT NULL
) STRICT;

CREATE TABLE hold (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    set_at TEXT NOT NULL,
    set_by TEXT NOT NULL,
    released_at TEXT,
    released_by TEXT,
    release_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX hold_incident ON hold (incident_id);

-- What is left of an erased incident, beside its number, its custody entries and their hashes.
-- Its rows go in the transaction that writes this; cleared_at is when the files held nothing more.
CREATE TABLE tombstone (
    incident_id TEXT PRIMARY KEY REFERENCES incident (id),
    at TEXT NOT NULL,
    retention_class TEXT NOT NULL,
    reason TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    second_keyholder TEXT NOT NULL,
    witness TEXT NOT NULL,
    certificate TEXT NOT NULL,
    cleared_at TEXT
) STRICT;

-- Ids whose custody details were lawfully emptied; an empty detail of any other id is an alarm.
CREATE TABLE erased_subject (
    subject TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES tombstone (incident_id)
) STRICT;

-- Single entries about others, such as somebody who stays in the log, that were lawfully emptied.
CREATE TABLE erased_entry (
    number INTEGER PRIMARY KEY REFERENCES custody_entry (number),
    incident_id TEXT NOT NULL REFERENCES tombstone (incident_id)
) STRICT;

-- What was still being typed when a record was erased does not come back with the next save.
CREATE TRIGGER draft_of_erased BEFORE INSERT ON draft
WHEN NEW.subject IN (SELECT subject FROM erased_subject)
BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER field_value_of_erased BEFORE INSERT ON field_value
WHEN NEW.subject IN (SELECT subject FROM erased_subject)
BEGIN SELECT RAISE(ABORT, 'this record was erased'); END;
CREATE TRIGGER chronology_of_erased BEFORE INSERT ON chronology_entry
WHEN NEW.incident_id IN (SELECT incident_id FROM tombstone)
BEGIN SELECT RAISE(ABORT, 'this record was erased'); END;
CREATE TRIGGER tombstone_remains BEFORE DELETE ON tombstone
BEGIN SELECT RAISE(ABORT, 'tombstones are never deleted'); END;

-- Custody entries that could not be read when the log was salvaged.
CREATE TABLE custody_gap (
    first_number INTEGER PRIMARY KEY,
    last_number INTEGER NOT NULL,
    salvaged_at TEXT NOT NULL
) STRICT;
