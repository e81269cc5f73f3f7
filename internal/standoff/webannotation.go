package standoff

import (
	"encoding/json"
	"fmt"
	"io"

	"annals/internal/doc"
)

// webAnnotation is one annotation in the sense of https://www.w3.org/TR/annotation-model/.
type webAnnotation struct {
	Context string    `json:"@context"`
	ID      string    `json:"id"`
	Type    string    `json:"type"`
	Body    webBody   `json:"body"`
	Target  webTarget `json:"target"`
}

type webBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Value   any    `json:"value"`
}

type webTarget struct {
	Source   string        `json:"source"`
	Selector []webSelector `json:"selector"`
}

type webSelector struct {
	Type   string `json:"type"`
	Start  *int   `json:"start,omitempty"`
	End    *int   `json:"end,omitempty"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

const quotationContext = 32 // code points of prefix and suffix

// WriteWebAnnotation writes the span layers among the chosen ones as W3C Web Annotations, one JSON-LD object a line.
// The body of each is the entry that the JSON form has.
func WriteWebAnnotation(w io.Writer, d *doc.Doc, identity Identity, layers []string) error {
	e := encoder{d: d, points: doc.NewPoints(d.Text)}
	document := Encode(d, identity, layers)
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for _, layer := range layers {
		for i, entry := range e.webLayer(document, layer) {
			if err := lines.Encode(e.webAnnotation(layer, i, entry.span, entry.value)); err != nil {
				return fmt.Errorf("writing a web annotation: %w", err)
			}
		}
	}
	return nil
}

// webEntry is an entry of a layer with the span that it annotates.
type webEntry struct {
	span  doc.Span
	value any
}

// webLayer lists the entries of a span layer; other layers, and those that were not read, have none.
func (e *encoder) webLayer(document *Document, layer string) []webEntry {
	d := e.d
	switch layer {
	case "entities":
		return webEntries(document.Entities, func(_ int, v entity) doc.Span { return e.bytes(v.Start, v.End) })
	case "attributions":
		return webEntries(document.Attributions, func(i int, _ attribution) doc.Span { return hull(d.Attributions[i]) })
	case "timexes":
		return webEntries(document.Timexes, func(i int, _ timex) doc.Span { return d.Timexes[i].Span })
	case "toponyms":
		return webEntries(document.Toponyms, func(i int, _ toponym) doc.Span { return d.Toponyms[i].Span })
	case "quantities":
		return webEntries(document.Quantities, func(i int, _ quantity) doc.Span { return d.Quantities[i].Span })
	case "casualties":
		return webEntries(document.Casualties, func(i int, _ casualty) doc.Span { return d.Casualties[i].Span })
	case "events":
		return webEntries(document.Events, func(i int, _ event) doc.Span { return d.Events[i].Span })
	}
	return nil
}

func webEntries[T any](layer *[]T, span func(int, T) doc.Span) []webEntry {
	if layer == nil {
		return nil
	}
	var out []webEntry
	for i, v := range *layer {
		out = append(out, webEntry{span(i, v), v})
	}
	return out
}

func (e *encoder) bytes(start, end int) doc.Span {
	return doc.Span{Start: e.points.Byte(start), End: e.points.Byte(end)}
}

// hull is the smallest span that holds all parts of an attribution.
func hull(a doc.Attribution) doc.Span {
	var out doc.Span
	for _, role := range [][]doc.Span{a.Source, a.Cue, a.Content} {
		for _, s := range role {
			if out.Len() == 0 {
				out = s
			}
			out = doc.Span{Start: min(out.Start, s.Start), End: max(out.End, s.End)}
		}
	}
	return out
}

func (e *encoder) webAnnotation(layer string, i int, s doc.Span, value any) webAnnotation {
	start, end := e.points.Span(s)
	before, after := e.points.Byte(max(start-quotationContext, 0)), e.points.Byte(end+quotationContext)
	source := "urn:annals:" + e.d.ID
	if e.d.URL != "" {
		source = e.d.URL
	}
	return webAnnotation{
		Context: "http://www.w3.org/ns/anno.jsonld", ID: fmt.Sprintf("urn:annals:%s/%s/%d", e.d.ID, layer, i), Type: "Annotation",
		Body: webBody{Type: "Dataset", Purpose: "classifying", Value: value},
		Target: webTarget{Source: source, Selector: []webSelector{
			{Type: "TextPositionSelector", Start: &start, End: &end},
			{Type: "TextQuoteSelector", Exact: e.d.Slice(s), Prefix: e.d.Text[before:s.Start], Suffix: e.d.Text[s.End:after]},
		}},
	}
}
