// A worker whose flags come from a file of settings, in which a rate is a whole number.
package main

import (
	"fmt"

	"github.com/alecthomas/kong"
)

func main() {
	var flags struct {
		Rate float64
	}
	settings := map[string]any{"rate": 5}
	var file kong.ResolverFunc = func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		return settings[flag.Name], nil
	}
	parser := kong.Must(&flags, kong.Resolvers(file))
	if _, err := parser.Parse(nil); err != nil {
		fmt.Println(err)
	}
}
