package event_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"annals/internal/doc"
)

func TestScratchPLV(t *testing.T) {
	path := os.Getenv("PLV")
	if path == "" {
		t.Skip()
	}
	f, _ := os.Open(path)
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	n, pair, both, first, anyN := 0, 0, 0, 0, 0
	verbs := map[string]int{}
	for sc.Scan() {
		var row struct {
			ID, Text, Event, Source, Target string
			Spans                           [][3]interface{}
		}
		json.Unmarshal(sc.Bytes(), &row)
		d := read(t, row.Text)
		b := []int32{}
		for i := range row.Text {
			b = append(b, int32(i))
		}
		b = append(b, int32(len(row.Text)))
		var src, tar doc.Span
		for _, s := range row.Spans {
			sp := doc.Span{Start: b[int(s[1].(float64))], End: b[int(s[2].(float64))]}
			if s[0] == "SRC" {
				src = sp
			} else {
				tar = sp
			}
		}
		n++
		hitPair, hitBoth, hitFirst, hitAny := false, false, false, false
		for i := range d.Events {
			e := &d.Events[i]
			if e.Type == "STATEMENT" {
				continue
			}
			typ := e.Type
			if typ == "RETREAT" || typ == "CONCEDE" {
				typ = "YIELD"
			}
			hitAny = hitAny || typ == row.Event
			on := func(ps []doc.Participant, s doc.Span) bool {
				if s.Len() == 0 {
					return true
				}
				for _, p := range ps {
					if p.Span.Overlaps(s) {
						return true
					}
				}
				return false
			}
			if on(e.Actors, src) && on(e.Recipients, tar) {
				if !hitPair {
					hitFirst = typ == row.Event
				}
				hitPair = true
				hitBoth = hitBoth || typ == row.Event
			}
		}
		if hitPair {
			pair++
		}
		if hitBoth {
			both++
		}
		if hitFirst {
			first++
		}
		if hitAny {
			anyN++
		}
		if !hitBoth && os.Getenv("SHOW") != "" {
			fmt.Printf("%s %s [%s > %s] %s\n     %s\n", row.ID, row.Event, row.Source, row.Target, row.Text, show(d))
			if os.Getenv("SHOW") == "2" {
				fmt.Println(tree(d))
			}
		}
		if !hitAny {
			for i := range d.Tokens {
				if d.Tokens[i].UPOS == "VERB" {
					verbs[row.Event+" "+strings.ToLower(d.Tokens[i].Lemma)]++
				}
			}
		}
	}
	fmt.Printf("n %d pair %.3f pair+type any %.3f first %.3f; type any %.3f\n", n, float64(pair)/float64(n), float64(both)/float64(n), float64(first)/float64(n), float64(anyN)/float64(n))
	var ks []string
	for k, c := range verbs {
		if c > 2 {
			ks = append(ks, fmt.Sprintf("%03d %s", c, k))
		}
	}
	sort.Strings(ks)
	fmt.Println(ks)
}
