package quote

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"annals/internal/doc"
	"annals/internal/segment"
	"annals/internal/syntax"
)

// reading is the stages that a case needs.
type reading struct {
	segment *segment.Stage
	syntax  *syntax.Stage
	quote   *Stage
}

func newReading(t testing.TB) *reading {
	t.Helper()
	segmenter, err := segment.New()
	if err != nil {
		t.Fatal(err)
	}
	parser, err := syntax.New()
	if err != nil {
		t.Fatal(err)
	}
	stage, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return &reading{segmenter, parser, stage}
}

// parse gives a text its sentences, tokens and arcs.
func (r *reading) parse(t testing.TB, text string) *doc.Doc {
	t.Helper()
	d := &doc.Doc{ID: "case", Text: text}
	if err := r.segment.Annotate(d); err != nil {
		t.Fatal(err)
	}
	if err := r.syntax.Annotate(d); err != nil {
		t.Fatal(err)
	}
	return d
}

type passage struct {
	name, text            string
	want, none, setup     []string
	speech, scare, timexs []string
}

func readCases(t *testing.T, path string) []passage {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []passage
	var lines []string
	for _, line := range strings.Split(string(body), "\n") {
		if name, ok := strings.CutPrefix(line, "== "); ok {
			out = append(out, passage{name: name})
			lines = nil
			continue
		}
		if len(out) == 0 {
			continue
		}
		p := &out[len(out)-1]
		marker, rest, _ := strings.Cut(line, " ")
		switch marker {
		case ">":
			p.want = append(p.want, rest)
		case "!":
			p.none = append(p.none, rest)
		case "actor", "publisher":
			p.setup = append(p.setup, line)
		case "timex":
			p.timexs = append(p.timexs, rest)
		case "speech":
			p.speech = append(p.speech, rest)
		case "scare":
			p.scare = append(p.scare, rest)
		default:
			lines = append(lines, line)
			p.text = strings.TrimSpace(strings.Join(lines, "\n"))
		}
	}
	return out
}

// furnish gives a document the actors, mentions and time expressions of its case.
func (p *passage) furnish(d *doc.Doc) {
	add := func(phrase string, use func(first, last int32, s doc.Span)) {
		for _, at := range regexp.MustCompile(`\b`+regexp.QuoteMeta(phrase)+`\b`).FindAllStringIndex(d.Text, -1) {
			s := doc.Span{Start: int32(at[0]), End: int32(at[1])}
			if first, last := d.TokensIn(s); first < last {
				use(first, last, s)
			}
		}
	}
	r := reader{doc: d}
	for _, line := range p.setup {
		if id, ok := strings.CutPrefix(line, "publisher "); ok {
			for _, a := range d.Actors {
				if a.ID == id {
					d.Publisher = a.Name
				}
			}
			continue
		}
		head, phrases, _ := strings.Cut(strings.TrimPrefix(line, "actor "), " = ")
		id, kind, _ := strings.Cut(head, " ")
		d.Actors = append(d.Actors, doc.Actor{ID: id, Kind: kind, Name: strings.Split(phrases, "; ")[0]})
		actor := int32(len(d.Actors) - 1)
		for _, phrase := range strings.Split(phrases, "; ") {
			add(phrase, func(first, last int32, s doc.Span) {
				d.Mentions = append(d.Mentions, doc.Mention{Span: s, First: first, Last: last, Head: r.headOf(run{first, last}), Actor: actor})
			})
		}
	}
	for _, phrase := range p.timexs {
		add(phrase, func(first, last int32, s doc.Span) {
			d.Timexes = append(d.Timexes, doc.Timex{Span: s, First: first, Last: last, Type: "DATE", Value: "XXXX-XX-XX"})
		})
	}
}

func TestCases(t *testing.T) {
	r := newReading(t)
	cases := readCases(t, "testdata/cases.txt")
	if len(cases) < 60 {
		t.Fatalf("only %d cases", len(cases))
	}
	var failed []string
	for i := range cases {
		p := &cases[i]
		d := r.parse(t, p.text)
		p.furnish(d)
		if err := r.quote.Annotate(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Check(); err != nil {
			t.Errorf("%s: %v", p.name, err)
		}
		if problems := p.check(d); len(problems) > 0 {
			failed = append(failed, p.name)
			t.Logf("%s:\n  %s\n%s", p.name, strings.Join(problems, "\n  "), describeAll(d))
		}
	}
	passed := len(cases) - len(failed)
	t.Logf("%d of %d cases pass", passed, len(cases))
	if passed*100 < 95*len(cases) {
		t.Errorf("only %d of %d cases pass; failing: %s", passed, len(cases), strings.Join(failed, ", "))
	}
}

func (p *passage) check(d *doc.Doc) []string {
	var problems []string
	for _, want := range p.want {
		if problem := closest(d, want); problem != "" {
			problems = append(problems, "want "+want+": "+problem)
		}
	}
	for _, none := range p.none {
		for i := range d.Attributions {
			if role(d, d.Attributions[i].Cue) == none {
				problems = append(problems, "there should be no attribution with the cue "+none)
			}
		}
	}
	for _, text := range p.speech {
		problems = append(problems, speechProblem(d, text, true)...)
	}
	for _, text := range p.scare {
		problems = append(problems, speechProblem(d, text, false)...)
	}
	return problems
}

func speechProblem(d *doc.Doc, text string, speech bool) []string {
	for _, q := range d.Quotes {
		if d.Slice(q.Inner) == text {
			if q.Speech != speech {
				return []string{fmt.Sprintf("speech of %q is %v", text, q.Speech)}
			}
			return nil
		}
	}
	return []string{fmt.Sprintf("no quotation %q", text)}
}

// closest is what is wrong with the attribution that is most like the wanted one; "" when one has all that is asked.
func closest(d *doc.Doc, want string) string {
	best := "no attribution"
	fewest := 1 << 30
	for i := range d.Attributions {
		if problems := differences(d, &d.Attributions[i], want); len(problems) < fewest {
			fewest, best = len(problems), strings.Join(problems, "; ")
		}
	}
	if fewest == 0 {
		return ""
	}
	return best
}

func differences(d *doc.Doc, a *doc.Attribution, want string) []string {
	parts := strings.Split(want, " | ")
	var problems []string
	differ := func(what, got, want string) {
		if got != want {
			problems = append(problems, fmt.Sprintf("%s is %q, not %q", what, got, want))
		}
	}
	differ("source", role(d, a.Source), stripped(parts[0]))
	differ("cue", role(d, a.Cue), stripped(parts[1]))
	var content []string
	for _, p := range strings.Split(parts[2], " // ") {
		content = append(content, stripped(p))
	}
	differ("content", role(d, a.Content), strings.Join(content, " // "))
	if len(parts) < 4 {
		return problems
	}
	for _, pair := range strings.Fields(parts[3]) {
		key, value, _ := strings.Cut(pair, "=")
		differ(key, attributeOf(d, a, key), strings.ReplaceAll(value, "_", " "))
	}
	return problems
}

func attributeOf(d *doc.Doc, a *doc.Attribution, key string) string {
	name := func(i int32) string {
		if i == doc.None {
			return "-"
		}
		return d.Actors[i].ID
	}
	switch key {
	case "act":
		return a.Act
	case "value":
		return a.Value
	case "mode":
		return a.Mode
	case "speaker":
		return name(a.Speaker)
	case "chain":
		var ids []string
		for _, i := range a.Chain {
			ids = append(ids, name(i))
		}
		return strings.Join(ids, ",")
	case "medium":
		return role(d, a.Medium)
	case "addressee":
		return role(d, a.Addressee)
	case "timex":
		if a.Timex == doc.None {
			return "-"
		}
		return d.Slice(d.Timexes[a.Timex].Span)
	case "outer":
		if a.Outer == doc.None {
			return "-"
		}
		return role(d, d.Attributions[a.Outer].Cue)
	}
	return "unknown key"
}

// role is the text of a role, its parts trimmed of punctuation and joined.
func role(d *doc.Doc, spans []doc.Span) string {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b doc.Span) int { return int(a.Start - b.Start) })
	var parts []string
	for _, s := range spans {
		for _, paragraph := range strings.Split(d.Slice(s), "\n\n") {
			parts = append(parts, stripped(paragraph))
		}
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, " // ")
}

func stripped(s string) string {
	s = strings.TrimSpace(s)
	if trimmed := strings.Trim(s, " \t\n\"'`“”‘’«»,.;:!?–—"); trimmed != "" {
		return trimmed
	}
	return s
}

func describeAll(d *doc.Doc) string {
	var b strings.Builder
	for i := range d.Attributions {
		a := &d.Attributions[i]
		fmt.Fprintf(&b, "    %s | %s | %s | %s %s %s %.2f %s\n", role(d, a.Source), role(d, a.Cue), role(d, a.Content), a.Mode, a.Act, a.Value, a.Confidence, a.Rule)
	}
	return b.String()
}
