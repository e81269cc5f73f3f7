package petrarch

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"annals/internal/civil"
)

func TestParseDatedCode(t *testing.T) {
	for _, c := range []struct {
		in       string
		code     string
		from, to string
		wrong    bool
	}{
		{in: "USAGOV", code: "USAGOV"},
		{in: "pse", code: "PSE"},
		{in: "USAGOV 20010120-20090120", code: "USAGOV", from: "2001-01-20", to: "2009-01-20"},
		{in: "USAGOV 010120 - 090120", code: "USAGOV", from: "2001-01-20", to: "2009-01-20"},
		{in: "RHO <790606", code: "RHO", to: "1979-06-05"},
		{in: "HOB > 990816", code: "HOB", from: "1999-08-16"},
		{in: "HOB>990816", code: "HOB", from: "1999-08-16"},
		{in: "A 301231-310101", wrong: true}, // 2030 … 1931
		{in: "A 20010120-19990120", wrong: true},
		{in: "A 20010230-20010301", wrong: true},
		{in: "A 2001", wrong: true},
		{in: "A <", wrong: true},
		{in: "<20010120", wrong: true},
		{in: "", wrong: true},
	} {
		got, err := parseDatedCode(c.in)
		if (err != nil) != c.wrong {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		if err == nil && (got.Code != c.code || got.From.String() != c.from || got.To.String() != c.to) {
			t.Errorf("%q: got %s from %s to %s", c.in, got.Code, got.From, got.To)
		}
	}
}

func TestCodeOnADay(t *testing.T) {
	dict, faults := Import([]File{{"x.actors", "A_MAN [AAA]\n\t[BBB 20000101-20001231]\n\t[--- 20020101-20021231]\n+B_MAN\nA_MAN [CCC >20050101]\n"}})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var entries []int32
	for i, a := range dict.Actors {
		if a.Phrase == "A MAN" {
			entries = append(entries, int32(i))
		}
	}
	for day, want := range map[civil.Date]string{
		{}: "AAA", civil.Of(1999, 12, 31): "AAA", civil.Of(2000, 1, 1): "BBB", civil.Of(2000, 12, 31): "BBB",
		civil.Of(2002, 6, 1): "", civil.Of(2003, 1, 1): "AAA", civil.Of(2005, 1, 1): "CCC",
	} {
		if got, _ := dict.on(day, entries); got != want {
			t.Errorf("on %s: got %q, want %q", day, got, want)
		}
	}
}

func TestAgentForms(t *testing.T) {
	dict, faults := Import([]File{{"x.agents", "!P! = MAN, MEN\nSPOKES!P! [~GOV]\nPARTY [~PTY]\nBOSS [~BUS]\nATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~JUD]\nPOLICE{}[~COP]\nGUILD [ NGO~]\n"}})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var got []string
	for _, a := range dict.Agents {
		got = append(got, a.Phrase)
	}
	want := []string{"SPOKESMAN", "SPOKESMEN", "PARTY", "PARTIES", "BOSS", "BOSSES", "ATTORNEY GENERAL", "ATTORNEYS GENERAL", "POLICE", "GUILD", "GUILDS"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if a := dict.Agents[len(dict.Agents)-1]; a.Code != "NGO" || !a.Before {
		t.Errorf("the guild has %+v", a)
	}
}

// TestPatternsKeepTheirNotation reads patterns and writes them again; braces become blanks.
func TestPatternsKeepTheirNotation(t *testing.T) {
	for in, want := range map[string]string{
		"- * TALKS [1]":                         "* TALKS",
		"- REFUSED_TO * &S [1]":                 "REFUSED_TO * &S",
		"- + WAS_* ^ FROM $ [1:2]":              "+ WAS_* ^ FROM $",
		"- *_UP COMMITTEE [1]":                  "*_UP COMMITTEE",
		"- % ** [1]":                            "% *",
		"* {NEW TRADE ACCORD} (WITH {A B}) [1]": "* NEW TRADE ACCORD WITH A B",
		"- * CEASE-FIRE [1]":                    "* CEASE_FIRE",
		"- IN_ * [1]":                           "IN *",
	} {
		dict, faults := Import([]File{{"x.verbs", "&S\n+A\n\n--- X [0] ---\nDO\n" + in + "\n"}})
		if len(faults) > 0 || len(dict.Patterns) != 1 {
			t.Errorf("%q: %v", in, faults)
			continue
		}
		if got := dict.Patterns[0].String(); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestVerbForms(t *testing.T) {
	dict, faults := Import([]File{{"x.verbs", "--- X [010] ---\nBEEF_+UP\n+CORDON_OFF {+CORDONED_OFF}\nCRY\nPLAY\nPASS [---]\nMAKE\nLASH OUT [02:03]\n"}})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var got []string
	for _, v := range dict.Verbs {
		got = append(got, strings.Join(v.Words, " "))
	}
	want := []string{"BEEF UP", "BEEF UPS", "BEEF UPED", "BEEF UPING", "CORDON OFF", "CORDONED OFF", "CRY", "CRIES", "CRIED", "CRYING",
		"PLAY", "PLAYS", "PLAYED", "PLAYING", "PASS", "PASSES", "PASSED", "PASSING", "MAKE", "MAKES", "MAKED", "MAKING",
		"LASH OUT", "LASHS OUT", "LASHED OUT", "LASHING OUT"}
	want[23] = "LASHES OUT"
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if c := dict.Verbs[len(dict.Verbs)-1].Code; c != (Code{"02", "03"}) {
		t.Errorf("LASH OUT has %+v", c)
	}
}

// TestRefusedRows checks that a bad row is named by its line and takes nothing else with it.
func TestRefusedRows(t *testing.T) {
	for _, c := range []struct {
		name, text string
		faults     []string // "line: part of the problem"
		kept       int
	}{
		{"a.actors", "+LOST [AAA]\nGOOD [BBB]\nBAD [CCC 2001]\n\t[DDD]\nFINE [EEE\nLAST [FFF]\n", []string{"1: before any actor", "3: 2001", "4: before any actor", "5: in brackets"}, 2},
		{"a.actors", "<! -- odd -->\nGOOD [BBB]\n", []string{"1: not a phrase"}, 1},
		{"a.actors", "GOOD [BBB]\n<!-- never ends\nLOST [AAA]\n", []string{"2: never closed"}, 1},
		{"a.actors", "GOOD [BBB]\n\xff [CCC]\n", []string{"1: not UTF-8"}, 0},
		{"a.agents", "ARMY\nNAVY [MIL]\n!X [~AAA]\nMAN!Y! [~BBB]\n!Z = A\nGOOD [~CCC]\n", []string{"1: has none", "2: has none", "3: not closed", "4: no set !Y!", "5: expected a set"}, 2},
		{"a.verbs", "- * X [1]\n--- A [010] ---\nDO\n- X [1]\n- * * [1]\n- * &NONE [1]\n- * {A [1]\n- * A|B [1]\n- * A\n- * GOOD [1]\n~ a b\nB[ [1]\n", []string{"1: before any verb", "4: no verb", "5: two verbs", "6: no synonym set", "7: not closed", "8: alternatives", "9: no code", "11: transformation", "12: is not a code"}, 1},
		{"a.discards", "+\nGOOD\n", []string{"1: no phrase"}, 1},
		{"a.issues", "<ISSUE CATEGORY=>\nx [A]\ny\n<B>\n", []string{"1: CATEGORY", "3: has none", "4: neither"}, 1},
		{"readme", "nothing to see\n", []string{"1: what kind"}, 0},
	} {
		dict, faults := Import([]File{{c.name, c.text}})
		var got []string
		for _, f := range faults {
			got = append(got, fmt.Sprintf("%d: %s", f.Line, f.Problem))
		}
		if len(got) != len(c.faults) {
			t.Errorf("%s %q: got %q, want %q", c.name, c.text, got, c.faults)
			continue
		}
		for i, want := range c.faults {
			line, part, _ := strings.Cut(want, ": ")
			if !strings.HasPrefix(got[i], line+": ") || !strings.Contains(got[i], part) {
				t.Errorf("%s %q: got %q, want %q", c.name, c.text, got[i], want)
			}
		}
		kept := len(dict.Actors) + len(dict.Agents) + len(dict.Patterns) + len(dict.Discards) + len(dict.Issues)
		if kept != c.kept {
			t.Errorf("%s %q: kept %d, want %d", c.name, c.text, kept, c.kept)
		}
	}
}

func TestKindOf(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"Some.Countries.actors.txt", "", actorFile}, {"some.AGENTS", "", agentFile}, {"some.verbpatterns.140609.txt", "", verbFile},
		{"Some.IssueCoding.txt", "", issueFile}, {"discards", "", discardFile},
		{"CAMEO.9.txt", "# c\n&S\n+A\n\n--- X [010] ---\nDO\n- * A [1]\n", verbFile}, {"x", "A [B]\nC [D]\n", actorFile},
		{"x", "A [~B]\n", agentFile}, {"x", "<ISSUE CATEGORY=\"A\">\nb [A]\n", issueFile}, {"x", "hello\n", ""},
	} {
		if got := kindOf(c.name, stripComments(c.text)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestSynonymSetsInsideEachOther(t *testing.T) {
	dict, faults := Import([]File{{"x.verbs", "&A\n+ONE_\n+&B\n\n&B_\n+TWO\n+&A\n"}})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	s, err := New(dict)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"&A", "&B"} {
		var got []string
		for _, p := range s.synsets[name] {
			got = append(got, strings.Join(p, " "))
		}
		slices.Sort(got)
		if !slices.Equal(got, []string{"ONE", "TWO"}) {
			t.Errorf("%s holds %q", name, got)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, bad := range []string{
		"", "{}", `{"format":"annals dictionary","version":2}`,
		`{"format":"annals dictionary","version":1,"actors":[{"phrase":"A","codes":null,"row":{"file":0,"line":1}}]}`,
		`{"format":"annals dictionary","version":1,"files":["x"],"verbs":[{"words":[],"block":0,"code":{},"row":{"file":0,"line":1}}]}`,
		`{"format":"annals dictionary","version":1,"files":["x"],"patterns":[{"block":0,"elements":[],"verb":0,"code":{},"row":{"file":0,"line":1}}]}`,
	} {
		if d, err := Decode([]byte(bad)); err == nil {
			t.Errorf("%s was read as %+v", bad, d)
		}
	}
}

// FuzzImport reads any text as every kind of dictionary: faults lie inside the file, and what was kept goes through
// the file form unchanged.
func FuzzImport(f *testing.F) {
	f.Add("A_B [CCC <19990101]\n+D\n\t[EEE 990101-990102]\n")
	f.Add("!P! = A, B\nC!P! {D} [~EEE]\nF [G~]\n")
	f.Add("&S_\n+A B\n\n--- V [010:020] ---\nDO {DID}\n- % *_UP {A &S} (IN ^) $ + [---]\n~ a (a b Q) SAY = a b Q\n")
	f.Add("<ISSUE CATEGORY=\"X\">\nn:a v:b c+d [E]\n~f\n~~g\n</ISSUE>\n")
	f.Add("+A_ # b\n<!-- c\nd --> E ; f\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, kind := range []string{actorFile, agentFile, verbFile, discardFile, issueFile, ""} {
			dict, faults := Import([]File{{"x." + kind, text}})
			for _, fault := range faults {
				if fault.Line < 1 || fault.Line > strings.Count(text, "\n")+1 {
					t.Fatalf("a fault lies outside the file: %v", fault)
				}
			}
			data, err := dict.Encode()
			if err != nil {
				t.Fatal(err)
			}
			again, err := Decode(data)
			if err != nil {
				t.Fatalf("%v\n%s", err, data)
			}
			if second, _ := again.Encode(); !bytes.Equal(data, second) {
				t.Fatalf("not the same after reading:\n%s\n%s", data, second)
			}
			if len(dict.Actors) > 0 && !reflect.DeepEqual(dict.Actors, again.Actors) {
				t.Fatal("the actors changed")
			}
			if _, err := New(again); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzDecode reads any bytes as the file of an import: what is accepted can be prepared and written again.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"format":"annals dictionary","version":1,"files":["x"],"synsets":[{"name":"&A","phrases":["&A","B"],"row":{"file":0,"line":1}}]}`))
	f.Add([]byte(`{"format":"annals dictionary","version":1,"files":["x"],"verbs":[{"words":["DO"],"block":0,"code":{},"row":{"file":0,"line":1}}],"patterns":[{"block":0,"elements":[{"kind":"verb"}],"verb":0,"code":{},"row":{"file":0,"line":1}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		dict, err := Decode(data)
		if err != nil {
			return
		}
		if _, err := New(dict); err != nil {
			t.Fatal(err)
		}
		if _, err := dict.Encode(); err != nil {
			t.Fatal(err)
		}
	})
}
