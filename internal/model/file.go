// Package model reads model files and does inference with them.
//
// In: the bytes of a model file, as a string that stays where it is (embedded in the binary or read once), and
// hashed features. Out: class scores. Weights are used in place: nothing is unpacked when a model is opened.
// It knows no stage and no language, and never trains.
//
// A model file is "ANNALSM1", the length of the header (uint32, little endian), a JSON header, then sections,
// each aligned to 64 bytes from the start of the file. Its identity is the SHA-256 of the whole file.
package model

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"unsafe"
)

const (
	magic     = "ANNALSM1"
	alignment = 64
)

// File is an opened model file.
type File struct {
	Name     string            // "tagger"
	Hash     string            // SHA-256 of the file, hexadecimal
	Meta     map[string]string // data, licences, seed, command, scores: what the model card shows
	sections map[string]string
}

type header struct {
	Name     string            `json:"name"`
	Meta     map[string]string `json:"meta"`
	Sections []section         `json:"sections"`
}

type section struct {
	Name   string `json:"name"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
}

var errShort = errors.New("opening a model: the file is cut short; retrain it or fetch it again")

// Parse opens a model file that lies in memory. The sections share data's bytes.
func Parse(data string) (*File, error) {
	if len(data) < len(magic)+4 || data[:len(magic)] != magic {
		return nil, errors.New("opening a model: this is not a model file of annals")
	}
	length := int(binary.LittleEndian.Uint32([]byte(data[len(magic) : len(magic)+4])))
	start := len(magic) + 4
	if length < 0 || start+length > len(data) {
		return nil, errShort
	}
	var h header
	if err := json.Unmarshal([]byte(data[start:start+length]), &h); err != nil {
		return nil, fmt.Errorf("opening a model: reading its header: %w", err)
	}
	sum := sha256.Sum256(unsafe.Slice(unsafe.StringData(data), len(data))) // a model is large: no copy
	f := &File{Name: h.Name, Hash: hex.EncodeToString(sum[:]), Meta: h.Meta, sections: make(map[string]string, len(h.Sections))}
	for _, s := range h.Sections {
		if s.Offset < 0 || s.Length < 0 || s.Offset > len(data)-s.Length {
			return nil, errShort
		}
		f.sections[s.Name] = data[s.Offset : s.Offset+s.Length]
	}
	return f, nil
}

// Section is the bytes of a section.
func (f *File) Section(name string) (string, error) {
	s, ok := f.sections[name]
	if !ok {
		return "", fmt.Errorf("opening the model %s: it has no section %q; it was made for another version, retrain it", f.Name, name)
	}
	return s, nil
}

// JSON decodes a section that holds JSON into value.
func (f *File) JSON(name string, value any) error {
	s, err := f.Section(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(s), value); err != nil {
		return fmt.Errorf("opening the model %s: reading section %s: %w", f.Name, name, err)
	}
	return nil
}

// Builder collects the sections of a new model file.
type Builder struct {
	head   header
	bodies [][]byte
}

// NewBuilder starts a model file.
func NewBuilder(name string, meta map[string]string) *Builder {
	return &Builder{head: header{Name: name, Meta: meta}}
}

// Add appends a section.
func (b *Builder) Add(name string, body []byte) {
	b.head.Sections = append(b.head.Sections, section{Name: name, Length: len(body)})
	b.bodies = append(b.bodies, body)
}

// AddJSON appends a section that holds a value as JSON.
func (b *Builder) AddJSON(name string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("writing section %s: %w", name, err)
	}
	b.Add(name, body)
	return nil
}

// Bytes is the whole file. The same sections give the same bytes.
func (b *Builder) Bytes() ([]byte, error) {
	// Offsets are written into the header, whose length decides the offsets: leave room, then settle.
	base := 0
	for {
		offset := base
		for i := range b.head.Sections {
			b.head.Sections[i].Offset = offset
			offset += align(b.head.Sections[i].Length)
		}
		head, err := json.Marshal(b.head)
		if err != nil {
			return nil, fmt.Errorf("writing the header of a model: %w", err)
		}
		if need := align(len(magic) + 4 + len(head)); need != base {
			base = need
			continue
		}
		out := make([]byte, offset)
		copy(out, magic)
		binary.LittleEndian.PutUint32(out[len(magic):], uint32(len(head)))
		copy(out[len(magic)+4:], head)
		for i, body := range b.bodies {
			copy(out[b.head.Sections[i].Offset:], body)
		}
		return out, nil
	}
}

func align(n int) int { return (n + alignment - 1) / alignment * alignment }
