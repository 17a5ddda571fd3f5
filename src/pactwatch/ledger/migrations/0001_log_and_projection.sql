-- The log is the case. Every other table but `head` can be made anew from it.
CREATE TABLE log (
    seq     INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    by      TEXT NOT NULL,
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    body    TEXT NOT NULL,
    prev    TEXT NOT NULL,
    hash    TEXT NOT NULL
);

CREATE INDEX log_by_kind ON log (kind);

CREATE TRIGGER log_is_never_edited BEFORE UPDATE ON log
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: a row is never edited');
END;

CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: a row is never removed');
END;

-- Without this, INSERT OR REPLACE would take the place of an older row.
CREATE TRIGGER log_grows_at_its_end BEFORE INSERT ON log
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log)
BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: a new row follows the last');
END;

-- Where the log ends, so that its last rows cannot go unnoticed. Written in the same transaction as the rows.
CREATE TABLE head (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    seq   INTEGER NOT NULL,
    hash  TEXT NOT NULL,
    count INTEGER NOT NULL
);

CREATE TABLE sources (
    seq    INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE
);

-- One row an appearance: the same text from two files has the same id.
CREATE TABLE documents (
    seq           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL,
    source_sha256 TEXT NOT NULL
);
CREATE INDEX documents_by_id ON documents (id);

CREATE TABLE facts (
    id                TEXT NOT NULL,
    kind              TEXT NOT NULL,
    subject           TEXT NOT NULL,
    document          TEXT NOT NULL,
    room              TEXT NOT NULL,
    body              TEXT NOT NULL,
    made_by           TEXT NOT NULL,
    made_version      TEXT NOT NULL,
    seq               INTEGER PRIMARY KEY,
    superseded_by_seq INTEGER
);
CREATE INDEX current_facts_by_document ON facts (document, room) WHERE superseded_by_seq IS NULL;
CREATE INDEX current_facts_by_kind ON facts (kind) WHERE superseded_by_seq IS NULL;

CREATE TABLE judgements (
    seq     INTEGER PRIMARY KEY,
    subject TEXT NOT NULL
);
CREATE INDEX judgements_by_subject ON judgements (subject);

-- Holds no text of its own: only where each word stands.
CREATE VIRTUAL TABLE words USING fts5 (title, text, content = '', tokenize = 'unicode61 remove_diacritics 2');
