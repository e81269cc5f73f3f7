package export

import (
	"fmt"
	"strconv"
	"strings"

	"annals/data"
	"annals/internal/gazetteer"
	"annals/internal/onto"
)

// tables are the codes of other data sets.
type tables struct {
	ontology  *onto.Ontology
	places    *gazetteer.Gazetteer
	countries map[string]country // by ISO 3166-1 alpha-3
	triples   map[string]triple
	goldstein map[string]float64
	quads     map[string]quads // by the root of a CAMEO code
	plans     []plan
	acled     map[[2]string]acledType // by type and mode
	postal    map[string]string       // name of a state of the United States or a province of Canada → its letters
}

type country struct{ iso2, numeric, fips, cow, name, subregion string }

// triple is a part of an actor code.
type triple struct{ class, cameo, gloss string }

type quads struct{ gdelt, phoenix string }

// plan is what an event that is only planned is called.
type plan struct{ typ, cameo, asType, asCAMEO string }

type acledType struct{ disorder, event, subEvent string }

func loadTables() (*tables, error) {
	t := &tables{countries: map[string]country{}, triples: map[string]triple{}, goldstein: map[string]float64{}, quads: map[string]quads{},
		acled: map[[2]string]acledType{}, postal: map[string]string{}}
	var err error
	if t.ontology, err = onto.Load(); err != nil {
		return nil, err
	}
	if t.places, err = gazetteer.Open(); err != nil {
		return nil, err
	}
	for _, read := range []func() error{t.readCountries, t.readCodes, t.readScales, t.readRules} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *tables) readCountries() error {
	err := data.Rows("export_countries", []string{"iso3", "numeric", "fips", "cow", "name"}, func(c []string) error {
		t.countries[c[0]] = country{numeric: c[1], fips: c[2], cow: c[3], name: c[4]}
		return nil
	})
	if err != nil {
		return err
	}
	err = data.Rows("where_countries", []string{"iso3", "iso2"}, func(c []string) error {
		known := t.countries[c[0]]
		known.iso2 = c[1]
		t.countries[c[0]] = known
		return nil
	})
	if err != nil {
		return err
	}
	err = data.Rows("countries", []string{"iso3", "iso2", "subregion"}, func(c []string) error {
		known := t.countries[c[0]]
		known.iso2, known.subregion = c[1], c[2]
		t.countries[c[0]] = known
		return nil
	})
	if err != nil {
		return err
	}
	return data.Rows("where_states", []string{"iso", "name", "postal"}, func(c []string) error {
		t.postal[c[0][:2]+c[1]] = c[2]
		return nil
	})
}

func (t *tables) readCodes() error {
	return data.Rows("export_codes", []string{"triple", "class", "cameo", "gloss"}, func(c []string) error {
		t.triples[c[0]] = triple{class: c[1], cameo: strings.TrimSuffix(c[2], "-"), gloss: c[3]}
		return nil
	})
}

func (t *tables) readScales() error {
	err := data.Rows("export_goldstein", []string{"code", "scale"}, func(c []string) error {
		f, err := strconv.ParseFloat(c[1], 64)
		if err != nil {
			return fmt.Errorf("the value %q is not a number", c[1])
		}
		t.goldstein[c[0]] = f
		return nil
	})
	if err != nil {
		return err
	}
	return data.Rows("export_quads", []string{"root", "gdelt", "phoenix"}, func(c []string) error {
		t.quads[c[0]] = quads{c[1], c[2]}
		return nil
	})
}

func (t *tables) readRules() error {
	err := data.Rows("export_future", []string{"type", "cameo", "as_type", "as_cameo"}, func(c []string) error {
		t.plans = append(t.plans, plan{c[0], c[1], c[2], c[3]})
		return nil
	})
	if err != nil {
		return err
	}
	return data.Rows("export_acled", []string{"type", "mode", "disorder", "event", "sub_event"}, func(c []string) error {
		t.acled[[2]string{c[0], c[1]}] = acledType{c[2], c[3], c[4]}
		return nil
	})
}

// scale is the Goldstein value of a CAMEO code, or of its nearest listed beginning.
func (t *tables) scale(code string) (float64, bool) {
	for ; len(code) >= 2; code = code[:len(code)-1] {
		if f, ok := t.goldstein[code]; ok {
			return f, true
		}
	}
	return 0, false
}

// root is the first two digits of a CAMEO code, base the first three.
func root(code string) string { return code[:min(len(code), 2)] }

func base(code string) string { return code[:min(len(code), 3)] }

// planned is the type and the CAMEO code of an event that is only planned.
func (t *tables) planned(typ, cameo string) (asType, asCAMEO string) {
	asType, asCAMEO = typ, cameo
	longest := -1
	for _, p := range t.plans {
		if p.typ == typ && strings.HasPrefix(cameo, p.cameo) && len(p.cameo) > longest {
			longest, asType, asCAMEO = len(p.cameo), p.asType, p.asCAMEO
		}
	}
	return asType, asCAMEO
}

// actorCode is an actor code taken apart and written in CAMEO's way.
type actorCode struct {
	full, country, group string
	religions, roles     []string
}

// takeApart splits an actor code into its triples: RUSGOV, IGOUNO, IMGMUSALQ.
func (t *tables) takeApart(code string) actorCode {
	var out actorCode
	for ; len(code) >= 3; code = code[3:] {
		part := code[:3]
		known, listed := t.triples[part]
		written := part
		if listed {
			written = known.cameo
		}
		out.full += written
		switch {
		case !listed && t.countries[part].name != "" && out.country == "":
			out.country = part
		case !listed && out.group == "":
			out.group = part
		case known.class == "region" && out.country == "":
			out.country = part
		case known.class == "religion":
			out.religions = append(out.religions, written)
		case known.class == "role" && written != "":
			out.roles = append(out.roles, written)
		}
	}
	return out
}

// at is the i-th of a list, "" past its end.
func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// sectorNames are the names of sectors, "" for those without one.
func (t *tables) sectorNames(codes []string) []string {
	var out []string
	for _, c := range codes {
		if g := t.triples[c].gloss; g != "" {
			out = append(out, g)
		}
	}
	return out
}

// coded is an event as CAMEO's coders write it.
type coded struct {
	code  string
	pairs []pair
}

// cameo codes an event, or tells why it cannot. A denial becomes what its speaker does: to deny responsibility (016);
// a refusal is a rejection (120) by those who refuse.
func (t *tables) cameo(e *event) (c coded, reason string) {
	p := e.proposition()
	c = coded{p.CAMEO, e.pairs()}
	switch {
	case c.code == "":
		return c, "events without a CAMEO code"
	case e.stance == Planned:
		_, c.code = t.planned(p.Type, p.CAMEO)
	case e.stance == Denied && refusal(e.first().Claim.Modality):
		c.code = "120"
	case e.stance == Denied:
		c.code, c.pairs = "016", nil
		for _, s := range e.speakers() {
			c.pairs = append(c.pairs, pair{actor: s})
		}
		if len(c.pairs) == 0 {
			return c, "denials without a speaker"
		}
	}
	return c, ""
}

func refusal(modality string) bool { return modality == "future" || modality == "scheduled" }

// speakers are the innermost sources of an event's claims, each once.
func (e *event) speakers() []side {
	var out []side
	seen := map[string]bool{"": true}
	for i := range e.claims {
		if s := speaker(&e.claims[i]); !seen[s.key()] {
			seen[s.key()] = true
			out = append(out, s)
		}
	}
	return out
}
