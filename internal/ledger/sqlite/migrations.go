package sqlite

// migrations are the steps from an empty file to the present shape. Only ever append: the number of steps a ledger
// has taken is its version (PRAGMA user_version).
var migrations = []string{
	// 1. Articles, readings, and what is asked of them.
	`
CREATE TABLE run (
	id      INTEGER PRIMARY KEY,
	name    TEXT NOT NULL UNIQUE, -- hash of version and models
	version TEXT NOT NULL,
	models  TEXT NOT NULL         -- JSON
) STRICT;

CREATE TABLE article (
	id        TEXT PRIMARY KEY,
	title     TEXT NOT NULL,
	publisher TEXT NOT NULL,
	date      TEXT NOT NULL,
	place     TEXT NOT NULL,
	url       TEXT NOT NULL,
	learned   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX article_date ON article (date);

-- A reading is one run's record of one article. [learned, closed) is its interval of system time.
CREATE TABLE reading (
	id      INTEGER PRIMARY KEY,
	article TEXT NOT NULL REFERENCES article,
	run     INTEGER NOT NULL REFERENCES run,
	learned TEXT NOT NULL,
	closed  TEXT NOT NULL DEFAULT '9999',
	record  BLOB NOT NULL, -- the record as JSON, deflated
	UNIQUE (article, run)
) STRICT;

-- The journal chains the hashes of all that was appended: a flipped byte is found.
CREATE TABLE journal (
	id      INTEGER PRIMARY KEY,
	kind    TEXT NOT NULL,    -- reading, closing
	reading INTEGER NOT NULL,
	time    TEXT NOT NULL,
	hash    BLOB NOT NULL     -- of the entry before, and of this one's content
) STRICT;

CREATE TABLE actor (
	id      TEXT PRIMARY KEY,
	name    TEXT NOT NULL,
	kind    TEXT NOT NULL,
	code    TEXT NOT NULL,
	country TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE proposition (
	id         TEXT PRIMARY KEY,
	type       TEXT NOT NULL,
	mode       TEXT NOT NULL,
	cameo      TEXT NOT NULL,
	actors     TEXT NOT NULL, -- JSON list of names, as are recipients
	recipients TEXT NOT NULL,
	place      TEXT NOT NULL,
	happened   TEXT NOT NULL, -- first day, '' when unknown
	ended      TEXT NOT NULL  -- last day
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
	row         INTEGER PRIMARY KEY,
	id          TEXT NOT NULL,
	reading     INTEGER NOT NULL REFERENCES reading,
	article     TEXT NOT NULL,
	proposition TEXT NOT NULL REFERENCES proposition,
	publisher   TEXT NOT NULL,
	chain       TEXT NOT NULL, -- JSON list of names
	act         TEXT NOT NULL,
	polarity    TEXT NOT NULL,
	modality    TEXT NOT NULL,
	value       TEXT NOT NULL,
	realised    INTEGER NOT NULL,
	type        TEXT NOT NULL,
	mode        TEXT NOT NULL,
	cameo       TEXT NOT NULL,
	place       TEXT NOT NULL,
	happened    TEXT NOT NULL,
	ended       TEXT NOT NULL,
	said        TEXT NOT NULL,
	said_end    TEXT NOT NULL,
	reported    TEXT NOT NULL,
	confidence  REAL NOT NULL,
	sentence    TEXT NOT NULL,
	learned     TEXT NOT NULL,
	closed      TEXT NOT NULL DEFAULT '9999'
) STRICT;
CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_reading ON claim (reading);
CREATE INDEX claim_proposition ON claim (proposition);
CREATE INDEX claim_reported ON claim (reported);
CREATE INDEX claim_type ON claim (type, reported);

-- side: 0 actor, 1 recipient, 2 innermost source, 3 further source.
CREATE TABLE party (
	claim    INTEGER NOT NULL REFERENCES claim,
	side     INTEGER NOT NULL,
	position INTEGER NOT NULL,
	actor    TEXT NOT NULL,
	country  TEXT NOT NULL,
	code     TEXT NOT NULL,
	reported TEXT NOT NULL,
	PRIMARY KEY (claim, side, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_country ON party (country, side, reported, claim);
CREATE INDEX party_actor ON party (actor, side, reported, claim);

-- One row a pair of countries in a claim: the common question is who did what to whom in a month.
CREATE TABLE dyad (
	claim     INTEGER NOT NULL REFERENCES claim,
	actor     TEXT NOT NULL,
	recipient TEXT NOT NULL,
	type      TEXT NOT NULL,
	reported  TEXT NOT NULL,
	PRIMARY KEY (actor, recipient, reported, claim)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE claim_text USING fts5 (
	sentence, content='claim', content_rowid='row', tokenize='porter unicode61 remove_diacritics 2'
);

-- Counts by day, pair and type of the claims that are open.
CREATE TABLE tally (
	day       TEXT NOT NULL,
	actor     TEXT NOT NULL,
	recipient TEXT NOT NULL,
	type      TEXT NOT NULL,
	asserted  INTEGER NOT NULL,
	denied    INTEGER NOT NULL,
	other     INTEGER NOT NULL,
	PRIMARY KEY (day, actor, recipient, type)
) STRICT, WITHOUT ROWID;
`,
}
