#include "grid.hpp"

#include <cassert>
#include <cstring>

__attribute__((weak)) void more();

int main()
{
    const Cell named{"yard", nullptr};
    const Cell below{nullptr, &named};
    assert(std::strcmp(name_of(&below), "yard") == 0);
    assert(depth_of(&below) == 1);
    if (more)
        more();
    return 0;
}
