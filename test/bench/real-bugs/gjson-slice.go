// A program that looks up what somebody asks for in a document.
package main

import (
	"fmt"

	"github.com/tidwall/gjson"
)

func main() {
	text := "[#.@pretty.@join:{\"\"[]\"\"preserve\"3,\"][{]]]"
	fmt.Println(gjson.Get(text, text))
}
