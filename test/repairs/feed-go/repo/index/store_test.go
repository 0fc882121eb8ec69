package index

import "testing"

func TestCount(t *testing.T) {
	store := NewStore(1)
	store.Add("go", "a")
	store.Add("go", "b")
	if got := store.Count("go"); got != 2 {
		t.Errorf("got %d, want 2", got)
	}
}
