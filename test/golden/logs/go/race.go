package main

import (
	"fmt"
	"time"
)

var total int

func add() { total++ }

func main() {
	go add()
	add()
	time.Sleep(10 * time.Millisecond)
	fmt.Println(total)
}
