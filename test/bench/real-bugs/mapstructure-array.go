// A program that reads two keys from a configuration.
package main

import (
	"log"

	"github.com/mitchellh/mapstructure"
)

func main() {
	defer func() { log.Println("stopped") }()
	var config struct{ Keys [2][]byte }
	raw := map[string]interface{}{"keys": [2][]byte{{1, 2}, {3, 4}}}
	if err := mapstructure.Decode(raw, &config); err != nil {
		log.Println(err)
	}
}
