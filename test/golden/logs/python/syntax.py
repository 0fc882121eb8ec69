def total(cart):
    return sum(cart


print(total([1]))
