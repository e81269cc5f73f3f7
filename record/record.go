// Package record is the public vocabulary of annals: what an article says, as plain values that turn into JSON.
//
// A Record holds three layers, each pointing down to the one below. A Proposition is a happening without source or
// polarity. A Claim is one source's stance on one proposition in one article. Evidence is the characters that show
// it. The package imports nothing but the standard library and does nothing but hold, name and print.
//
// Offsets are Unicode code points of Article.Text, half open. Dates are ISO 8601 days; "" means unknown.
package record

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
)

// Schema is the version of the JSON form. It rises when a key changes its meaning or goes away.
const Schema = 1

// Record is what annals says that one article says.
type Record struct {
	Schema       int           `json:"schema"`
	Run          Run           `json:"run"`
	Article      Article       `json:"article"`
	Actors       []Actor       `json:"actors,omitempty"`
	Places       []Place       `json:"places,omitempty"`
	Amounts      []Amount      `json:"amounts,omitempty"`
	Casualties   []Casualty    `json:"casualties,omitempty"`
	Propositions []Proposition `json:"propositions,omitempty"`
	Claims       []Claim       `json:"claims,omitempty"`
	Codings      []Coding      `json:"codings,omitempty"` // where a dictionary was given
}

// Run tells what made a record: the same run on the same article gives the same bytes.
type Run struct {
	Version string            `json:"version"`
	Models  map[string]string `json:"models"` // SHA-256 of each model file
}

// Article is what came in.
type Article struct {
	ID         string `json:"id"` // from the text alone: the same article twice is one article
	Name       string `json:"name,omitempty"`
	Title      string `json:"title,omitempty"`
	Byline     string `json:"byline,omitempty"`
	Publisher  string `json:"publisher,omitempty"`
	URL        string `json:"url,omitempty"`
	Place      string `json:"place,omitempty"` // of the dateline
	Date       string `json:"date,omitempty"`  // of publication
	DateSource string `json:"date_source,omitempty"`
	SignOff    string `json:"sign_off,omitempty"`
	SHA256     string `json:"sha256"` // of Text
	Text       string `json:"text"`
}

// Actor is someone who acts, is acted on or speaks, once a record.
type Actor struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Kind      string   `json:"kind"` // state government person role organisation igo armed-group outlet collective unknown
	Code      string   `json:"code,omitempty"`
	Country   string   `json:"country,omitempty"`
	Sectors   []string `json:"sectors,omitempty"`
	Role      string   `json:"role,omitempty"`
	Anonymous bool     `json:"anonymous,omitempty"`
	Inferred  bool     `json:"inferred,omitempty"`
	Mentions  int      `json:"mentions"`
	Rule      string   `json:"rule,omitempty"`
}

// Place is a literal place of the article, once each. Lat and Lon are degrees, and mean something only where it is
// Located; in JSON they are absent otherwise.
type Place struct {
	Name      string  `json:"name"`
	GeonameID int64   `json:"geonameid,omitempty"`
	Lat       float64 `json:"lat"`
	Lon       float64 `json:"lon"`
	Country   string  `json:"country,omitempty"`
	Precision string  `json:"precision,omitempty"` // point city province country region; "" without a point
}

// Located tells whether the place has a point: one that no table knows has a name, and perhaps a country, alone.
func (p Place) Located() bool { return p.Precision != "" }

// MarshalJSON leaves out the point of a place that has none, which would read as a spot in the Gulf of Guinea.
func (p Place) MarshalJSON() ([]byte, error) {
	type fields Place // without this method
	if p.Located() {
		return json.Marshal(fields(p))
	}
	return json.Marshal(struct {
		Name    string `json:"name"`
		Country string `json:"country,omitempty"`
	}{p.Name, p.Country})
}

// Amount is money or a count.
type Amount struct {
	Kind     string   `json:"kind"`
	Value    string   `json:"value,omitempty"`
	Low      *float64 `json:"low"` // null: open or unknown
	High     *float64 `json:"high"`
	Approx   bool     `json:"approx,omitempty"`
	Bound    string   `json:"bound,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Currency string   `json:"currency,omitempty"`
	Year     int      `json:"year,omitempty"`
	Of       string   `json:"of,omitempty"` // what is counted or paid for
	Change   string   `json:"change,omitempty"`
	Evidence Span     `json:"evidence"`
	Rule     string   `json:"rule,omitempty"`
}

// Casualty is a count of people hurt, from Low to High; High -1 is open.
type Casualty struct {
	Effect   string `json:"effect"` // DEATH INJURY MISSING DISPLACED DETAINED
	Number   int64  `json:"number"` // -1 when only bounds are known
	Low      int64  `json:"low"`
	High     int64  `json:"high"`
	Approx   bool   `json:"approx,omitempty"`
	Scope    string `json:"scope"`               // incident, cumulative
	SubsetOf *int   `json:"subset_of,omitempty"` // index of the casualties it is part of
	Evidence Span   `json:"evidence"`
	Rule     string `json:"rule,omitempty"`
}

// Proposition is a happening as such: it has no source and no polarity.
type Proposition struct {
	ID         string   `json:"id"` // from its content: the same in every article that says the same
	Type       string   `json:"type"`
	Mode       string   `json:"mode,omitempty"`
	Contexts   []string `json:"contexts,omitempty"`
	CAMEO      string   `json:"cameo,omitempty"`
	Actors     []Party  `json:"actors,omitempty"`
	Recipients []Party  `json:"recipients,omitempty"`
	Items      []Item   `json:"items,omitempty"`
	Place      *int     `json:"place,omitempty"` // index into Places
	Time       Time     `json:"time"`
	Amounts    []int    `json:"amounts,omitempty"`
	Casualties []int    `json:"casualties,omitempty"`
}

// Party is an actor in a proposition; an unresolved one keeps its text alone.
type Party struct {
	Actor   string `json:"actor,omitempty"` // Actor.ID
	Text    string `json:"text"`
	Implied bool   `json:"implied,omitempty"` // a party that the context gives, not the clause
	Country string `json:"country,omitempty"` // where the actor has none: the country that the context gives, ISO 3166-1 alpha-3
}

// Item is what was supplied, sold, seized, used.
type Item struct {
	Text     string `json:"text"`
	Category string `json:"category,omitempty"`
	Count    string `json:"count,omitempty"`
}

// Time is when a proposition happened: the TIMEX3 value and the days it covers. An open end is "".
type Time struct {
	Value  string `json:"value,omitempty"`
	From   string `json:"from,omitempty"`
	To     string `json:"to,omitempty"`
	Source string `json:"source,omitempty"` // timex, tense, document
}

// Claim is one source's stance on one proposition. The publisher's own voice is a claim too: its chain is the
// publisher alone.
type Claim struct {
	ID          string   `json:"id"`
	Proposition string   `json:"proposition"`
	Chain       []string `json:"chain"`         // actor ids, innermost speaker first, publisher last
	Act         string   `json:"act"`           // assert deny accuse …; "report" for the publisher's own voice
	Cue         string   `json:"cue,omitempty"` // the words that attribute
	Speech      string   `json:"speech,omitempty"`
	Polarity    string   `json:"polarity"`
	Modality    string   `json:"modality"`
	Tense       string   `json:"tense,omitempty"`
	Value       string   `json:"value"` // FactBank: how the innermost source commits to it
	Realised    bool     `json:"realised"`
	Historical  bool     `json:"historical,omitempty"`
	Condition   string   `json:"condition,omitempty"`
	Basis       string   `json:"basis,omitempty"`
	Status      string   `json:"status,omitempty"` // of a transfer of arms
	Addressee   string   `json:"addressee,omitempty"`
	Medium      string   `json:"medium,omitempty"`

	// Four times are kept apart. When it happened is the proposition's; when annals learnt it is the ledger's.
	Said     Time   `json:"said"`     // when the innermost source said it
	Reported string `json:"reported"` // publication date

	Sentence      Span       `json:"sentence"`
	SentenceIndex int        `json:"sentence_index"` // which sentence of the article, from 0
	Evidence      []Evidence `json:"evidence"`
	Confidence    float64    `json:"confidence"`
	SameAs        string     `json:"same_as,omitempty"` // earlier claim of this article about the same happening
	Rule          string     `json:"rule,omitempty"`
	SpeechRule    string     `json:"speech_rule,omitempty"`
}

// Coding is what the reader's own dictionary says of a clause: source, code and target as that dictionary writes them.
type Coding struct {
	Source  Coded    `json:"source"`
	Code    string   `json:"code"`
	Target  Coded    `json:"target"`
	Negated bool     `json:"negated,omitempty"` // the verb is denied
	Issues  []string `json:"issues,omitempty"`  // of the sentence: code and how often it was met
	Anchor  Span     `json:"anchor"`
	Claim   string   `json:"claim,omitempty"` // the claim on the same verb: who says so, whether it is so, when, where
	Rule    string   `json:"rule"`            // petrarch:FILE:LINE
}

// Coded is a side of a coding.
type Coded struct {
	Code string `json:"code"`
	Text string `json:"text"`
	Span
	Rule string `json:"rule"`
}

// Span is code points [Start, End) of Article.Text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Evidence is the characters behind one part of a claim, found again by position or by quotation (the
// TextPositionSelector and TextQuoteSelector of W3C Web Annotation).
type Evidence struct {
	Role   string `json:"role"` // anchor, actor, recipient, source, cue, item, time, place, amount, casualty, condition, basis
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// ArticleID names an article by its text alone; white space does not count, so the same article twice is one article.
func ArticleID(text string) string {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(text), " ")))
	return "a" + hex.EncodeToString(sum[:8])
}

// ActorByID finds an actor, or nil.
func (r *Record) ActorByID(id string) *Actor {
	for i := range r.Actors {
		if r.Actors[i].ID == id {
			return &r.Actors[i]
		}
	}
	return nil
}

// PropositionByID finds a proposition, or nil.
func (r *Record) PropositionByID(id string) *Proposition {
	for i := range r.Propositions {
		if r.Propositions[i].ID == id {
			return &r.Propositions[i]
		}
	}
	return nil
}
