"""Maße von Straßen, in Metern."""


def mittlere_länge(längen):
    return sum(längen) / len(längen)


def längste(längen):
    return max(längen, default=0)
