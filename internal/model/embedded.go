package model

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"
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

// Hashes is the SHA-256 of each shipped model, by name: what every record says it was read with.
func Hashes() (map[string]string, error) {
	entries, err := files.ReadDir("files")
	if err != nil {
		return nil, fmt.Errorf("listing the models: %w", err)
	}
	out := make(map[string]string)
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".model")
		if !ok {
			continue
		}
		data, err := fs.ReadFile(files, "files/"+e.Name())
		if err != nil {
			return nil, fmt.Errorf("listing the models: %w", err)
		}
		sum := sha256.Sum256(data)
		out[name] = hex.EncodeToString(sum[:])
	}
	return out, nil
}
