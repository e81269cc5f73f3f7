package sqlite

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"annals/internal/ledger"
	"annals/record"
)

// Forms of a stored record. Both are deflated JSON.
const (
	formWhole = 0 // the record as it is
	formLean  = 1 // without quotations, the article's digest and the run, which the text and the table of runs give back
)

// runName is short for a version and its models. It stands in the stored record, whose hash is in the journal: so the
// row of the run cannot change unseen either.
func runName(r *record.Run) (name, models string, err error) {
	body, err := json.Marshal(r.Models)
	if err != nil {
		return "", "", err
	}
	return nameOfRun(r.Version, string(body)), string(body), nil
}

func nameOfRun(version, models string) string {
	sum := sha256.Sum256([]byte(version + "\x00" + models))
	return hex.EncodeToString(sum[:8])
}

// packed is a record made ready for the store outside of its transaction.
type packed struct {
	record  *record.Record
	run     string // name
	version string
	models  string
	form    int
	body    []byte
	rows    []claimRow
}

func (k *packer) pack(r *record.Record) (packed, error) {
	p := packed{record: r, version: r.Run.Version, form: formLean}
	var err error
	if p.run, p.models, err = runName(&r.Run); err != nil {
		return p, err
	}
	lean, ok := thin(r, p.run)
	if !ok {
		p.form, lean = formWhole, r
	}
	if p.body, err = k.deflated(lean); err != nil {
		return p, err
	}
	p.rows = claimRows(r)
	return p, nil
}

// thin leaves out of a record what fatten can put back, or says that it cannot.
func thin(r *record.Record, run string) (*record.Record, bool) {
	out := *r
	sum := sha256.Sum256([]byte(r.Article.Text))
	if r.Article.SHA256 != hex.EncodeToString(sum[:]) {
		return nil, false
	}
	out.Article.SHA256 = ""
	out.Run = record.Run{Version: run}
	text := []rune(r.Article.Text)
	out.Claims = make([]record.Claim, len(r.Claims))
	for i, c := range r.Claims {
		evidence := make([]record.Evidence, len(c.Evidence))
		for j, e := range c.Evidence {
			bare := record.Evidence{Role: e.Role, Start: e.Start, End: e.End}
			if quote(&bare, text); bare != e {
				return nil, false
			}
			evidence[j] = record.Evidence{Role: e.Role, Start: e.Start, End: e.End}
		}
		if c.Evidence != nil {
			c.Evidence = evidence
		}
		out.Claims[i] = c
	}
	if r.Claims == nil {
		out.Claims = nil
	}
	return &out, true
}

// around is how many code points before and after a quotation its selectors hold.
const around = 32

// quote fills in what stands at the place of evidence, and around it.
func quote(e *record.Evidence, text []rune) {
	if e.Start < 0 || e.Start >= e.End || e.End > len(text) {
		return
	}
	e.Exact = string(text[e.Start:e.End])
	e.Prefix = string(text[max(e.Start-around, 0):e.Start])
	e.Suffix = string(text[e.End:min(e.End+around, len(text))])
}

// fatten undoes thin.
func fatten(r *record.Record, run record.Run) {
	r.Run = run
	sum := sha256.Sum256([]byte(r.Article.Text))
	r.Article.SHA256 = hex.EncodeToString(sum[:])
	text := []rune(r.Article.Text)
	for i := range r.Claims {
		for j := range r.Claims[i].Evidence {
			quote(&r.Claims[i].Evidence[j], text)
		}
	}
}

// packer keeps its deflaters: making one costs more than using it.
type packer struct{ deflaters sync.Pool }

func (k *packer) deflated(r *record.Record) ([]byte, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(len(body) / 4)
	w, ok := k.deflaters.Get().(*flate.Writer)
	if ok {
		w.Reset(&out)
	} else if w, err = flate.NewWriter(&out, flate.DefaultCompression); err != nil {
		return nil, err
	}
	defer k.deflaters.Put(w)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// unpack is the record as it was ingested.
func unpack(form int, body []byte, version, models string) (*record.Record, error) {
	in := flate.NewReader(bytes.NewReader(body))
	defer in.Close()
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	r := new(record.Record)
	if err := json.Unmarshal(data, r); err != nil {
		return nil, err
	}
	run, name := r.Run, nameOfRun(version, models)
	switch form {
	case formWhole:
		if own, _, err := runName(&run); err != nil || own != name {
			return nil, fmt.Errorf("the stored record is not of the run %s: %w", name, errors.Join(err, ledger.ErrCorrupt))
		}
		return r, nil
	case formLean:
		if run.Version != name {
			return nil, fmt.Errorf("the stored record is of the run %s, not %s: %w", run.Version, name, ledger.ErrCorrupt)
		}
		run = record.Run{Version: version}
		if err := json.Unmarshal([]byte(models), &run.Models); err != nil {
			return nil, fmt.Errorf("reading the models of a run: %w", err)
		}
		fatten(r, run)
		return r, nil
	}
	return nil, fmt.Errorf("the stored record has the unknown form %d", form)
}
