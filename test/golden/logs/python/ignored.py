class Cart:
    def __del__(self):
        raise OSError("cannot close")

c = Cart()
del c
print("still here")
