package main

import "fmt"

type Order struct{ Total *int }

func sum(orders []Order) (n int) {
	for _, o := range orders {
		n += *o.Total
	}
	return
}

func main() { fmt.Println(sum([]Order{{}})) }
