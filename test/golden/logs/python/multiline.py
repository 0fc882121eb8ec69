class CartError(Exception):
    """Raised for a cart that cannot be paid."""

def pay(cart):
    raise CartError("cart refused:\n  - sku 7: sold out\n  - sku 9: price changed\ntotal 2 problems")

pay({})
