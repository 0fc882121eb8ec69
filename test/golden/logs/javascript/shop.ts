interface Cart {
  items?: { price: number }[];
}
const total = (cart: Cart): number => cart.items!.reduce((sum, item) => sum + item.price, 0);
total({});
