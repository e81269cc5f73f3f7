package export

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"annals/internal/civil"
	"annals/internal/ledger"
	"annals/record"
)

// Row is a claim as a table has it, with what it repeats of its proposition and its article. What is not known is
// null. Offsets are code points of the article's text, half open. CAMEO codes are text: 010 is not 10. The tags are
// the columns of all three formats.
type Row struct {
	Claim         text    `json:"claim" parquet:"claim"`
	Article       text    `json:"article" parquet:"article,dict"`
	Proposition   text    `json:"proposition" parquet:"proposition,dict"`
	Happening     text    `json:"happening" parquet:"happening,optional,dict"`
	Learned       moment  `json:"learned" parquet:"learned,timestamp(millisecond)"`
	Publisher     text    `json:"publisher" parquet:"publisher,optional,dict"`
	Title         text    `json:"title" parquet:"title,optional,dict"`
	URL           text    `json:"url" parquet:"url,optional,dict"`
	Reported      *day    `json:"reported" parquet:"reported,date"`
	SaidFrom      *day    `json:"said_from" parquet:"said_from,date"`
	SaidTo        *day    `json:"said_to" parquet:"said_to,date"`
	From          *day    `json:"happened_from" parquet:"happened_from,date"`
	To            *day    `json:"happened_to" parquet:"happened_to,date"`
	TimeSource    text    `json:"time_source" parquet:"time_source,optional,dict"`
	Type          text    `json:"type" parquet:"type,dict"`
	Mode          text    `json:"mode" parquet:"mode,optional,dict"`
	Contexts      []text  `json:"contexts" parquet:"contexts,list"`
	CAMEO         text    `json:"cameo" parquet:"cameo,optional,dict"`
	Quad          *int32  `json:"quad" parquet:"quad"`
	Score         *double `json:"score" parquet:"score"`
	Goldstein     *double `json:"goldstein" parquet:"goldstein"`
	Actors        []Party `json:"actors" parquet:"actors,list"`
	Recipients    []Party `json:"recipients" parquet:"recipients,list"`
	Items         []Item  `json:"items" parquet:"items,list"`
	Amounts       []Count `json:"amounts" parquet:"amounts,list"`
	Casualties    []Toll  `json:"casualties" parquet:"casualties,list"`
	Place         text    `json:"place" parquet:"place,optional,dict"`
	Country       text    `json:"country" parquet:"country,optional,dict"`
	GeonameID     *int64  `json:"geonameid" parquet:"geonameid"`
	Lat           *double `json:"lat" parquet:"lat"`
	Lon           *double `json:"lon" parquet:"lon"`
	Chain         []Party `json:"chain" parquet:"chain,list"`
	Act           text    `json:"act" parquet:"act,dict"`
	Cue           text    `json:"cue" parquet:"cue,optional,dict"`
	Polarity      text    `json:"polarity" parquet:"polarity,dict"`
	Modality      text    `json:"modality" parquet:"modality,dict"`
	Tense         text    `json:"tense" parquet:"tense,optional,dict"`
	Value         text    `json:"value" parquet:"value,dict"`
	Realised      bool    `json:"realised" parquet:"realised"`
	Stance        text    `json:"stance" parquet:"stance,dict"`
	Historical    bool    `json:"historical" parquet:"historical"`
	Condition     text    `json:"condition" parquet:"condition,optional"`
	Basis         text    `json:"basis" parquet:"basis,optional"`
	Status        text    `json:"status" parquet:"status,optional,dict"`
	SentenceIndex int32   `json:"sentence_index" parquet:"sentence_index"`
	SentenceStart int32   `json:"sentence_start" parquet:"sentence_start"`
	SentenceEnd   int32   `json:"sentence_end" parquet:"sentence_end"`
	Sentence      text    `json:"sentence" parquet:"sentence"`
	Confidence    double  `json:"confidence" parquet:"confidence"`
	SameAs        text    `json:"same_as" parquet:"same_as,optional"`
	Rule          text    `json:"rule" parquet:"rule,optional,dict"`
	SpeechRule    text    `json:"speech_rule" parquet:"speech_rule,optional,dict"`
}

// Party is someone on a side of a proposition or in a source chain.
type Party struct {
	ID      text `json:"id" parquet:"id,optional,dict"` // null: not resolved
	Name    text `json:"name" parquet:"name,dict"`
	Code    text `json:"code" parquet:"code,optional,dict"`
	Country text `json:"country" parquet:"country,optional,dict"` // the actor's, or the one that the context gives
	Text    text `json:"text" parquet:"text,optional,dict"`       // the words of the article
	Implied bool `json:"implied" parquet:"implied"`
}

// Item is what was supplied, sold, seized, used.
type Item struct {
	Text     text `json:"text" parquet:"text,dict"`
	Category text `json:"category" parquet:"category,optional,dict"`
	Count    text `json:"count" parquet:"count,optional,dict"`
}

// Count is money or a number of things.
type Count struct {
	Kind     text    `json:"kind" parquet:"kind,dict"`
	Value    text    `json:"value" parquet:"value,optional,dict"`
	Low      *double `json:"low" parquet:"low"`
	High     *double `json:"high" parquet:"high"`
	Approx   bool    `json:"approx" parquet:"approx"`
	Unit     text    `json:"unit" parquet:"unit,optional,dict"`
	Currency text    `json:"currency" parquet:"currency,optional,dict"`
	Of       text    `json:"of" parquet:"of,optional,dict"`
}

// Toll is a count of people hurt; a null bound is open.
type Toll struct {
	Effect text   `json:"effect" parquet:"effect,dict"`
	Low    *int64 `json:"low" parquet:"low"`
	High   *int64 `json:"high" parquet:"high"`
	Approx bool   `json:"approx" parquet:"approx"`
	Scope  text   `json:"scope" parquet:"scope,optional,dict"`
}

// text is a string of which "" means null.
type text string

// MarshalJSON writes "" as null.
func (s text) MarshalJSON() ([]byte, error) {
	if s == "" {
		return []byte("null"), nil
	}
	return encoded(string(s))
}

type double = float64

// day counts days from 1970-01-01; nil is null.
type day int32

// String is ISO 8601.
func (d day) String() string { return civil.Of(1970, 1, 1).AddDays(int(d)).String() }

// MarshalJSON writes ISO 8601.
func (d day) MarshalJSON() ([]byte, error) { return []byte(`"` + d.String() + `"`), nil }

// UnmarshalJSON reads ISO 8601.
func (d *day) UnmarshalJSON(body []byte) error {
	s, err := strconv.Unquote(string(body))
	if err != nil {
		return fmt.Errorf("reading the day %s: %w", body, err)
	}
	c, err := civil.Parse(s)
	*d = day(c.DaysSince(civil.Of(1970, 1, 1)))
	return err
}

// moment counts milliseconds from 1970-01-01 in UTC.
type moment int64

// String is RFC 3339.
func (m moment) String() string {
	return time.UnixMilli(int64(m)).UTC().Format("2006-01-02T15:04:05.000Z")
}

// MarshalJSON writes RFC 3339.
func (m moment) MarshalJSON() ([]byte, error) { return []byte(`"` + m.String() + `"`), nil }

// UnmarshalJSON reads RFC 3339.
func (m *moment) UnmarshalJSON(body []byte) error {
	var t time.Time
	err := json.Unmarshal(body, &t)
	*m = moment(t.UnixMilli())
	return err
}

// row flattens a claim.
func (t *tables) row(c *ledger.Chosen) (*Row, error) {
	k, p, a := c.Claim, c.Proposition, &c.Record.Article
	learned, err := time.Parse(time.RFC3339, c.Learned)
	if err != nil {
		return nil, fmt.Errorf("reading when the claim %s was learnt: %w", k.ID, err)
	}
	place := t.placeOf(c)
	row := &Row{
		Claim: text(k.ID), Article: text(a.ID), Proposition: text(p.ID), Happening: text(c.Happening), Learned: moment(learned.UnixMilli()),
		Publisher: text(a.Publisher), Title: text(a.Title), URL: text(a.URL),
		Reported: dayOf(k.Reported), SaidFrom: dayOf(k.Said.From), SaidTo: dayOf(k.Said.To), From: dayOf(p.Time.From), To: dayOf(p.Time.To), TimeSource: text(p.Time.Source),
		Type: text(p.Type), Mode: text(p.Mode), Contexts: texts(p.Contexts), CAMEO: text(p.CAMEO),
		Actors: parties(c.Record, p.Actors), Recipients: parties(c.Record, p.Recipients), Items: items(p.Items), Amounts: amounts(c), Casualties: casualties(c),
		Place: text(place.Name), Country: text(place.Country), Chain: chain(c),
		Act: text(k.Act), Cue: text(k.Cue), Polarity: text(k.Polarity), Modality: text(k.Modality), Tense: text(k.Tense), Value: text(k.Value),
		Realised: k.Realised, Stance: text(StanceOf(k)), Historical: k.Historical, Condition: text(k.Condition), Basis: text(k.Basis), Status: text(k.Status),
		SentenceIndex: int32(k.SentenceIndex), SentenceStart: int32(k.Sentence.Start), SentenceEnd: int32(k.Sentence.End), Sentence: text(sentence(c)),
		Confidence: k.Confidence, SameAs: text(k.SameAs), Rule: text(k.Rule), SpeechRule: text(k.SpeechRule),
	}
	if quad := t.ontology.Quad(p.Type); quad > 0 {
		row.Quad, row.Score = to(int32(quad)), to(t.ontology.Score(p.Type, p.Mode))
	}
	if scale, ok := t.scale(p.CAMEO); ok {
		row.Goldstein = to(scale)
	}
	if place.located() {
		row.Lat, row.Lon = to(place.Lat), to(place.Lon)
	}
	if place.GeonameID != 0 {
		row.GeonameID = to(place.GeonameID)
	}
	return row, nil
}

func to[T any](v T) *T { return &v }

func dayOf(s string) *day {
	d, err := civil.Parse(s)
	if err != nil {
		return nil
	}
	return to(day(d.DaysSince(civil.Of(1970, 1, 1))))
}

func texts(list []string) []text {
	out := make([]text, len(list))
	for i, s := range list {
		out[i] = text(s)
	}
	return out
}

func parties(r *record.Record, list []record.Party) []Party {
	out := make([]Party, len(list))
	for i, p := range list {
		out[i] = party(r.ActorByID(p.Actor), p.Text)
		out[i].Text, out[i].Implied = text(p.Text), p.Implied
		if out[i].Country == "" {
			out[i].Country = text(p.Country)
		}
	}
	return out
}

func party(a *record.Actor, otherwise string) Party {
	if a == nil {
		return Party{Name: text(otherwise)}
	}
	return Party{ID: text(a.ID), Name: text(a.Name), Code: text(a.Code), Country: text(a.Country)}
}

func chain(c *ledger.Chosen) []Party {
	out := make([]Party, len(c.Claim.Chain))
	for i, id := range c.Claim.Chain {
		out[i] = party(c.Record.ActorByID(id), id)
	}
	return out
}

func items(list []record.Item) []Item {
	out := make([]Item, len(list))
	for i, item := range list {
		out[i] = Item{text(item.Text), text(item.Category), text(item.Count)}
	}
	return out
}

func amounts(c *ledger.Chosen) []Count {
	out := []Count{}
	for _, i := range c.Proposition.Amounts {
		if i >= 0 && i < len(c.Record.Amounts) {
			a := &c.Record.Amounts[i]
			out = append(out, Count{text(a.Kind), text(a.Value), a.Low, a.High, a.Approx, text(a.Unit), text(a.Currency), text(a.Of)})
		}
	}
	return out
}

func casualties(c *ledger.Chosen) []Toll {
	out := []Toll{}
	for _, i := range c.Proposition.Casualties {
		if i >= 0 && i < len(c.Record.Casualties) {
			k := &c.Record.Casualties[i]
			out = append(out, Toll{text(k.Effect), bound(k.Low), bound(k.High), k.Approx, text(k.Scope)})
		}
	}
	return out
}

func bound(n int64) *int64 {
	if n < 0 {
		return nil
	}
	return &n
}

// sentence is the text of a claim's sentence, "" when the article does not hold it.
func sentence(c *ledger.Chosen) string {
	return codePoints(c.Record.Article.Text, c.Claim.Sentence)
}

// codePoints cuts code points out of a text.
func codePoints(s string, span record.Span) string {
	if span.Start < 0 || span.End < span.Start {
		return ""
	}
	start, n := -1, 0
	for i := range s {
		if n == span.Start {
			start = i
		}
		if n == span.End {
			if start < 0 {
				start = i
			}
			return s[start:i]
		}
		n++
	}
	if start < 0 || n < span.End {
		return ""
	}
	return s[start:]
}
