#include <vector>
int main(int c, char **) { std::vector<int> v{1, 2}; return v[c + 6]; }
