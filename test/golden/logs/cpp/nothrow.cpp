#include <vector>
int at(const std::vector<int> &v) noexcept { return v.at(7); }
int main() { return at({1, 2}); }
