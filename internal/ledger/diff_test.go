package ledger

import (
	"reflect"
	"strings"
	"testing"

	"annals/record"
)

const convoy = "The convoy left Homs. Moscow denied on Monday that it had sent arms. Two guards died."

// reading is a record of three claims, one a sentence.
func reading(text string) *record.Record {
	r := &record.Record{
		Article: record.Article{ID: record.ArticleID(text), Text: text},
		Actors:  []record.Actor{{ID: "russia", Name: "Russia"}, {ID: "syria", Name: "Syria"}, {ID: "wire", Name: "Example Wire"}},
	}
	for i, words := range []string{"left", "sent", "died"} {
		anchor := strings.Index(text, words)
		start := strings.LastIndex(text[:anchor], ". ") + 1
		end := anchor + strings.Index(text[anchor:], ".") + 1
		p := record.Proposition{ID: "p" + words, Type: []string{"MOBILIZE", "AID", "ASSAULT"}[i]}
		if words == "sent" {
			p.Actors = []record.Party{{Actor: "russia"}}
		}
		r.Propositions = append(r.Propositions, p)
		r.Claims = append(r.Claims, record.Claim{ID: "c" + words, Proposition: p.ID, Chain: []string{"wire"}, Polarity: "positive", Modality: "asserted", Value: "CT+", Confidence: 0.8,
			Sentence: record.Span{Start: start, End: end}, Evidence: []record.Evidence{{Role: "anchor", Start: anchor, End: anchor + len(words)}}})
	}
	return r
}

func TestCompare(t *testing.T) {
	if changes, same := Compare(reading(convoy), reading(convoy)); len(changes) > 0 || same != 3 {
		t.Errorf("a reading differs from itself: %+v, %d alike", changes, same)
	}
	for name, c := range map[string]struct {
		change func(*record.Record)
		kinds  string // of the changes, in order
		fields string // of the first change
	}{
		"polarity":         {func(r *record.Record) { r.Claims[1].Polarity, r.Claims[1].Value = "negative", "CT-" }, Changed, "polarity:positive>negative value:CT+>CT-"},
		"type":             {func(r *record.Record) { r.Propositions[1].Type = "COOPERATE" }, Changed, "type:AID>COOPERATE"},
		"recipient":        {func(r *record.Record) { r.Propositions[1].Recipients = []record.Party{{Actor: "syria"}} }, Changed, "recipients:>Syria"},
		"another id alone": {func(r *record.Record) { r.Claims[1].ID = "c9" }, "", ""},
		"gone":             {func(r *record.Record) { r.Claims = r.Claims[:2] }, Gone, ""},
		"anchor moved":     {func(r *record.Record) { r.Claims[1].Evidence[0].Start -= 4 }, "", ""},
		"chain":            {func(r *record.Record) { r.Claims[1].Chain = []string{"russia", "wire"} }, Changed, "chain:Example Wire>Russia ‹ Example Wire"},
		"less confident":   {func(r *record.Record) { r.Claims[0].Confidence = 0.5 }, Changed, "confidence:0.8>0.5"},
		"hardly less":      {func(r *record.Record) { r.Claims[0].Confidence = 0.75 }, "", ""},
		"another claim": {func(r *record.Record) {
			r.Propositions = append(r.Propositions, record.Proposition{ID: "p9", Type: "ACCUSE"})
			more := r.Claims[1]
			more.ID, more.Proposition, more.Evidence = "c9", "p9", []record.Evidence{{Role: "anchor", Start: 29, End: 35}}
			r.Claims = append(r.Claims, more)
		}, New, ""},
		"one gone, one new": {func(r *record.Record) {
			r.Claims = r.Claims[1:]
			r.Claims[0].Sentence = r.Claims[1].Sentence
			r.Claims[0].Evidence = nil
		}, "gone gone new", ""},
	} {
		after := reading(convoy)
		c.change(after)
		changes, same := Compare(reading(convoy), after)
		var kinds, fields []string
		for i, change := range changes {
			kinds = append(kinds, change.Kind)
			for _, f := range change.Fields {
				if i == 0 {
					fields = append(fields, f.Name+":"+f.Before+">"+f.After)
				}
			}
		}
		if got := strings.Join(kinds, " "); got != c.kinds || strings.Join(fields, " ") != c.fields {
			t.Errorf("%s: %s %q, want %s %q", name, got, fields, c.kinds, c.fields)
		}
		gone := strings.Count(c.kinds, Gone)
		if same != 3-gone-strings.Count(c.kinds, Changed) {
			t.Errorf("%s: %d claims alike", name, same)
		}
		if back, _ := Compare(after, reading(convoy)); len(back) != len(changes) {
			t.Errorf("%s: %d changes there, %d back", name, len(changes), len(back))
		}
	}
}

// A correction moves everything; what stands in sentences that were left alone is the same.
func TestCompareACorrection(t *testing.T) {
	after := reading("A correction: " + strings.Replace(convoy, "Two guards died", "Two more guards died", 1))
	changes, same := Compare(reading(convoy), after)
	if same != 1 || len(changes) != 2 || changes[0].Kind != Changed || changes[1].Fields[0].Name != "sentence" {
		t.Errorf("%d alike, %+v", same, changes)
	}
	if again, _ := Compare(reading(convoy), after); !reflect.DeepEqual(again, changes) {
		t.Error("the same comparison gave another answer")
	}
}
