#include "grid.hpp"

#include <cstdio>

int main()
{
    const Cell named{"yard", nullptr};
    const Cell below{nullptr, &named};
    std::printf("INFO %s\n", name_of(&below));
    std::fflush(stdout);
    const Cell bare{nullptr, nullptr};
    std::printf("INFO %s\n", name_of(&bare));
    return 0;
}
