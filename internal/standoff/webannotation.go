package standoff

import (
	"encoding/json"
	"fmt"
	"io"

	"annals/internal/doc"
)

// WebAnnotation is one annotation in the sense of https://www.w3.org/TR/annotation-model/.
type WebAnnotation struct {
	Context string    `json:"@context"`
	ID      string    `json:"id"`
	Type    string    `json:"type"`
	Body    WebBody   `json:"body"`
	Target  WebTarget `json:"target"`
}

// WebBody is what the annotation says.
type WebBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Value   any    `json:"value"`
}

// WebTarget is the part of a text that it says it of.
type WebTarget struct {
	Source   string        `json:"source"`
	Selector []WebSelector `json:"selector"`
}

// WebSelector finds the part, by position (code points, half open) or by quotation.
type WebSelector struct {
	Type   string `json:"type"`
	Start  *int   `json:"start,omitempty"`
	End    *int   `json:"end,omitempty"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// NewWebAnnotation annotates the characters of a document: path names the annotation within it. A document without an
// address is named by its id.
func NewWebAnnotation(document, address, path string, value any, start, end int, exact, prefix, suffix string) WebAnnotation {
	source := "urn:annals:" + document
	if address != "" {
		source = address
	}
	return WebAnnotation{
		Context: "http://www.w3.org/ns/anno.jsonld", ID: "urn:annals:" + document + "/" + path, Type: "Annotation",
		Body: WebBody{Type: "Dataset", Purpose: "classifying", Value: value},
		Target: WebTarget{Source: source, Selector: []WebSelector{
			{Type: "TextPositionSelector", Start: &start, End: &end},
			{Type: "TextQuoteSelector", Exact: exact, Prefix: prefix, Suffix: suffix},
		}},
	}
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

func (e *encoder) webAnnotation(layer string, i int, s doc.Span, value any) WebAnnotation {
	start, end := e.points.Span(s)
	before, after := e.points.Byte(max(start-quotationContext, 0)), e.points.Byte(end+quotationContext)
	return NewWebAnnotation(e.d.ID, e.d.URL, fmt.Sprintf("%s/%d", layer, i), value, start, end, e.d.Slice(s), e.d.Text[before:s.Start], e.d.Text[s.End:after])
}
