using System;
class OrderException : Exception { public OrderException(string m, Exception i) : base(m, i) {} }
static class Inner {
  static void Read() { System.IO.File.ReadAllText("/srv/shop/none.txt"); }
  static void Load() { try { Read(); } catch (Exception e) { throw new InvalidOperationException("cannot load", e); } }
  static void Main() { try { Load(); } catch (Exception e) { throw new OrderException("order 7", e); } }
}
