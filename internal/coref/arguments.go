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
	shared := sharedSubject(d, verb)
	return shared != doc.None && shared != head && w.at[shared] != doc.None && w.find(w.at[shared]) == w.find(j)
}

// sharedSubject is the subject that a verb has from the verb it is joined to ("the king met Costa and asked her …"), or None.
func sharedSubject(d *doc.Doc, verb int32) int32 {
	for d.Tokens[verb].Deprel == "conj" {
		if d.Child(verb, "nsubj", "nsubj:pass") != doc.None {
			return doc.None
		}
		if verb = d.Tokens[verb].Head; verb == doc.None || d.Tokens[verb].UPOS != "VERB" {
			return doc.None
		}
		if s := d.Child(verb, "nsubj"); s != doc.None {
			return s
		}
	}
	return doc.None
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
