package clean

import (
	"testing"

	"annals/internal/doc"
)

func TestHeadline(t *testing.T) {
	h, err := NewHeadline()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, dateline, place, date, agency, title, byline, signOff string }{
		{text: "PORT VELLA, Nov 5 (Reuters) - The minister left.", dateline: "PORT VELLA, Nov 5 (Reuters) -", place: "PORT VELLA", date: "Nov 5", agency: "Reuters"},
		{text: "PORT VELLA/CAIRO (Reuters) - The minister left.", dateline: "PORT VELLA/CAIRO (Reuters) -", place: "PORT VELLA/CAIRO", agency: "Reuters"},
		{text: "CAIRO (AP) \u2014 The minister left.", dateline: "CAIRO (AP) \u2014", place: "CAIRO", agency: "Associated Press"},
		{text: "Tehran, Nov 5, IRNA \u2013 The minister left.", dateline: "Tehran, Nov 5, IRNA \u2013", place: "Tehran", date: "Nov 5", agency: "Islamic Republic News Agency"},
		{text: "MOSCOW, November 5. /TASS/. The minister left.", dateline: "MOSCOW, November 5. /TASS/.", place: "MOSCOW", date: "November 5", agency: "TASS"},
		{text: "PORT VELLA, 3 JAN 90 (ACAN-EFE) -- [TEXT] THE ARMY LEFT.", dateline: "PORT VELLA, 3 JAN 90 (ACAN-EFE) -- [TEXT]", place: "PORT VELLA", date: "3 JAN 90", agency: "ACAN-EFE"},
		{text: "(Reuters) - The minister left.", dateline: "(Reuters) -", agency: "Reuters"},
		{text: "By Jane Roe PORT VELLA (Reuters) - The minister left.", dateline: "PORT VELLA (Reuters) -", place: "PORT VELLA", agency: "Reuters", byline: "By Jane Roe"},
		{text: "Minister leaves\nBy Jane Roe\nCAIRO (Reuters) - The minister left.\n(Reporting by Jane Roe; Editing by John Doe)", dateline: "CAIRO (Reuters) -", place: "CAIRO",
			agency: "Reuters", title: "Minister leaves", byline: "By Jane Roe", signOff: "(Reporting by Jane Roe; Editing by John Doe)"},
		{text: "The minister left - and came back. He has copyrights to sell."},
		{text: "The army (AP) said it left."},
	} {
		d := &doc.Doc{Text: c.text}
		if err := h.Annotate(d); err != nil {
			t.Fatal(err)
		}
		for what, pair := range map[string][2]string{
			"dateline": {d.Slice(d.Head.Dateline), c.dateline}, "place": {d.Slice(d.Head.Place), c.place}, "date": {d.Slice(d.Head.Date), c.date}, "agency": {d.Head.AgencyName, c.agency},
			"title": {d.Slice(d.Head.Title), c.title}, "byline": {d.Slice(d.Head.Byline), c.byline}, "sign-off": {d.Slice(d.Head.SignOff), c.signOff},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%q: the %s is %q, want %q", c.text, what, pair[0], pair[1])
			}
		}
	}
}

func FuzzHeadline(f *testing.F) {
	f.Add("CAIRO, Nov 5 (Reuters) - x\n(Reporting by y)")
	f.Add("(/TASS/. -- [A] By by B \u2014")
	h, err := NewHeadline()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := &doc.Doc{Text: text}
		if err := h.Annotate(d); err != nil {
			t.Fatal(err)
		}
		for _, s := range []doc.Span{d.Head.Title, d.Head.Byline, d.Head.Dateline, d.Head.Place, d.Head.Date, d.Head.Agency, d.Head.SignOff} {
			if s.Start < 0 || s.End < s.Start || int(s.End) > len(text) {
				t.Fatalf("a span [%d,%d) of %d bytes", s.Start, s.End, len(text))
			}
		}
	})
}
