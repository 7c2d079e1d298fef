-- Everything but evidence content. Entries are added, not edited; the latest one counts.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE keyholder (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    initials TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;

CREATE TABLE evidence_file (
    number INTEGER PRIMARY KEY,
    key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

CREATE TABLE custody_entry (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    commitment TEXT NOT NULL CHECK (length(commitment) = 64),
    previous TEXT NOT NULL CHECK (length(previous) = 64),
    own TEXT NOT NULL UNIQUE CHECK (length(own) = 64)
) STRICT;
CREATE INDEX custody_subject ON custody_entry (subject);

CREATE TRIGGER custody_entry_stays BEFORE UPDATE ON custody_entry
BEGIN SELECT RAISE(ABORT, 'custody entries are never changed'); END;
CREATE TRIGGER custody_entry_remains BEFORE DELETE ON custody_entry
BEGIN SELECT RAISE(ABORT, 'custody entries are never deleted'); END;

CREATE TABLE custody_detail (
    number INTEGER PRIMARY KEY REFERENCES custody_entry (number),
    salt BLOB NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE TABLE incident (
    id TEXT PRIMARY KEY,
    year INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    logged_at TEXT NOT NULL,
    logged_by TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'awaiting', 'closed')),
    careful INTEGER NOT NULL CHECK (careful IN (0, 1)),
    closed_at TEXT,
    title TEXT NOT NULL,
    UNIQUE (year, ordinal)
) STRICT;
CREATE INDEX incident_logged ON incident (logged_at DESC);

-- Fields of incidents, people, accounts and items: each change is a new row.
CREATE TABLE field_value (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    keyholder TEXT NOT NULL
) STRICT;
CREATE INDEX field_value_subject ON field_value (subject, name, id);

-- What is being typed: replaced as it grows, gone when it is entered.
CREATE TABLE draft (
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (subject, name)
) STRICT;

CREATE TABLE person (
    id TEXT PRIMARY KEY,
    added_at TEXT NOT NULL
) STRICT;

CREATE TABLE involvement (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (incident_id, person_id, role)
) STRICT;
CREATE INDEX involvement_person ON involvement (person_id);

CREATE TABLE account (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    person_id TEXT REFERENCES person (id),
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX account_incident ON account (incident_id);

CREATE TABLE statement (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    answer TEXT NOT NULL CHECK (answer IN ('no', 'yes', 'not sure')),
    concern TEXT,
    listed TEXT NOT NULL,
    at TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    corrects TEXT REFERENCES statement (id),
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX statement_incident ON statement (incident_id);

CREATE TABLE content (
    id TEXT PRIMARY KEY,
    file_number INTEGER NOT NULL REFERENCES evidence_file (number),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size INTEGER NOT NULL
) STRICT;
CREATE INDEX content_sha256 ON content (sha256);

CREATE TABLE item (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    initials TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('kept', 'held back', 'described')),
    method TEXT NOT NULL,
    content_id TEXT REFERENCES content (id),
    media_type TEXT NOT NULL,
    original_name TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    captured_by TEXT NOT NULL,
    captured_with TEXT NOT NULL,
    statement_id TEXT REFERENCES statement (id),
    UNIQUE (incident_id, initials, number),
    CHECK ((state = 'kept') = (content_id IS NOT NULL))
) STRICT;

CREATE TABLE procedure_version (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE checklist (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    procedure_id TEXT NOT NULL,
    version TEXT NOT NULL,
    attached_at TEXT NOT NULL,
    attached_reason TEXT NOT NULL,
    ended_reason TEXT NOT NULL DEFAULT '',
    FOREIGN KEY (procedure_id, version) REFERENCES procedure_version (id, version)
) STRICT;
CREATE INDEX checklist_incident ON checklist (incident_id);

CREATE TABLE step_entry (
    id INTEGER PRIMARY KEY,
    checklist_id TEXT NOT NULL REFERENCES checklist (id),
    step_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'not applicable', 'not possible')),
    at TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    done_at TEXT,
    reason TEXT NOT NULL,
    late_reason TEXT NOT NULL,
    out_of_order TEXT NOT NULL,
    filled_in TEXT NOT NULL,
    contact_id TEXT
) STRICT;
CREATE INDEX step_entry_checklist ON step_entry (checklist_id);

CREATE TABLE triage_answer (
    id INTEGER PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    note TEXT NOT NULL,
    at TEXT NOT NULL,
    keyholder TEXT NOT NULL
) STRICT;
CREATE INDEX triage_answer_incident ON triage_answer (incident_id);

CREATE TABLE contact_entry (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    attempt INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    step_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    at TEXT NOT NULL,
    next_due TEXT,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX contact_entry_incident ON contact_entry (incident_id);

CREATE TABLE chronology_entry (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    text TEXT NOT NULL,
    mark TEXT NOT NULL,
    corrects TEXT REFERENCES chronology_entry (id),
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX chronology_entry_incident ON chronology_entry (incident_id);

CREATE TRIGGER chronology_entry_stays BEFORE UPDATE ON chronology_entry
BEGIN SELECT RAISE(ABORT, 'chronology entries are never changed'); END;

CREATE TABLE intent (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    incident_id TEXT,
    what TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE bundle (
    id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incident (id),
    audience TEXT NOT NULL,
    version INTEGER NOT NULL,
    form TEXT NOT NULL,
    at TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    recipient TEXT NOT NULL,
    marks TEXT NOT NULL
) STRICT;
CREATE INDEX bundle_incident ON bundle (incident_id);

CREATE TABLE report (
    id TEXT PRIMARY KEY,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    keyholder TEXT NOT NULL,
    figures TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;
