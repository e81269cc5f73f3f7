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
	// 2. Each thing once: the sentence of several claims, the system interval of a reading, the name of an actor. Bodies
	// lie apart, so that the readings stay small enough to be joined. What replaces what.
	`
ALTER TABLE article ADD COLUMN name TEXT NOT NULL DEFAULT '';     -- what the source calls it
ALTER TABLE article ADD COLUMN replaces TEXT NOT NULL DEFAULT ''; -- the article that it corrects
CREATE INDEX article_url ON article (url) WHERE url <> '';
CREATE INDEX article_name ON article (publisher, name) WHERE name <> '';
CREATE INDEX article_replaces ON article (replaces) WHERE replaces <> '';

CREATE TABLE body (
	reading INTEGER PRIMARY KEY REFERENCES reading,
	form    INTEGER NOT NULL, -- 0: the record as JSON, deflated; 1: without what the text and the run give back
	record  BLOB NOT NULL
) STRICT;
INSERT INTO body SELECT id, 0, record FROM reading;

CREATE TABLE sentence (
	id   INTEGER PRIMARY KEY,
	text TEXT NOT NULL
) STRICT;
INSERT INTO sentence (text) SELECT sentence FROM claim GROUP BY reading, sentence ORDER BY min(row);
CREATE INDEX sentence_once ON sentence (text);

DROP TABLE claim_text;
CREATE VIRTUAL TABLE sentence_text USING fts5 (
	text, content='sentence', content_rowid='id', columnsize=0, tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO sentence_text (sentence_text) VALUES ('rebuild');

ALTER TABLE claim RENAME TO claim_1;
CREATE TABLE claim (
	row         INTEGER PRIMARY KEY,
	id          TEXT NOT NULL,
	reading     INTEGER NOT NULL REFERENCES reading,
	proposition TEXT NOT NULL REFERENCES proposition,
	sentence    INTEGER NOT NULL REFERENCES sentence,
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
	confidence  REAL NOT NULL
) STRICT;
INSERT INTO claim SELECT row, id, reading, proposition, (SELECT min(s.id) FROM sentence s WHERE s.text = o.sentence), chain, act, polarity, modality, value, realised,
	type, mode, cameo, place, happened, ended, said, said_end, reported, confidence FROM claim_1 o;
DROP INDEX sentence_once;

-- Actors and parties by number.
ALTER TABLE actor RENAME TO actor_1;
CREATE TABLE actor (
	row     INTEGER PRIMARY KEY,
	id      TEXT NOT NULL UNIQUE,
	name    TEXT NOT NULL,
	kind    TEXT NOT NULL,
	code    TEXT NOT NULL,
	country TEXT NOT NULL
) STRICT;
INSERT INTO actor (id, name, kind, code, country) SELECT id, name, kind, code, country FROM actor_1 ORDER BY id;
INSERT INTO actor (id, name, kind, code, country) SELECT actor, actor, 'unknown', '', '' FROM party GROUP BY actor ON CONFLICT DO NOTHING;
ALTER TABLE party RENAME TO party_1;
CREATE TABLE party (
	claim    INTEGER NOT NULL REFERENCES claim,
	side     INTEGER NOT NULL, -- 0 actor, 1 recipient, 2 innermost source, 3 further source
	position INTEGER NOT NULL,
	actor    INTEGER NOT NULL REFERENCES actor,
	country  TEXT NOT NULL,    -- at the date of the article
	PRIMARY KEY (claim, side, position)
) STRICT, WITHOUT ROWID;
INSERT INTO party SELECT p.claim, p.side, p.position, a.row, p.country FROM party_1 p JOIN actor a ON a.id = p.actor;

ALTER TABLE dyad RENAME TO dyad_1;
CREATE TABLE dyad (
	actor     TEXT NOT NULL, -- countries; '' is a side without a known one
	recipient TEXT NOT NULL,
	reported  TEXT NOT NULL,
	claim     INTEGER NOT NULL REFERENCES claim,
	PRIMARY KEY (actor, recipient, reported, claim)
) STRICT, WITHOUT ROWID;
INSERT INTO dyad SELECT actor, recipient, reported, claim FROM dyad_1 ORDER BY 1, 2, 3, 4;

DROP TABLE dyad_1;
DROP TABLE party_1;
DROP TABLE actor_1;
DROP TABLE claim_1;
ALTER TABLE reading DROP COLUMN record;

CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_reading ON claim (reading);
CREATE INDEX claim_proposition ON claim (proposition);
CREATE INDEX claim_sentence ON claim (sentence);
CREATE INDEX claim_reported ON claim (reported);
CREATE INDEX claim_type ON claim (type, reported);
CREATE INDEX party_country ON party (country, side);
CREATE INDEX party_actor ON party (actor, side);

-- A claim with what lists show of its article, reading and sentence.
CREATE VIEW claims AS SELECT c.row, c.id, c.reading, r.article, c.proposition, a.publisher, c.chain, c.act, c.polarity, c.modality, c.value, c.realised, c.type, c.mode, c.cameo,
	c.place, c.happened, c.ended, c.said, c.said_end, c.reported, c.confidence, c.sentence AS sentence_id, s.text AS sentence, r.learned, r.closed
	FROM claim c JOIN reading r ON r.id = c.reading JOIN article a ON a.id = r.article JOIN sentence s ON s.id = c.sentence;
`,
	// 3. Happenings: which tellings of articles are of one, what people decided about that, what is disputed, which
	// stories are copies. All but the decisions can be worked out again from the readings.
	`
-- How far matching has come in the journal.
CREATE TABLE matched (
	id      INTEGER PRIMARY KEY CHECK (id = 1),
	journal INTEGER NOT NULL
) STRICT;
INSERT INTO matched VALUES (1, 0);

-- A telling is what one article tells of one proposition. [learned, closed) is system time here and below.
CREATE TABLE telling (
	id          INTEGER PRIMARY KEY,
	article     TEXT NOT NULL,
	proposition TEXT NOT NULL,
	reading     INTEGER NOT NULL,
	body        TEXT NOT NULL, -- what is compared, as JSON, but for the words of the story
	learned     TEXT NOT NULL,
	closed      TEXT NOT NULL DEFAULT '9999'
) STRICT;
CREATE INDEX telling_reading ON telling (reading);
CREATE INDEX telling_proposition ON telling (proposition);
CREATE TABLE story (
	reading INTEGER PRIMARY KEY,
	words   TEXT NOT NULL -- of headline and lead
) STRICT;

-- Where tellings that stand are found: all that share a key within some days are compared.
CREATE TABLE telling_key (
	key     INTEGER NOT NULL,
	day     INTEGER NOT NULL, -- since 1900
	telling INTEGER NOT NULL,
	PRIMARY KEY (key, day, telling)
) STRICT, WITHOUT ROWID;

-- The claims of tellings. The same source is the same string.
CREATE TABLE voice (
	claim   INTEGER PRIMARY KEY,
	telling INTEGER NOT NULL,
	source  TEXT NOT NULL
) STRICT;
CREATE INDEX voice_telling ON voice (telling);

CREATE TABLE link (
	id         INTEGER PRIMARY KEY,
	telling    INTEGER NOT NULL,
	antecedent INTEGER NOT NULL,
	score      REAL NOT NULL,
	reasons    TEXT NOT NULL, -- "feature=what it adds", parted by ";"
	by         TEXT NOT NULL, -- rules and their version, or a decision
	learned    TEXT NOT NULL,
	closed     TEXT NOT NULL DEFAULT '9999'
) STRICT;
CREATE INDEX link_telling ON link (telling, closed);
CREATE INDEX link_antecedent ON link (antecedent, closed);

CREATE TABLE member (
	id        INTEGER PRIMARY KEY,
	telling   INTEGER NOT NULL,
	happening TEXT NOT NULL,
	learned   TEXT NOT NULL,
	closed    TEXT NOT NULL DEFAULT '9999'
) STRICT;
CREATE INDEX member_telling ON member (telling, closed);
CREATE INDEX member_happening ON member (happening, closed);

-- What people decided; each stands in the journal.
CREATE TABLE decision (
	id            INTEGER PRIMARY KEY,
	kind          TEXT NOT NULL, -- merge, split, undo
	article       TEXT NOT NULL,
	proposition   TEXT NOT NULL,
	article_2     TEXT NOT NULL,
	proposition_2 TEXT NOT NULL,
	target        INTEGER NOT NULL, -- the decision that an undo takes back, else 0
	why           TEXT NOT NULL,
	time          TEXT NOT NULL
) STRICT;
CREATE INDEX decision_target ON decision (target) WHERE target > 0;

CREATE TABLE dispute (
	row       INTEGER PRIMARY KEY,
	id        TEXT NOT NULL,
	happening TEXT NOT NULL,
	kind      TEXT NOT NULL,
	topic     TEXT NOT NULL,
	labels    TEXT NOT NULL, -- JSON list, one a position
	newest    TEXT NOT NULL, -- day of the newest report
	learned   TEXT NOT NULL,
	closed    TEXT NOT NULL DEFAULT '9999'
) STRICT;
CREATE INDEX dispute_newest ON dispute (newest);
CREATE INDEX dispute_happening ON dispute (happening, closed);
CREATE INDEX dispute_id ON dispute (id);
CREATE TABLE dispute_claim (
	dispute  INTEGER NOT NULL REFERENCES dispute,
	position INTEGER NOT NULL,
	rank     INTEGER NOT NULL,
	claim    INTEGER NOT NULL,
	PRIMARY KEY (dispute, position, rank)
) STRICT, WITHOUT ROWID;
CREATE INDEX dispute_claim_claim ON dispute_claim (claim);

-- Copies of stories, each of the first of them that the ledger met.
CREATE TABLE band (
	hash    INTEGER NOT NULL,
	article INTEGER NOT NULL, -- the number of its first reading
	PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE copy (
	article  TEXT PRIMARY KEY,
	original TEXT NOT NULL,
	overlap  REAL NOT NULL, -- of the shingles
	inside   REAL NOT NULL, -- share of the shorter text that stands in the longer
	reason   TEXT NOT NULL,
	learned  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_original ON copy (original);
`,
	// 4. Registers that the user has imported.
	`
CREATE TABLE register_file (
	id       INTEGER PRIMARY KEY,
	kind     TEXT NOT NULL,    -- sipri, votes, entities
	name     TEXT NOT NULL,
	sha256   TEXT NOT NULL,
	complete INTEGER NOT NULL, -- all of its rows have been taken
	UNIQUE (kind, sha256)
) STRICT;

-- A batch is one transaction of an import. The hashes of batches are a chain over all that was appended and closed.
CREATE TABLE register_batch (
	id   INTEGER PRIMARY KEY,
	file INTEGER NOT NULL REFERENCES register_file,
	time TEXT NOT NULL,
	hash BLOB NOT NULL
) STRICT;

-- An entry is a row of a register. A later edition that says otherwise under the same key closes it.
CREATE TABLE register_entry (
	row       INTEGER PRIMARY KEY,
	kind      TEXT NOT NULL,    -- deal, vote, ballot, entity, listing
	key       TEXT NOT NULL,
	subject   TEXT NOT NULL,
	object    TEXT NOT NULL,
	first     TEXT NOT NULL,    -- days, '' when unknown or open
	last      TEXT NOT NULL,
	batch     INTEGER NOT NULL REFERENCES register_batch,
	line      INTEGER NOT NULL, -- in the file
	body      TEXT NOT NULL,    -- JSON
	closed    TEXT NOT NULL DEFAULT '9999',
	closed_by INTEGER REFERENCES register_batch
) STRICT;
CREATE INDEX register_entry_key ON register_entry (kind, key);
CREATE INDEX register_entry_subject ON register_entry (kind, subject, object);
CREATE INDEX register_entry_object ON register_entry (kind, object, first);
CREATE INDEX register_entry_batch ON register_entry (batch);
CREATE INDEX register_entry_closed ON register_entry (closed_by) WHERE closed_by IS NOT NULL;

CREATE TABLE register_name (
	name  TEXT NOT NULL, -- folded name of an entity; country that the title of a vote names
	entry INTEGER NOT NULL REFERENCES register_entry,
	PRIMARY KEY (name, entry)
) STRICT, WITHOUT ROWID;
`,
	// 5. Days beside what is looked up by them: what was reported on other days is passed over in the index.
	`
DROP INDEX claim_sentence;
CREATE INDEX claim_sentence ON claim (sentence, reported);
DROP INDEX claim_reported;
CREATE INDEX claim_reported ON claim (reported, polarity, sentence);

ALTER TABLE dispute ADD COLUMN oldest TEXT NOT NULL DEFAULT ''; -- day of the oldest report
UPDATE dispute SET oldest = coalesce((SELECT min(c.reported) FROM dispute_claim d JOIN claim c ON c.row = d.claim WHERE d.dispute = dispute.row), '');
DROP INDEX dispute_newest;
CREATE INDEX dispute_newest ON dispute (newest, oldest);

CREATE INDEX tally_pair ON tally (actor, recipient, day);
-- Counts by day and type of the claims that are open, each claim once.
CREATE TABLE tally_day (
	day      TEXT NOT NULL,
	type     TEXT NOT NULL,
	asserted INTEGER NOT NULL,
	denied   INTEGER NOT NULL,
	other    INTEGER NOT NULL,
	PRIMARY KEY (day, type)
) STRICT, WITHOUT ROWID;
INSERT INTO tally_day SELECT c.reported, c.type, sum(c.realised), sum(NOT c.realised AND c.polarity = 'negative' AND c.modality = 'asserted'),
	sum(NOT c.realised AND NOT (c.polarity = 'negative' AND c.modality = 'asserted'))
	FROM claim c JOIN reading r ON r.id = c.reading WHERE r.closed = '9999' GROUP BY 1, 2;
`,
}
