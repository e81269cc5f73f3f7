package entity

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"annals/data"
	"annals/internal/doc"
)

func TestAddName(t *testing.T) {
	s := untrained(t)
	for _, c := range []struct {
		text  string
		first int32
		kind  string
		want  string
	}{
		{"Mr. Hassan", 0, "PER", "Hassan"},
		{"Gen . Omar Salim", 0, "PER", "Omar Salim"},
		{"Dr", 0, "PER", "Dr"},
		{"Nairobi , Kenya", 0, "LOC", "Nairobi/Kenya"},
		{"Nairobi ,", 0, "LOC", "Nairobi ,"},
		{"Earth , Wind and Fire", 0, "ORG", "Earth , Wind and Fire"},
		{"On Monday von der Heide", 4, "PER", "von der Heide"},
		{"Von der Heide", 2, "PER", "Von der Heide"},
		{"with al - Masri", 3, "PER", "al - Masri"},
		{"the Avenida de Mayo", 3, "PER", "Mayo"},
		{"night of Thursday", 2, "MISC", ""},
		{"Britain 's Home Office", 0, "ORG", "Britain/Home Office"},
		{"Lloyd 's of London", 0, "ORG", "Lloyd 's of London"},
		{"Volvo ( VOLVb.ST )", 2, "ORG", "VOLVb.ST"},
		{"Ford Motor Co ( F.N )", 4, "ORG", ""},
		{"the council ( U.N. )", 3, "ORG", "U.N."},
		{"Japan 's Kyodo", 0, "LOC", "Japan/Kyodo"},
		{"Democrat Ana Lugo", 0, "PER", "Democrat/Ana Lugo"},
		{"Senate Republicans", 0, "NORP", "Senate/Republicans"},
		{"People 's Republic of China", 0, "LOC", "People 's Republic of China"},
		{"Republican House of Representatives", 0, "ORG", "Republican/House of Representatives"},
		{"Republican National Committee", 0, "ORG", "Republican National Committee"},
	} {
		d, w := randomDoc(c.text, 1), newScratch()
		s.read(d, w)
		s.addName(d, w, c.kind, c.first, closing(d))
		if got := mentioned(d); got != c.want {
			t.Errorf("%q as %s gives %q, want %q", c.text, c.kind, got, c.want)
		}
	}
}

// TestNameWordExamples holds every row of the table to its example, which must hold one of its words.
func TestNameWordExamples(t *testing.T) {
	err := data.Rows(nameWordTable, []string{"id", "words", "example"}, func(cells []string) error {
		words := data.List(cells[1])
		for word := range strings.FieldsSeq(strings.ToLower(strings.TrimSuffix(cells[2], "."))) {
			if slices.Contains(words, word) {
				return nil
			}
		}
		return fmt.Errorf("row %s: its example %q holds none of its words", cells[0], cells[2])
	})
	if err != nil {
		t.Error(err)
	}
}

func TestFacilities(t *testing.T) {
	s := untrained(t)
	for text, want := range map[string]string{"Minakh Airfield": "FAC", "Airport": "ORG", "Airport Authority": "ORG"} {
		d, w := randomDoc(text, 1), newScratch()
		s.read(d, w)
		s.addName(d, w, "ORG", 0, int32(len(d.Tokens)))
		if got := d.Mentions[0].Type; got != want {
			t.Errorf("%s is read as %s, want %s", text, got, want)
		}
	}
}

// closing is the end of the tokens of a document, a closing bracket aside.
func closing(d *doc.Doc) int32 {
	last := int32(len(d.Tokens))
	if d.Tokens[last-1].Form == ")" {
		last--
	}
	return last
}

// mentioned are the texts of the mentions, with a slash between.
func mentioned(d *doc.Doc) string {
	var out []string
	for _, m := range d.Mentions {
		out = append(out, d.Slice(m.Span))
	}
	return strings.Join(out, "/")
}

func TestAgree(t *testing.T) {
	s := untrained(t)
	for _, c := range []struct{ name, text, want string }{
		{"a company's full name tells what its first word is", "ORG:Honda_Motor_Co said LOC:Honda and PER:Honda", "ORG ORG ORG"},
		{"a full name tells what the family name is", "PER:Ana_Lugo met ORG:Lugo and PER:Lugo", "PER PER PER"},
		{"most readings outvote one", "ORG:Eskom LOC:Eskom ORG:Eskom", "ORG ORG ORG"},
		{"one against one stays", "ORG:Eskom LOC:Eskom", "ORG LOC"},
		{"a country stays one", "PER:Kenya said PER:Kenya and LOC:Kenya and PER:Kenya", "PER PER LOC PER"},
		{"a product may bear the maker's name", "ORG:Zorix ORG:Zorix ORG:Zorix MISC:Zorix", "ORG ORG ORG MISC"},
		{"two names tied by and", "ORG:Zorix met MISC:Zorix_and_Velta_SA", "ORG ORG ORG"},
		{"a name of its own stays whole", "ORG:Justice MISC:Freedom_and_Justice_of_Egypt", "ORG MISC"},
		{"peoples in a name", "NORP:Berber ORG:Berber_and_Tuareg_Union", "NORP ORG"},
	} {
		d, w := withNames(s, c.text)
		s.agree(d, w)
		var got []string
		for _, m := range d.Mentions {
			got = append(got, m.Type)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s gives %s, want %s", c.name, c.text, strings.Join(got, " "), c.want)
		}
		if err := d.Check(); err != nil {
			t.Error(err)
		}
	}
}

// withNames makes a document from words; "ORG:Honda_Motor" is a name with its type.
func withNames(s *Stage, text string) (*doc.Doc, *scratch) {
	var plain []string
	type span struct {
		kind        string
		first, last int32
	}
	var spans []span
	for word := range strings.FieldsSeq(text) {
		kind, name, ok := strings.Cut(word, ":")
		first := int32(len(plain))
		if !ok {
			name = kind
		}
		plain = append(plain, strings.Split(name, "_")...)
		if ok {
			spans = append(spans, span{kind, first, int32(len(plain))})
		}
	}
	d, w := randomDoc(strings.Join(plain, " "), 1), newScratch()
	s.read(d, w)
	for _, x := range spans {
		d.Mentions = append(d.Mentions, nameOf(d, x.kind, x.first, x.last))
	}
	return d, w
}

// TestCodesOfWeapons: a body that is wholly the code of a weapon is a weapon.
func TestCodesOfWeapons(t *testing.T) {
	s := untrained(t)
	for last, want := range map[int32]string{2: "WEAPON", 3: "ORG"} {
		d := parsed(t, "An a DET 3 det\nIED IED PROPN 3 compound\nCentre Centre PROPN 4 nsubj\nclosed close VERB 0 root")
		d.Mentions = append(d.Mentions, nameOf(d, "ORG", 1, last))
		s.weapons(d, make([]bool, len(d.Tokens)))
		if got := d.Mentions[0].Type; got != want {
			t.Errorf("%s is read as %s, want %s", d.Slice(d.Mentions[0].Span), got, want)
		}
	}
}
