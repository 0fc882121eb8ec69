package main

import "fmt"

type Shape interface{ Area() float64 }

func main() {
	var s Shape
	var a any = "text"
	defer func() { fmt.Println(s.Area()) }()
	fmt.Println(a.(int))
}
