package model

import (
	"embed"
	"fmt"
	"io/fs"
	"unsafe"
)

// The shipped models, each written by one command of package train; docs/models.md is their card.
//
//go:embed files
var files embed.FS

// Embedded opens a shipped model by its name: "tagger" is files/tagger.model.
func Embedded(name string) (*File, error) {
	data, err := fs.ReadFile(files, "files/"+name+".model")
	if err != nil {
		return nil, fmt.Errorf("opening the model %s: this binary was built without it; run go run ./train %s", name, name)
	}
	return Parse(unsafe.String(unsafe.SliceData(data), len(data)))
}
