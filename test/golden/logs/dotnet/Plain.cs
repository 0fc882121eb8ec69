using System; using System.Collections.Generic;
namespace Shop {
  class Cart {
    readonly Dictionary<string, int> rows = new Dictionary<string, int>();
    public int Total(string name) { return rows[name]; }
  }
  static class Plain { static void Main() { Console.WriteLine(new Cart().Total("tea")); } }
}
