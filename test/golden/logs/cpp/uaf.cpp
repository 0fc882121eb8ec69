#include <vector>
struct Cart { int *rows; };
int read(const Cart &c) { return c.rows[1]; }
int main() {
  Cart c{new int[3]};
  delete[] c.rows;
  return read(c);
}
