package export

import (
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/snappy"

	"annals/internal/ledger"
)

// How many rows are handed to the writer at a time, and how many make a row group, which the writer holds in memory.
const (
	parquetBatch    = 256
	parquetRowGroup = 16384
)

func openParquet(t *tables, out []io.Writer) (sink, error) {
	w := parquet.NewGenericWriter[Row](out[0], parquet.Compression(&snappy.Codec{}), parquet.CreatedBy("annals", "1", ""),
		parquet.MaxRowsPerRowGroup(parquetRowGroup), parquet.KeyValueMetadata("annals.schema", "1"))
	batch := make([]Row, 0, parquetBatch)
	flush := func() error {
		_, err := w.Write(batch)
		batch = batch[:0]
		return err
	}
	return sink{
		claim: func(c *ledger.Chosen) (int, error) {
			row, err := t.row(c)
			if err != nil {
				return 0, err
			}
			if batch = append(batch, *row); len(batch) < parquetBatch {
				return 1, nil
			}
			return 1, flush()
		},
		close: func() error {
			if err := flush(); err != nil {
				return err
			}
			return w.Close()
		},
	}, nil
}
