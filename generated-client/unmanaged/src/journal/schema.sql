CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;

-- The key of the hashes below.
CREATE TABLE secret (
    key BLOB NOT NULL
);

-- What the newest list said: rows of an older generation are those of a list that was not finished.
CREATE TABLE snapshot (
    generation INTEGER NOT NULL,
    address TEXT NOT NULL,
    id TEXT NOT NULL,
    mails INTEGER NOT NULL,
    state TEXT NOT NULL,
    update_time TEXT,
    updated INTEGER,
    raw TEXT NOT NULL,
    PRIMARY KEY (generation, address)
) WITHOUT ROWID;

-- The audit rows.
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    command TEXT NOT NULL,
    state TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER,
    user TEXT NOT NULL,
    host TEXT NOT NULL,
    subject TEXT,
    customer TEXT NOT NULL,
    arguments TEXT NOT NULL,
    malformed INTEGER NOT NULL,
    duplicates INTEGER NOT NULL
);

-- One row for each person of a run.
CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'skipped', 'sending', 'done', 'not_done', 'unknown', 'gone')),
    reason TEXT NOT NULL DEFAULT '',
    before_mails INTEGER,
    before_state TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    sending INTEGER,
    ended INTEGER,
    unchanged_reads INTEGER NOT NULL DEFAULT 0,
    read INTEGER,
    after_mails INTEGER,
    after_state TEXT,
    error TEXT NOT NULL DEFAULT '',
    UNIQUE (run, address)
);
CREATE INDEX item_of_run ON item (run, state, id);
CREATE INDEX item_of_address ON item (address);

-- Keyed hashes of addresses that were forgotten, and are not mailed again.
CREATE TABLE forgotten (
    hash BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) WITHOUT ROWID;

-- What `sql` shows, with the columns of the newest list as StackQL names them.
CREATE VIEW userinvitations AS
SELECT
    CASE WHEN snapshot.id LIKE 'customers/%' THEN snapshot.id ELSE 'invitations/' || snapshot.id END AS name,
    mails AS mailsSentCount,
    state,
    update_time AS updateTime,
    CASE WHEN snapshot.id LIKE 'customers/%'
        THEN substr(snapshot.id, 11, instr(substr(snapshot.id, 11), '/') - 1) END AS customersId,
    address AS userinvitationsId
FROM snapshot
WHERE generation = (SELECT value FROM meta WHERE meta.name = 'generation');

CREATE VIEW runs AS
SELECT
    id, command, state,
    strftime('%Y-%m-%dT%H:%M:%SZ', started, 'unixepoch') AS started,
    strftime('%Y-%m-%dT%H:%M:%SZ', ended, 'unixepoch') AS ended,
    user, host, subject, customer, arguments, malformed, duplicates
FROM run;

CREATE VIEW sends AS
SELECT
    item.run,
    run.command,
    address,
    CASE
        WHEN item.state = 'done' AND run.command = 'cancel' THEN 'cancelled'
        WHEN item.state = 'not_done' AND run.command = 'cancel' THEN 'not cancelled'
        WHEN item.state = 'done' THEN 'sent'
        WHEN item.state = 'not_done' THEN 'not sent'
        ELSE item.state
    END AS state,
    reason,
    before_mails AS mailsSentCountBefore,
    before_state AS stateBefore,
    after_mails AS mailsSentCountAfter,
    after_state AS stateAfter,
    attempts,
    strftime('%Y-%m-%dT%H:%M:%SZ', sending, 'unixepoch') AS sending,
    strftime('%Y-%m-%dT%H:%M:%SZ', item.ended, 'unixepoch') AS ended,
    error
FROM item JOIN run ON run.id = item.run;
