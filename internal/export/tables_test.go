package export

import (
	"slices"
	"strings"
	"testing"

	"annals/data"
)

func TestEveryCodeHasItsScaleAndQuad(t *testing.T) {
	tables, err := sharedTables()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range tables.ontology.Codes {
		f, ok := tables.goldstein[c.Code]
		if !ok || f < -10 || f > 10 {
			t.Errorf("the code %s has the Goldstein value %v (%v)", c.Code, f, ok)
		}
		q := tables.quads[root(c.Code)]
		if q.gdelt < "1" || q.gdelt > "4" || q.phoenix < "0" || q.phoenix > "4" {
			t.Errorf("the code %s has the quad classes %+v", c.Code, q)
		}
	}
	if f, ok := tables.scale("0729"); !ok || f != 8.3 {
		t.Errorf("a code that is not listed has the value %v of its beginning, %v", f, ok)
	}
}

func TestEveryCountryHasItsCodes(t *testing.T) {
	tables, err := sharedTables()
	if err != nil {
		t.Fatal(err)
	}
	list, err := data.Read("countries")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, row := range list.Rows {
		c := tables.countries[row[0]]
		gone := row[len(row)-1] != ""
		if len(c.numeric) != 3 && row[0] != "KOS" || len(c.fips) != 2 || c.name == "" {
			t.Errorf("%s has the codes %+v", row[0], c)
		}
		if other, taken := seen[c.numeric]; taken && !gone && c.numeric != "891" {
			t.Errorf("%s and %s have the same number %s", row[0], other, c.numeric)
		}
		seen[c.numeric] = row[0]
	}
	for iso3, want := range map[string][3]string{"GBR": {"826", "UK", "200"}, "DEU": {"276", "GM", "255"}, "CHE": {"756", "SZ", "225"}, "CHN": {"156", "CH", "710"}, "RUS": {"643", "RS", "365"},
		"SYR": {"760", "SY", "652"}, "USA": {"840", "US", "2"}, "KOS": {"", "KV", "347"}, "SSD": {"728", "OD", "626"}, "JPN": {"392", "JA", "740"}} {
		c := tables.countries[iso3]
		if got := [3]string{c.numeric, c.fips, c.cow}; got != want {
			t.Errorf("%s has the codes %v, want %v", iso3, got, want)
		}
	}
}

func TestActorCodesAreTakenApart(t *testing.T) {
	tables, err := sharedTables()
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]actorCode{
		"":          {},
		"RUS":       {full: "RUS", country: "RUS"},
		"RUSGOV":    {full: "RUSGOV", country: "RUS", roles: []string{"GOV"}},
		"IGOUNO":    {full: "IGOUNO", group: "UNO", roles: []string{"IGO"}},
		"IMGMUSALQ": {full: "IMGMOSALQ", group: "ALQ", religions: []string{"MOS"}, roles: []string{"IMG"}},
		"EGYJRN":    {full: "EGYMED", country: "EGY", roles: []string{"MED"}},
		"SYRMED":    {full: "SYRHLH", country: "SYR", roles: []string{"HLH"}},
		"IGOWSTNAT": {full: "IGOWSTNAT", country: "WST", group: "NAT", roles: []string{"IGO"}},
		"GBRUNK":    {full: "GBR", country: "GBR"},
	} {
		got := tables.takeApart(code)
		if got.full != want.full || got.country != want.country || got.group != want.group || !slices.Equal(got.roles, want.roles) || !slices.Equal(got.religions, want.religions) {
			t.Errorf("%s is %+v, want %+v", code, got, want)
		}
	}
}

// TestRulesKeepToTheOntology: both rule tables name types, modes and codes that there are.
func TestRulesKeepToTheOntology(t *testing.T) {
	tables, err := sharedTables()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range tables.plans {
		if tables.ontology.Check(p.typ, "", nil) != nil || tables.ontology.Check(p.asType, "", nil) != nil {
			t.Errorf("there is no type in %+v", p)
		}
		if _, known := tables.ontology.CAMEO(p.asCAMEO); !known {
			t.Errorf("there is no code %s", p.asCAMEO)
		}
	}
	for key := range tables.acled {
		if err := tables.ontology.Check(key[0], key[1], nil); err != nil {
			t.Error(err)
		}
	}
	for _, c := range tables.ontology.Codes { // what is planned is never the material thing itself
		if typ, _ := tables.planned(c.Type, c.Code); slices.Contains([]string{"AID", "COOPERATE", "CONSULT", "SUPPORT", "RETREAT"}, typ) && !strings.HasPrefix(c.Code, "02") {
			t.Errorf("%s %s, when planned, stays %s", c.Code, c.Type, typ)
		}
	}
}
