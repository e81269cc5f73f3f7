package coref

import (
	"annals/internal/doc"
)

// quote is a stretch between quotation marks, marks excluded, as this stage sees it: the quotation layer is made
// later and knows more.
type quote struct {
	first, last int32 // tokens [first, last)
	speaker     int32 // node, or None
}

// longestQuote is how many tokens a quotation may have before its missing end is taken for an error.
const longestQuote = 400

// findQuotes pairs quotation marks within paragraphs; a quotation that its paragraph does not close ends with it.
func (w *work) findQuotes() {
	d := w.doc
	w.quotes = w.quotes[:0]
	w.inside = grow(w.inside, len(d.Tokens))
	clear(w.inside)
	open := doc.None
	paragraph := int32(-1)
	finish := func(end int32) {
		if open != doc.None && end > open+1 && end-open < longestQuote {
			w.quotes = append(w.quotes, quote{open + 1, end, doc.None})
			for t := open + 1; t < end; t++ {
				w.inside[t] = int32(len(w.quotes))
			}
		}
		open = doc.None
	}
	for _, s := range d.Sentences {
		if s.Paragraph != paragraph {
			finish(s.First)
			paragraph = s.Paragraph
		}
		for t := s.First; t < s.Last; t++ {
			switch d.Tokens[t].Form {
			case "“", "``", "«", "„":
				finish(t)
				open = t
			case "”", "''", "»":
				finish(t)
			case `"`:
				if open != doc.None {
					finish(t)
				} else {
					open = t
				}
			}
		}
	}
	finish(int32(len(d.Tokens)))
}

// reporting are the verbs whose subject is taken for the speaker of a quotation beside them.
var reporting = map[string]bool{
	"say": true, "tell": true, "add": true, "ask": true, "reply": true, "explain": true, "state": true, "note": true, "insist": true,
	"warn": true, "argue": true, "claim": true, "announce": true, "declare": true, "write": true, "quote": true, "call": true, "recall": true,
	"continue": true, "respond": true, "answer": true, "comment": true, "admit": true, "conclude": true, "describe": true, "report": true, "think": true,
	"suggest": true, "stress": true, "remark": true, "urge": true, "believe": true, "tweet": true, "complain": true, "joke": true, "concede": true,
	"acknowledge": true, "observe": true, "shout": true, "cry": true, "predict": true, "deny": true, "vow": true, "promise": true, "accuse": true,
}

// findSpeakers gives each quotation the subject of the nearest reporting verb in the sentences it touches; a
// quotation without one takes the speaker of the quotation before it in the same paragraph.
func (w *work) findSpeakers() {
	d := w.doc
	for i := range w.quotes {
		q := &w.quotes[i]
		first := d.Sentences[d.Tokens[q.first].Sentence]
		last := d.Sentences[d.Tokens[q.last-1].Sentence]
		best := int32(1 << 30)
		for t := first.First; t < last.Last; t++ {
			if w.inside[t] != 0 || !reporting[d.Tokens[t].Lemma] {
				continue
			}
			subject := d.Child(t, "nsubj", "nsubj:pass")
			if quoted := d.Child(t, "obj"); d.Tokens[t].Lemma == "quote" && quoted > t && w.at[quoted] != doc.None {
				subject = quoted // "the daily quoted the general as saying"
			}
			if subject == doc.None || w.inside[subject] != 0 || w.at[subject] == doc.None {
				continue
			}
			distance := q.first - t
			if t >= q.last {
				distance = t - q.last
			}
			if distance < best {
				best, q.speaker = distance, w.at[subject]
			}
		}
		if q.speaker == doc.None && i > 0 {
			before := &w.quotes[i-1]
			if paragraphOf(d, before.first) == paragraphOf(d, q.first) {
				q.speaker = before.speaker
			}
		}
	}
}

func paragraphOf(d *doc.Doc, t int32) int32 { return d.Sentences[d.Tokens[t].Sentence].Paragraph }
