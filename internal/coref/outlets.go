package coref

import "annals/internal/doc"

// outletReach is how many sentences after "an Egyptian newspaper" its name may come.
const outletReach = 3

// outletLinks joins an outlet that the lead leaves unnamed to the one named where the story says again who was told:
// "…, the minister told a Kenyan newspaper. The minister told the Daily Nation that …".
func (w *work) outletLinks(outlets map[string]bool) {
	d := w.doc
	for i := range w.nodes {
		n := &w.nodes[i]
		if n.form != doc.NominalMention || n.definite != indefinite || n.number == plural || !outlets[d.Tokens[n.head].Lemma] || !w.isTold(n) {
			continue
		}
		for j := i + 1; j < len(w.nodes) && w.nodes[j].sentence-n.sentence <= outletReach; j++ {
			if o := &w.nodes[j]; o.actor != doc.None && d.Actors[o.actor].Kind == "outlet" && w.isTold(o) {
				if n.actor == doc.None || w.standsFor(n.actor, o.actor) {
					w.join(int32(i), int32(j), "outlet-named-later")
				}
				break
			}
		}
	}
}

// isTold tells whether n hangs on a verb of saying, itself or the noun that it is part of: "told the Nile daily".
func (w *work) isTold(n *node) bool {
	d := w.doc
	t := n.head
	for up := 0; up < 2; up++ {
		h := d.Tokens[t].Head
		if h == doc.None {
			return false
		}
		if d.Tokens[h].Lemma == "tell" {
			return d.Tokens[t].Deprel != "nsubj"
		}
		t = h
	}
	return false
}
