-- The organisation's own copy, links between incidents, worksheets, the policy a checklist runs under.

-- What the organisation fills in itself, by topic and name: the latest row counts, '' takes it back.
CREATE TABLE organisation_entry (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    keyholder TEXT NOT NULL
) STRICT;
CREATE INDEX organisation_entry_name ON organisation_entry (topic, name, id);

CREATE TRIGGER organisation_entry_stays BEFORE UPDATE ON organisation_entry
BEGIN SELECT RAISE(ABORT, 'entries of the organisation are never changed'); END;

-- Two incidents that belong together, said once for both; the latest row of a pair counts.
CREATE TABLE incident_link (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    other_id TEXT NOT NULL REFERENCES incident (id),
    state TEXT NOT NULL CHECK (state IN ('linked', 'ended')),
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    CHECK (incident_id <> other_id)
) STRICT;
CREATE INDEX incident_link_incident ON incident_link (incident_id);
CREATE INDEX incident_link_other ON incident_link (other_id);

-- The text of a worksheet as it was handed in (JSON: question, answer), with the contact that says so.
CREATE TABLE worksheet (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    worksheet_id TEXT NOT NULL,
    version TEXT NOT NULL,
    texts TEXT NOT NULL,
    at TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    contact_id TEXT REFERENCES contact_entry (id)
) STRICT;
CREATE INDEX worksheet_incident ON worksheet (incident_id);

CREATE TRIGGER worksheet_stays BEFORE UPDATE ON worksheet
BEGIN SELECT RAISE(ABORT, 'what was handed in is never changed'); END;

ALTER TABLE checklist ADD COLUMN policy TEXT NOT NULL DEFAULT '';

-- The facts (JSON) that called for a procedure, and those that still did when it was ended.
ALTER TABLE checklist ADD COLUMN attached_with TEXT;
ALTER TABLE checklist ADD COLUMN ended_with TEXT;

-- A record that left for another log leaves what an erased one does, but nothing that says why.
ALTER TABLE tombstone ADD COLUMN kind TEXT NOT NULL DEFAULT 'erased'
    CHECK (kind IN ('erased', 'moved'));
