struct A { A() { call(); } void call() { go(); } virtual void go() = 0; };
struct B : A { void go() override {} };
int main() { B b; }
