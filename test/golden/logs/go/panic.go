package main

import "fmt"

type Item struct{ Price int }

func price(cart map[string]*Item, name string) int { return cart[name].Price }

func main() {
	fmt.Println("starting")
	fmt.Println(price(map[string]*Item{}, "pear"))
}
