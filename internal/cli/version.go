package cli

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"

	"annals/internal/pipeline"
	"annals/record"
)

type versionCommand struct {
	JSON bool `name:"json" help:"Print as JSON."`
}

type versionInfo struct {
	Version string            `json:"version"`
	Schema  int               `json:"schema"`
	Go      string            `json:"go"`
	Commit  string            `json:"commit,omitempty"`
	Models  map[string]string `json:"models"`
}

func (c *versionCommand) Run(s *streams) error {
	reader, err := pipeline.New()
	if err != nil {
		return err
	}
	info := versionInfo{Version: pipeline.Version, Schema: record.Schema, Go: runtime.Version(), Models: reader.Models()}
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range build.Settings {
			if setting.Key == "vcs.revision" {
				info.Commit = setting.Value
			}
		}
	}
	if c.JSON {
		out := json.NewEncoder(s.out)
		out.SetIndent("", "  ")
		return out.Encode(info)
	}
	fmt.Fprintf(s.out, "annals %s (record schema %d, %s)\n", info.Version, info.Schema, info.Go)
	if info.Commit != "" {
		fmt.Fprintf(s.out, "commit %s\n", info.Commit)
	}
	var names []string
	for name := range info.Models {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(s.out, "model  %-10s sha256 %s\n", name, info.Models[name])
	}
	return nil
}
