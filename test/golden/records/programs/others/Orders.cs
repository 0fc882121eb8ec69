using System;
using System.Collections.Generic;
namespace Acme.Shop {
class OrderRejected : Exception { public OrderRejected(string m, Exception e) : base(m, e) {} }
static class Orders {
  public static int Total(Dictionary<string, int> prices) {
    return prices["sum"]; // HERE total
  }
  public static int Load(int number) {
    try { return Total(new Dictionary<string, int>()); }
    catch (KeyNotFoundException e) { throw new OrderRejected("order " + number + " cannot be summed", e); } // HERE load
  }
}
static class Program {
  static void Main(string[] args) {
    Console.WriteLine("started, no errors");
    switch (args[0]) {
      case "crash": Orders.Total(new Dictionary<string, int>()); break;
      case "chained": Orders.Load(17); break;
      case "logged": try { Orders.Load(17); } catch (Exception e) { Console.Error.WriteLine("ERROR loading failed: " + e); } break;
      case "console": try { Orders.Total(new Dictionary<string, int>()); } catch (Exception e) { Console.Error.WriteLine("fail: Acme.Shop.Orders[0]\n      total of order 17 failed\n      " + e.ToString().Replace("\n", "\n      ")); } break;
      case "null": string s = null; Console.WriteLine(s.Length); break; // HERE null
    }
    Console.WriteLine("going on");
  }
}
}
