// Package index finds entries by their topic.
package index

// Store is ready for use without further setup.
type Store struct {
	byTopic map[string][]string
}

// NewStore makes a store with room for topics.
func NewStore(topics int) *Store {
	return &Store{byTopic: make(map[string][]string, topics)}
}

// Add files an entry under a topic.
func (s *Store) Add(topic, entry string) {
	s.byTopic[topic] = append(s.byTopic[topic], entry)
}

// Count tells how many entries a topic has.
func (s *Store) Count(topic string) int {
	return len(s.byTopic[topic])
}
