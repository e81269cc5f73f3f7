package coref

import (
	"strings"

	"annals/internal/doc"
)

// coArgument tells whether another argument of the verb that node i hangs on is in the chain of node j: in "she
// accused Costa" the two are not one (principles B and C of binding: Chomsky 1981). A reflexive may be.
func (w *work) coArgument(i, j int32) bool {
	d := w.doc
	head := w.nodes[i].head
	verb := d.Tokens[head].Head
	if verb == doc.None || d.Tokens[verb].UPOS != "VERB" || !isArgument(d, head) || isReflexive(d, head) {
		return false
	}
	for _, c := range d.Children(verb) {
		if c != head && isArgument(d, c) && !isReflexive(d, c) && w.at[c] != doc.None && w.find(w.at[c]) == w.find(j) {
			return true
		}
	}
	return false
}

func isArgument(d *doc.Doc, t int32) bool {
	switch d.Tokens[t].Deprel {
	case "nsubj", "nsubj:pass", "obj", "iobj":
		return true
	}
	return false
}

func isReflexive(d *doc.Doc, t int32) bool {
	return strings.HasSuffix(d.Tokens[t].Form, "self") || strings.HasSuffix(d.Tokens[t].Form, "selves")
}
