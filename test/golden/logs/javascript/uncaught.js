function price(cart) {
  return cart.items.map((item) => item.price);
}

function checkout(order) {
  return price(order.cart);
}

console.log('listening on 8080');
checkout({});
