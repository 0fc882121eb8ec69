#include <thread>
int counter;
void work() { for (int i = 0; i < 1000; i++) counter++; }
int main() { std::thread a(work), b(work); a.join(); b.join(); }
