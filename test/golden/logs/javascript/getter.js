class Shop {
  #secret() {
    return this.x.y;
  }
  get total() {
    return this.#secret();
  }
}
[1].map((n) => new Shop().total + n);
