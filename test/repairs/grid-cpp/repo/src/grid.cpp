#include "grid.hpp"

const char *name_of(const Cell *cell)
{
    while (cell->name == nullptr)
        cell = cell->parent;
    return cell->name;
}

int depth_of(const Cell *cell)
{
    int depth = 0;
    for (; cell->parent != nullptr; cell = cell->parent)
        depth += 1;
    return depth;
}
