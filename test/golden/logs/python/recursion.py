import sys

sys.setrecursionlimit(60)


def walk(node):
    return walk(node["child"]) if node else None


node = {}
node["child"] = node
walk(node)
