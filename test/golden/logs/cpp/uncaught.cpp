#include <stdexcept>
#include <string>
namespace shop { struct CartError : std::runtime_error { using runtime_error::runtime_error; }; }
int main() { throw shop::CartError("cart 7\nhas no rows"); }
