// A program that shows where its configuration is wrong.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/BurntSushi/toml"
)

func main() {
	var config struct{ Name string }
	_, err := toml.Decode(`name = "test`, &config)
	var parse toml.ParseError
	if errors.As(err, &parse) {
		fmt.Fprintln(os.Stderr, parse.ErrorWithPosition())
	}
}
