-- Sets of captures, things that came inside others, derivatives, sealed items, hands, clock checks.

CREATE TABLE capture_set (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX capture_set_incident ON capture_set (incident_id);

-- A derivative has the number of its original and a letter (a salvage may have lost the original); noted is what was seen at intake (JSON).
CREATE TABLE item_anew (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    initials TEXT NOT NULL,
    number INTEGER NOT NULL,
    letter TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('kept', 'sealed', 'held back', 'described')),
    method TEXT NOT NULL,
    content_id TEXT REFERENCES content (id),
    media_type TEXT NOT NULL,
    original_name TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    captured_by TEXT NOT NULL,
    captured_with TEXT NOT NULL,
    statement_id TEXT REFERENCES statement (id),
    set_id TEXT REFERENCES capture_set (id),
    inside_id TEXT REFERENCES item (id),
    derived_from TEXT REFERENCES item (id),
    noted TEXT NOT NULL DEFAULT '[]',
    UNIQUE (incident_id, initials, number, letter),
    CHECK ((state IN ('kept', 'sealed')) = (content_id IS NOT NULL)),
    CHECK (derived_from IS NULL OR letter <> '')
) STRICT;
INSERT INTO item_anew (id, incident_id, initials, number, kind, state, method, content_id,
    media_type, original_name, captured_at, captured_by, captured_with, statement_id)
    SELECT id, incident_id, initials, number, kind, state, method, content_id,
    media_type, original_name, captured_at, captured_by, captured_with, statement_id FROM item
    ORDER BY rowid;
DROP TABLE item;
ALTER TABLE item_anew RENAME TO item;
CREATE INDEX item_content ON item (content_id);
CREATE INDEX item_inside ON item (inside_id);
CREATE INDEX item_derived ON item (derived_from);

-- A correction says on what information it was made.
ALTER TABLE statement ADD COLUMN information TEXT NOT NULL DEFAULT '';

-- What was sealed is known by its hash in every incident, also after it was taken away.
CREATE TABLE sealed_content (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,
    at TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;

-- Who had a thing in hand: from whom, to whom, why, where, under which seal.
CREATE TABLE handling (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    item_id TEXT NOT NULL REFERENCES item (id),
    at TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_to TEXT NOT NULL,
    purpose TEXT NOT NULL,
    place TEXT NOT NULL,
    seal TEXT NOT NULL,
    reference TEXT NOT NULL
) STRICT;
CREATE INDEX handling_item ON handling (item_id, at);

CREATE TRIGGER handling_stays BEFORE UPDATE ON handling
BEGIN SELECT RAISE(ABORT, 'continuity entries are never changed'); END;

-- The clock of this computer beside a reference: offset in whole milliseconds, ahead is positive.
CREATE TABLE clock_check (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    reference TEXT NOT NULL,
    source TEXT NOT NULL,
    ahead_ms INTEGER NOT NULL
) STRICT;
