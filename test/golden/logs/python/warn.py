import warnings
warnings.warn("old call", DeprecationWarning)
warnings.warn("careful")
print("done")
