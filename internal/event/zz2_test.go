package event_test

import (
	"fmt"
	"os"
	"testing"
)

func TestOne(t *testing.T) {
	s := os.Getenv("S")
	if s == "" {
		t.Skip()
	}
	d := read(t, s)
	fmt.Println(show(d))
	fmt.Println(tree(d))
	for _, m := range d.Mentions {
		fmt.Print(d.Slice(m.Span), "/", m.Type, "/", m.Kind, "/", m.Actor, " ; ")
	}
	fmt.Println()
	for _, a := range d.Attributions {
		fmt.Println(a.Act, a.Mode, a.Value, a.Content)
	}
}
