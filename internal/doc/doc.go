// Package doc is the annotated article: one immutable text and the layers laid over it.
//
// In: a text. Out: sentences, tokens, arcs, mentions, actors, chains, quotations, attributions, time
// expressions, places, figures and events, as plain slices that refer to each other by int32 index (-1: none)
// and to the text by byte offsets. Stages write layers and read those of earlier stages; they meet only here.
// It never knows a model, a rule or a store.
package doc

import "annals/internal/civil"

// None is the index that refers to nothing.
const None int32 = -1

// Span is the bytes [Start, End) of Doc.Text.
type Span struct{ Start, End int32 }

// Len is the number of bytes.
func (s Span) Len() int32 { return s.End - s.Start }

// Contains tells whether t lies inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps tells whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Layer names what a stage reads and writes, as a bit set.
type Layer uint32

// The layers, in the order in which the house builds them.
const (
	LayerHeadline Layer = 1 << iota // Head, Date
	LayerSentences
	LayerTokens // forms and multiword tokens
	LayerSyntax // tags, features, lemmas, arcs
	LayerTimexes
	LayerQuantities // and casualties
	LayerMentions
	LayerActors
	LayerToponyms
	LayerChains
	LayerQuotes
	LayerAttributions
	LayerEvents
	LayerCodings // only where the reader was given a user's dictionary
)

// Doc is an article with its layers. A nil slice of a layer that is in Done means "read, and nothing found".
type Doc struct {
	ID        string
	Text      string // never changed once the first stage has run
	Title     string // from metadata, when the title is not part of Text
	Publisher string // actor name of the publisher, from metadata or the dateline ("Reuters")
	URL       string

	Date       civil.Date // document creation time; zero when neither given nor found
	DateSource string     // how Date was found: argument, metadata, url, dateline, …; "" with no date

	Head         Headline
	Sentences    []Sentence
	Tokens       []Token
	Multiwords   []Multiword
	Mentions     []Mention
	Actors       []Actor
	Chains       []Chain
	Quotes       []Quote
	Attributions []Attribution
	Timexes      []Timex
	Toponyms     []Toponym
	Quantities   []Quantity
	Casualties   []Casualty
	Events       []Event
	Codings      []Coding

	Done Layer // the layers that have been written

	children   []int32 // dependents of every token, grouped by head; see IndexArcs
	childStart []int32
}

// Headline is what stands around the body of a wire story. Each part is a span of Text (empty when absent),
// so that nothing of the source is thrown away.
type Headline struct {
	Title      Span
	Byline     Span // "By Jane Roe"
	Dateline   Span // "CAIRO, Nov 5 (Reuters) -", dash included
	Place      Span // "CAIRO"
	Date       Span // "Nov 5"
	Agency     Span // "Reuters"
	SignOff    Span // "(Reporting by …; Editing by …)"
	AgencyName string
}

// Sentence is a run of tokens.
type Sentence struct {
	Span
	First, Last int32 // tokens [First, Last)
	Paragraph   int32
	Kind        SentenceKind
}

// SentenceKind tells body text from what surrounds it.
type SentenceKind uint8

// Kinds of sentences.
const (
	InBody SentenceKind = iota
	InTitle
	InByline
	InDateline // also one that opens a paragraph: the sentence begins behind its dash
	InSignOff
)

// Token is a syntactic word in the sense of Universal Dependencies. The words of a multiword token ("don't")
// have spans of their own inside it wherever the letters allow.
type Token struct {
	Span
	Form     string // Text[Start:End], but for split words whose letters are not in the text
	Lemma    string
	UPOS     string
	XPOS     string // Penn Treebank tag
	Feats    string // "Mood=Ind|Number=Sing|…", or "" (CoNLL-U "_")
	Deprel   string // with subtype: "nsubj:pass"
	Head     int32  // token index in the document, None for a root
	Sentence int32
}

// Multiword is a surface token that holds several words.
type Multiword struct {
	Span
	First, Last int32 // tokens [First, Last)
}

// MentionKind tells how something is referred to.
type MentionKind uint8

// Kinds of mentions.
const (
	NameMention    MentionKind = iota // "Sergei Lavrov", "Syria"
	NominalMention                    // "the rebels", "a Russian official"
	PronounMention                    // "he", "who", "their"
)

// Mention is a phrase that refers to someone or something.
type Mention struct {
	Span
	First, Last int32  // tokens [First, Last)
	Head        int32  // syntactic head among them
	Phrase      Span   // as annotators of phrases mark it: a name with its article and titles, a nominal without its count
	Type        string // PER ORG LOC FAC NORP WEAPON PRODUCT MISC, or "" for a nominal of no such type
	Kind        MentionKind
	Actor       int32  // index into Actors, or None
	Metonym     bool   // a place name that stands for its government
	Rule        string // what found it: a model or rule id
}

// Actor is someone who can act or be acted on, once per document.
type Actor struct {
	ID        string   // slug, unique in the document, stable for the same actor across documents where it is known
	Name      string   // canonical name: "Sergei Lavrov", "government of Syria"
	Kind      string   // state, government, person, role, organisation, igo, armed-group, outlet, collective, unknown
	Code      string   // CAMEO style: RUSGOV, IGOUNO; "" when unknown
	Country   string   // ISO 3166-1 alpha-3, or IGO, UNO, …; "" when unknown
	Sectors   []string // PLOVER sectors, primary first
	Role      string   // "foreign minister", when the text or the register of offices gives one
	Gender    string   // m, f or ""
	Plural    bool
	Anonymous bool   // "a Russian official": never merged across articles
	Inferred  bool   // resolved through a register (office at a date), not through a name in the text
	Rule      string // lexicon row or rule id
}

// Chain is the mentions of one actor or thing, in text order.
type Chain struct {
	Mentions []int32
	Links    []Link // why each later mention joined; len(Mentions)-1 of them
}

// Link joins a mention to an earlier one.
type Link struct {
	Mention, Antecedent int32
	Rule                string // "name-surname", "pronoun-ranker", …
}

// Quote is a stretch in quotation marks, marks included.
type Quote struct {
	Span
	Inner   Span // without the marks
	Outer   int32
	Speech  bool // false for scare quotes, titles and nicknames
	Unended bool // closed by the paragraph's end, not by a mark
}

// Attribution says that a source put forward a content. A role is the set of its spans.
type Attribution struct {
	Source, Cue, Content []Span
	SourceHead, CueHead  int32   // tokens, or None
	Mode                 string  // direct, mixed, indirect
	Act                  string  // assert, deny, confirm, refuse, ask, demand, promise, accuse, warn, predict, believe, perceive, rule, report, hearsay
	Value                string  // FactBank value of the content for its source: CT+ CT- PR+ PR- PS+ PS- U
	Speaker              int32   // actor, or None
	Chain                []int32 // actors from the innermost speaker to the publisher
	Addressee, Medium    []Span
	AddresseeActor       int32
	MediumActor          int32
	Outer                int32 // the attribution in whose content this one lies, or None
	Timex                int32 // when it was said, or None
	Confidence           float32
	Rule                 string
}

// Timex is a time expression in the sense of TIMEX3.
type Timex struct {
	Span
	First, Last int32  // tokens [First, Last)
	Type        string // DATE TIME DURATION SET
	Value       string // TIMEX3 value; "XXXX-…" where no anchor is known
	Mod         string // START MID END APPROX LESS_THAN MORE_THAN EQUAL_OR_LESS EQUAL_OR_MORE BEFORE AFTER, or ""
	Interval    civil.Interval
	Grain       string // day, week, month, quarter, year, decade, …
	Anchor      string // what the value was resolved against: document, dateline, timex:3, none
	Age         bool   // "50-year-old": not for dating events
	Rule        string
}

// Toponym is a place name.
type Toponym struct {
	Span
	First, Last int32
	Mention     int32 // the mention it belongs to, or None
	Name        string
	Lat, Lon    float64
	Resolved    bool
	GeonameID   int64
	Country     string // ISO 3166-1 alpha-3
	Precision   string // point, city, province, country, region
	Kind        string // literal, metonymic, demonym, modifier
	Rule        string
}

// Quantity is a number with what it counts.
type Quantity struct {
	Span
	First, Last    int32
	Kind           string // money count casualty mass length percent fraction age ordinal id …
	Value          string // canonical number, "a-b" for a range, "" for a vague one
	Low, High      float64
	Bounded        bool // Low and High are meant
	Approx         bool
	Bound          string // eq approx min max range vague
	Unit           string // as written
	NormalizedUnit string
	Currency       string // ISO 4217
	Year           int16  // of money, when the text says
	Change         string // up down = ~ …
	Of             int32  // token of what is counted or paid for, or None
	Rule           string
}

// Casualty is a count of people hurt.
type Casualty struct {
	Span
	Effect    string // DEATH INJURY MISSING DISPLACED DETAINED
	Number    int64  // -1 when only bounds are known
	Low, High int64  // High -1: open
	Approx    bool
	Scope     string // incident, cumulative
	SubsetOf  int32  // casualty it is part of ("including three children"), or None
	Trigger   int32  // token of the happening: "killed", "deaths"
	Quantity  int32  // or None
	Rule      string
}

// Participant is an actor in a role of an event.
type Participant struct {
	Span
	Head    int32  // token
	Mention int32  // or None
	Actor   int32  // index into Actors, or None when the text alone is kept
	Implied bool   // taken from the context, not from the clause
	Country string // where the actor has none: the country that the context gives (ISO 3166-1 alpha-3), or ""
}

// Item is what was supplied, sold, seized, used.
type Item struct {
	Span
	Head     int32
	Category string // weapon category or ""
	Quantity int32
}

// Event is a happening as its clause puts it.
type Event struct {
	Anchor      Span // the word that names it
	AnchorToken int32
	Span        Span // its clause
	Sentence    int32

	Type     string // PLOVER 2.0, or STATEMENT
	Mode     string
	Contexts []string
	CAMEO    string

	Actors     []Participant
	Recipients []Participant
	Items      []Item
	Quantities []int32
	Casualties []int32

	Polarity   string // positive, negative
	Modality   string // asserted possible obligation conditional future hypothetical scheduled
	Tense      string // past, present, future
	Historical bool   // background with its own date
	Condition  Span   // "while the conflict remained unresolved"
	Basis      Span   // "under Soviet-era contracts"
	Status     string // of a transfer: alleged denied announced ordered delivery delivered suspended refused intercepted

	Time      EventTime
	Toponym   int32  // place, or None
	PlaceFrom string // clause, paragraph, dateline, …

	Attribution int32 // None: the publisher's own voice
	SameAs      int32 // earlier event of this article that this one retells, or None
	Confidence  float32
	Rule        string
}

// EventTime is when something happened.
type EventTime struct {
	Value    string
	Interval civil.Interval
	Timex    int32  // or None
	Source   string // timex, tense, document
}

// Coding is what a user's own dictionary says of a clause: who did what to whom in the codes of that dictionary.
type Coding struct {
	Anchor      Span // the verb
	AnchorToken int32
	Sentence    int32
	Code        string
	Source      CodedParty
	Target      CodedParty
	Negated     bool     // the verb is denied, and the pattern that gave the code does not ask for the denial
	Issues      []string // of the sentence, sorted
	Event       int32    // the event of the same verb, or None
	Rule        string   // row of the dictionary
}

// CodedParty is a side of a coding.
type CodedParty struct {
	Span
	Code string
	Rule string // row of the dictionary
}
