package main

import (
	"maps"
	"testing"

	"annals/internal/syntax/linear"
)

func TestSynsets(t *testing.T) {
	d := dictionary{}
	for _, line := range []struct {
		text string
		kind uint8
	}{
		{"  1 This software and database", linear.KindNoun},
		{"00001 15 n 02 harbour 0 Port_Said 0 001 @ 00002 n 0000 | a gloss", linear.KindNoun},
		{"00002 15 n 01 Odessa 0 000 | a town", linear.KindNoun},
		{"00003 05 n 02 Canis 0 wolf 0 000 | a kind", linear.KindNoun},
		{"00004 00 a 01 galore(ip) 0 000 | much", linear.KindAdjective},
		{"00005 38 v 01 harbour 0 000 01 + 08 00 | hide", linear.KindVerb},
	} {
		if err := d.addSynset(line.text, line.kind); err != nil {
			t.Error(err)
		}
	}
	want := dictionary{"harbour": linear.KindNoun | linear.KindVerb, "odessa": linear.KindName, "wolf": linear.KindNoun, "galore": linear.KindAdjective}
	if !maps.Equal(d, want) {
		t.Errorf("read %v, want %v", d, want)
	}
	for _, bad := range []string{"00001 15", "00001 15 n zz word 0", "00001 15 n 03 word 0"} {
		if d.addSynset(bad, linear.KindNoun) == nil {
			t.Errorf("%q is taken for a line of WordNet", bad)
		}
	}
}

func TestCensusNames(t *testing.T) {
	d := dictionary{}
	for line, kind := range map[string]uint8{
		"SMITH          1.006  1.006      1": linear.KindSurname,
		"ZZYZX          0.000 90.000  80000": linear.KindSurname,
		"RUTH           0.562  1.000    900": linear.KindGiven,
	} {
		if err := d.addName(line, kind); err != nil {
			t.Error(err)
		}
	}
	if want := (dictionary{"smith": linear.KindSurname, "ruth": linear.KindGiven}); !maps.Equal(d, want) {
		t.Errorf("read %v, want %v", d, want)
	}
	for _, bad := range []string{"", "SMITH 1.0 1.0", "SMITH 1.0 1.0 first"} {
		if d.addName(bad, linear.KindGiven) == nil {
			t.Errorf("%q is taken for a line of the census", bad)
		}
	}
}
