-- People who have logged in. Words in braces differ between the two databases: see `migration.rs`.

-- An account is a person who can come back from any browser. `main_guest` is the guest as whom the person takes part in
-- races; `guests` has the others.
CREATE TABLE accounts (
    person {int} NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    name TEXT CHECK (length(name) BETWEEN 1 AND 100),
    main_guest {bytes} NOT NULL UNIQUE REFERENCES guests (guest) ON DELETE CASCADE,
    made_at_ms {int} NOT NULL
){strict};

-- By whom a provider knows the account. A login belongs to one account.
CREATE TABLE logins (
    issuer TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    account {int} NOT NULL REFERENCES accounts (person) ON DELETE CASCADE,
    PRIMARY KEY (issuer, subject)
){strict};
CREATE INDEX logins_by_account ON logins (account);

-- The browsers that are logged in. Who reads this table learns no cookie: it has their hashes.
CREATE TABLE sessions (
    id_hash {bytes} NOT NULL PRIMARY KEY CHECK (length(id_hash) = 32),
    account {int} NOT NULL REFERENCES accounts (person) ON DELETE CASCADE,
    made_at_ms {int} NOT NULL,
    seen_at_ms {int} NOT NULL CHECK (seen_at_ms >= made_at_ms)
){strict};
CREATE INDEX sessions_by_account ON sessions (account, seen_at_ms);

-- When the guest became one of an account.
ALTER TABLE guests ADD COLUMN joined_at_ms {int};

-- Whether people may enter without an account.
ALTER TABLE openings ADD COLUMN guests_may_enter {int} NOT NULL DEFAULT 1 CHECK (guests_may_enter IN (0, 1));
