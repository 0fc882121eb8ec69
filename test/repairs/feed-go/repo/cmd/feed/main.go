package main

import (
	"fmt"

	"example.org/feed/index"
)

func main() {
	var store index.Store
	store.Add("go", "generics are here")
	fmt.Println("INFO entries:", store.Count("go"))
}
