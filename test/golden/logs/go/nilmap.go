package main

type Cart struct{ rows map[string]int }

func (c *Cart) add(name string) { c.rows[name]++ }

func main() { (&Cart{}).add("tea") }
