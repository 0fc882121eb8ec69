import sys
sys.exit("shop: configuration is missing")
