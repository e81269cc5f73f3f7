package coref

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"annals/internal/doc"
	"annals/internal/model"
)

// sieve makes the links that rules are sure of, the surest first.
func (s *Stage) sieve(w *work) {
	w.findSpeakers()
	w.syntacticLinks()
	w.nameLinks()
	w.actorLinks()
	w.roleLinks()
	w.placeNounLinks()
	w.outletLinks(s.words.outlets)
	w.continuedSpeakers()
	w.parallelSubjects()
	w.speakerLinks()
}

// syntacticLinks joins what one sentence says to be the same: appositions, predicates, relative pronouns.
func (w *work) syntacticLinks() {
	d := w.doc
	for i := range w.nodes {
		n := &w.nodes[i]
		head := d.Tokens[n.head].Head
		switch {
		case n.pronoun >= 18 && n.pronoun <= 21:
			if noun := relativeNoun(d, n.head); noun != doc.None && w.at[noun] != doc.None {
				w.join(int32(i), w.at[noun], "relative-pronoun")
			}
		case head == doc.None:
		case n.role == appositionRole && w.at[head] != doc.None && n.pronoun == 0:
			if other := w.at[head]; w.nodes[other].pronoun == 0 && n.kindFits(&w.nodes[other]) {
				w.join(int32(i), other, "apposition")
			}
		}
		w.predicate(int32(i))
	}
}

// relativeNoun is the noun that the relative clause of a relative pronoun hangs on.
func relativeNoun(d *doc.Doc, pronoun int32) int32 {
	for t := pronoun; t != doc.None; t = d.Tokens[t].Head {
		switch d.Tokens[t].Deprel {
		case "acl:relcl":
			return d.Tokens[t].Head
		case "root", "ccomp", "advcl", "parataxis":
			return doc.None
		}
	}
	return doc.None
}

// predicate joins the subject of "is" to a definite noun that is said of it: "Hassan is the chief of the party".
func (w *work) predicate(i int32) {
	d := w.doc
	n := &w.nodes[i]
	if n.pronoun != 0 || n.form == doc.NominalMention && n.definite != the && n.definite != possessed && n.definite != indefinite {
		return
	}
	if d.Child(n.head, "cop") == doc.None || d.Child(n.head, "case", "mark") != doc.None {
		return
	}
	subject := d.Child(n.head, "nsubj")
	if subject == doc.None || w.at[subject] == doc.None {
		return
	}
	for _, c := range d.Children(n.head) {
		if d.Tokens[c].Deprel == "advmod" && d.Feature(c, "Polarity") == "Neg" {
			return
		}
	}
	other := &w.nodes[w.at[subject]]
	if other.pronoun >= 18 || !n.numberFits(other) {
		return
	}
	w.join(i, w.at[subject], "predicate")
}

func (n *node) kindFits(o *node) bool {
	return n.kind == unknown || o.kind == unknown || n.kind == o.kind
}

func (n *node) numberFits(o *node) bool {
	return n.number == unknown || o.number == unknown || n.number == o.number
}

// name is a name as the rules compare it: its words without "the" and "'s".
type name struct {
	node  int32
	words []string
}

func (w *work) nameOf(i int32) name {
	n := &w.nodes[i]
	out := name{node: i}
	for t := n.nameFirst; t < n.nameLast; t++ {
		form := w.doc.Tokens[t].Form
		switch {
		case form == "'s" || form == "’s" || form == "-" || form == "." || form == "'" || form == "’" || form == `"`:
		case t == n.nameFirst && strings.EqualFold(form, "the"):
		default:
			out.words = append(out.words, form)
		}
	}
	return out
}

func hashWords(words []string) uint64 {
	h := uint64(len(words))
	for _, word := range words {
		h = model.Join(h, model.HashString(strings.ToLower(strings.TrimSuffix(word, "."))))
	}
	return h
}

// nameLinks joins names: the same words, a family name to the full one before it, an acronym to its full form.
func (w *work) nameLinks() {
	full := map[uint64]int32{}     // latest node of a whole name
	family := map[uint64]int32{}   // latest full name of a person, by last word
	given := map[uint64]int32{}    // the same by first word
	acronyms := map[string]int32{} // latest name by the initials of its words
	written := map[string]int32{}  // latest acronym, waiting for a full form beside it
	for i := range w.nodes {
		n := &w.nodes[i]
		if n.form != doc.NameMention || n.nameLast <= n.nameFirst {
			continue
		}
		me := w.nameOf(int32(i))
		if len(me.words) == 0 {
			continue
		}
		key := hashWords(me.words)
		if old, ok := full[key]; ok && w.nodes[old].sameSort(n) {
			w.join(int32(i), old, "name-exact")
		} else if n.kind == person || n.kind == unknown {
			w.personLink(me, family, given)
		}
		full[key] = int32(i)
		last, first := hashWords(me.words[len(me.words)-1:]), hashWords(me.words[:1])
		if n.kind == person && len(me.words) > 1 {
			family[last], given[first] = int32(i), int32(i)
		}
		w.acronymLink(me, acronyms, written)
	}
}

// sameSort tells whether two names of the same words can mean the same: a person is no place.
func (n *node) sameSort(o *node) bool {
	return n.kindFits(o) || n.kind != person && o.kind != person
}

func (w *work) personLink(me name, family, given map[uint64]int32) {
	if len(me.words) == 1 {
		h := hashWords(me.words)
		if old, ok := family[h]; ok {
			w.join(me.node, old, "name-surname")
		} else if old, ok := given[h]; ok {
			w.join(me.node, old, "name-given")
		}
		return
	}
	// "Sergei V. Lavrov" after "Sergei Lavrov"
	if old, ok := family[hashWords(me.words[len(me.words)-1:])]; ok {
		if other := w.nameOf(old); strings.EqualFold(other.words[0], me.words[0]) {
			w.join(me.node, old, "name-surname")
		}
	}
}

// acronymLink joins "Free Army of the Hills" and "FAH".
func (w *work) acronymLink(me name, acronyms, written map[string]int32) {
	if w.nodes[me.node].kind == person {
		return
	}
	if len(me.words) == 1 {
		letters := strings.ReplaceAll(me.words[0], ".", "")
		if !isAcronym(letters) {
			return
		}
		if old, ok := acronyms[letters]; ok {
			w.join(me.node, old, "name-acronym")
		}
		written[letters] = me.node
		return
	}
	for _, letters := range initials(me.words) {
		if old, ok := written[letters]; ok {
			w.join(me.node, old, "name-acronym")
		}
		acronyms[letters] = me.node
	}
}

func isAcronym(s string) bool {
	if len(s) < 2 || len(s) > 8 {
		return false
	}
	for _, r := range s {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// initials are the acronyms a name can have: of its capitalised words, and of all of them.
func initials(words []string) []string {
	var capitals, all strings.Builder
	for _, word := range words {
		r, _ := utf8.DecodeRuneInString(word)
		if unicode.IsUpper(r) {
			capitals.WriteRune(r)
		}
		if unicode.IsLetter(r) {
			all.WriteRune(unicode.ToUpper(r))
		}
	}
	if capitals.Len() < 2 {
		return nil
	}
	if capitals.String() == all.String() {
		return []string{capitals.String()}
	}
	return []string{capitals.String(), all.String()}
}

// actorLinks joins phrases that the stage before knows to be one actor, by name or by office.
func (w *work) actorLinks() {
	d := w.doc
	first := map[int32]int32{}
	for i := range w.nodes {
		n := &w.nodes[i]
		if n.actor == doc.None || n.pronoun != 0 || d.Actors[n.actor].Anonymous || d.Mentions[n.mention].Metonym {
			continue
		}
		if old, ok := first[n.actor]; ok {
			w.join(int32(i), old, "same-actor")
		}
		first[n.actor] = int32(i)
	}
}

// roleLinks joins "the minister" to the person who was introduced as a minister: "Foreign Minister Ana Costa".
func (w *work) roleLinks() {
	d := w.doc
	holders := map[string]int32{} // latest person by the noun of the office
	for i := range w.nodes {
		n := &w.nodes[i]
		if n.form == doc.NameMention && n.kind == person {
			for t := max(0, n.nameFirst-4); t < n.nameFirst; t++ {
				if r := d.Tokens[t].Deprel; (r == "nmod:desc" || r == "compound" || r == "flat") && d.Tokens[t].Head >= n.nameFirst && d.Tokens[t].Head < n.nameLast {
					holders[strings.ToLower(d.Tokens[t].Lemma)] = int32(i)
				}
			}
			if a := d.Child(n.head, "appos"); a != doc.None && w.at[a] != doc.None {
				holders[strings.ToLower(d.Tokens[a].Lemma)] = int32(i)
			}
			continue
		}
		if n.form != doc.NominalMention || n.definite != the || n.number != singular || w.linked[i] {
			continue
		}
		old, ok := holders[strings.ToLower(d.Tokens[n.head].Lemma)]
		if ok && n.last == n.head+1 && !differentModifier(n, &w.nodes[old], w) {
			w.join(int32(i), old, "name-title")
		}
	}
}

// differentModifier tells whether a nominal has a modifier that the phrase of the name lacks: "the Turkish minister"
// is not "French minister Leroy".
func differentModifier(n, holder *node, w *work) bool {
	d := w.doc
	for t := n.first; t < n.head; t++ {
		if u := d.Tokens[t].UPOS; u != "ADJ" && u != "PROPN" && u != "NOUN" {
			continue
		}
		found := false
		for o := holder.first; o < holder.last && !found; o++ {
			found = strings.EqualFold(d.Tokens[o].Form, d.Tokens[t].Form)
		}
		if !found {
			return true
		}
	}
	return false
}

// speakerLinks joins "I" and "we" inside a quotation to its speaker.
func (w *work) speakerLinks() {
	for i := range w.nodes {
		n := &w.nodes[i]
		if n.pronoun == 0 || n.person != 1 || n.quote == 0 {
			continue
		}
		if speaker := w.quotes[n.quote-1].speaker; speaker != doc.None {
			w.join(int32(i), speaker, "quote-speaker")
		}
	}
}
