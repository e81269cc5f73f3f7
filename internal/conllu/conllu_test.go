package conllu

import (
	"bytes"
	"strings"
	"testing"
)

const sample = `# newdoc id = x
# newpar
# sent_id = 1
# text = They don't go.
1	They	they	PRON	PRP	Case=Nom|Number=Plur	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	go	go	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

`

func TestRoundTrip(t *testing.T) {
	docs, err := Read(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 1 || docs[0].Text != "They don't go." {
		t.Fatalf("got %d documents, text %q", len(docs), docs[0].Text)
	}
	d := docs[0]
	if err := d.Check(); err != nil {
		t.Error(err)
	}
	if got := d.Slice(d.Tokens[2].Span); got != "n't" {
		t.Errorf("the second word of don't covers %q", got)
	}
	var out bytes.Buffer
	if err := Write(&out, d); err != nil {
		t.Fatal(err)
	}
	if out.String() != sample {
		t.Errorf("written:\n%s\nwant:\n%s", out.String(), sample)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, in := range map[string]string{
		"columns": "1\tx\n",
		"head":    "1\tx\tx\tX\tX\t_\tq\troot\t_\t_\n\n",
		"range":   "1-9\tx\t_\t_\t_\t_\t_\t_\t_\t_\n1\tx\tx\tX\tX\t_\t0\troot\t_\t_\n\n",
		"far":     "1\tx\tx\tX\tX\t_\t7\troot\t_\t_\n\n",
	} {
		if _, err := Read(strings.NewReader(in)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Fuzz(func(t *testing.T, in string) {
		docs, err := Read(strings.NewReader(in))
		if err != nil {
			return
		}
		for _, d := range docs {
			for _, tok := range d.Tokens {
				if tok.Start < 0 || int(tok.End) > len(d.Text) || tok.End < tok.Start {
					t.Fatalf("token span %v in %d bytes", tok.Span, len(d.Text))
				}
			}
		}
	})
}
