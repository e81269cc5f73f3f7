package actor_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"annals/internal/actor"
	"annals/internal/clean"
	"annals/internal/doc"
	"annals/internal/entity"
	"annals/internal/lexicon"
	"annals/internal/segment"
	"annals/internal/syntax"
)

func TestPLV(t *testing.T) {
	name := os.Getenv("PLV")
	if name == "" {
		t.Skip()
	}
	lex, _ := lexicon.Load()
	ent, err := entity.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	act, _ := actor.New(lex)
	seg, _ := segment.New()
	syn, _ := syntax.New()
	head, _ := clean.NewHeadline()
	f, _ := os.Open(name)
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	var n, none, nocountry int
	for sc.Scan() {
		var g struct {
			Text  string   `json:"text"`
			Spans [][3]any `json:"spans"`
		}
		json.Unmarshal(sc.Bytes(), &g)
		d := &doc.Doc{Text: g.Text}
		for _, st := range []interface{ Annotate(*doc.Doc) error }{head, seg, syn, ent, act} {
			if err := st.Annotate(d); err != nil {
				t.Fatal(err)
			}
		}
		ru := []rune(g.Text)
		for _, s := range g.Spans {
			role := s[0].(string)
			if role == "EVT" {
				continue
			}
			from, to := int(s[1].(float64)), int(s[2].(float64))
			st := int32(len(string(ru[:from])))
			sp := doc.Span{Start: st, End: st + int32(len(string(ru[from:to])))}
			n++
			out := ""
			c := false
			any := false
			for _, m := range d.Mentions {
				if m.Overlaps(sp) && m.Kind != doc.PronounMention {
					any = true
					a := "-"
					if m.Actor >= 0 {
						x := d.Actors[m.Actor]
						a = x.ID + "/" + x.Code + "/" + x.Country + fmt.Sprint(x.Sectors)
						c = c || x.Country != "" || len(x.Sectors) > 0
					}
					out += fmt.Sprintf(" {%s %s %d: %s}", d.Slice(m.Span), m.Type, m.Kind, a)
				}
			}
			if !any {
				none++
				fmt.Printf("NOMENTION %q  || %.110s\n", string(ru[from:to]), g.Text)
			} else if !c {
				nocountry++
				fmt.Printf("NOCOUNTRY %q %s\n", string(ru[from:to]), out)
			} else if os.Getenv("ALL") != "" {
				fmt.Printf("OK %q %s\n", string(ru[from:to]), out)
			}
		}
	}
	fmt.Println(n, none, nocountry)
}
