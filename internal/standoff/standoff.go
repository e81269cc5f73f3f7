// Package standoff writes the layers of a document in the formats of `annals annotate`: JSON with code-point
// offsets (schema 1, docs/format.md), two-column BIO and W3C Web Annotation; CoNLL-U is package conllu's.
//
// In: an annotated document. Out: lines of text. It reads nothing into the layers and changes none.
package standoff

import (
	"fmt"
	"slices"
	"strings"

	"annals/internal/doc"
)

// Schema is the version of the JSON form.
const Schema = 1

// Identity is what the "annals" key says.
type Identity struct {
	Version string            `json:"version"`
	Schema  int               `json:"schema"`
	Models  map[string]string `json:"models"`
}

// Keys are the layers of the JSON form, in output order.
var Keys = []string{"sentences", "tokens", "entities", "actors", "clusters", "attributions", "timexes", "toponyms", "quantities", "casualties", "events", "codings"}

// ParseLayers reads a list such as "tokens,events"; the empty list means all layers.
func ParseLayers(list string) ([]string, error) {
	if strings.TrimSpace(list) == "" {
		return Keys, nil
	}
	var out []string
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		if !slices.Contains(Keys, name) {
			return nil, fmt.Errorf("choosing layers: there is no layer %q; the layers are %s", name, strings.Join(Keys, ", "))
		}
		out = append(out, name)
	}
	return out, nil
}

// Document is one line of output. A layer that was not asked for, or not read, is an absent key.
type Document struct {
	DocID        string         `json:"doc_id,omitempty"`
	Date         string         `json:"date,omitempty"`
	DateSource   string         `json:"date_source,omitempty"`
	Annals       Identity       `json:"annals"`
	Sentences    *[][2]int      `json:"sentences,omitempty"`
	Tokens       *[]token       `json:"tokens,omitempty"`
	Entities     *[]entity      `json:"entities,omitempty"`
	Actors       *[]actor       `json:"actors,omitempty"`
	Clusters     *[][][2]int    `json:"clusters,omitempty"`
	Attributions *[]attribution `json:"attributions,omitempty"`
	Timexes      *[]timex       `json:"timexes,omitempty"`
	Toponyms     *[]toponym     `json:"toponyms,omitempty"`
	Quantities   *[]quantity    `json:"quantities,omitempty"`
	Casualties   *[]casualty    `json:"casualties,omitempty"`
	Events       *[]event       `json:"events,omitempty"`
	Codings      *[]coding      `json:"codings,omitempty"`
}

type token struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Form   string `json:"form"`
	Lemma  string `json:"lemma"`
	UPOS   string `json:"upos"`
	XPOS   string `json:"xpos"`
	Feats  string `json:"feats"`
	Head   int32  `json:"head"`
	Deprel string `json:"deprel"`
}

type entity struct {
	Start  int     `json:"start"`
	End    int     `json:"end"`
	Type   string  `json:"type"`
	Actor  *string `json:"actor"`
	Kind   string  `json:"kind"`
	Phrase [2]int  `json:"phrase"`
}

type actor struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`
	Code      string   `json:"code"`
	Country   string   `json:"country"`
	Sectors   []string `json:"sectors"`
	Role      string   `json:"role,omitempty"`
	Anonymous bool     `json:"anonymous"`
	Inferred  bool     `json:"inferred"`
	Rule      string   `json:"rule,omitempty"`
}

type attribution struct {
	Source     [][2]int `json:"source"`
	Cue        [][2]int `json:"cue"`
	Content    [][2]int `json:"content"`
	Mode       string   `json:"mode"`
	Act        string   `json:"act"`
	Speaker    *string  `json:"speaker"`
	Chain      []string `json:"chain"`
	Addressee  [][2]int `json:"addressee"`
	Medium     [][2]int `json:"medium"`
	Value      string   `json:"value"`
	Confidence float64  `json:"confidence"`
	Outer      *int32   `json:"outer"`
	Timex      *int32   `json:"timex"`
	Rule       string   `json:"rule,omitempty"`
}

type timex struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Type   string `json:"type"`
	Value  string `json:"value"`
	Mod    string `json:"mod"`
	From   string `json:"from"`
	To     string `json:"to"`
	Grain  string `json:"grain,omitempty"`
	Anchor string `json:"anchor,omitempty"`
	Rule   string `json:"rule,omitempty"`
}

type toponym struct {
	Start     int      `json:"start"`
	End       int      `json:"end"`
	Name      string   `json:"name"`
	Lat       *float64 `json:"lat"`
	Lon       *float64 `json:"lon"`
	GeonameID *int64   `json:"geonameid"`
	Country   string   `json:"country"`
	Kind      string   `json:"kind"`
	Precision string   `json:"precision,omitempty"`
	Rule      string   `json:"rule,omitempty"`
}

type quantity struct {
	Start          int      `json:"start"`
	End            int      `json:"end"`
	Kind           string   `json:"kind"`
	Value          string   `json:"value"`
	Low            *float64 `json:"low"`
	High           *float64 `json:"high"`
	Approx         bool     `json:"approx"`
	Bound          string   `json:"bound,omitempty"`
	Unit           string   `json:"unit"`
	NormalizedUnit string   `json:"normalized_unit"`
	Change         string   `json:"change"`
	Year           int16    `json:"year,omitempty"`
	Rule           string   `json:"rule,omitempty"`
}

type casualty struct {
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Effect   string `json:"effect"`
	Number   *int64 `json:"number"`
	Low      *int64 `json:"low"`
	High     *int64 `json:"high"`
	Approx   bool   `json:"approx"`
	Scope    string `json:"scope"`
	SubsetOf *int32 `json:"subset_of,omitempty"`
	Rule     string `json:"rule,omitempty"`
}

type party struct {
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Text    string   `json:"text"`
	ID      *string  `json:"id"`
	Code    string   `json:"code"`
	Country string   `json:"country"`
	Sectors []string `json:"sectors"`
	Implied bool     `json:"implied,omitempty"`
	Context bool     `json:"country_implied,omitempty"` // the country is the context's, not the actor's
}

type item struct {
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Text     string `json:"text"`
	Category string `json:"category"`
}

type eventTime struct {
	Value      string `json:"value"`
	From       string `json:"from"`
	To         string `json:"to"`
	Timex      *int32 `json:"timex"`
	FromSource string `json:"from_source"`
}

type eventPlace struct {
	Toponym    int32    `json:"toponym"`
	Name       string   `json:"name"`
	GeonameID  *int64   `json:"geonameid"`
	Lat        *float64 `json:"lat"`
	Lon        *float64 `json:"lon"`
	Country    string   `json:"country"`
	FromSource string   `json:"from_source"`
}

type event struct {
	Anchor      [2]int      `json:"anchor"`
	Span        [2]int      `json:"span"`
	Type        string      `json:"type"`
	Mode        string      `json:"mode"`
	Contexts    []string    `json:"contexts"`
	CAMEO       string      `json:"cameo"`
	Actors      []party     `json:"actors"`
	Recipients  []party     `json:"recipients"`
	Polarity    string      `json:"polarity"`
	Modality    string      `json:"modality"`
	Tense       string      `json:"tense"`
	Historical  bool        `json:"historical"`
	Time        *eventTime  `json:"time"`
	Place       *eventPlace `json:"place"`
	Items       []item      `json:"items"`
	Quantities  []int32     `json:"quantities"`
	Casualties  []int32     `json:"casualties"`
	Attribution *int32      `json:"attribution"`
	Speaker     *string     `json:"speaker"`
	Condition   *[2]int     `json:"condition,omitempty"`
	Basis       *[2]int     `json:"basis,omitempty"`
	Status      string      `json:"status,omitempty"`
	SameAs      *int32      `json:"same_as,omitempty"`
	Confidence  float64     `json:"confidence"`
	Rule        string      `json:"rule"`
}

// index is nil for doc.None.
func index(i int32) *int32 {
	if i == doc.None {
		return nil
	}
	return &i
}

// list is never nil, so that it prints as [].
func list[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}

// coding is what a user's dictionary says of a clause.
type coding struct {
	Anchor   [2]int   `json:"anchor"`
	Sentence int32    `json:"sentence"`
	Source   side     `json:"source"`
	Code     string   `json:"code"`
	Target   side     `json:"target"`
	Negated  bool     `json:"negated,omitempty"`
	Issues   []string `json:"issues,omitempty"`
	Event    *int32   `json:"event"` // index into events, where annals found one at the same verb
	Rule     string   `json:"rule"`
}

type side struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	Code  string `json:"code"`
	Rule  string `json:"rule"`
}
