package quote

import (
	"fmt"
	"strings"

	"annals/data"
	"annals/internal/doc"
)

// cueRow is a row of data/quote_cues.tsv.
type cueRow struct {
	ID         string
	Lemma      string // of the head
	Particle   string // "for" in "call for", "out" in "point out", "" for most
	Complement string // "to" or "that" when the row is for that complement only
	POS        string
	Frames     []string
	Act, Value string
	Stance     string
	Example    string
}

func (c *cueRow) takes(frame string) bool {
	for _, f := range c.Frames {
		if f == frame {
			return true
		}
	}
	return false
}

// cueTable finds rows by the lemma of the head.
type cueTable struct {
	byLemma map[string][]*cueRow
	forms   map[string]string // regular inflections of its verbs, for when the lemmatiser fails
	rows    []cueRow
}

// lemma is the lemma by which the table knows a token, else the token's own.
func (t *cueTable) lemma(token *doc.Token) string {
	lemma := lemmaOf(token)
	if len(t.byLemma[lemma]) > 0 {
		return lemma
	}
	if known, ok := t.forms[strings.ToLower(token.Form)]; ok {
		return known
	}
	return lemma
}

// inflect lists the regular forms of a verb.
func inflect(lemma string) []string {
	switch {
	case strings.HasSuffix(lemma, "e"):
		return []string{lemma + "s", lemma + "d", lemma[:len(lemma)-1] + "ing"}
	case strings.HasSuffix(lemma, "y") && len(lemma) > 2 && !strings.ContainsRune("aeou", rune(lemma[len(lemma)-2])):
		stem := lemma[:len(lemma)-1]
		return []string{stem + "ies", stem + "ied", lemma + "ing"}
	}
	return []string{lemma + "s", lemma + "ed", lemma + "ing"}
}

var acts = map[string]bool{
	"assert": true, "deny": true, "confirm": true, "refuse": true, "ask": true, "demand": true, "promise": true, "accuse": true,
	"warn": true, "predict": true, "believe": true, "perceive": true, "rule": true, "report": true, "hearsay": true,
}

var values = map[string]bool{"CT+": true, "CT-": true, "PR+": true, "PR-": true, "PS+": true, "PS-": true, "U": true}

func readCues() (*cueTable, error) {
	t, err := data.Read("quote_cues")
	if err != nil {
		return nil, err
	}
	var at [9]int
	for i, name := range []string{"id", "cue", "pos", "frames", "act", "value", "stance", "source", "example"} {
		if at[i], err = t.Column(name); err != nil {
			return nil, err
		}
	}
	table := &cueTable{byLemma: make(map[string][]*cueRow, len(t.Rows)), forms: make(map[string]string, 3*len(t.Rows)), rows: make([]cueRow, len(t.Rows))}
	for i, row := range t.Rows {
		c := cueRow{ID: row[at[0]], POS: row[at[2]], Frames: data.List(row[at[3]]), Act: row[at[4]], Value: row[at[5]], Stance: row[at[6]], Example: row[at[8]]}
		c.Lemma, c.Particle, _ = strings.Cut(row[at[1]], " ")
		if c.POS != "prep" && (c.Particle == "to" || c.Particle == "that") {
			c.Particle, c.Complement = "", c.Particle
		}
		if !acts[c.Act] || !values[c.Value] {
			return nil, fmt.Errorf("reading the table quote_cues: line %d has act %q and value %q; use those that the head of doc.Attribution names", t.Lines[i], c.Act, c.Value)
		}
		table.rows[i] = c
		if c.POS == "verb" {
			for _, form := range inflect(c.Lemma) {
				table.forms[form] = c.Lemma
			}
		}
		table.byLemma[c.Lemma] = append(table.byLemma[c.Lemma], &table.rows[i])
	}
	return table, nil
}

// find is the row of a lemma and part of speech with the particle and complement, falling back to fewer conditions;
// nil when the table does not know the lemma.
func (t *cueTable) find(lemma, pos, particle, complement string) *cueRow {
	var best *cueRow
	bestScore := -1
	for _, c := range t.byLemma[lemma] {
		if c.POS != pos || c.Particle != "" && c.Particle != particle || c.Complement != "" && c.Complement != complement {
			continue
		}
		score := 0
		if c.Particle != "" {
			score += 2
		}
		if c.Complement != "" {
			score++
		}
		if score > bestScore {
			best, bestScore = c, score
		}
	}
	return best
}

// knows tells whether a lemma heads a verbal cue.
func (t *cueTable) knows(lemma string) bool {
	for _, c := range t.byLemma[lemma] {
		if c.POS == "verb" {
			return true
		}
	}
	return false
}

// byID is the row with an id, or nil.
func (t *cueTable) byID(id string) *cueRow {
	for i := range t.rows {
		if t.rows[i].ID == id {
			return &t.rows[i]
		}
	}
	return nil
}
