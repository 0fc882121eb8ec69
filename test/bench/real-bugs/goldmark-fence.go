// A note that somebody is typing, shown as it will look.
package main

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark"
)

func main() {
	var page bytes.Buffer
	if err := goldmark.Convert([]byte("*\n\t* \t~"), &page); err != nil {
		fmt.Println(err)
	}
}
