struct Node { int v; Node *next; };
int walk(Node *n) { return n->next->v; }
int main() { Node n{1, nullptr}; return walk(&n); }
