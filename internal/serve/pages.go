package serve

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"annals/internal/ledger"
	"annals/record"
)

var functions = template.FuncMap{
	"join":    strings.Join,
	"lower":   strings.ToLower,
	"dispute": func(kind string) string { return cmp.Or(disputeWords[kind], kind) },
}

// disputeWords say what kind of dispute it is.
var disputeWords = map[string]string{"denied": "Asserted and denied", "figure": "Figures", "culprit": "Who did it"}

func (s *Server) articles(r *http.Request) (string, any, error) {
	page, at, err := offset(r)
	if err != nil {
		return "", nil, err
	}
	rows, err := s.ledger.Articles(r.Context(), at, pageSize+1)
	if err != nil {
		return "", nil, err
	}
	more := len(rows) > pageSize
	return "articles.html", map[string]any{
		"Title": "Articles", "Articles": rows[:min(len(rows), pageSize)], "Previous": page - 1, "Next": page + 1, "More": more,
	}, nil
}

func (s *Server) claims(r *http.Request) (string, any, error) {
	q, err := query(r)
	if err != nil {
		return "", nil, err
	}
	rows, err := s.ledger.Claims(r.Context(), q)
	if err != nil {
		return "", nil, err
	}
	return "claims.html", map[string]any{"Title": "Claims", "Query": r.URL.Query().Get("q"), "Claims": rows, "Fields": ledger.Fields()}, nil
}

func (s *Server) events(r *http.Request) (string, any, error) {
	q, err := query(r)
	if err != nil {
		return "", nil, err
	}
	rows, err := s.ledger.Events(r.Context(), q)
	if err != nil {
		return "", nil, err
	}
	return "events.html", map[string]any{"Title": "Events", "Query": r.URL.Query().Get("q"), "Events": rows, "Fields": ledger.Fields()}, nil
}

func (s *Server) disputes(r *http.Request) (string, any, error) {
	q, err := query(r)
	if err != nil {
		return "", nil, err
	}
	rows, err := s.ledger.Disputes(r.Context(), q)
	if err != nil {
		return "", nil, err
	}
	return "disputes.html", map[string]any{"Title": "Disputes", "Query": r.URL.Query().Get("q"), "Disputes": rows, "Fields": ledger.Fields()}, nil
}

func (s *Server) dispute(r *http.Request) (string, any, error) {
	d, err := s.ledger.Dispute(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", nil, err
	}
	return "dispute.html", map[string]any{"Title": "Dispute " + d.ID, "Dispute": d}, nil
}

// reader is what the page of an article shows.
type reader struct {
	Title      string
	Article    *record.Article
	Learned    string
	Paragraphs [][]piece
	Claims     []claimView
	Actors     []record.Actor
}

// piece is a run of text that the same evidence covers.
type piece struct {
	Text  string
	Marks string // "0:anchor 2:actor": number of the claim on the page, and role
}

type claimView struct {
	Number     int
	ID         string
	Claim      *record.Claim
	What       *record.Proposition
	Actors     []string
	Recipients []string
	Chain      []string
	Place      string
	Stance     string
	Class      string
}

func (s *Server) article(r *http.Request) (string, any, error) {
	reading, err := s.ledger.Article(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", nil, err
	}
	rec := reading.Record
	page := reader{
		Title: cmp.Or(rec.Article.Title, rec.Article.ID), Article: &rec.Article, Learned: reading.Learned,
		Paragraphs: paragraphs(rec), Actors: rec.Actors,
	}
	for i := range rec.Claims {
		page.Claims = append(page.Claims, viewClaim(rec, i))
	}
	return "article.html", page, nil
}

func viewClaim(rec *record.Record, i int) claimView {
	c := &rec.Claims[i]
	v := claimView{Number: i, ID: c.ID, Claim: c, What: rec.PropositionByID(c.Proposition)}
	if v.What == nil {
		v.What = &record.Proposition{}
	}
	v.Actors, v.Recipients = parties(rec, v.What.Actors), parties(rec, v.What.Recipients)
	for _, id := range c.Chain {
		v.Chain = append(v.Chain, actorName(rec, id, id))
	}
	if p := v.What.Place; p != nil && *p >= 0 && *p < len(rec.Places) {
		v.Place = rec.Places[*p].Name
	}
	switch {
	case c.Realised:
		v.Stance, v.Class = "holds that it happened", "realised"
	case c.Polarity == "negative" && c.Modality == "asserted":
		v.Stance, v.Class = "holds that it did not happen", "denied"
	case c.Polarity == "negative":
		v.Stance, v.Class = "not, "+c.Modality, "open"
	default:
		v.Stance, v.Class = c.Modality, "open"
	}
	return v
}

func parties(rec *record.Record, in []record.Party) []string {
	var out []string
	for _, p := range in {
		name := actorName(rec, p.Actor, p.Text)
		if p.Implied {
			name += " (implied)"
		}
		out = append(out, name)
	}
	return out
}

func actorName(rec *record.Record, id, otherwise string) string {
	if a := rec.ActorByID(id); a != nil {
		return a.Name
	}
	return otherwise
}

// paragraphs cuts the text where evidence begins or ends, so that every piece knows what it is evidence for.
func paragraphs(rec *record.Record) [][]piece {
	text := []rune(rec.Article.Text)
	cuts := []int{0, len(text)}
	for _, c := range rec.Claims {
		for _, e := range c.Evidence {
			if 0 <= e.Start && e.Start <= e.End && e.End <= len(text) {
				cuts = append(cuts, e.Start, e.End)
			}
		}
	}
	for i, r := range text {
		if r == '\n' {
			cuts = append(cuts, i, i+1)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	marks := marksAt(rec, cuts)
	var out [][]piece
	var current []piece
	for i := 0; i+1 < len(cuts); i++ {
		part := string(text[cuts[i]:cuts[i+1]])
		if part == "\n" {
			if len(current) > 0 {
				out, current = append(out, current), nil
			}
			continue
		}
		current = append(current, piece{Text: part, Marks: strings.Join(marks[cuts[i]], " ")})
	}
	if len(current) > 0 {
		out = append(out, current)
	}
	return out
}

// marksAt lists, for the piece that starts at each cut, the claims and roles whose evidence covers it.
func marksAt(rec *record.Record, cuts []int) map[int][]string {
	marks := make(map[int][]string)
	for n, c := range rec.Claims {
		for _, e := range c.Evidence {
			from, found := slices.BinarySearch(cuts, e.Start)
			if !found {
				continue
			}
			mark := strconv.Itoa(n) + ":" + e.Role
			for i := from; i < len(cuts) && cuts[i] < e.End; i++ {
				marks[cuts[i]] = append(marks[cuts[i]], mark)
			}
		}
	}
	return marks
}
