package main

import (
	"log"
	"runtime/debug"
)

func handle() {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("ERROR recovered: %v\n%s", r, debug.Stack())
		}
	}()
	var s []string
	_ = s[2]
}

func main() {
	handle()
	log.Println("INFO going on")
}
