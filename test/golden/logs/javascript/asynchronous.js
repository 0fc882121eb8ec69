async function a() {
  await null;
  throw new TypeError('deep in a');
}
async function b() {
  await a();
}
class Shop {
  static async open() {
    await b();
  }
  #secret() {
    return this.x.y;
  }
  get total() {
    return this.#secret();
  }
}
Shop.open();
