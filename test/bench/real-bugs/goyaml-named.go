// A program that reads the roles of its users, which are a type of their own.
package main

import (
	"log"

	"github.com/goccy/go-yaml"
)

type role string

func main() {
	var roles map[string]role
	if err := yaml.Unmarshal([]byte("anna: 10\n"), &roles); err != nil {
		log.Fatal(err)
	}
	log.Println(roles)
}
