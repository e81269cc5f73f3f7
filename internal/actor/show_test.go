package actor_test

import (
	"fmt"
	"os"
	"testing"

	"annals/internal/actor"
	"annals/internal/civil"
	"annals/internal/clean"
	"annals/internal/doc"
	"annals/internal/entity"
	"annals/internal/lexicon"
	"annals/internal/segment"
	"annals/internal/syntax"
)

func TestShow(t *testing.T) {
	name := os.Getenv("SHOW")
	if name == "" {
		t.Skip()
	}
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	ent, err := entity.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	act, err := actor.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	seg, _ := segment.New()
	syn, err := syntax.New()
	if err != nil {
		t.Fatal(err)
	}
	head, err := clean.NewHeadline()
	if err != nil {
		t.Fatal(err)
	}
	body, _ := os.ReadFile(name)
	d := &doc.Doc{Text: string(body)}
	if s := os.Getenv("DATE"); s != "" {
		d.Date, _ = civil.Parse(s)
	}
	for _, st := range []interface{ Annotate(*doc.Doc) error }{head, seg, syn, ent, act} {
		if err := st.Annotate(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Check(); err != nil {
		t.Error(err)
	}
	if os.Getenv("TREE") != "" {
		for i, x := range d.Tokens {
			fmt.Println(i, x.Form, x.UPOS, x.XPOS, x.Deprel, x.Head, x.Feats)
		}
	}
	sent := int32(-1)
	for _, m := range d.Mentions {
		if s := d.Tokens[m.First].Sentence; s != sent {
			sent = s
			fmt.Println("##", d.Slice(d.Sentences[s].Span))
		}
		if m.Kind == doc.PronounMention {
			continue
		}
		a := "-"
		if m.Actor >= 0 {
			x := d.Actors[m.Actor]
			a = fmt.Sprintf("%s|%s|%s|%s|%v|%s anon=%v inf=%v %s", x.ID, x.Kind, x.Code, x.Country, x.Sectors, x.Role, x.Anonymous, x.Inferred, x.Rule)
		}
		fmt.Printf("   %-40q %-4s k%d met=%v -> %s\n", d.Slice(m.Span), m.Type, m.Kind, m.Metonym, a)
	}
}

func TestShowDir(t *testing.T) {
	dir := os.Getenv("SHOWDIR")
	if dir == "" {
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
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		body, _ := os.ReadFile(dir + "/" + f.Name())
		d := &doc.Doc{Text: string(body)}
		d.Date, _ = civil.Parse(f.Name()[3:13])
		for _, st := range []interface{ Annotate(*doc.Doc) error }{head, seg, syn, ent, act} {
			if err := st.Annotate(d); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Check(); err != nil {
			t.Error(err)
		}
		fmt.Println("=====", f.Name(), string(body[:min(150, len(body))]))
		for i, a := range d.Actors {
			texts := map[string]int{}
			for _, m := range d.Mentions {
				if int(m.Actor) == i {
					texts[d.Slice(m.Span)]++
				}
			}
			if a.Country == "" && os.Getenv("ALL") == "" {
				continue
			}
			fmt.Printf("  %s|%s|%s|%v|%s inf=%v <- %v\n", a.ID, a.Kind, a.Code, a.Sectors, a.Role, a.Inferred, texts)
		}
	}
}

func TestTally(t *testing.T) {
	dir := os.Getenv("TALLY")
	if dir == "" {
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
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		body, _ := os.ReadFile(dir + "/" + f.Name())
		d := &doc.Doc{Text: string(body)}
		d.Date, _ = civil.Parse(f.Name()[3:13])
		for _, st := range []interface{ Annotate(*doc.Doc) error }{head, seg, syn, ent, act} {
			if err := st.Annotate(d); err != nil {
				t.Fatal(err)
			}
		}
		for _, m := range d.Mentions {
			if m.Kind == doc.PronounMention || m.Type == "LOC" || m.Type == "FAC" {
				continue
			}
			a := "NONE"
			if m.Actor >= 0 {
				x := d.Actors[m.Actor]
				if x.Country != "" || len(x.Sectors) > 0 {
					a = "ok " + x.ID + " " + x.Code
				} else {
					a = "EMPTY"
				}
			}
			fmt.Printf("%s\t%s\t%d\t%s\n", a, m.Type, m.Kind, d.Slice(m.Span))
		}
	}
}
