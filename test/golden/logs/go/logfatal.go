package main

import (
	"log"
	"os"
)

func main() {
	log.Println("start")
	if _, err := os.Open("/srv/shop/none.txt"); err != nil {
		log.Printf("ERROR cannot open: %v", err)
		log.Panicf("cannot start: %v", err)
	}
}
