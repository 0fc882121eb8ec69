def check = raise("three rows failed:\n  row 1\nrow 2\n\nrow 3")
check
