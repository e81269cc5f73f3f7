package match

import (
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Day is the day under which a telling is looked up: its last.
func (t *Telling) Day() int {
	_, to := t.days()
	return to
}

// Window is how many days around its own a telling looks for others.
const Window = mostDaysApart + 1

// Keys are hashes under which a telling is filed: its article, its square of the map, its parties, its figures and goods,
// and the names in its sentence where it leads its story, each with the family of its type. Tellings of one happening
// share a key and lie within Window days, or are not compared: that keeps the work near linear.
func (m *Matcher) Keys(t *Telling) []int64 {
	family := strconv.Itoa(m.ontology.Quad(t.Type))
	var out []int64
	add := func(kind string, values ...string) {
		h := fnv.New64a()
		h.Write([]byte(family + "\x1f" + kind + "\x1f" + strings.Join(values, "\x1f")))
		out = append(out, int64(h.Sum64()))
	}
	add("article", t.Article)
	if t.Place != nil && t.Place.located() {
		add("square", square(t.Place, 0))
		add("square", square(t.Place, 0.5)) // so that an edge parts no neighbours
	}
	for _, w := range slices.Concat(t.Actors, t.Recipients) {
		switch {
		case w.ID != "" && w.Class != "state":
			add("party", w.ID)
		case w.ID != "": // states are in too much news to be a key alone
			add("party", w.ID, t.Type, t.Mode)
		}
	}
	for _, a := range countries(t.Actors) {
		for _, r := range countries(t.Recipients) {
			add("pair", a, r)
		}
	}
	for _, v := range t.Voices {
		for _, f := range v.Figures {
			if f.Low >= leastTelling {
				add("figure", f.Effect, strconv.FormatInt(f.Low, 10))
			}
		}
	}
	for _, i := range t.Items {
		add("item", i)
	}
	if t.leads() {
		for _, w := range t.Voices[0].Words {
			if w&weightBits == nameWord {
				add("name", strconv.Itoa(int(w.stem())))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// square is a piece of the map about a hundred kilometres wide.
func square(p *Spot, shift float64) string {
	return strconv.FormatFloat(math.Floor(p.Lat+shift)-shift, 'f', 1, 64) + "," + strconv.FormatFloat(math.Floor(p.Lon+shift)-shift, 'f', 1, 64)
}

func countries(side []Who) []string {
	var out []string
	for _, w := range side {
		if w.Country != "" && !slices.Contains(out, w.Country) {
			out = append(out, w.Country)
		}
	}
	return out
}

// Before is the order in which tellings look back for their antecedent: by report, then by id. It does not depend on
// the order in which the ledger learnt them.
func (t *Telling) Before(o *Telling) bool {
	switch {
	case t.Reported != o.Reported:
		return t.Reported < o.Reported
	case t.Article != o.Article:
		return t.Article < o.Article
	case t.first() != o.first():
		return t.first() < o.first()
	}
	return t.Proposition < o.Proposition
}

func (t *Telling) first() int {
	if len(t.Voices) == 0 {
		return 0
	}
	return t.Voices[0].Index
}
