-- Original bytes under a content id, in chunks of 1 MiB; sha256 and size come with the last commit.

CREATE TABLE content (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT CHECK (length(sha256) = 64),
    size INTEGER,
    CHECK ((sha256 IS NULL) = (size IS NULL))
) STRICT;

-- id is the content's number * 2^24 + the chunk's place: chunks lie in order, without an index.
CREATE TABLE chunk (
    id INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
