#!/bin/sh
# A service that logs, with the program's output in the middle.
echo "2026-01-02 03:04:05,678 INFO shop: before"
"$@" 2>&1
echo "2026-01-02 03:04:06,789 INFO shop: after"
