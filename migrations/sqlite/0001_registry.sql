-- The registry's first shape. Times are Unix milliseconds; dates are ISO text; every table is STRICT.

CREATE TABLE people (
    nhs_number  TEXT PRIMARY KEY,
    family      TEXT,
    given       TEXT,
    title       TEXT,
    gender      TEXT NOT NULL,
    born        TEXT,
    address     TEXT,
    gp          TEXT,
    restricted  INTEGER NOT NULL,
    died        TEXT,
    replaced_by TEXT,
    invalidated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- A chain of replaced numbers is followed both ways: statuses under every number are united (ruling 21).
CREATE INDEX people_replaced ON people (replaced_by) WHERE replaced_by IS NOT NULL;

CREATE TABLE authorities (
    code            TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    office_phone    TEXT,
    emergency_phone TEXT,
    agreement       INTEGER NOT NULL,
    last_file       TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE organisations (
    ods      TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    settings TEXT NOT NULL,
    ask_born INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plans (
    id         INTEGER PRIMARY KEY,
    nhs_number TEXT NOT NULL,
    authority  TEXT NOT NULL REFERENCES authorities (code),
    local_id   TEXT,
    kind       TEXT NOT NULL,
    start      TEXT NOT NULL,
    end        TEXT,
    sent       TEXT NOT NULL
) STRICT;
CREATE INDEX plans_of_a_person ON plans (nhs_number);

CREATE TABLE access_history (
    id           INTEGER PRIMARY KEY,
    nhs_number   TEXT NOT NULL,
    at           INTEGER NOT NULL,
    person       TEXT NOT NULL,
    role         TEXT NOT NULL,
    organisation TEXT NOT NULL,
    lookup       TEXT UNIQUE
) STRICT;
CREATE INDEX access_history_of_a_person ON access_history (nhs_number, at DESC);

-- The audit log: canonical bytes, the RFC 6962 leaf hash over them, and the hash that links each entry to all before it.
CREATE TABLE audit (
    position INTEGER PRIMARY KEY,
    entry    BLOB NOT NULL,
    leaf     BLOB NOT NULL,
    link     BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

-- REPLACE would delete a row without asking the trigger above: only the next position may be written, once.
CREATE TRIGGER audit_only_appends BEFORE INSERT ON audit WHEN NEW.position IS NOT (SELECT size FROM audit_head)
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE audit_head (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL,
    link BLOB NOT NULL
) STRICT;
INSERT INTO audit_head (one, size, link) VALUES (1, 0, zeroblob(32));
CREATE TRIGGER audit_head_is_one BEFORE INSERT ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_head_only_grows BEFORE UPDATE ON audit_head WHEN NEW.size <= OLD.size
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE idempotency (
    key    BLOB PRIMARY KEY,
    lookup TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    id       TEXT PRIMARY KEY,
    token    BLOB NOT NULL UNIQUE,
    uid      TEXT NOT NULL,
    sid      TEXT,
    identity TEXT NOT NULL,
    role     TEXT,
    setting  TEXT,
    began    INTEGER NOT NULL,
    seen     INTEGER NOT NULL,
    ended    INTEGER,
    why      TEXT
) STRICT;
CREATE INDEX sessions_of_a_person ON sessions (uid) WHERE ended IS NULL;
CREATE INDEX sessions_of_a_log_in ON sessions (sid) WHERE ended IS NULL;

-- What a look-up showed, kept 15 minutes for the session that looked (ruling 2).
CREATE TABLE lookups (
    id      TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id),
    role    TEXT NOT NULL,
    setting TEXT NOT NULL,
    request TEXT NOT NULL,
    sealed  TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX lookups_of_a_session ON lookups (session);
CREATE INDEX lookups_by_age ON lookups (at);

CREATE TABLE outbox (
    id            TEXT PRIMARY KEY,
    lookup        TEXT NOT NULL,
    authority     TEXT NOT NULL,
    payload       TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'undeliverable')),
    attempts      INTEGER NOT NULL DEFAULT 0,
    at            INTEGER NOT NULL,
    next_at       INTEGER NOT NULL,
    claim         TEXT,
    claimed_until INTEGER,
    last_error    TEXT,
    settled_at    INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (next_at) WHERE state = 'pending';
CREATE INDEX outbox_of_a_lookup ON outbox (lookup);
CREATE TRIGGER outbox_keeps_what_is_not_delivered BEFORE DELETE ON outbox WHEN OLD.state <> 'delivered'
    BEGIN SELECT RAISE(ABORT, 'an undelivered notification is never deleted'); END;
CREATE TRIGGER outbox_replaces_nothing BEFORE INSERT ON outbox WHEN EXISTS (SELECT 1 FROM outbox WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'a notification is never reworded'); END;
CREATE TRIGGER outbox_keeps_its_words BEFORE UPDATE OF id, lookup, authority, payload, at ON outbox
    BEGIN SELECT RAISE(ABORT, 'a notification is never reworded'); END;

-- Written by /health/ready and nothing else: could a look-up be written now?
CREATE TABLE readiness (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    asked INTEGER NOT NULL
) STRICT;
INSERT INTO readiness (one, asked) VALUES (1, 0);

CREATE TABLE log_in_attempts (
    cookie   BLOB PRIMARY KEY,
    state    TEXT NOT NULL,
    nonce    TEXT NOT NULL,
    verifier TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE logout_tokens (
    jti TEXT PRIMARY KEY,
    sid TEXT NOT NULL,
    at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX logout_tokens_of_a_log_in ON logout_tokens (sid);

-- What was typed into a form, kept under a one-time id to be given back, never to be submitted (rulings 35 and 36).
CREATE TABLE kept_forms (
    id      TEXT PRIMARY KEY,
    session TEXT,
    uid     TEXT NOT NULL,
    role    TEXT NOT NULL,
    typed   TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_forms_of_a_person ON kept_forms (uid, role);
