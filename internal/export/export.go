// Package export writes what a ledger holds in the formats of other programs and data sets: rows of claims (JSON
// lines, CSV, Parquet, W3C Web Annotation) and rows of events (GDELT, POLECAT, ICEWS, Phoenix, PLOVER, ACLED,
// FollowTheMoney).
//
// In: claims with their records, in the order of the ledger, one by one. Out: bytes, one row after the other. It
// holds one event in memory, never the ledger; it opens no file and no store, reads no clock, and judges nothing.
// What a format cannot carry it leaves out and counts; docs/exports.md says what that is for each. The same claims in
// the same order give the same bytes.
package export

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"annals/internal/ledger"
)

// Format is a way to write claims or events.
type Format struct {
	Name  string
	Help  string
	Order ledger.Order // in which it needs the claims
	Files []string     // names of its files, when it is more than one
	Every bool         // it can carry every stance, and does so unless told otherwise

	open func(t *tables, out []io.Writer) (sink, error)
}

// sink takes what is to be written; one of claim and event is set.
type sink struct {
	claim func(c *ledger.Chosen) (rows int, err error)
	event func(e *event, r *Report) error
	close func() error
}

// Formats are all formats, in the order of the manual.
func Formats() []Format {
	return []Format{
		{Name: "jsonl", Help: "JSON lines, a claim a line", Order: ledger.ByReport, Every: true, open: openJSONLines},
		{Name: "csv", Help: "CSV with a header, a claim a row", Order: ledger.ByReport, Every: true, open: openCSV},
		{Name: "parquet", Help: "Parquet with typed columns, a claim a row", Order: ledger.ByReport, Every: true, open: openParquet},
		{Name: "webannotation", Help: "W3C Web Annotation, a claim a line", Order: ledger.ByReport, Every: true, open: openWebAnnotation},
		{Name: "gdelt", Help: "GDELT 2.0: a folder with events and mentions", Order: ledger.ByEvent, Files: []string{"events.export.CSV", "events.mentions.CSV"}, open: openGDELT},
		{Name: "gdelt-events", Help: "GDELT 2.0 events, 61 columns", Order: ledger.ByEvent, open: openGDELTEvents},
		{Name: "gdelt-mentions", Help: "GDELT 2.0 mentions, 16 columns", Order: ledger.ByEvent, open: openGDELTMentions},
		{Name: "polecat", Help: "POLECAT, 40 columns", Order: ledger.ByEvent, open: openPOLECAT},
		{Name: "icews", Help: "ICEWS, 20 columns", Order: ledger.ByEvent, open: openICEWS},
		{Name: "phoenix", Help: "Phoenix, 26 columns", Order: ledger.ByEvent, open: openPhoenix},
		{Name: "plover", Help: "PLOVER JSON lines, an event a line", Order: ledger.ByEvent, open: openPLOVER},
		{Name: "acled", Help: "violence and protest with the 31 columns of ACLED", Order: ledger.ByEvent, open: openACLED},
		{Name: "ftm", Help: "FollowTheMoney entities, JSON lines", Order: ledger.ByEvent, open: openFTM},
		{Name: "ftm-statements", Help: "FollowTheMoney statements, CSV", Order: ledger.ByEvent, open: openFTMStatements},
	}
}

// Names are the names of all formats.
func Names() []string {
	var out []string
	for _, f := range Formats() {
		out = append(out, f.Name)
	}
	return out
}

// Find is the format of a name, or an error that lists them.
func Find(name string) (Format, error) {
	all := Formats()
	at := slices.IndexFunc(all, func(f Format) bool { return f.Name == name })
	if at < 0 {
		return Format{}, fmt.Errorf("exporting: there is no format %q; the formats are %s", name, strings.Join(Names(), ", "))
	}
	return all[at], nil
}

// Report tells what an export did.
type Report struct {
	Rows   int
	Claims int            // read
	Left   map[string]int // claims or events that the format or the caller's choice left out, by reason
}

func (r *Report) leave(reason string, n int) { r.Left[reason] += n }

// Reasons lists what was left out, the commonest first.
func (r *Report) Reasons() []string {
	var names []string
	for name := range r.Left {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if r.Left[a] != r.Left[b] {
			return r.Left[b] - r.Left[a]
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%d %s", r.Left[name], name)
	}
	return names
}

// Write writes the claims of a format's order to its files, or to the one writer of a format that has no files. Of
// the claims that are not realised it takes those of the stances in include; nil is the default of the format.
func Write(f Format, out []io.Writer, include []Stance, claims iter.Seq2[ledger.Chosen, error]) (Report, error) {
	t, err := loadTables()
	if err != nil {
		return Report{}, err
	}
	return t.write(f, out, include, claims)
}

func (t *tables) write(f Format, out []io.Writer, include []Stance, claims iter.Seq2[ledger.Chosen, error]) (Report, error) {
	report := Report{Left: map[string]int{}}
	if include == nil && f.Every {
		include = Stances
	}
	s, err := f.open(t, out)
	if err != nil {
		return report, fmt.Errorf("exporting as %s: %w", f.Name, err)
	}
	if err := run(s, include, claims, &report); err != nil {
		return report, fmt.Errorf("exporting as %s: %w", f.Name, err)
	}
	return report, nil
}

func run(s sink, include []Stance, claims iter.Seq2[ledger.Chosen, error], report *Report) error {
	var group group
	for c, err := range claims {
		if err != nil {
			return err
		}
		report.Claims++
		stance := StanceOf(c.Claim)
		if stance != Realised && !slices.Contains(include, stance) {
			report.leave("claims that are "+string(stance), 1)
			continue
		}
		if s.claim != nil {
			rows, err := s.claim(&c)
			if err != nil {
				return err
			}
			report.Rows += rows
			continue
		}
		if !group.holds(&c) {
			if err := group.write(s, report); err != nil {
				return err
			}
		}
		group.add(c, stance)
	}
	if err := group.write(s, report); err != nil {
		return err
	}
	if s.close == nil {
		return nil
	}
	return s.close()
}
