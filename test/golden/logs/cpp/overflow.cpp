#include <vector>
#include <cstdio>

int price(int *cart, int at) { return cart[at]; }

int main() {
  int *cart = new int[2];
  std::puts("starting");
  std::fflush(stdout);
  int sum = price(cart, 2);
  delete[] cart;
  return sum;
}
