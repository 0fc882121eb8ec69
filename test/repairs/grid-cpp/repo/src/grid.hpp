#pragma once

// A tree of cells; a cell without a name of its own has that of its parent.
struct Cell {
    const char *name;
    const Cell *parent;
};

const char *name_of(const Cell *cell);
int depth_of(const Cell *cell);
