package ledger

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"annals/record"
)

// Kinds of change from one reading to another.
const (
	Gone    = "gone"    // the later reading does not have the claim
	New     = "new"     // only the later reading has it
	Changed = "changed" // both have it, and read it differently
)

// Change is what became of a claim from one reading to another.
type Change struct {
	Kind     string        `json:"kind"`
	Article  string        `json:"article"`
	Before   string        `json:"before,omitempty"` // id of the claim
	After    string        `json:"after,omitempty"`
	What     string        `json:"what"` // type, mode, actors → recipients, stance
	Sentence string        `json:"sentence"`
	Fields   []FieldChange `json:"fields,omitempty"`
}

// FieldChange is one part of a claim that was read differently.
type FieldChange struct {
	Name   string `json:"name"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// ReadingPair is one article as two readings have it.
type ReadingPair struct {
	Article       string
	Before, After Reading
}

// sameConfidence is how far two confidences may be apart without being worth a word.
const sameConfidence = 0.1

// Compare lists what became of the claims of one reading in another, in the order of the text. The readings may be
// of the same text or of two versions of it: a claim is found again by the words of its sentence and the place of its
// anchor in it, then by its type in that sentence, then by its type in a sentence of mostly the same words. Same counts the claims that both read alike.
func Compare(before, after *record.Record) (changes []Change, same int) {
	a, b := described(before), described(after)
	match := make([]int, len(a)) // index into b, or -1
	taken := make([]bool, len(b))
	for i := range match {
		match[i] = -1
	}
	for _, alike := range []func(x, y *description) bool{
		func(x, y *description) bool { return x.place == y.place && slices.Equal(x.fields, y.fields) },
		func(x, y *description) bool { return x.place == y.place && x.kind == y.kind },
		func(x, y *description) bool { return x.place == y.place },
		func(x, y *description) bool { return x.sentence == y.sentence && x.kind == y.kind },
		func(x, y *description) bool { return x.kind == y.kind && reworded(x.sentence, y.sentence) },
	} {
		for i := range a {
			if match[i] >= 0 {
				continue
			}
			for j := range b {
				if !taken[j] && alike(&a[i], &b[j]) {
					match[i], taken[j] = j, true
					break
				}
			}
		}
	}
	for i := range a {
		x := &a[i]
		if match[i] < 0 {
			changes = append(changes, Change{Kind: Gone, Article: after.Article.ID, Before: x.id, What: x.what, Sentence: x.sentence})
			continue
		}
		y := &b[match[i]]
		fields := differences(x, y)
		if len(fields) == 0 {
			same++
			continue
		}
		changes = append(changes, Change{Kind: Changed, Article: after.Article.ID, Before: x.id, After: y.id, What: x.what, Sentence: y.sentence, Fields: fields})
	}
	for j := range b {
		if y := &b[j]; !taken[j] {
			changes = append(changes, Change{Kind: New, Article: after.Article.ID, After: y.id, What: y.what, Sentence: y.sentence})
		}
	}
	order := positions(a, b)
	slices.SortStableFunc(changes, func(x, y Change) int { return cmp.Compare(order(x), order(y)) })
	return changes, same
}

// reworded holds when two sentences have at least two words in three in common.
func reworded(a, b string) bool {
	words := map[string]int{}
	for _, word := range strings.Fields(a) {
		words[word]++
	}
	shared := 0
	for _, word := range strings.Fields(b) {
		if words[word] > 0 {
			words[word]--
			shared++
		}
	}
	return 3*shared >= 2*max(len(strings.Fields(a)), len(strings.Fields(b)))
}

// positions tells where in its text a changed claim stands.
func positions(a, b []description) func(Change) int {
	at := map[string]int{}
	for i := range a {
		at["-"+a[i].id] = a[i].start
	}
	for i := range b {
		at["+"+b[i].id] = b[i].start
	}
	return func(c Change) int {
		if c.After != "" {
			return at["+"+c.After]
		}
		return at["-"+c.Before]
	}
}

// description is a claim in the words in which two readings can be compared.
type description struct {
	id, kind, what string
	sentence       string
	place          string // sentence, and where its anchor stands in it
	start          int
	confidence     float64
	fields         []FieldChange // Before alone is set
}

func described(r *record.Record) []description {
	text := []rune(r.Article.Text)
	out := make([]description, 0, len(r.Claims))
	for i := range r.Claims {
		c := &r.Claims[i]
		p := r.PropositionByID(c.Proposition)
		if p == nil || c.Sentence.Start < 0 || c.Sentence.Start > c.Sentence.End || c.Sentence.End > len(text) {
			continue
		}
		d := description{id: c.ID, kind: p.Type, confidence: c.Confidence, start: c.Sentence.Start,
			sentence: strings.Join(strings.Fields(string(text[c.Sentence.Start:c.Sentence.End])), " ")}
		for _, e := range c.Evidence {
			if e.Role == "anchor" {
				d.start = e.Start
				break
			}
		}
		d.place = fmt.Sprint(d.sentence, "\x00", d.start-c.Sentence.Start)
		d.fields = fieldsOf(r, p, c)
		d.what = strings.TrimSpace(p.Type+" "+p.Mode) + " · " + sides(parties(r, p.Actors), parties(r, p.Recipients)) + " · " + c.Polarity + ", " + c.Modality
		out = append(out, d)
	}
	return out
}

// fieldsOf names every part of a claim that a reader would miss if it were wrong.
func fieldsOf(r *record.Record, p *record.Proposition, c *record.Claim) []FieldChange {
	var items, amounts, casualties, chain []string
	for _, i := range p.Items {
		items = append(items, strings.TrimSpace(i.Count+" "+i.Text))
	}
	for _, i := range p.Amounts {
		if i >= 0 && i < len(r.Amounts) {
			a := &r.Amounts[i]
			amounts = append(amounts, strings.TrimSpace(strings.Join(strings.Fields(a.Bound+" "+a.Value+" "+cmp.Or(a.Currency, a.Unit)+" "+a.Of), " ")))
		}
	}
	for _, i := range p.Casualties {
		if i >= 0 && i < len(r.Casualties) {
			k := &r.Casualties[i]
			casualties = append(casualties, fmt.Sprintf("%s %d (%d–%d) %s", k.Effect, k.Number, k.Low, k.High, k.Scope))
		}
	}
	for _, id := range c.Chain {
		chain = append(chain, nameOf(r, id, id))
	}
	place := ""
	if p.Place != nil && *p.Place >= 0 && *p.Place < len(r.Places) {
		place = strings.TrimSpace(r.Places[*p.Place].Name + " " + r.Places[*p.Place].Country)
	}
	list := func(s []string) string { return strings.Join(s, "; ") }
	return []FieldChange{
		{Name: "type", Before: p.Type}, {Name: "mode", Before: p.Mode}, {Name: "cameo", Before: p.CAMEO}, {Name: "contexts", Before: list(p.Contexts)},
		{Name: "actors", Before: parties(r, p.Actors)}, {Name: "recipients", Before: parties(r, p.Recipients)}, {Name: "items", Before: list(items)},
		{Name: "place", Before: place}, {Name: "happened", Before: span(p.Time)}, {Name: "amounts", Before: list(amounts)}, {Name: "casualties", Before: list(casualties)},
		{Name: "chain", Before: strings.Join(chain, " ‹ ")}, {Name: "act", Before: c.Act}, {Name: "polarity", Before: c.Polarity}, {Name: "modality", Before: c.Modality},
		{Name: "tense", Before: c.Tense}, {Name: "value", Before: c.Value}, {Name: "condition", Before: c.Condition}, {Name: "basis", Before: c.Basis}, {Name: "status", Before: c.Status},
		{Name: "said", Before: span(c.Said)}, {Name: "reported", Before: c.Reported},
	}
}

func differences(x, y *description) []FieldChange {
	var out []FieldChange
	for i := range x.fields {
		if x.fields[i].Before != y.fields[i].Before {
			out = append(out, FieldChange{x.fields[i].Name, x.fields[i].Before, y.fields[i].Before})
		}
	}
	if x.sentence != y.sentence {
		out = append(out, FieldChange{"sentence", x.sentence, y.sentence})
	}
	if math.Abs(x.confidence-y.confidence) >= sameConfidence {
		out = append(out, FieldChange{"confidence", fmt.Sprint(x.confidence), fmt.Sprint(y.confidence)})
	}
	return out
}

func sides(actors, recipients string) string {
	if recipients == "" {
		return cmp.Or(actors, "someone")
	}
	return cmp.Or(actors, "someone") + " → " + recipients
}

func parties(r *record.Record, in []record.Party) string {
	var out []string
	for _, p := range in {
		out = append(out, nameOf(r, p.Actor, p.Text))
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func nameOf(r *record.Record, id, otherwise string) string {
	if a := r.ActorByID(id); a != nil {
		return a.Name
	}
	return strings.Join(strings.Fields(otherwise), " ")
}

func span(t record.Time) string {
	if t.From == t.To {
		return t.From
	}
	return t.From + ".." + t.To
}
