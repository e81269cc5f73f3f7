package event_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"annals/internal/standoff"
)

func TestDump(t *testing.T) {
	in, out := os.Getenv("IN"), os.Getenv("OUT")
	if in == "" {
		t.Skip()
	}
	f, _ := os.Open(in)
	var rd io.Reader = f
	if strings.HasSuffix(in, ".gz") {
		rd, _ = gzip.NewReader(f)
	}
	o, _ := os.Create(out)
	defer o.Close()
	w := bufio.NewWriter(o)
	defer w.Flush()
	enc := json.NewEncoder(w)
	sc := bufio.NewScanner(rd)
	sc.Buffer(nil, 10<<20)
	limit, _ := strconv.Atoi(os.Getenv("LIMIT"))
	for n := 0; sc.Scan() && (limit == 0 || n < limit); n++ {
		var row struct{ ID, Text string }
		json.Unmarshal(sc.Bytes(), &row)
		d := read(t, row.Text)
		d.ID = row.ID
		layers, _ := standoff.ParseLayers("actors,attributions,events")
		enc.Encode(standoff.Encode(d, standoff.Identity{}, layers))
	}
}
