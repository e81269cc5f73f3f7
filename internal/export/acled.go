package export

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// acledColumns are those of ACLED's own files. The files have a header.
var acledColumns = []string{"event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
	"actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
	"location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp"}

func openACLED(t *tables, out []io.Writer) (sink, error) {
	q, err := newQuoted(out[0], acledColumns)
	if err != nil {
		return sink{}, err
	}
	return sink{
		close: func() error { q.out.Flush(); return q.out.Error() },
		event: func(e *event, r *Report) error {
			if e.stance == Denied {
				r.leave("denials, which the format cannot carry", 1)
				return nil
			}
			kind, ok := t.acledType(e)
			if !ok {
				r.leave("events that are neither violence nor protest", 1)
				return nil
			}
			at := e.placeOf(t)
			if !at.located() || at.Country == "" {
				r.leave("events without a point in a country", 1)
				return nil
			}
			r.Rows++
			return q.row(t.acledCells(e, kind, at))
		},
	}, nil
}

// acledType finds the event type; fighting between two armed sides is a battle.
func (t *tables) acledType(e *event) (acledType, bool) {
	p := e.proposition()
	kind, ok := t.acled[[2]string{p.Type, p.Mode}]
	if !ok {
		if kind, ok = t.acled[[2]string{p.Type, ""}]; !ok {
			return kind, false
		}
	}
	one, two := t.acledSides(e)
	if kind.event == "Violence against civilians" && kind.subEvent == "Attack" && armed(one) && armed(two) {
		kind = acledType{kind.disorder, "Battles", "Armed clash"}
	}
	return kind, true
}

// acledSides are the two sides; those who fight one another stand on both when PLOVER has all of them as actors.
func (t *tables) acledSides(e *event) (one, two []side) {
	one, two = e.actors(), e.recipients()
	if len(two) == 0 && len(one) > 1 && e.proposition().Type == "ASSAULT" {
		one, two = one[:1], one[1:]
	}
	return one, two
}

func armed(list []side) bool {
	return len(list) > 0 && slices.Contains([]string{"1", "2", "3", "4", "8"}, inter(list[0]))
}

// inter is the kind of an actor: 1 state forces, 2 rebels, 3 political militias, 6 protesters, 7 civilians, 8 forces from
// abroad and others. Officials without arms are civilians.
func inter(s side) string {
	if s.actor != nil && (s.actor.Kind == "state" || s.actor.Kind == "government") {
		return "1"
	}
	for _, sector := range s.sectors() {
		switch sector {
		case "MIL", "COP", "SPY":
			return "1"
		case "REB":
			return "2"
		case "PRM", "UAF", "CRM":
			return "3"
		case "OPP", "SOC", "LAB":
			return "6"
		case "GOV", "JUD", "LEG", "PTY", "CVL", "JRN", "EDU", "REF", "MED", "BUS", "AGR", "REL", "ELI", "NGO":
			return "7"
		case "IGO":
			return "8"
		}
	}
	switch {
	case s.actor == nil:
		return ""
	case s.actor.Kind == "armed-group":
		return "2"
	case s.actor.Kind == "igo":
		return "8"
	case s.actor.Kind == "person" || s.actor.Kind == "collective":
		return "7"
	}
	return ""
}

func (t *tables) acledCells(e *event, kind acledType, p place) []string {
	one, two := t.acledSides(e)
	inter1, inter2 := interOf(kind, one), ""
	if len(two) > 0 {
		inter2 = inter(two[0])
	}
	civilians := ""
	if inter2 == "7" && kind.disorder == "Political violence" {
		civilians = "Civilian targeting"
	}
	country := t.countries[p.Country]
	geo := "1"
	switch {
	case !p.class.Populated() && p.class.Area() && p.provinceName() == "":
		geo = "3"
	case p.class.Area():
		geo = "2"
	}
	first := e.first()
	var sources []string
	for i := range e.claims {
		sources = append(sources, e.claims[i].Record.Article.Publisher)
	}
	learned := ""
	if when, err := time.Parse(time.RFC3339, e.learned()); err == nil {
		learned = strconv.FormatInt(when.Unix(), 10)
	}
	return []string{
		p.Country + strconv.FormatInt(number("acled", e.key), 10), e.day.String(), strconv.Itoa(int(e.day.Year)), strconv.Itoa(e.precision),
		kind.disorder, kind.event, kind.subEvent,
		sideName(one), several(sideNames(one[min(1, len(one)):])), inter1, sideName(two), several(sideNames(two[min(1, len(two)):])), inter2, interaction(inter1, inter2), civilians,
		strings.TrimLeft(country.numeric, "0"), country.subregion, country.name, p.provinceName(), p.district, "",
		p.Name, p.lat(), p.lon(), geo, several(sources), "", sentence(first), strconv.FormatInt(max(e.toll("DEATH"), 0), 10), tags(e), learned,
	}
}

// interOf is the kind of the first actor; who takes part in protests and riots is a protester or rioter, whoever that is.
func interOf(kind acledType, list []side) string {
	switch {
	case kind.event == "Protests" && kind.subEvent == "Peaceful protest":
		return "6"
	case kind.event == "Riots":
		return "5"
	case len(list) == 0:
		return ""
	}
	return inter(list[0])
}

// interaction joins the kinds of both sides, the smaller first; a side that is not there is 0.
func interaction(a, b string) string {
	if a == "" {
		return ""
	}
	if b == "" {
		return a + "0"
	}
	return min(a, b) + max(a, b)
}

func sideName(list []side) string {
	if len(list) == 0 {
		return ""
	}
	return list[0].name()
}

func sideNames(list []side) []string {
	var out []string
	for _, s := range list {
		out = append(out, s.name())
	}
	return out
}

// tags says what the other columns cannot: a stance that is not plain assertion.
func tags(e *event) string {
	if e.stance == Realised {
		return ""
	}
	return string(e.stance)
}
