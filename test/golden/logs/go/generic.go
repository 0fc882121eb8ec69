package main

func first[T any](rows []T) T { return rows[0] }

type Tree[T any] struct{ left *Tree[T]; v T }

func (t *Tree[T]) leftmost() T { return t.left.leftmost() }

func main() {
	t := &Tree[int]{}
	t.leftmost()
	first([]string{})
}
