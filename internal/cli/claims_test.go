package cli

import "testing"

func TestJoinQuery(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"actor:RUS", "recipient:SYR"}, "actor:RUS recipient:SYR"},
		{[]string{"actor:RUS recipient:SYR"}, "actor:RUS recipient:SYR"},
		{[]string{"source:Ana Costa", "type:AID"}, `source:"Ana Costa" type:AID`},
		{[]string{`text:"fighter planes" type:AID`}, `text:"fighter planes" type:AID`},
		{[]string{"fighter planes"}, "fighter planes"},
	} {
		if got := joinQuery(c.args); got != c.want {
			t.Errorf("%q: got %s, want %s", c.args, got, c.want)
		}
	}
}
