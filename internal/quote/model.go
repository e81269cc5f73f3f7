package quote

import (
	"annals/internal/lexicon"
	"annals/internal/model"
)

// weights is the trained part of the stage.
type weights struct {
	tagger, linker *chain
	calibration    Calibration
	decoding       Decoding
}

// Decoding is chosen on documents held out of training. The tagger alone is too careful: it is paid for every cue it
// begins, and what turns out unlikely once source and content are known is left out again.
type Decoding struct {
	CueBonus float32 `json:"cue_bonus"` // added to the score of beginning a cue
	Least    float32 `json:"least"`     // confidence below which an attribution is left out
}

// Open makes a stage of a model file.
func Open(f *model.File) (*Stage, error) {
	s, err := Untrained()
	if err != nil {
		return nil, err
	}
	w := &weights{}
	if w.tagger, err = openChain(f, "tagger", TagLabels, TagFollows); err != nil {
		return nil, err
	}
	if w.linker, err = openChain(f, "linker", LinkLabels, LinkFollows); err != nil {
		return nil, err
	}
	if err := f.JSON("calibration", &w.calibration); err != nil {
		return nil, err
	}
	if err := f.JSON("decoding", &w.decoding); err != nil {
		return nil, err
	}
	s.weights = w
	return s, nil
}

// Untrained makes a stage that has rules alone; training starts from it.
func Untrained() (*Stage, error) {
	cues, err := readCues()
	if err != nil {
		return nil, err
	}
	media, err := lexicon.MediumNouns(lexicon.Channel)
	if err != nil {
		return nil, err
	}
	return &Stage{cues: cues, media: media}, nil
}
