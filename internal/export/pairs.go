package export

import "io"

// pairFormat is a table of CAMEO events with a row for each pair of parties: what ICEWS and Phoenix have in common.
type pairFormat struct {
	columns []string
	header  bool
	cells   func(e *event, code string, p *pair) []string
	named   func(side) bool // the format can tell who this side is
	unnamed string          // why an event is left out whose sides it cannot tell
}

func openPairs(t *tables, out io.Writer, f pairFormat) (sink, error) {
	file, err := newTabbed(out, f.columns, f.header)
	if err != nil {
		return sink{}, err
	}
	return sink{close: file.close, event: func(e *event, r *Report) error {
		c, reason := t.cameo(e)
		if reason != "" {
			r.leave(reason, 1)
			return nil
		}
		for i := range c.pairs {
			p := &c.pairs[i]
			if !f.named(p.actor) || !f.named(p.recipient) {
				r.leave(f.unnamed, 1)
				continue
			}
			if err := file.row(f.cells(e, c.code, p)); err != nil {
				return err
			}
			r.Rows++
		}
		return nil
	}}, nil
}
