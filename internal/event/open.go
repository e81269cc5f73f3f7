package event

import (
	"annals/internal/doc"
)

const (
	// openLeast is the probability from which the classifier's word is taken where the tables are silent. The training set
	// has no sentences without an event, so the bar is high.
	openLeast = 0.7
	openAlone = 0.5 // in a sentence in which nothing else was found
	openFrame = "A:subj R:obj|to|with|against|on|from|for"
)

// openRows are the rows under which the classifier's findings go, one a type.
func openRows(s *Stage) (map[string]*row, error) {
	places, err := frame(openFrame, false)
	if err != nil {
		return nil, err
	}
	out := map[string]*row{}
	for _, t := range s.onto.Types {
		out[t.Code] = &row{id: "classifier", typ: t.Code, cameo: s.onto.Nearest(t.Code, "", nil), frame: places}
	}
	return out, nil
}

// openVerbs drafts events of verbs that the tables do not know, where one known actor does something to another.
func (r *reading) openVerbs(drafts []draft) []draft {
	if r.stage.model == nil {
		return drafts
	}
	d := r.d
	known := drafts
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if s.Kind == doc.InByline || s.Kind == doc.InSignOff || s.Kind == doc.InDateline {
			continue
		}
		for t := s.First; t < s.Last; t++ {
			if d.Tokens[t].UPOS != "VERB" || r.anchored[t] != doc.None || r.stage.lex.support[r.lemma(t)] != "" || r.inHeadline(t) || r.carries(t) || r.is(t, "amod") {
				continue
			}
			if e, ok := r.openDraft(t, known); ok {
				drafts = append(drafts, e)
			}
		}
	}
	return drafts
}

// carries tells whether a verb carries the happening of a noun.
func (r *reading) carries(verb int32) bool {
	for i := range r.candidates {
		if r.candidates[i].verb == verb {
			return true
		}
	}
	return false
}

func (r *reading) openDraft(t int32, drafts []draft) (draft, bool) {
	probe := candidate{token: t, row: r.stage.open["STATEMENT"], verb: doc.None}
	actors := r.participants(&probe, 'A')
	recipients := r.without(r.participants(&probe, 'R'), actors)
	if !r.anyKnown(actors) || !r.anyKnown(recipients) {
		return draft{}, false
	}
	class, p := r.stage.Classify(r.features(drafts, actors[0].Head, recipients[0].Head))
	least := openLeast
	if !r.anyIn(drafts, r.d.Tokens[t].Sentence) {
		least = openAlone
	}
	if p < least {
		return draft{}, false
	}
	if class == "YIELD" {
		class = "CONCEDE"
	}
	row := r.stage.open[class]
	if row == nil {
		return draft{}, false
	}
	r.opened = append(r.opened, &candidate{token: t, row: row, verb: doc.None, trust: float32(p), rule: "classifier"})
	return r.draft(r.opened[len(r.opened)-1])
}

func (r *reading) anyKnown(side []doc.Participant) bool {
	for _, p := range side {
		if p.Actor != doc.None && r.d.Actors[p.Actor].Country != "" {
			return true
		}
	}
	return false
}

// weigh sets the confidence of a draft of the tables by what the classifier thinks of its type.
func (r *reading) weigh(drafts []draft) {
	if r.stage.model == nil {
		return
	}
	for i := range drafts {
		e := &drafts[i].event
		if e.Type == "STATEMENT" || drafts[i].from.rule == "classifier" || len(e.Actors) == 0 || len(e.Recipients) == 0 {
			continue
		}
		p := r.stage.probability(r.features(drafts, e.Actors[0].Head, e.Recipients[0].Head), e.Type)
		e.Confidence = calibrate(e.Confidence, float32(p))
	}
}

// anyIn tells whether a sentence has an event other than a statement.
func (r *reading) anyIn(drafts []draft, sentence int32) bool {
	for i := range drafts {
		if drafts[i].event.Sentence == sentence && drafts[i].event.Type != "STATEMENT" {
			return true
		}
	}
	return false
}
