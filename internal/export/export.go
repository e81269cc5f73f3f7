// Package export writes claims in formats that other programs read: one row a claim, with everything that a flat row
// can hold of its proposition, its article and its source chain.
//
// In: records and the claims of them that were chosen. Out: JSON lines, CSV or Parquet. It drops no claim and judges
// none: polarity, modality and sources stand in every row. The same claims in the same order give the same bytes.
package export

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"annals/internal/onto"
	"annals/record"
)

// Row is a claim with what a table repeats of its proposition and article. Days are ISO 8601, "" when unknown;
// offsets are code points of the article's text, half open. CAMEO codes are text: 010 is not 10.
type Row struct {
	Claim       string   `json:"claim" parquet:"claim"`
	Article     string   `json:"article" parquet:"article"`
	Proposition string   `json:"proposition" parquet:"proposition"`
	Publisher   string   `json:"publisher" parquet:"publisher"`
	Title       string   `json:"title" parquet:"title"`
	URL         string   `json:"url" parquet:"url"`
	Reported    string   `json:"reported" parquet:"reported"`
	SaidFrom    string   `json:"said_from" parquet:"said_from"`
	SaidTo      string   `json:"said_to" parquet:"said_to"`
	From        string   `json:"happened_from" parquet:"happened_from"`
	To          string   `json:"happened_to" parquet:"happened_to"`
	Type        string   `json:"type" parquet:"type"`
	Mode        string   `json:"mode" parquet:"mode"`
	Contexts    []string `json:"contexts" parquet:"contexts,list"`
	CAMEO       string   `json:"cameo" parquet:"cameo"`
	Quad        int      `json:"quad" parquet:"quad"`
	Score       float64  `json:"score" parquet:"score"`
	Actors      []string `json:"actors" parquet:"actors,list"`
	Recipients  []string `json:"recipients" parquet:"recipients,list"`
	Items       []string `json:"items" parquet:"items,list"`
	Place       string   `json:"place" parquet:"place"`
	Country     string   `json:"country" parquet:"country"`
	Chain       []string `json:"chain" parquet:"chain,list"`
	Act         string   `json:"act" parquet:"act"`
	Polarity    string   `json:"polarity" parquet:"polarity"`
	Modality    string   `json:"modality" parquet:"modality"`
	Value       string   `json:"value" parquet:"value"`
	Realised    bool     `json:"realised" parquet:"realised"`
	Condition   string   `json:"condition" parquet:"condition"`
	Basis       string   `json:"basis" parquet:"basis"`
	Status      string   `json:"status" parquet:"status"`
	Start       int      `json:"sentence_start" parquet:"sentence_start"`
	End         int      `json:"sentence_end" parquet:"sentence_end"`
	Sentence    string   `json:"sentence" parquet:"sentence"`
	Confidence  float64  `json:"confidence" parquet:"confidence"`
	Rule        string   `json:"rule" parquet:"rule"`
}

// Formats are the names that Write takes.
var Formats = []string{"jsonl", "csv", "parquet"}

// Rows are the chosen claims of a record, in the order of the record. A claim that the record contradicts is left out.
func Rows(o *onto.Ontology, r *record.Record, chosen func(claim string) bool) []Row {
	text := []rune(r.Article.Text)
	var rows []Row
	for i := range r.Claims {
		c := &r.Claims[i]
		p := r.PropositionByID(c.Proposition)
		s := c.Sentence
		if !chosen(c.ID) || p == nil || s.Start < 0 || s.Start > s.End || s.End > len(text) {
			continue
		}
		row := Row{
			Claim: c.ID, Article: r.Article.ID, Proposition: p.ID, Publisher: r.Article.Publisher, Title: r.Article.Title, URL: r.Article.URL,
			Reported: c.Reported, SaidFrom: c.Said.From, SaidTo: c.Said.To, From: p.Time.From, To: p.Time.To,
			Type: p.Type, Mode: p.Mode, Contexts: filled(p.Contexts), CAMEO: p.CAMEO, Quad: o.Quad(p.Type), Score: o.Score(p.Type, p.Mode),
			Actors: parties(r, p.Actors), Recipients: parties(r, p.Recipients), Items: []string{}, Chain: []string{},
			Act: c.Act, Polarity: c.Polarity, Modality: c.Modality, Value: c.Value, Realised: c.Realised,
			Condition: c.Condition, Basis: c.Basis, Status: c.Status,
			Start: s.Start, End: s.End, Sentence: string(text[s.Start:s.End]), Confidence: c.Confidence, Rule: c.Rule,
		}
		for _, item := range p.Items {
			row.Items = append(row.Items, item.Text)
		}
		for _, id := range c.Chain {
			row.Chain = append(row.Chain, name(r, id, id))
		}
		if p.Place != nil && *p.Place >= 0 && *p.Place < len(r.Places) {
			row.Place, row.Country = r.Places[*p.Place].Name, r.Places[*p.Place].Country
		}
		rows = append(rows, row)
	}
	return rows
}

func filled(list []string) []string { return append([]string{}, list...) }

func parties(r *record.Record, in []record.Party) []string {
	out := []string{}
	for _, p := range in {
		out = append(out, name(r, p.Actor, p.Text))
	}
	return out
}

func name(r *record.Record, id, otherwise string) string {
	if a := r.ActorByID(id); a != nil {
		return a.Name
	}
	return otherwise
}

// Write writes rows in one of Formats.
func Write(w io.Writer, format string, rows []Row) error {
	var err error
	switch format {
	case "jsonl":
		err = writeJSON(w, rows)
	case "csv":
		err = writeCSV(w, rows)
	case "parquet":
		err = parquet.Write(w, rows)
	default:
		return fmt.Errorf("exporting: there is no format %q; the formats are %s", format, strings.Join(Formats, ", "))
	}
	if err != nil {
		return fmt.Errorf("exporting as %s: %w", format, err)
	}
	return nil
}

func writeJSON(w io.Writer, rows []Row) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for i := range rows {
		if err := out.Encode(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// Columns of the CSV form, in order. A list is a JSON list in its cell, so that names with commas come back whole.
var Columns = []string{"claim", "article", "proposition", "publisher", "title", "url", "reported", "said_from", "said_to", "happened_from", "happened_to",
	"type", "mode", "contexts", "cameo", "quad", "score", "actors", "recipients", "items", "place", "country", "chain", "act", "polarity", "modality", "value",
	"realised", "condition", "basis", "status", "sentence_start", "sentence_end", "sentence", "confidence", "rule"}

func writeCSV(w io.Writer, rows []Row) error {
	out := csv.NewWriter(w)
	if err := out.Write(Columns); err != nil {
		return err
	}
	for i := range rows {
		cells, err := rows[i].cells()
		if err != nil {
			return err
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (r *Row) cells() ([]string, error) {
	var lists [5]string
	for i, list := range [][]string{r.Contexts, r.Actors, r.Recipients, r.Items, r.Chain} {
		body, err := json.Marshal(list)
		if err != nil {
			return nil, err
		}
		lists[i] = string(body)
	}
	number := func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
	return slices.Concat(
		[]string{r.Claim, r.Article, r.Proposition, r.Publisher, r.Title, r.URL, r.Reported, r.SaidFrom, r.SaidTo, r.From, r.To, r.Type, r.Mode, lists[0], r.CAMEO},
		[]string{strconv.Itoa(r.Quad), number(r.Score), lists[1], lists[2], lists[3], r.Place, r.Country, lists[4], r.Act, r.Polarity, r.Modality, r.Value},
		[]string{strconv.FormatBool(r.Realised), r.Condition, r.Basis, r.Status, strconv.Itoa(r.Start), strconv.Itoa(r.End), r.Sentence, number(r.Confidence), r.Rule},
	), nil
}
