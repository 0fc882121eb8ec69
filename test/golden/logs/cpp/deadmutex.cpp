#include <mutex>
#include <thread>
std::mutex a, b;
int main() { std::thread t([] { a.lock(); b.lock(); b.unlock(); a.unlock(); }); t.join(); b.lock(); a.lock(); a.unlock(); b.unlock(); }
