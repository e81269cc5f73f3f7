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
	write := func(layer string, i int, s doc.Span, value any) error {
		if err := lines.Encode(e.webAnnotation(layer, i, s, value)); err != nil {
			return fmt.Errorf("writing a web annotation: %w", err)
		}
		return nil
	}
	for _, layer := range layers {
		if err := e.webLayer(document, layer, write); err != nil {
			return err
		}
	}
	return nil
}

func (e *encoder) webLayer(document *Document, layer string, write func(string, int, doc.Span, any) error) error {
	switch {
	case layer == "entities" && document.Entities != nil:
		for i, v := range *document.Entities {
			if err := write(layer, i, e.bytes(v.Start, v.End), v); err != nil {
				return err
			}
		}
	case layer == "attributions" && document.Attributions != nil:
		for i, v := range *document.Attributions {
			if err := write(layer, i, hull(e.d.Attributions[i]), v); err != nil {
				return err
			}
		}
	case layer == "timexes" && document.Timexes != nil:
		for i, v := range *document.Timexes {
			if err := write(layer, i, e.d.Timexes[i].Span, v); err != nil {
				return err
			}
		}
	case layer == "toponyms" && document.Toponyms != nil:
		for i, v := range *document.Toponyms {
			if err := write(layer, i, e.d.Toponyms[i].Span, v); err != nil {
				return err
			}
		}
	case layer == "quantities" && document.Quantities != nil:
		for i, v := range *document.Quantities {
			if err := write(layer, i, e.d.Quantities[i].Span, v); err != nil {
				return err
			}
		}
	case layer == "casualties" && document.Casualties != nil:
		for i, v := range *document.Casualties {
			if err := write(layer, i, e.d.Casualties[i].Span, v); err != nil {
				return err
			}
		}
	case layer == "events" && document.Events != nil:
		for i, v := range *document.Events {
			if err := write(layer, i, e.d.Events[i].Span, v); err != nil {
				return err
			}
		}
	}
	return nil
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
