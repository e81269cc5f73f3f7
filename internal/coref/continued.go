package coref

import (
	"strings"

	"annals/internal/doc"
)

// continuedReach is how many sentences after a speaker's last words a pronoun may still continue him.
const continuedReach = 3

// speaking is the person whose words the story has given last.
type speaking struct {
	node      int32
	sentence  int32
	contested bool // another person was named since, outside of quotations
}

// continuedSpeakers joins the he or she that opens a sentence, or that reports, to the person who spoke last: news
// tells one speaker's words over several paragraphs, and who is named inside those words is not thereby speaking.
func (w *work) continuedSpeakers() {
	last := speaking{node: doc.None}
	next := 0
	for i := range w.nodes {
		n := &w.nodes[i]
		for next < len(w.quotes) && w.quotes[next].last <= n.head {
			if q := w.quotes[next]; q.speaker != doc.None && q.speaker < int32(i) && w.oneperson(q.speaker) {
				last = speaking{node: q.speaker, sentence: w.doc.Tokens[q.last-1].Sentence}
			}
			next++
		}
		if n.quote != 0 {
			continue
		}
		if last.node != doc.None && n.form == doc.NameMention && n.kind == person && w.find(int32(i)) != w.find(last.node) {
			last.contested = true
		}
		if n.role != subjectRole {
			continue
		}
		if w.continues(n, last) {
			w.join(int32(i), last.node, "speaker-continues")
		}
		switch {
		case w.reports(n) && w.oneperson(int32(i)):
			last = speaking{node: int32(i), sentence: n.sentence}
		case n.kind == person && n.pronoun == 0 && w.leads(n):
			last.node = doc.None // another has taken the stage
		}
	}
}

// continues tells whether n is a he or she, outside of contents, that may mean the last speaker.
func (w *work) continues(n *node, last speaking) bool {
	if last.node == doc.None || n.pronoun != pronouns["he"].class && n.pronoun != pronouns["she"].class {
		return false
	}
	gap := n.sentence - last.sentence
	if gap > continuedReach || !w.leads(n) {
		return false
	}
	if !w.reports(n) && (gap == 0 || n.head != w.doc.Sentences[n.sentence].First) {
		return false
	}
	speaker := w.chains[w.find(last.node)].gender
	return speaker == n.gender || !last.contested && (speaker == unknown || speaker == personal)
}

// reports tells whether n is the subject of a verb of saying, written outside quotation marks.
func (w *work) reports(n *node) bool {
	verb := w.doc.Tokens[n.head].Head
	return verb != doc.None && w.inside[verb] == 0 && reporting[w.doc.Tokens[verb].Lemma]
}

// leads tells whether n is the subject of a main clause, or of a clause that reports a quotation beside it.
func (w *work) leads(n *node) bool {
	verb := w.doc.Tokens[n.head].Head
	if verb == doc.None {
		return false
	}
	switch w.doc.Tokens[verb].Deprel {
	case "root", "parataxis":
		return true
	}
	return false
}

// oneperson tells whether a node is one man or woman, not a country or a crowd.
func (w *work) oneperson(i int32) bool {
	n := &w.nodes[i]
	return n.kind == person && n.number == singular && n.person == 3
}

// stateNouns are the common nouns that, with "the" and nothing more, mean the state spoken of last.
var stateNouns = map[string]bool{"emirate": true, "kingdom": true, "republic": true, "sultanate": true, "country": true}

// placeNounLinks joins "the emirate" to the state that was last the subject of a clause, or else an argument.
func (w *work) placeNounLinks() {
	d := w.doc
	for i := range w.nodes {
		n := &w.nodes[i]
		if n.form != doc.NominalMention || n.definite != the || n.number != singular || n.last != n.head+1 || w.linked[i] ||
			n.quote != 0 || !stateNouns[strings.ToLower(d.Tokens[n.head].Lemma)] {
			continue
		}
		if state := w.salientState(int32(i)); state != doc.None {
			w.join(int32(i), state, "state-noun")
		}
	}
}

// salientState is the latest state named as a subject before node i, in its sentence or the two before.
func (w *work) salientState(i int32) int32 {
	d := w.doc
	for j := i - 1; j >= 0 && w.nodes[i].sentence-w.nodes[j].sentence <= 2; j-- {
		o := &w.nodes[j]
		if o.form == doc.NameMention && o.role == subjectRole && o.quote == 0 && o.actor != doc.None && d.Actors[o.actor].Kind == "state" {
			return j
		}
	}
	return doc.None
}

// parallelSubjects joins "it" to the named subject of the clause that its own is joined to: "Chad sold grain, and it
// has signalled …". A nearer state, however often named, is not the subject there.
func (w *work) parallelSubjects() {
	d := w.doc
	for i := range w.nodes {
		n := &w.nodes[i]
		if n.pronoun != pronouns["it"].class || n.role != subjectRole || w.linked[i] {
			continue
		}
		verb := d.Tokens[n.head].Head
		if !d.IsRelation(verb, "conj") || d.Tokens[verb].Head > verb {
			continue
		}
		subject := d.Child(d.Tokens[verb].Head, "nsubj", "nsubj:pass")
		if subject == doc.None || w.at[subject] == doc.None || w.at[subject] >= int32(i) {
			continue
		}
		o := &w.nodes[w.at[subject]]
		if o.form == doc.NameMention && o.gender == neuter && o.number != plural && o.quote == n.quote {
			w.join(int32(i), w.at[subject], "parallel-subject")
		}
	}
}
